-- severity: block
-- message: A row of document_relations holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', from_document_id, to_document_id, relation) AS row_id,
    'relation' AS column_name,
    'relation is ' || relation || ', which is none of its words.' AS message
FROM document_relations
WHERE relation NOT IN ('DUPLICATE_OF', 'TRANSLATION_OF', 'PREPRINT_OF', 'ERRATUM_FOR', 'RETRACTION_OF', 'CONCERN_ABOUT', 'COMMENT_ON', 'PROTOCOL_OF', 'CONFERENCE_ABSTRACT_OF', 'OTHER_PART_OF', 'CITES')
