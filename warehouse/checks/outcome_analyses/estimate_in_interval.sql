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
)
SELECT
    analysis_id AS row_id,
    'estimate' AS column_name,
    trial_id,
    coalesce(effect, effect_raw, 'The estimate') || ' ' || as_text(estimate) || ' is not between '
        || as_text(ci_low) || ' and ' || as_text(ci_high) || '.' AS message
FROM written
LEFT JOIN outcomes USING (outcome_id)
WHERE is_outside(quotes, estimate, ci_low, ci_high)
