-- severity: block
-- message: More than one row of outcome_analyses has the key (analysis_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    analysis_id AS row_id,
    'analysis_id' AS column_name,
    count(*) || ' rows have the key (analysis_id) = (' || analysis_id || ').' AS message
FROM outcome_analyses
GROUP BY analysis_id
HAVING count(*) > 1
