-- severity: warn
-- message: A registered primary outcome is not in a paper, which calls another one primary.
-- action: Read the sentence; look for the outcome in the full paper and in other papers of the trial.
-- owner: review

-- Mathieu et al., Comparison of registered and published primary outcomes, JAMA 2009;302:977-984; CONSORT 2010, item 6b.
SELECT
    place AS row_id,
    'outcome_type' AS column_name,
    trial_id,
    paper_id AS document_id,
    'The registered primary outcome ' || measure || ' is not in the ' || paper_kind || ', which calls another one primary.'
        || as_quote(paper_quote) AS message
FROM registry_against_paper('outcomes', 'outcome_type') AS said
LEFT JOIN outcomes ON outcome_id = said.row_id
WHERE registry_says = 'PRIMARY' AND paper_says = 'not stated'
