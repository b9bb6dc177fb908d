-- question: Which documents are about each trial, and in which role?
-- shows: A row a document of a trial, with how they were linked and what the document is to the others.
-- param: trial = null
SELECT
    coalesce(t.acronym, t.registry_id, t.trial_id) AS trial, td.role, d.kind, d.published, d.title, d.journal, d.doi,
    d.pmid, d.url, d.source, td.reason AS linked_because,
    (
        SELECT string_agg(r.relation || ' ' || coalesce(o.title, o.document_id), '; ' ORDER BY r.relation, o.document_id)
        FROM document_relations AS r
        JOIN documents AS o ON o.document_id = r.to_document_id
        WHERE r.from_document_id = d.document_id
    ) AS relations,
    d.document_id
FROM trial_documents AS td
JOIN trials AS t USING (trial_id)
JOIN documents AS d USING (document_id)
WHERE $trial IS NULL OR $trial IN (t.trial_id, t.registry_id, t.acronym)
ORDER BY trial, td.role NULLS LAST, d.published, d.document_id;
