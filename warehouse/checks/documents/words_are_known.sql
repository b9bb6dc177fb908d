-- severity: block
-- message: A row of documents holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    document_id AS row_id,
    'kind' AS column_name,
    document_id,
    'kind is ' || kind || ', which is none of its words.' AS message
FROM documents
WHERE kind NOT IN ('registry', 'abstract', 'fulltext', 'preprint', 'news', 'portal', 'notice')
UNION ALL BY NAME
SELECT
    document_id AS row_id,
    'published_precision' AS column_name,
    document_id,
    'published_precision is ' || published_precision || ', which is none of its words.' AS message
FROM documents
WHERE published_precision NOT IN ('day', 'month', 'year')
UNION ALL BY NAME
SELECT
    document_id AS row_id,
    'evidence_status' AS column_name,
    document_id,
    'evidence_status is ' || evidence_status || ', which is none of its words.' AS message
FROM documents
WHERE evidence_status NOT IN ('CURRENT', 'RETRACTED', 'EXPRESSION_OF_CONCERN', 'CORRECTED')
