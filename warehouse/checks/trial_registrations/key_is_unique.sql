-- severity: block
-- message: More than one row of trial_registrations has the key (trial_id, registry_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', trial_id, registry_id) AS row_id,
    'registry_id' AS column_name,
    trial_id,
    count(*) || ' rows have the key (trial_id, registry_id) = (' || concat_ws('/', trial_id, registry_id) || ').' AS message
FROM trial_registrations
GROUP BY trial_id, registry_id
HAVING count(*) > 1
