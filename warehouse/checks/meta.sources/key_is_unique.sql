-- severity: error
-- message: More than one row of meta.sources has the key (source).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    source AS row_id,
    'source' AS column_name,
    count(*) || ' rows have the key (source) = (' || source || ').' AS message
FROM meta.sources
GROUP BY source
HAVING count(*) > 1
