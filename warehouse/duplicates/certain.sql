-- Pairs that need no closer look: title, first author, year (give or take one), first page, and volume (or, where that
-- is not said, journal or DOI) are the same, no identifier differs, and nothing in title or type says that one is a
-- notice, a reply or a preprint; nor may the abstracts, unless they are one, hold a word of a registry's numbers. What judge.py finds of each of them is the same, at more cost: a test compares the two.
-- `years` is null where they are the same.
CREATE OR REPLACE TEMP TABLE bib_certain AS
SELECT
    p.l,
    p.r,
    CASE WHEN a.year <> b.year THEN a.year || ' against ' || b.year END AS years,
    coalesce(a.volume, b.volume) AS volume,
    CASE WHEN a.pages = b.pages THEN a.pages ELSE a.pages || ' against ' || b.pages END AS pages,
    coalesce(a.doi = b.doi AND a.doi <> '', false) AS same_doi
FROM bib_pairs p JOIN bib_fields a ON a.n = p.l JOIN bib_fields b ON b.n = p.r
WHERE
    a.title_key = b.title_key AND length(a.title_key) >= 40
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
    AND (a.abstract = b.abstract OR a.abstract IS NULL OR b.abstract IS NULL
         OR NOT regexp_matches(a.abstract || b.abstract, '(?i)n[ct][cto]\W{0,3}[0o\d]|isrctn|euct|20\d\d-\d{6}|ctr|rct|ntr\W{0,3}\d|nl(-omon)?\W?\d|u1111|drks|umin|c0\d{6}|kct\W?\d|japic|jma-iia|rpcec|\d{3}-\d\d|phrr|lbct|tctr|pactr|slctr|rebec|rbr-|per-\d|trial regist'))
    AND regexp_full_match(a.pages, '\d{2,}([-–]\d+)?') AND regexp_full_match(b.pages, '\d{2,}([-–]\d+)?')
    AND a.entry_type IS NOT DISTINCT FROM b.entry_type
    AND NOT regexp_matches(a.title || ' ' || b.title, '(?i)errat|corrig|correct|retract|withdraw|concern|reply|(^|[:.] ?)\W*(authors?.? )?response|rejoinder|comment|letter|discussion|protocol|addend|\bre\b|abstract|poster')
    AND NOT regexp_matches(coalesce(a.journal || ' ', '') || coalesce(b.journal, ''), '(?i)preprint|rxiv|research square|ssrn|authorea');
