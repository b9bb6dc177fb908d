-- severity: block
-- message: A row of outcome_analyses holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    analysis_id AS row_id,
    'effect' AS column_name,
    'effect is ' || effect || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE effect NOT IN ('HAZARD_RATIO', 'RISK_RATIO', 'ODDS_RATIO', 'RATE_RATIO', 'GEOMETRIC_MEAN_RATIO', 'RISK_DIFFERENCE', 'RATE_DIFFERENCE', 'MEAN_DIFFERENCE', 'MEDIAN_DIFFERENCE', 'LS_MEAN_DIFFERENCE', 'P_VALUE_ONLY')
UNION ALL BY NAME
SELECT
    analysis_id AS row_id,
    'p_modifier' AS column_name,
    'p_modifier is ' || p_modifier || ', which is none of its words.' AS message
FROM outcome_analyses
WHERE p_modifier NOT IN ('=', '<', '>')
