-- title: texts of a batch in which an id of a trial registry may stand, and accession numbers that may be one
-- $hints tells nothing but where to look: what is found is read by the forms of the registries.
SELECT pmid, version, said, is_alone
FROM (
    SELECT pmid, version, title AS said, false AS is_alone FROM citations
    UNION ALL
    SELECT pmid, version, text, false FROM citation_abstract_sections
    UNION ALL
    SELECT pmid, version, text, false FROM citation_other_abstracts
    UNION ALL
    SELECT pmid, version, keyword, false FROM citation_keywords
    UNION ALL
    SELECT pmid, version, accession_number, true FROM citation_databanks
)
WHERE regexp_matches(said, $hints)
