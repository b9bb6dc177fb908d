-- title: rows of a table of a batch that are set aside: they name no place in a record, come twice, or say nothing
-- The declaration of each table says what stands in the braces. A place that comes twice within a citation follows
-- itself, or one that is later.
SELECT '{table}' AS table_name, row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN NOT coalesce({is_place}, false) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER () AND ({place}) <= ({place_before})
            THEN 'repeated_key'
        WHEN {says_nothing} THEN 'empty_row'
    END AS cause
    FROM {table}
)
WHERE cause IS NOT NULL
