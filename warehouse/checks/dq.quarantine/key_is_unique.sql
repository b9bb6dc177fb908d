-- severity: error
-- message: More than one row of dq.quarantine has the key (source, record_id, sha256).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', source, record_id, sha256) AS row_id,
    'sha256' AS column_name,
    min(trial_id) AS trial_id,
    min(document_id) AS document_id,
    count(*) || ' rows have the key (source, record_id, sha256) = (' || concat_ws('/', source, record_id, sha256) || ').' AS message
FROM dq.quarantine
GROUP BY source, record_id, sha256
HAVING count(*) > 1
