-- title: citations of a batch that are set aside: they name no record, or come twice
-- The tables of the batch stand under their own names, their rows in the order of the file. A row is told by its number
-- in its table, and the first fault counts. A row of citations takes all rows of its citation with it.
SELECT 'citations' AS table_name, row_no, pmid, version, NULL::BIGINT AS position, cause
FROM (
    SELECT pmid, version, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR NOT (pmid BETWEEN 1 AND 2147483647 AND version > 0) THEN 'no_key'
        WHEN row_number() OVER (PARTITION BY pmid, version) > 1 THEN 'repeated_key'
    END AS cause
    FROM citations
)
WHERE cause IS NOT NULL
