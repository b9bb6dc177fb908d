-- severity: error
-- sets aside: nothing
-- message: A trial has no key that names it alone, so the next release cannot know it again.
-- action: Look at the step that makes keys; each document of a trial is one.
-- owner: resolution

-- Nothing is set aside: the row is not there, and the trial itself is sound.
SELECT trial_id AS row_id, trial_id, 'The trial has no row in trial_keys.' AS message
FROM trials
WHERE trial_id NOT IN (SELECT trial_id FROM trial_keys)
