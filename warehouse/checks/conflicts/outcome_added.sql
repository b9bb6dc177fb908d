-- severity: warn
-- message: A primary outcome of a paper was not registered.
-- action: Read the sentence and the registered outcomes; look at earlier versions of the registry record, too.
-- owner: review

-- Mathieu et al., Comparison of registered and published primary outcomes, JAMA 2009;302:977-984; CONSORT 2010, item 6b.
SELECT
    place AS row_id,
    'outcome_type' AS column_name,
    trial_id,
    paper_id AS document_id,
    measure || ' is a primary outcome of the ' || paper_kind || ', and the registry record does not have it.'
        || as_quote(paper_quote) AS message
FROM registry_against_paper('outcomes', 'outcome_type') AS said
LEFT JOIN outcomes ON outcome_id = said.row_id
WHERE paper_says = 'PRIMARY' AND registry_says = 'not stated'
