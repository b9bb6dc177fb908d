-- severity: block
-- message: More than one row of trials has the key (trial_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    trial_id AS row_id,
    'trial_id' AS column_name,
    trial_id,
    count(*) || ' rows have the key (trial_id) = (' || trial_id || ').' AS message
FROM trials
GROUP BY trial_id
HAVING count(*) > 1
