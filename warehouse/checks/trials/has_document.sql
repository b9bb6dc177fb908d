-- severity: block
-- message: A trial has no document, so nothing says where it is from.
-- action: Look at the step that links documents to trials.
-- owner: resolution

SELECT trial_id AS row_id, trial_id, 'The trial has no row in trial_documents.' AS message
FROM trials
WHERE trial_id NOT IN (SELECT trial_id FROM trial_documents)
