-- severity: warn
-- message: Numbers of the warehouse were read from a document that was retracted.
-- action: Read the notice; leave the trial out of summaries, or look for a document of it that stands.
-- owner: review

SELECT
    document_id AS row_id,
    document_id,
    'It was retracted by ' || (
        SELECT string_agg(DISTINCT from_document_id, ', ' ORDER BY from_document_id)
        FROM document_relations
        WHERE relation = 'RETRACTION_OF' AND to_document_id = document_id
    ) || ', and ' || count(DISTINCT table_name || row_id) || ' number(s) are from it.' AS message
FROM evidence
WHERE table_name IN ('outcome_measurements', 'outcome_analyses')
  AND is_main
  AND document_id IN (SELECT to_document_id FROM document_relations WHERE relation = 'RETRACTION_OF')
GROUP BY document_id
