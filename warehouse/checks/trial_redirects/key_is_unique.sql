-- severity: block
-- message: More than one row of trial_redirects has the key (old_trial_id, trial_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', old_trial_id, trial_id) AS row_id,
    'trial_id' AS column_name,
    trial_id,
    count(*) || ' rows have the key (old_trial_id, trial_id) = (' || concat_ws('/', old_trial_id, trial_id) || ').' AS message
FROM trial_redirects
GROUP BY old_trial_id, trial_id
HAVING count(*) > 1
