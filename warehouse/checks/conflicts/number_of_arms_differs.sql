-- severity: info
-- message: A paper shows another number of arms than the registry record of its trial.
-- action: Read both; an arm was dropped or added on the way, two doses were taken together, or arms were misread.
-- owner: review

-- A note: records list the arms of later parts (randomized again, open-label extension) that a paper rightly leaves out.
SELECT
    place AS row_id,
    'number_of_arms' AS column_name,
    row_id AS trial_id,
    paper_id AS document_id,
    'The registry record has ' || registry_says || ' arms, the ' || paper_kind || ' ' || paper_says || '.'
        || as_quote(paper_quote) AS message
FROM registry_against_paper('trials', 'number_of_arms')
