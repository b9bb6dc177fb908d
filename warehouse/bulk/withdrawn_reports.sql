-- title: citations that a file of this store was landed from, and that the store has no more as trial reports
-- landed_reports (pmid, file_name) are those landed. A citation that no file of the store has or deletes is left as it
-- is: the store does not know it. The newest file that deletes a record, or that its last version is from, says so.
WITH landed AS (
    SELECT DISTINCT l.pmid FROM landed_reports AS l SEMI JOIN meta.files AS f USING (file_name)
),
last_versions AS (
    SELECT pmid, max(version) AS version FROM citations SEMI JOIN landed USING (pmid) GROUP BY pmid
),
gone AS (
    SELECT d.pmid, 'deleted' AS reason, max_by(d.file_id, (f.year, f.number, f.file_id)) AS file_id
    FROM meta.deletions AS d
    JOIN meta.files AS f USING (file_id)
    SEMI JOIN landed USING (pmid)
    ANTI JOIN last_versions USING (pmid)
    GROUP BY d.pmid
    UNION ALL
    SELECT pmid, 'no_trial_report', f.file_id
    FROM last_versions
    JOIN meta.citation_files AS f USING (pmid, version)
    ANTI JOIN trial_reports USING (pmid, version)
)
SELECT g.pmid, g.reason, f.file_name, f.taken_at
FROM gone AS g
JOIN meta.files AS f USING (file_id)
ORDER BY ALL
