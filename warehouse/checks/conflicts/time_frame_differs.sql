-- severity: warn
-- message: The primary outcome of a paper is of another time than was registered.
-- action: Read the sentence; if it is right, say so where the trial is summarised (outcome switching).
-- owner: review

-- CONSORT 2010, items 6a and 6b: outcomes with when they are assessed, and every change after the trial began.
SELECT
    place AS row_id,
    'time_frame' AS column_name,
    trial_id,
    paper_id AS document_id,
    measure || ' is registered for ' || registry_says || ', and the ' || paper_kind || ' says ' || paper_says || '.'
        || as_quote(paper_quote) AS message
FROM registry_against_paper('outcomes', 'time_frame') AS said
LEFT JOIN outcomes ON outcome_id = said.row_id
