-- severity: block
-- message: A row of arms refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    arm_id AS row_id,
    'trial_id' AS column_name,
    trial_id,
    'trial_id is ' || trial_id || ', which trials does not have.' AS message
FROM arms AS child
WHERE trial_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM trials AS parent WHERE parent.trial_id = child.trial_id)
