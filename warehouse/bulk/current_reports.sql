-- title: the trial reports of one file that stand in the store, of each record its last version
SELECT r.pmid, r.version, r.reasons
FROM trial_reports AS r
JOIN meta.citation_files AS f USING (pmid, version)
JOIN meta.files AS of_file USING (file_id)
WHERE of_file.sha256 = $sha256
    AND NOT EXISTS (SELECT 1 FROM citations AS newer WHERE newer.pmid = r.pmid AND newer.version > r.version)
ORDER BY ALL
