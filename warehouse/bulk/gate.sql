-- title: rows of a batch that are set aside: they name no record or no place in it, come twice, or say nothing
-- The tables of the batch stand under their own names, their rows in the order of the file: a place that comes twice
-- within a citation follows itself, or one that is later. A row is told by its number in its table, and the first fault
-- counts. A row of citations takes all rows of its citation with it.
SELECT 'citations' AS table_name, row_no, pmid, version, NULL::BIGINT AS position, cause
FROM (
    SELECT pmid, version, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR NOT (pmid BETWEEN 1 AND 2147483647 AND version > 0) THEN 'no_key'
        WHEN row_number() OVER (PARTITION BY pmid, version) > 1 THEN 'repeated_key'
    END AS cause
    FROM citations
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_abstract_sections', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(text, label) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_abstract_sections
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_other_abstracts', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR abstract_position IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND abstract_position > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND (abstract_position, position) <= (lag(abstract_position) OVER (), lag(position) OVER ()) THEN 'repeated_key'
        WHEN coalesce(text, label, copyright) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_other_abstracts
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_authors', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(last_name, fore_name, initials, collective_name) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_authors
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_affiliations', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR author_position IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND author_position > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND (author_position, position) <= (lag(author_position) OVER (), lag(position) OVER ()) THEN 'repeated_key'
        WHEN affiliation IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_affiliations
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_author_identifiers', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR author_position IS NULL OR affiliation_position IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND author_position > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND (author_position, affiliation_position, position) <= (lag(author_position) OVER (), lag(affiliation_position) OVER (), lag(position) OVER ()) THEN 'repeated_key'
        WHEN identifier IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_author_identifiers
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_investigators', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(last_name, fore_name, initials) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_investigators
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_personal_subjects', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(last_name, fore_name, initials) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_personal_subjects
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_databanks', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(databank_name, accession_number) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_databanks
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_grants', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(grant_id, acronym, agency, country) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_grants
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_publication_types', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(publication_type, ui) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_publication_types
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_chemicals', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(name_of_substance, ui) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_chemicals
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_supplemental_mesh', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(name, ui) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_supplemental_mesh
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_mesh_headings', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(descriptor_name, descriptor_ui) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_mesh_headings
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_mesh_qualifiers', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR heading_position IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND heading_position > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND (heading_position, position) <= (lag(heading_position) OVER (), lag(position) OVER ()) THEN 'repeated_key'
        WHEN coalesce(qualifier_name, qualifier_ui) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_mesh_qualifiers
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_keywords', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN keyword IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_keywords
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_comments_corrections', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN coalesce(ref_pmid::VARCHAR, ref_source, note) IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_comments_corrections
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_ids', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN value IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_ids
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_history', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN date IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_history
)
WHERE cause IS NOT NULL
UNION ALL
SELECT 'citation_notes', row_no, pmid, version, position, cause
FROM (
    SELECT pmid, version, position, row_number() OVER () AS row_no, CASE
        WHEN pmid IS NULL OR version IS NULL OR position IS NULL THEN 'no_key'
        WHEN NOT (pmid > 0 AND version > 0 AND position > 0) THEN 'no_key'
        WHEN pmid = lag(pmid) OVER () AND version = lag(version) OVER ()
            AND position <= lag(position) OVER () THEN 'repeated_key'
        WHEN note IS NULL THEN 'empty_row'
    END AS cause
    FROM citation_notes
)
WHERE cause IS NOT NULL
