-- severity: block
-- message: A row of arm_interventions refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    arm_intervention_id AS row_id,
    'arm_id' AS column_name,
    'arm_id is ' || arm_id || ', which arms does not have.' AS message
FROM arm_interventions AS child
WHERE arm_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM arms AS parent WHERE parent.arm_id = child.arm_id)
