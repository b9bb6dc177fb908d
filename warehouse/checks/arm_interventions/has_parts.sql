-- severity: warn
-- message: An intervention has no name, or a dose has a number and no unit.
-- action: Read the dose in its document; its unit may be missing from seeds/units.csv.
-- owner: extraction

SELECT
    arm_intervention_id AS row_id,
    'intervention_name' AS column_name,
    trial_id,
    'The name of the intervention is empty.' AS message
FROM arm_interventions
LEFT JOIN arms USING (arm_id)
WHERE trim(intervention_name) = ''
UNION ALL BY NAME
SELECT
    arm_intervention_id AS row_id,
    'dose_unit' AS column_name,
    trial_id,
    'The dose of ' || intervention_name || ' is ' || as_text(dose_value) || ' of no unit.' AS message
FROM arm_interventions
LEFT JOIN arms USING (arm_id)
WHERE dose_value IS NOT NULL AND coalesce(trim(dose_unit), '') = ''
