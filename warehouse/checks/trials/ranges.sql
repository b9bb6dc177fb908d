-- severity: error
-- sets aside: cell
-- message: A number of participants or sites is negative.
-- action: Read the number in its document, and mend the rule that read it.
-- owner: extraction

SELECT trial_id AS row_id, 'enrollment' AS column_name, trial_id, 'enrollment is ' || enrollment || '.' AS message
FROM trials
WHERE enrollment < 0
UNION ALL BY NAME
SELECT trial_id AS row_id, 'site_count' AS column_name, trial_id, 'site_count is ' || site_count || '.' AS message
FROM trials
WHERE site_count < 0
