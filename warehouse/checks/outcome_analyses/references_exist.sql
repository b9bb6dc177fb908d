-- severity: block
-- message: A row of outcome_analyses refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    analysis_id AS row_id,
    'outcome_id' AS column_name,
    'outcome_id is ' || outcome_id || ', which outcomes does not have.' AS message
FROM outcome_analyses AS child
WHERE outcome_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM outcomes AS parent WHERE parent.outcome_id = child.outcome_id)
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'arm_id' AS column_name,
    'arm_id is ' || arm_id || ', which arms does not have.' AS message
FROM outcome_analyses AS child
WHERE arm_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM arms AS parent WHERE parent.arm_id = child.arm_id)
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'comparator_arm_id' AS column_name,
    'comparator_arm_id is ' || comparator_arm_id || ', which arms does not have.' AS message
FROM outcome_analyses AS child
WHERE comparator_arm_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM arms AS parent WHERE parent.arm_id = child.comparator_arm_id)
