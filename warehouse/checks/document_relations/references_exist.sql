-- severity: block
-- message: A row of document_relations refers to a row that does not exist.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', from_document_id, to_document_id, relation) AS row_id,
    'from_document_id' AS column_name,
    'from_document_id is ' || from_document_id || ', which documents does not have.' AS message
FROM document_relations AS child
WHERE from_document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.from_document_id)
UNION ALL BY NAME
SELECT
    concat_ws('/', from_document_id, to_document_id, relation) AS row_id,
    'to_document_id' AS column_name,
    'to_document_id is ' || to_document_id || ', which documents does not have.' AS message
FROM document_relations AS child
WHERE to_document_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM documents AS parent WHERE parent.document_id = child.to_document_id)
