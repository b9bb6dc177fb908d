-- Macros that checks may use. The runner makes them before the checks; dq.checks shows them with the query.

-- The chance that a standard normal variable exceeds z, for z >= 0.
-- Below 3: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), formula 7.1.26 for erfc (error < 1.5e-7).
-- From 3 on that error is no longer small beside the chance itself, so: the continued fraction of formula 26.2.14.
CREATE OR REPLACE TEMP MACRO erfc_polynomial(t) AS
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
CREATE OR REPLACE TEMP MACRO normal_tail(z) AS
    CASE WHEN z < 3 THEN 0.5 * erfc_polynomial(1 / (1 + 0.3275911 * z / sqrt(2))) * exp(-z * z / 2)
         ELSE exp(-least(z, 38) * least(z, 38) / 2) / sqrt(2 * pi())
              / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 5 / (z + 6 / (z + 7 / (z + 8 / z)))))))) END;

-- The z that a standard normal variable exceeds with chance q, for 0 < q <= 0.5: the same book, formula 26.2.23
-- (error < 4.5e-4).
CREATE OR REPLACE TEMP MACRO quantile_fraction(t) AS
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
CREATE OR REPLACE TEMP MACRO normal_quantile(q) AS quantile_fraction(sqrt(-2 * ln(q)));

-- How many decimals a number is written with: '43' 0, '43.0' 1, '0·34' 2, '.05' 2.
CREATE OR REPLACE TEMP MACRO decimals_of(number) AS length(regexp_extract(number, '[.,·∙‧]([0-9]+)$', 1));
-- The decimals of a value as a text writes it; of several places the one with the fewest; null where it is in none.
CREATE OR REPLACE TEMP MACRO decimals_in(text, value) AS
    list_min([decimals_of(number)
              FOR number IN regexp_extract_all(text, '[0-9]*[.,·∙‧]?[0-9]+')
              IF abs(TRY_CAST(regexp_replace(number, '[,·∙‧]', '.') AS DOUBLE) - abs(value)) < 1e-9]);
-- By how much rounding can have moved a value, in units of its last decimal in the text. A value that the text does
-- not hold is taken at the decimals that it needs at least, which makes the answer larger, never smaller.
CREATE OR REPLACE TEMP MACRO rounding_of(text, value) AS
    threshold('rounding_units') * pow(10, -coalesce(decimals_in(text, value), decimals_of(rtrim(format('{:.10f}', value), '0'))));

-- A number in a message, without zeros at its end: 95, 0.34.
CREATE OR REPLACE TEMP MACRO as_text(value) AS format('{:.6g}', value::DOUBLE);

-- A ratio's logarithm, a difference as it is; null for a ratio that has no logarithm.
CREATE OR REPLACE TEMP MACRO on_scale(is_ratio, value) AS
    CASE WHEN NOT is_ratio THEN value WHEN value > 0 THEN ln(value) END;

-- The last day that a date can mean which is stored as the first day of what was stated; an unknown precision is a year.
CREATE OR REPLACE TEMP MACRO last_day_of(first_day, stated_as) AS
    CASE stated_as WHEN 'day' THEN first_day
                   WHEN 'month' THEN last_day(first_day)
                   ELSE make_date(year(first_day), 12, 31) END;

-- Whether a unit or the lack of one lets a count be one of participants: 'events' may be several of one participant.
CREATE OR REPLACE TEMP MACRO counts_people(unit) AS
    unit IS NULL OR regexp_matches(unit, '(?i)^(participants?|patients?|subjects?|people|persons?|individuals)$');

-- Conflicts between a registry record and a paper, with what each of both says, whichever was kept; `place` is the cell
-- and the other document, which name a conflict whatever its values are.
CREATE OR REPLACE TEMP MACRO registry_against_paper(of_table, of_column) AS TABLE
    SELECT
        concat_ws('/', table_name, row_id, column_name, other_document_id) AS place,
        row_id,
        if(kept.kind = 'registry', kept_value, other_value) AS registry_says,
        if(kept.kind = 'registry', other_value, kept_value) AS paper_says,
        if(kept.kind = 'registry', other_document_id, kept_document_id) AS paper_id,
        if(kept.kind = 'registry', other.kind, kept.kind) AS paper_kind,
        coalesce(
            if(kept.kind = 'registry', other_quote, NULL),
            (
                SELECT min(quote)
                FROM evidence
                WHERE evidence.table_name = conflicts.table_name
                  AND evidence.row_id = conflicts.row_id
                  AND evidence.document_id = if(kept.kind = 'registry', other_document_id, kept_document_id)
                  AND evidence.column_name IN (conflicts.column_name, 'measure')
            )
        ) AS paper_quote
    FROM conflicts
    JOIN documents AS kept ON kept.document_id = kept_document_id
    JOIN documents AS other ON other.document_id = other_document_id
    WHERE table_name = of_table
      AND column_name = of_column
      AND (kept.kind = 'registry') <> (other.kind = 'registry')
      AND 'notice' NOT IN (kept.kind, other.kind);

-- The words of a paper in a message.
CREATE OR REPLACE TEMP MACRO as_quote(words) AS coalesce(' “' || words || '”', '');
