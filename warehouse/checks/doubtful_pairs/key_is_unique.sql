-- severity: block
-- message: More than one row of doubtful_pairs has the key (subject, left_id, right_id, method).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', subject, left_id, right_id, method) AS row_id,
    'method' AS column_name,
    count(*) || ' rows have the key (subject, left_id, right_id, method) = (' || concat_ws('/', subject, left_id, right_id, method) || ').' AS message
FROM doubtful_pairs
GROUP BY subject, left_id, right_id, method
HAVING count(*) > 1
