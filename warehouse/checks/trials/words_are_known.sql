-- severity: block
-- message: A row of trials holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    trial_id AS row_id,
    'study_type' AS column_name,
    trial_id,
    'study_type is ' || study_type || ', which is none of its words.' AS message
FROM trials
WHERE study_type NOT IN ('INTERVENTIONAL', 'OBSERVATIONAL', 'EXPANDED_ACCESS')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'phase' AS column_name,
    trial_id,
    'phase is ' || phase || ', which is none of its words.' AS message
FROM trials
WHERE phase NOT IN ('NA', 'EARLY_PHASE1', 'PHASE1', 'PHASE1/PHASE2', 'PHASE2', 'PHASE2/PHASE3', 'PHASE3', 'PHASE4')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'allocation' AS column_name,
    trial_id,
    'allocation is ' || allocation || ', which is none of its words.' AS message
FROM trials
WHERE allocation NOT IN ('RANDOMIZED', 'NON_RANDOMIZED', 'NA')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'intervention_model' AS column_name,
    trial_id,
    'intervention_model is ' || intervention_model || ', which is none of its words.' AS message
FROM trials
WHERE intervention_model NOT IN ('SINGLE_GROUP', 'PARALLEL', 'CROSSOVER', 'FACTORIAL', 'SEQUENTIAL')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'masking' AS column_name,
    trial_id,
    'masking is ' || masking || ', which is none of its words.' AS message
FROM trials
WHERE masking NOT IN ('NONE', 'SINGLE', 'DOUBLE', 'TRIPLE', 'QUADRUPLE')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'enrollment_type' AS column_name,
    trial_id,
    'enrollment_type is ' || enrollment_type || ', which is none of its words.' AS message
FROM trials
WHERE enrollment_type NOT IN ('ACTUAL', 'ESTIMATED')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'start_date_precision' AS column_name,
    trial_id,
    'start_date_precision is ' || start_date_precision || ', which is none of its words.' AS message
FROM trials
WHERE start_date_precision NOT IN ('day', 'month', 'year')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'enrollment_end_date_precision' AS column_name,
    trial_id,
    'enrollment_end_date_precision is ' || enrollment_end_date_precision || ', which is none of its words.' AS message
FROM trials
WHERE enrollment_end_date_precision NOT IN ('day', 'month', 'year')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'completion_date_precision' AS column_name,
    trial_id,
    'completion_date_precision is ' || completion_date_precision || ', which is none of its words.' AS message
FROM trials
WHERE completion_date_precision NOT IN ('day', 'month', 'year')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'overall_status' AS column_name,
    trial_id,
    'overall_status is ' || overall_status || ', which is none of its words.' AS message
FROM trials
WHERE overall_status NOT IN ('ACTIVE_NOT_RECRUITING', 'COMPLETED', 'ENROLLING_BY_INVITATION', 'NOT_YET_RECRUITING', 'RECRUITING', 'SUSPENDED', 'TERMINATED', 'WITHDRAWN', 'AVAILABLE', 'NO_LONGER_AVAILABLE', 'TEMPORARILY_NOT_AVAILABLE', 'APPROVED_FOR_MARKETING', 'WITHHELD', 'UNKNOWN')
UNION ALL BY NAME
SELECT
    trial_id AS row_id,
    'evidence_status' AS column_name,
    trial_id,
    'evidence_status is ' || evidence_status || ', which is none of its words.' AS message
FROM trials
WHERE evidence_status NOT IN ('CURRENT', 'RETRACTED', 'EXPRESSION_OF_CONCERN', 'CORRECTED')
