-- Pairs that need no closer look: title with its signs, first author, year (give or take one), first page, and volume
-- (or, where that is not said, journal or DOI) are the same, no identifier differs, nothing in title or type says that
-- one is a notice, a reply or a preprint, and of two abstracts one is how the other begins. What judge.py finds of each
-- of them is the same, at more cost: a test compares the two. `years` is null where they are the same.

-- One sign after the other takes half the time of translate().
CREATE OR REPLACE TEMP MACRO bib_letters(abstract) AS
    rtrim(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(abstract),
        ' ', ''), ':', ''), ';', ''), ',', ''), '(', ''), ')', ''), '[', ''), ']', ''), '-', ''), E'\n', ''), '.');

CREATE OR REPLACE TEMP TABLE bib_certain AS
WITH placed AS (
    SELECT
        p.l,
        p.r,
        a.abstract AS one,
        b.abstract AS other,
        (a.ending = b.ending OR a.ending IS NULL OR b.ending IS NULL) AS ends_alike,
        CASE WHEN a.year <> b.year THEN a.year || ' against ' || b.year END AS years,
        coalesce(a.volume, b.volume) AS volume,
        CASE WHEN a.pages = b.pages THEN a.pages ELSE a.pages || ' against ' || b.pages END AS pages,
        coalesce(a.doi = b.doi AND a.doi <> '', false) AS same_doi
    FROM bib_pairs p JOIN bib_fields a ON a.n = p.l JOIN bib_fields b ON b.n = p.r
    WHERE
        a.title_key = b.title_key AND length(a.title_key) >= 40
        -- signs and languages behind a title are no letters, and tell two titles apart
        AND (a.title = b.title OR NOT (
            regexp_matches(a.title || ' ' || b.title, '[<>≤≥+−]|&[lg]t;|\d\W+\d|[A-Z\d][-–]($|[\s,;:.)\]])')
            OR regexp_matches(a.title, '[\[(][^\[()\]]*[\])]\W*$') AND regexp_matches(b.title, '[\[(][^\[()\]]*[\])]\W*$')
        ))
        AND a.family = b.family AND length(a.family) >= 3
        AND (
            a.volume_no = b.volume_no AND a.volume_no <> '' AND abs(a.year - b.year) <= 1
            OR (coalesce(a.volume_no, '') = '' OR coalesce(b.volume_no, '') = '') AND a.year = b.year
            AND (lower(a.journal) = lower(b.journal) OR a.doi = b.doi AND a.doi <> '')
        )
        AND a.first_page = b.first_page AND length(a.first_page) >= 2
        AND (a.doi = b.doi OR coalesce(a.doi, '') = '' OR coalesce(b.doi, '') = '')
        AND (a.pmid = b.pmid OR coalesce(a.pmid, '') = '' OR coalesce(b.pmid, '') = '')
        AND (a.pmcid = b.pmcid OR coalesce(a.pmcid, '') = '' OR coalesce(b.pmcid, '') = '')
        AND coalesce(len(a.registry_ids), 0) = 0 AND coalesce(len(b.registry_ids), 0) = 0
        AND regexp_full_match(a.pages, '\d{2,}([-–]\d+)?') AND regexp_full_match(b.pages, '\d{2,}([-–]\d+)?')
        AND a.entry_type IS NOT DISTINCT FROM b.entry_type
        AND NOT regexp_matches(a.title || ' ' || b.title, '(?i)errat|corrig|correct|retract|withdraw|concern|reply|(^|[:.] ?)\W*(authors?.? )?response|rejoinder|comment|letter|discussion|protocol|addend|\bre\b|abstract|poster')
        AND NOT regexp_matches(coalesce(a.journal || ' ', '') || coalesce(b.journal, ''), '(?i)preprint|rxiv|research square|ssrn|authorea')
),
lettered AS MATERIALIZED (
    SELECT
        *,
        CASE WHEN one <> other THEN bib_letters(one) END AS letters,
        CASE WHEN one <> other THEN bib_letters(other) END AS other_letters
    FROM placed
    WHERE ends_alike
)
SELECT l, r, years, volume, pages, same_doi
FROM lettered
WHERE letters IS NULL OR starts_with(letters, other_letters) OR starts_with(other_letters, letters);
