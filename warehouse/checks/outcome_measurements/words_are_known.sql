-- severity: block
-- message: A row of outcome_measurements holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    measurement_id AS row_id,
    'statistic' AS column_name,
    'statistic is ' || statistic || ', which is none of its words.' AS message
FROM outcome_measurements
WHERE statistic NOT IN ('COUNT', 'PERCENT', 'MEAN', 'MEDIAN', 'LEAST_SQUARES_MEAN', 'GEOMETRIC_MEAN', 'GEOMETRIC_LEAST_SQUARES_MEAN', 'LOG_MEAN', 'RATE', 'NUMBER')
UNION ALL BY NAME
SELECT
    measurement_id AS row_id,
    'value_modifier' AS column_name,
    'value_modifier is ' || value_modifier || ', which is none of its words.' AS message
FROM outcome_measurements
WHERE value_modifier NOT IN ('=', '<', '>')
UNION ALL BY NAME
SELECT
    measurement_id AS row_id,
    'dispersion_type' AS column_name,
    'dispersion_type is ' || dispersion_type || ', which is none of its words.' AS message
FROM outcome_measurements
WHERE dispersion_type NOT IN ('SD', 'SE', 'IQR', 'RANGE', 'CI', 'GEOMETRIC_COEFFICIENT')
