-- title: what became of each file, and which file each citation is from
DELETE FROM meta.citation_files AS f USING stale AS s WHERE f.pmid = s.pmid AND f.version = s.version;

INSERT INTO meta.citation_files SELECT pmid, version, file_id FROM winners;

INSERT INTO meta.deletions SELECT pmid, version, file_id FROM deletions_at_hand;

DELETE FROM deleted_citations;

INSERT INTO deleted_citations
SELECT DISTINCT d.pmid, d.version
FROM meta.deletions AS d ANTI JOIN meta.citation_files AS f ON f.pmid = d.pmid AND f.version = d.version
ORDER BY ALL;

INSERT INTO meta.files BY NAME
SELECT f.* EXCLUDE (citations_dropped),
    coalesce(w.citations_new, 0) AS citations_new, coalesce(w.citations_changed, 0) AS citations_changed,
    f.citations_dropped + coalesce(l.losers, 0) AS citations_superseded, coalesce(s.deleted, 0) AS citations_deleted
FROM files_at_hand AS f
LEFT JOIN (
    SELECT file_id, count(*) FILTER (NOT was_stored) AS citations_new, count(*) FILTER (was_stored) AS citations_changed
    FROM winners GROUP BY ALL
) AS w USING (file_id)
LEFT JOIN (SELECT file_id, count(*) AS losers FROM losers GROUP BY ALL) AS l USING (file_id)
LEFT JOIN (SELECT deleted_by AS file_id, count(*) AS deleted FROM stale GROUP BY ALL) AS s USING (file_id);
