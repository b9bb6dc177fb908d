-- Records that say the same in every field: one of them (the first by id) stands for all in what follows.
-- Only of records that say enough to be one document: a title, authors, a year, and a place or an identifier.
CREATE OR REPLACE TEMP TABLE bib_copies AS
SELECT n, min(n) OVER (PARTITION BY title_key, everything) AS first_n
FROM (
    SELECT
        n,
        title_key,
        hash(
            lower(title), authors, year, lower(journal), volume, number, pages, doi, pmid, pmcid, entry_type, abstract,
            ending, registry_ids
        ) AS everything
    FROM bib_fields
    WHERE
        NOT judged
        AND length(title_key) >= 12
        AND family <> ''
        AND year IS NOT NULL
        AND (first_page <> '' OR doi <> '' OR pmid <> '')
)
QUALIFY first_n <> n;
