-- severity: block
-- message: More than one row of trial_keys has the key (scheme, value).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', scheme, value) AS row_id,
    'value' AS column_name,
    min(trial_id) AS trial_id,
    count(*) || ' rows have the key (scheme, value) = (' || concat_ws('/', scheme, value) || ').' AS message
FROM trial_keys
GROUP BY scheme, value
HAVING count(*) > 1
