-- severity: error
-- sets aside: nothing
-- message: A document led to no trial, and nothing says why.
-- action: Look at the step that read it; what gives no trial states its reason in documents.problem.
-- owner: documents

-- Nothing is set aside: that the document is there is right, what it should have led to is missing.
SELECT document_id AS row_id, 'problem' AS column_name, document_id, 'The document has no trial and no problem.' AS message
FROM documents
WHERE problem IS NULL
  AND document_id NOT IN (SELECT document_id FROM trial_documents)
