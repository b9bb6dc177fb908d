-- severity: block
-- message: A number has no evidence, so nobody can see where it was read.
-- action: Look at the step that writes evidence beside outcome_measurements.
-- owner: extraction

SELECT measurement_id AS row_id, trial_id, 'No row of evidence is about this row.' AS message
FROM outcome_measurements
LEFT JOIN outcomes USING (outcome_id)
WHERE measurement_id NOT IN (SELECT row_id FROM evidence WHERE table_name = 'outcome_measurements')
