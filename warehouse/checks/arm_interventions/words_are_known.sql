-- severity: block
-- message: A row of arm_interventions holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    arm_intervention_id AS row_id,
    'route' AS column_name,
    'route is ' || route || ', which is none of its words.' AS message
FROM arm_interventions
WHERE route NOT IN ('SUBCUTANEOUS', 'INTRAVENOUS', 'ORAL', 'INTRAMUSCULAR', 'TOPICAL', 'INHALED', 'INTRAVITREAL', 'INTRANASAL', 'INTRATHECAL', 'INTRAARTICULAR', 'INTRADERMAL', 'TRANSDERMAL', 'SUBLINGUAL', 'RECTAL', 'OPHTHALMIC')
