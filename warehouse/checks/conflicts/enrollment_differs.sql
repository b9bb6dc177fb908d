-- severity: warn
-- message: A paper gives another number of participants than the registry record of its trial.
-- action: Read both; one counts those screened, treated or analysed, or one is of an earlier plan or misread.
-- owner: review

-- A registered plan is no claim of how many there were. A few more or less are those who were randomized by mistake or
-- never treated.
SELECT
    place AS row_id,
    'enrollment' AS column_name,
    said.row_id AS trial_id,
    paper_id AS document_id,
    'The registry record says that ' || registry_says || ' took part, the ' || paper_kind || ' says ' || paper_says || '.'
        || as_quote(paper_quote) AS message
FROM registry_against_paper('trials', 'enrollment') AS said
JOIN trials ON trial_id = said.row_id
WHERE NOT is_plan(rule)
  AND enrollment_type IS DISTINCT FROM 'ESTIMATED'
  AND abs(TRY_CAST(registry_says AS DOUBLE) - TRY_CAST(paper_says AS DOUBLE))
      > threshold('participants_differ_share') * TRY_CAST(registry_says AS DOUBLE)
