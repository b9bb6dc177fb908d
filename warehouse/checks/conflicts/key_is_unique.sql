-- severity: block
-- message: More than one row of conflicts has the key (table_name, row_id, column_name, other_document_id, other_value).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', table_name, row_id, column_name, other_document_id, other_value) AS row_id,
    'other_value' AS column_name,
    count(*) || ' rows have the key (table_name, row_id, column_name, other_document_id, other_value) = (' || concat_ws('/', table_name, row_id, column_name, other_document_id, other_value) || ').' AS message
FROM conflicts
GROUP BY table_name, row_id, column_name, other_document_id, other_value
HAVING count(*) > 1
