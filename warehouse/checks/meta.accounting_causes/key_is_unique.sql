-- severity: error
-- message: More than one row of meta.accounting_causes has the key (run_id, source, record_id, stage).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', run_id, source, record_id, stage) AS row_id,
    'stage' AS column_name,
    count(*) || ' rows have the key (run_id, source, record_id, stage) = (' || concat_ws('/', run_id, source, record_id, stage) || ').' AS message
FROM meta.accounting_causes
GROUP BY run_id, source, record_id, stage
HAVING count(*) > 1
