-- severity: block
-- message: A row of conflicts refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', table_name, row_id, column_name, other_document_id, other_value) AS row_id,
    'kept_document_id' AS column_name,
    'kept_document_id is ' || kept_document_id || ', which documents does not have.' AS message
FROM conflicts AS child
WHERE kept_document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.kept_document_id)
UNION ALL BY NAME
SELECT
    concat_ws('/', table_name, row_id, column_name, other_document_id, other_value) AS row_id,
    'other_document_id' AS column_name,
    'other_document_id is ' || other_document_id || ', which documents does not have.' AS message
FROM conflicts AS child
WHERE other_document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.other_document_id)
