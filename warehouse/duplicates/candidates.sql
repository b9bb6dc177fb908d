-- Pairs of records worth comparing: they share a key, and their titles or places are somewhat alike.

CREATE OR REPLACE TEMP TABLE bib_first AS
SELECT * EXCLUDE (title, authors, journal, pages, abstract, ending, registry_ids, entry_type, serial, record_id)
FROM bib_fields ANTI JOIN bib_copies USING (n);

-- A key is a number made of its kind and its words. A record without the words has no such key.
CREATE OR REPLACE TEMP TABLE bib_keys AS
SELECT n, key FROM (
    SELECT n, unnest([
        CASE WHEN doi <> '' THEN hash('doi', doi) END,
        CASE WHEN pmid <> '' THEN hash('pmid', pmid) END,
        CASE WHEN pmcid <> '' THEN hash('pmcid', pmcid) END,
        CASE WHEN title_key <> '' THEN hash('begin', left(title_key, 24)) END,
        CASE WHEN length(title_key) > 24 THEN hash('end', right(title_key, 24)) END,
        CASE WHEN family <> '' AND first_page <> '' THEN hash('page', family, first_page, coalesce(volume_no, '')) END,
        CASE WHEN family <> '' AND first_page <> '' THEN hash('year', family, first_page, year) END,
        CASE WHEN volume_no <> '' AND first_page <> '' THEN hash('place', volume_no, first_page, year) END
    ]) AS key
    FROM bib_first
)
WHERE key IS NOT NULL;

-- A key of too many records ("Editorial") says too little: its records are compared where they share more than it.
CREATE OR REPLACE TEMP TABLE bib_blocks AS
WITH sizes AS (SELECT key, count(*) AS size FROM bib_keys GROUP BY key HAVING size > 1),
wide AS (
    SELECT k.n, unnest([
        CASE WHEN length(f.title_key) > 24 THEN hash(key, f.title_key) END,
        CASE WHEN f.family <> '' THEN hash(key, f.family, f.year) END,
        CASE WHEN f.first_page <> '' THEN hash(key, f.first_page, f.volume_no) END
    ]) AS key
    FROM bib_keys k JOIN sizes s USING (key) JOIN bib_first f USING (n)
    WHERE s.size > 50
)
SELECT n, key, size FROM bib_keys JOIN sizes USING (key) WHERE size <= 50
UNION ALL
SELECT n, key, count(*) OVER (PARTITION BY key) AS size FROM wide QUALIFY key IS NOT NULL AND size > 1;

-- Of more than 50 that share even that, each is compared with the 20 that stand next to it when they are put in the
-- order of authors and places, and with the 20 next to it in the order of places alone: copies stand together in one.
-- A short title is no evidence: copies that have one meet by their place, which is a key of its own.
CREATE OR REPLACE TEMP TABLE bib_rows AS
SELECT
    n,
    key,
    row_number() OVER (PARTITION BY key ORDER BY title_key, family, year, volume_no, first_page, n) AS by_author,
    row_number() OVER (PARTITION BY key ORDER BY first_page, volume_no, year, title_key, family, n) AS by_place
FROM (SELECT n, key FROM bib_blocks WHERE size > 50) JOIN bib_first USING (n)
WHERE length(title_key) > 24;

-- Titles that begin alike are many: they need a first author, a page, or a volume and year in common, too.
CREATE OR REPLACE TEMP TABLE bib_pairs AS
WITH met AS (
    SELECT a.n AS l, b.n AS r
    FROM bib_blocks a JOIN bib_blocks b ON a.key = b.key AND a.n < b.n
    WHERE a.size <= 50 AND b.size <= 50
    UNION
    SELECT least(a.n, b.n), greatest(a.n, b.n)
    FROM (SELECT *, unnest(range(by_author + 1, by_author + 21)) AS next FROM bib_rows) a
    JOIN bib_rows b ON a.key = b.key AND a.next = b.by_author
    UNION
    SELECT least(a.n, b.n), greatest(a.n, b.n)
    FROM (SELECT *, unnest(range(by_place + 1, by_place + 21)) AS next FROM bib_rows) a
    JOIN bib_rows b ON a.key = b.key AND a.next = b.by_place
)
SELECT m.l, m.r
FROM met m JOIN bib_first a ON a.n = m.l JOIN bib_first b ON b.n = m.r
WHERE
    a.doi = b.doi AND a.doi <> ''
    OR a.pmid = b.pmid AND a.pmid <> ''
    OR a.pmcid = b.pmcid AND a.pmcid <> ''
    OR (abs(a.year - b.year) <= 3 OR a.year IS NULL OR b.year IS NULL OR a.is_of_another OR b.is_of_another) AND (
        a.title_key = b.title_key
        OR length(a.title_key) > 24 AND (starts_with(b.title_key, a.title_key) OR suffix(b.title_key, a.title_key))
        OR length(b.title_key) > 24 AND (starts_with(a.title_key, b.title_key) OR suffix(a.title_key, b.title_key))
        OR a.family = b.family AND a.volume_no = b.volume_no AND a.first_page = b.first_page AND a.first_page <> ''
        -- one begins with another drug's name
        OR a.family = b.family AND a.year = b.year AND right(a.title_key, 24) = right(b.title_key, 24)
        AND abs(length(a.title_key) - length(b.title_key)) <= 4 AND length(a.title_key) > 30
        OR (
            a.family = b.family
            OR coalesce(a.family, '') = ''
            OR coalesce(b.family, '') = ''
            OR a.first_page = b.first_page AND a.first_page <> ''
            OR a.volume_no = b.volume_no AND a.volume_no <> '' AND a.year = b.year
        )
        AND jaro_winkler_similarity(left(a.title_key, 100), left(b.title_key, 100)) >= 0.86
    );

-- The records of each title that so many have that they were not all compared with each other: it is told.
CREATE OR REPLACE TEMP TABLE bib_crowds AS
SELECT n, min(n) OVER (PARTITION BY title_key) AS first_n
FROM bib_first
WHERE title_key <> ''
QUALIFY count(*) OVER (PARTITION BY title_key) > 50;
