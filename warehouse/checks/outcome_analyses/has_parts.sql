-- severity: warn
-- message: A comparison lacks a part without which its numbers say nothing.
-- action: Read the sentence; the part stands beside the number, or the source left it out.
-- owner: extraction

-- An interval with one end may be one-sided, or its other end may not have been reached; only one that is said to have
-- two sides, and has no more than one, lacks a part.
SELECT
    analysis_id AS row_id,
    'p_modifier' AS column_name,
    trial_id,
    'The p-value ' || as_text(p_value) || ' is neither equal to it, nor below, nor above.' AS message
FROM outcome_analyses
LEFT JOIN outcomes USING (outcome_id)
WHERE p_value IS NOT NULL AND p_modifier IS NULL
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'effect' AS column_name,
    trial_id,
    'The estimate ' || as_text(estimate) || ' is of no kind of effect.' AS message
FROM outcome_analyses
LEFT JOIN outcomes USING (outcome_id)
WHERE estimate IS NOT NULL AND effect IS NULL AND effect_raw IS NULL
