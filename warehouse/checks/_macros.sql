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
-- Whether a text holds a value with fewer or with more decimals: a second document rounds a number otherwise.
CREATE OR REPLACE TEMP MACRO holds_rounded(text, value) AS
    len([number
         FOR number IN regexp_extract_all(text, '[0-9]*[.,·∙‧]?[0-9]+')
         IF abs(TRY_CAST(regexp_replace(number, '[,·∙‧]', '.') AS DOUBLE) - abs(value))
            <= 0.5 * pow(10, -least(decimals_of(number), decimals_of(rtrim(format('{:.10f}', value), '0')))) + 1e-9]) > 0;

-- By how much rounding can have moved a value, in units of its last decimal in the text. A value that the text does
-- not hold is taken at the decimals that it needs at least, which makes the answer larger, never smaller.
CREATE OR REPLACE TEMP MACRO rounding_of(text, value) AS
    threshold('rounding_units') * pow(10, -coalesce(decimals_in(text, value), decimals_of(rtrim(format('{:.10f}', value), '0'))));

-- Whether an estimate lies outside its interval. Both may be rounded differently, so each may be off by what rounding
-- can have moved it.
CREATE OR REPLACE TEMP MACRO is_outside(estimate, estimate_off, low, low_off, high, high_off) AS
    estimate + estimate_off < low - low_off - 1e-9 OR estimate - estimate_off > high + high_off + 1e-9;

-- Whether words say that a p-value was adjusted for several comparisons: then it may be larger than its interval or its
-- counts say, and never smaller.
CREATE OR REPLACE TEMP MACRO is_adjusted_for_several(words) AS regexp_matches(
    words, '(?i)bonferroni|holm|hochberg|hommel|dunnett|tukey|[sš]id[aá]k|multiplicity|multiple (comparison|test)'
);

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
        rule,
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

-- Whether the rule of a conflict says that the losing side is no count but a plan.
CREATE OR REPLACE TEMP MACRO is_plan(rule) AS regexp_matches(rule, ':(planned_registry|protocol)$');

-- The words of a paper in a message.
CREATE OR REPLACE TEMP MACRO as_quote(words) AS coalesce(' “' || words || '”', '');

-- A document in a message: its title, its ids, and its date as precisely as it was stated.
CREATE OR REPLACE TEMP MACRO named_document(title, pmid, doi, published, stated_as, document_id) AS
    coalesce('“' || title || '” ', '') || '(' || coalesce(
        nullif(concat_ws(
            ', ', 'PMID ' || pmid, 'DOI ' || doi,
            left(published::VARCHAR, CASE stated_as WHEN 'day' THEN 10 WHEN 'month' THEN 7 ELSE 4 END)
        ), ''),
        document_id
    ) || ')';

-- Documents that numbers were read from and of which a notice, or a record of the paper itself, says that it is worth
-- less: who says so, and how many numbers they are. All records of a paper are meant by what one of them says.
CREATE OR REPLACE TEMP MACRO numbers_under_notice(of_relation, of_status) AS TABLE
    WITH own AS (
        SELECT
            stating.*,
            concat_ws(' ', 'its own record:', rule)
            || if(regexp_matches(quote, '^[0-9]+$'), ' PMID ' || quote, as_quote(quote)) AS said
        FROM trials
        JOIN evidence ON row_id = trial_id AND table_name = 'trials' AND column_name = 'evidence_status'
        JOIN documents AS stating ON stating.document_id = evidence.document_id
        WHERE trials.evidence_status = of_status
    ),
    told AS (
        SELECT
            to_document_id AS document_id,
            'the notice ' || named_document(title, pmid, doi, published, published_precision, from_document_id) AS said
        FROM document_relations
        LEFT JOIN documents ON document_id = from_document_id
        WHERE relation = of_relation
        UNION
        SELECT document_id, said FROM own
        UNION
        SELECT documents.document_id, said FROM documents JOIN own ON documents.pmid = own.pmid
        UNION
        SELECT documents.document_id, said FROM documents JOIN own ON documents.pmcid = own.pmcid
        UNION
        SELECT documents.document_id, said FROM documents JOIN own ON lower(documents.doi) = lower(own.doi)
    )
    SELECT
        document_id,
        string_agg(DISTINCT said, '; ' ORDER BY said) AS said,
        count(DISTINCT table_name || row_id) AS numbers
    FROM evidence
    JOIN told USING (document_id)
    WHERE table_name IN ('outcome_measurements', 'outcome_analyses') AND is_main
    GROUP BY document_id;

-- How many there are of something, in words: '1 number', '13 numbers'.
CREATE OR REPLACE TEMP MACRO counted(many, what) AS many || ' ' || what || if(many = 1, '', 's');

-- The rows of a table in a release ('' is this one, 'last.' the last; a macro may name no table of a release that is not
-- there), each with its trial: its parent knows it, a table that has it is its own parent.
CREATE OR REPLACE TEMP MACRO of_trials(release, of_table, of_parent) AS TABLE
    SELECT *
    FROM query_table(release || of_table)
    NATURAL JOIN (SELECT COLUMNS('^(trial_id|arm_id|outcome_id)$') FROM query_table(release || of_parent));

-- The same of trials that this release and the one before both have, so that new topics change nothing.
CREATE OR REPLACE TEMP MACRO of_trials_in_both(release, before, of_table, of_parent) AS TABLE
    SELECT *
    FROM of_trials(release, of_table, of_parent)
    SEMI JOIN trials USING (trial_id)
    SEMI JOIN query_table(before || 'trials') USING (trial_id);

