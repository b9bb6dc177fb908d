-- severity: block
-- message: More than one row of outcome_measurements has the key (measurement_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    measurement_id AS row_id,
    'measurement_id' AS column_name,
    count(*) || ' rows have the key (measurement_id) = (' || measurement_id || ').' AS message
FROM outcome_measurements
GROUP BY measurement_id
HAVING count(*) > 1
