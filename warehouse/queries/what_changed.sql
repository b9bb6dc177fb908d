-- question: What changed between two releases, and why?
-- shows: A row a changed cell, or a whole row that was added or removed, with the cause and the document that explains
--   it; without parameters between the last two releases that were not withdrawn, and no row where there is only one.
-- param: before = null
-- param: after = null
WITH standing AS (
    SELECT release_no, release_id FROM meta.releases WHERE status = 'published' AND NOT rows_are_lost
),
last_two AS (
    SELECT min_by(release_id, release_no) AS before, max_by(release_id, release_no) AS after
    FROM (FROM standing ORDER BY release_no DESC LIMIT 2)
)
SELECT
    coalesce(t.acronym, t.registry_id, c.trial_id) AS trial, c.table_name, c.row_id, c.change, c.column_name,
    c.old_value, c.new_value, c.cause, c.cause_detail, c.document_id
FROM changes(
    coalesce($before, (SELECT before FROM last_two)),
    coalesce($after, (SELECT after FROM last_two))
) AS c
LEFT JOIN trials AS t USING (trial_id)
-- Quotes and texts move with every change of a document: what they say is in the other tables.
WHERE c.table_name NOT IN ('evidence', 'document_texts', 'candidates')
ORDER BY trial NULLS LAST, c.table_name, c.row_id, c.column_name;
