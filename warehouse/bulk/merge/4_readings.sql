-- title: what was read from the trial reports of files, by the newest code that read them; only of citations as they are
DELETE FROM trial_report_readings WHERE file_id IN (SELECT file_id FROM read_files);

INSERT INTO trial_report_readings BY NAME FROM readings_at_hand;

DELETE FROM trial_report_readings AS r
WHERE NOT EXISTS (
    SELECT 1 FROM meta.citation_files AS f
    WHERE f.pmid = r.pmid AND f.version = r.version AND f.file_id = r.file_id
);

DELETE FROM meta.file_readings WHERE file_id IN (SELECT file_id FROM read_files);

INSERT INTO meta.file_readings BY NAME SELECT file_id, readings FROM read_files;
