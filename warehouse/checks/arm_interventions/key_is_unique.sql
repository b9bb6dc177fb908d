-- severity: block
-- message: More than one row of arm_interventions has the key (arm_intervention_id).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    arm_intervention_id AS row_id,
    'arm_intervention_id' AS column_name,
    count(*) || ' rows have the key (arm_intervention_id) = (' || arm_intervention_id || ').' AS message
FROM arm_interventions
GROUP BY arm_intervention_id
HAVING count(*) > 1
