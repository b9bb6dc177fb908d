-- severity: error
-- message: More than one row of meta.releases has the key (release_no).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    release_no AS row_id,
    'release_no' AS column_name,
    count(*) || ' rows have the key (release_no) = (' || release_no || ').' AS message
FROM meta.releases
GROUP BY release_no
HAVING count(*) > 1
