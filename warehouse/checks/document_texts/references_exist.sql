-- severity: block
-- message: A row of document_texts refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', document_id, span_start) AS row_id,
    'document_id' AS column_name,
    document_id,
    'document_id is ' || document_id || ', which documents does not have.' AS message
FROM document_texts AS child
WHERE document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.document_id)
