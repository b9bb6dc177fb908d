-- severity: error
-- message: A row of meta.accounting_causes refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', run_id, source, record_id, stage) AS row_id,
    'run_id' AS column_name,
    'run_id is ' || run_id || ', which meta.runs does not have.' AS message
FROM meta.accounting_causes AS child
WHERE run_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM meta.runs AS parent WHERE parent.run_id = child.run_id)
