-- title: which records are not taken, and which rows of the store give way
-- Of one version of a record the newest file counts. What a file says was deleted comes after its records.
CREATE OR REPLACE TEMP TABLE deleted_by AS
SELECT pmid, version, max_by(file_id, rank) AS file_id, max(rank) AS rank FROM deletions GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE stored AS
SELECT f.pmid, f.version, r.rank
FROM meta.citation_files AS f JOIN file_ranks AS r USING (file_id)
WHERE EXISTS (SELECT 1 FROM incoming AS i WHERE i.pmid = f.pmid AND i.version = f.version)
    OR EXISTS (SELECT 1 FROM deletions AS d WHERE d.pmid = f.pmid AND d.version = f.version);

CREATE OR REPLACE TEMP TABLE losers AS
SELECT i.pmid, i.version, i.file_id
FROM incoming AS i
LEFT JOIN (SELECT pmid, version, max(rank) AS rank FROM incoming GROUP BY ALL HAVING count(*) > 1) AS again
    USING (pmid, version)
LEFT JOIN stored AS s USING (pmid, version)
LEFT JOIN deleted_by AS d USING (pmid, version)
WHERE i.rank < again.rank OR i.rank < s.rank OR i.rank <= d.rank;

CREATE OR REPLACE TEMP TABLE winners AS
SELECT i.pmid, i.version, i.file_id, s.pmid IS NOT NULL AS was_stored
FROM incoming AS i
ANTI JOIN losers AS l ON l.pmid = i.pmid AND l.version = i.version AND l.file_id = i.file_id
LEFT JOIN stored AS s ON s.pmid = i.pmid AND s.version = i.version;

CREATE OR REPLACE TEMP TABLE stale AS
SELECT s.pmid, s.version, CASE WHEN w.pmid IS NULL THEN d.file_id END AS deleted_by
FROM stored AS s
LEFT JOIN winners AS w USING (pmid, version)
LEFT JOIN deleted_by AS d USING (pmid, version)
WHERE w.pmid IS NOT NULL OR d.rank >= s.rank;
