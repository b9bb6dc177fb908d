-- severity: block
-- message: A row of doubtful_pairs refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', subject, left_id, right_id, method) AS row_id,
    'left_document_id' AS column_name,
    'left_document_id is ' || left_document_id || ', which documents does not have.' AS message
FROM doubtful_pairs AS child
WHERE left_document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.left_document_id)
UNION ALL BY NAME
SELECT
    concat_ws('/', subject, left_id, right_id, method) AS row_id,
    'right_document_id' AS column_name,
    'right_document_id is ' || right_document_id || ', which documents does not have.' AS message
FROM doubtful_pairs AS child
WHERE right_document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.right_document_id)
