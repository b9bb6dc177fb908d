-- severity: block
-- message: A number has no evidence, so nobody can see where it was read.
-- action: Look at the step that writes evidence beside outcome_analyses.
-- owner: extraction

SELECT analysis_id AS row_id, trial_id, 'No row of evidence is about this row.' AS message
FROM outcome_analyses
LEFT JOIN outcomes USING (outcome_id)
WHERE analysis_id NOT IN (SELECT row_id FROM evidence WHERE table_name = 'outcome_analyses')
