-- severity: error
-- message: More than one row of meta.runs has the key (run_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    run_id AS row_id,
    'run_id' AS column_name,
    count(*) || ' rows have the key (run_id) = (' || run_id || ').' AS message
FROM meta.runs
GROUP BY run_id
HAVING count(*) > 1
