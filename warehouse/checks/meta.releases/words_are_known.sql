-- severity: error
-- message: A row of meta.releases holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    release_no AS row_id,
    'status' AS column_name,
    'status is ' || status || ', which is none of its words.' AS message
FROM meta.releases
WHERE status NOT IN ('published', 'withdrawn')
