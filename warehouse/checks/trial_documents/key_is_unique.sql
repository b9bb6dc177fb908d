-- severity: block
-- message: More than one row of trial_documents has the key (trial_id, document_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', trial_id, document_id) AS row_id,
    'document_id' AS column_name,
    trial_id,
    document_id,
    count(*) || ' rows have the key (trial_id, document_id) = (' || concat_ws('/', trial_id, document_id) || ').' AS message
FROM trial_documents
GROUP BY trial_id, document_id
HAVING count(*) > 1
