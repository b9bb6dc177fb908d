-- severity: warn
-- message: A registered primary outcome is a secondary one in a paper, or the reverse.
-- action: Read the sentence; if it is right, say so where the trial is summarised (outcome switching).
-- owner: review

-- Mathieu et al., Comparison of registered and published primary outcomes, JAMA 2009;302:977-984; CONSORT 2010, item 6b.
SELECT
    place AS row_id,
    'outcome_type' AS column_name,
    trial_id,
    paper_id AS document_id,
    measure || ' is ' || registry_says || ' in the registry record and ' || paper_says || ' in the ' || paper_kind || '.'
        || as_quote(paper_quote) AS message
FROM registry_against_paper('outcomes', 'outcome_type') AS said
LEFT JOIN outcomes ON outcome_id = said.row_id
WHERE (registry_says = 'PRIMARY' AND paper_says IN ('SECONDARY', 'OTHER_PRE_SPECIFIED', 'POST_HOC'))
   OR (paper_says = 'PRIMARY' AND registry_says IN ('SECONDARY', 'OTHER_PRE_SPECIFIED'))
