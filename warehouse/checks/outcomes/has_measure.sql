-- severity: warn
-- message: An outcome does not say what was measured.
-- action: Read its document; look at the rule that made the outcome.
-- owner: extraction

SELECT outcome_id AS row_id, 'measure' AS column_name, trial_id, 'The measure of the outcome is empty.' AS message
FROM outcomes
WHERE trim(measure) = ''