-- Trials of which a document is gone since the release before, or says something else. A file that is given again in
-- another form is another document.
CREATE OR REPLACE TEMP MACRO trials_of_changed_documents(before) AS TABLE
    SELECT DISTINCT trial_id
    FROM query_table(before || 'trial_documents')
    JOIN query_table(before || 'documents') AS earlier USING (document_id)
    LEFT JOIN documents AS now USING (document_id)
    WHERE now.sha256 IS DISTINCT FROM earlier.sha256;

-- Trials that have fewer rows of a table than in the release before. Counted, not compared by id: a row that is read
-- better may get a new id. A trial that was split is counted together with what was just split from it.
CREATE OR REPLACE TEMP MACRO lost_rows(before, of_table, of_parent) AS TABLE
    WITH earlier AS (
        SELECT trial_id, count(*) AS had
        FROM of_trials(before, of_table, of_parent)
        GROUP BY trial_id
    ),
    parts AS (
        SELECT trial_id, trial_id AS part FROM trials
        UNION ALL
        (
            SELECT old_trial_id, trial_id FROM trial_redirects
            EXCEPT
            SELECT old_trial_id, trial_id FROM query_table(before || 'trial_redirects')
        )
    ),
    now AS (
        SELECT parts.trial_id, count(*) AS has
        FROM parts
        JOIN of_trials('', of_table, of_parent) AS mine ON mine.trial_id = parts.part
        GROUP BY parts.trial_id
    )
    SELECT trial_id, of_table AS table_name, had, coalesce(has, 0) AS has
    FROM earlier
    JOIN trials USING (trial_id)
    LEFT JOIN now USING (trial_id)
    WHERE coalesce(has, 0) < had;

-- How many cells of each column are filled, of how many rows.
CREATE OR REPLACE TEMP MACRO filled_cells(release, before, of_table, of_parent) AS TABLE
    SELECT of_table AS table_name, *
    FROM (
        UNPIVOT (
            SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0"
            FROM of_trials_in_both(release, before, of_table, of_parent)
        )
        ON COLUMNS(* EXCLUDE all_rows)
        INTO NAME column_name VALUE filled
    );

-- How often each word stands in a column, of how many rows that have one.
CREATE OR REPLACE TEMP MACRO words_of_column(release, before, of_table, of_parent, of_column) AS TABLE
    SELECT of_table AS table_name, of_column AS column_name, word, count(*) AS times, sum(count(*)) OVER () AS total
    FROM (
        SELECT COLUMNS('^' || of_column || '$') AS word
        FROM of_trials_in_both(release, before, of_table, of_parent)
    )
    WHERE word IS NOT NULL
    GROUP BY word;

-- The numbers of the columns that hold any, each with what it is of, as far as numbers of several kinds stand there.
CREATE OR REPLACE TEMP MACRO numbers_of(release, before) AS TABLE
    SELECT 'trials' AS table_name, 'enrollment' AS column_name, '' AS kind, enrollment AS value
    FROM of_trials_in_both(release, before, 'trials', 'trials')
    UNION ALL
    SELECT 'arms', 'n_randomized', '', n_randomized
    FROM of_trials_in_both(release, before, 'arms', 'arms')
    UNION ALL
    SELECT 'arm_interventions', 'dose_value', coalesce(dose_unit, ''), dose_value
    FROM of_trials_in_both(release, before, 'arm_interventions', 'arms')
    UNION ALL
    SELECT 'outcomes', 'time_frame_days', '', time_frame_days
    FROM of_trials_in_both(release, before, 'outcomes', 'outcomes')
    UNION ALL
    SELECT 'outcome_measurements', 'value', concat_ws(', ', measure_norm, statistic, unit), value
    FROM of_trials_in_both(release, before, 'outcome_measurements', 'outcomes') AS numbers
    JOIN query_table(release || 'outcomes') AS outcome ON outcome.outcome_id = numbers.outcome_id
    UNION ALL
    SELECT 'outcome_analyses', 'estimate', concat_ws(', ', measure_norm, effect, unit), estimate
    FROM of_trials_in_both(release, before, 'outcome_analyses', 'outcomes') AS numbers
    JOIN query_table(release || 'outcomes') AS outcome ON outcome.outcome_id = numbers.outcome_id
    UNION ALL
    SELECT 'outcome_analyses', 'p_value', '', p_value
    FROM of_trials_in_both(release, before, 'outcome_analyses', 'outcomes');

-- How many rows of a table have another id than in the release before: of each trial, the ids that are gone, less the
-- rows that are gone.
CREATE OR REPLACE TEMP MACRO replaced_ids(before, of_table, of_parent, of_key) AS TABLE
    WITH earlier AS (
        SELECT trial_id, COLUMNS('^' || of_key || '$') AS id
        FROM of_trials_in_both(before, before, of_table, of_parent)
    ),
    now AS (
        SELECT trial_id, COLUMNS('^' || of_key || '$') AS id
        FROM of_trials_in_both('', before, of_table, of_parent)
    ),
    gone AS (SELECT trial_id, count(*) AS gone FROM earlier ANTI JOIN now USING (id) GROUP BY trial_id),
    had AS (SELECT trial_id, count(*) AS had FROM earlier GROUP BY trial_id),
    has AS (SELECT trial_id, count(*) AS has FROM now GROUP BY trial_id),
    counted AS (
        SELECT trial_id, had, greatest(coalesce(gone, 0) - greatest(had - coalesce(has, 0), 0), 0) AS replaced
        FROM had
        LEFT JOIN gone USING (trial_id)
        LEFT JOIN has USING (trial_id)
        ANTI JOIN trials_of_changed_documents(before) USING (trial_id)
    )
    SELECT
        of_table AS table_name,
        of_key AS column_name,
        sum(had) AS all_rows,
        sum(replaced) AS replaced,
        min(trial_id) FILTER (replaced > 0) AS example
    FROM counted;
