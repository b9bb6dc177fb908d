-- severity: warn
-- message: A paper gives another number of participants for an arm than the registry record of its trial.
-- action: Read both; one counts those treated or analysed, the arms were matched wrongly, or a number is misread.
-- owner: review

-- A few more or less are those who were randomized by mistake or never treated.
SELECT
    place AS row_id,
    'n_randomized' AS column_name,
    trial_id,
    paper_id AS document_id,
    'Of the arm ' || label || ' the registry record says that ' || registry_says || ' were randomized to it, the '
        || paper_kind || ' says ' || paper_says || '.' || as_quote(paper_quote) AS message
FROM registry_against_paper('arms', 'n_randomized') AS said
JOIN arms ON arm_id = said.row_id
WHERE abs(TRY_CAST(registry_says AS DOUBLE) - TRY_CAST(paper_says AS DOUBLE))
      > threshold('participants_differ_share') * TRY_CAST(registry_says AS DOUBLE)
