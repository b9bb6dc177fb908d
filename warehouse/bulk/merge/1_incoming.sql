-- title: the records of the files at hand and what these say was deleted, each with the place of its file in the order
CREATE OR REPLACE TEMP TABLE file_ranks AS
SELECT file_id, row_number() OVER (ORDER BY year, number, file_id) AS rank
FROM (SELECT file_id, year, number FROM meta.files UNION ALL SELECT file_id, year, number FROM files_at_hand);

CREATE OR REPLACE TEMP TABLE incoming AS
SELECT pmid, version, file_id, rank
FROM citations_at_hand JOIN file_ranks USING (file_id);

CREATE OR REPLACE TEMP TABLE deletions AS
SELECT pmid, version, file_id, rank FROM deletions_at_hand JOIN file_ranks USING (file_id)
UNION ALL
SELECT pmid, version, file_id, rank FROM meta.deletions JOIN file_ranks USING (file_id);
