-- severity: error
-- sets aside: row
-- message: A comparison has neither an estimate nor an interval nor a p-value.
-- action: Look at the rule that made it; a comparison without a number is none.
-- owner: extraction

SELECT
    analysis_id AS row_id,
    trial_id,
    coalesce(effect, effect_raw, 'It') || ' has no estimate, no interval and no p-value.' AS message
FROM outcome_analyses
LEFT JOIN outcomes USING (outcome_id)
WHERE estimate IS NULL AND ci_low IS NULL AND ci_high IS NULL AND p_value IS NULL
