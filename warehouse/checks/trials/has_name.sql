-- severity: warn
-- message: A trial has no registry id, no acronym and no title, so nobody can tell which one it is.
-- action: Read its document; look at the rule that reads what names a trial.
-- owner: extraction

SELECT trial_id AS row_id, 'title' AS column_name, trial_id, 'Nothing names the trial.' AS message
FROM trials
WHERE coalesce(nullif(trim(registry_id), ''), nullif(trim(acronym), ''), nullif(trim(title), '')) IS NULL
