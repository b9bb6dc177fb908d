-- severity: error
-- sets aside: row
-- message: A number cannot be what it is said to be: a percentage of participants outside 0 to 100, a negative count.
-- action: Read the number in its document; it may be a change, a percentage of something else, or read wrongly.
-- owner: extraction

WITH numbers AS (
    SELECT measurement_id AS row_id, trial_id, outcome_measurements.*
    FROM outcome_measurements
    LEFT JOIN outcomes USING (outcome_id)
)
SELECT row_id, 'value' AS column_name, trial_id, 'The percentage is ' || as_text(value) || '.' AS message
FROM numbers
WHERE statistic = 'PERCENT' AND NOT is_change_from_baseline AND NOT value BETWEEN 0 AND 100
UNION ALL BY NAME
SELECT row_id, 'value' AS column_name, trial_id, 'The count is ' || as_text(value) || '.' AS message
FROM numbers
WHERE statistic = 'COUNT' AND NOT is_change_from_baseline AND value < 0
UNION ALL BY NAME
SELECT row_id, 'n_analyzed' AS column_name, trial_id, 'n_analyzed is ' || n_analyzed || '.' AS message
FROM numbers
WHERE n_analyzed < 0
UNION ALL BY NAME
SELECT
    row_id,
    'dispersion_value' AS column_name,
    trial_id,
    'The spread (' || coalesce(dispersion_type, 'kind unknown') || ') is ' || as_text(dispersion_value) || '.' AS message
FROM numbers
WHERE dispersion_value < 0
UNION ALL BY NAME
SELECT
    row_id,
    'dispersion_low' AS column_name,
    trial_id,
    'The spread goes from ' || as_text(dispersion_low) || ' down to ' || as_text(dispersion_high) || '.' AS message
FROM numbers
WHERE dispersion_low > dispersion_high
