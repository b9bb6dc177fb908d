-- severity: block
-- message: More than one row of arms has the key (arm_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    arm_id AS row_id,
    'arm_id' AS column_name,
    min(trial_id) AS trial_id,
    count(*) || ' rows have the key (arm_id) = (' || arm_id || ').' AS message
FROM arms
GROUP BY arm_id
HAVING count(*) > 1
