-- severity: block
-- message: A row of arms holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    arm_id AS row_id,
    'arm_type' AS column_name,
    trial_id,
    'arm_type is ' || arm_type || ', which is none of its words.' AS message
FROM arms
WHERE arm_type NOT IN ('EXPERIMENTAL', 'ACTIVE_COMPARATOR', 'PLACEBO_COMPARATOR', 'SHAM_COMPARATOR', 'NO_INTERVENTION', 'OTHER')
