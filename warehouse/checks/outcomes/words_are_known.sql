-- severity: block
-- message: A row of outcomes holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    outcome_id AS row_id,
    'outcome_type' AS column_name,
    trial_id,
    'outcome_type is ' || outcome_type || ', which is none of its words.' AS message
FROM outcomes
WHERE outcome_type NOT IN ('PRIMARY', 'SECONDARY', 'OTHER_PRE_SPECIFIED', 'POST_HOC', 'ADVERSE_EVENT')
