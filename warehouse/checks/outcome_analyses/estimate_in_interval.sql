-- severity: warn
-- message: An estimate lies outside its own confidence interval.
-- action: Read the three numbers; one belongs to another comparison, or the source is wrong.
-- owner: extraction

WITH written AS (
    SELECT
        outcome_analyses.*,
        (
            SELECT string_agg(quote, ' ' ORDER BY quote)
            FROM evidence
            WHERE table_name = 'outcome_analyses' AND row_id = analysis_id
        ) AS quotes
    FROM outcome_analyses
    WHERE estimate < ci_low OR estimate > ci_high
),
rounded AS (
    SELECT
        *,
        rounding_of(quotes, estimate) AS estimate_off,
        rounding_of(quotes, ci_low) AS low_off,
        rounding_of(quotes, ci_high) AS high_off
    FROM written
)
SELECT
    analysis_id AS row_id,
    'estimate' AS column_name,
    trial_id,
    coalesce(effect, effect_raw, 'The estimate') || ' ' || as_text(estimate) || ' is not between '
        || as_text(ci_low) || ' and ' || as_text(ci_high) || '.' AS message
FROM rounded
LEFT JOIN outcomes USING (outcome_id)
WHERE is_outside(estimate, estimate_off, ci_low, low_off, ci_high, high_off)
