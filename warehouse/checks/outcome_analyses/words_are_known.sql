-- severity: block
-- message: A row of outcome_analyses holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    analysis_id AS row_id,
    'non_inferiority_type' AS column_name,
    'non_inferiority_type is ' || non_inferiority_type || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE non_inferiority_type NOT IN ('SUPERIORITY', 'NON_INFERIORITY', 'EQUIVALENCE', 'OTHER', 'NON_INFERIORITY_OR_EQUIVALENCE', 'SUPERIORITY_OR_OTHER', 'NON_INFERIORITY_OR_EQUIVALENCE_LEGACY', 'SUPERIORITY_OR_OTHER_LEGACY')
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'effect' AS column_name,
    'effect is ' || effect || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE effect NOT IN ('HAZARD_RATIO', 'RISK_RATIO', 'ODDS_RATIO', 'RATE_RATIO', 'GEOMETRIC_MEAN_RATIO', 'RISK_DIFFERENCE', 'RATE_DIFFERENCE', 'MEAN_DIFFERENCE', 'MEDIAN_DIFFERENCE', 'LS_MEAN_DIFFERENCE', 'HAZARD_RATIO_LOG', 'RISK_RATIO_LOG', 'ODDS_RATIO_LOG', 'SLOPE', 'P_VALUE_ONLY')
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'dispersion_type' AS column_name,
    'dispersion_type is ' || dispersion_type || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE dispersion_type NOT IN ('SD', 'SE', 'IQR', 'RANGE', 'CI', 'GEOMETRIC_COEFFICIENT')
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'ci_n_sides' AS column_name,
    'ci_n_sides is ' || ci_n_sides || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE ci_n_sides NOT IN ('ONE_SIDED', 'TWO_SIDED')
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'p_modifier' AS column_name,
    'p_modifier is ' || p_modifier || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE p_modifier NOT IN ('=', '<', '>')
