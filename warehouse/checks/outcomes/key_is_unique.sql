-- severity: block
-- message: More than one row of outcomes has the key (outcome_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    outcome_id AS row_id,
    'outcome_id' AS column_name,
    min(trial_id) AS trial_id,
    count(*) || ' rows have the key (outcome_id) = (' || outcome_id || ').' AS message
FROM outcomes
GROUP BY outcome_id
HAVING count(*) > 1
