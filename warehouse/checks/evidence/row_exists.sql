-- severity: block
-- message: Evidence is about a row that does not exist.
-- action: Look at the step that writes evidence; rows and evidence must get their ids from one place.
-- owner: resolution

WITH ids AS (
    SELECT 'trials' AS table_name, trial_id AS row_id FROM trials
    UNION ALL SELECT 'arms', arm_id FROM arms
    UNION ALL SELECT 'arm_interventions', arm_intervention_id FROM arm_interventions
    UNION ALL SELECT 'outcomes', outcome_id FROM outcomes
    UNION ALL SELECT 'outcome_measurements', measurement_id FROM outcome_measurements
    UNION ALL SELECT 'outcome_analyses', analysis_id FROM outcome_analyses
    UNION ALL SELECT 'documents', document_id FROM documents
    UNION ALL SELECT 'trial_registrations', concat_ws('/', trial_id, registry_id) FROM trial_registrations
)
SELECT
    concat_ws('/', table_name, row_id) AS row_id,
    column_name,
    document_id,
    table_name || ' has no row ' || row_id || '.' AS message
FROM evidence
ANTI JOIN ids USING (table_name, row_id)
