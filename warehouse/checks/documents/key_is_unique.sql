-- severity: block
-- message: More than one row of documents has the key (document_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    document_id AS row_id,
    'document_id' AS column_name,
    document_id,
    count(*) || ' rows have the key (document_id) = (' || document_id || ').' AS message
FROM documents
GROUP BY document_id
HAVING count(*) > 1
