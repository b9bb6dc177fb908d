-- severity: block
-- message: More than one row of document_relations has the key (from_document_id, to_document_id, relation).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', from_document_id, to_document_id, relation) AS row_id,
    'relation' AS column_name,
    count(*) || ' rows have the key (from_document_id, to_document_id, relation) = (' || concat_ws('/', from_document_id, to_document_id, relation) || ').' AS message
FROM document_relations
GROUP BY from_document_id, to_document_id, relation
HAVING count(*) > 1
