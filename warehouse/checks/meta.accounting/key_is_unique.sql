-- severity: error
-- message: More than one row of meta.accounting has the key (run_id, source, topic).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', run_id, source, topic) AS row_id,
    'topic' AS column_name,
    count(*) || ' rows have the key (run_id, source, topic) = (' || concat_ws('/', run_id, source, topic) || ').' AS message
FROM meta.accounting
GROUP BY run_id, source, topic
HAVING count(*) > 1
