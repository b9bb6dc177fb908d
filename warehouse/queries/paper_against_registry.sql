-- question: Where does a paper say something else about a trial than its registry record?
-- shows: A row a disagreement, with what each of the two says and which one the table holds.
WITH sides AS (
    SELECT
        c.*, k.kind AS kept_kind, o.kind AS other_kind,
        CASE c.table_name
            WHEN 'trials' THEN c.row_id
            WHEN 'arms' THEN (SELECT trial_id FROM arms WHERE arm_id = c.row_id)
            WHEN 'outcomes' THEN (SELECT trial_id FROM outcomes WHERE outcome_id = c.row_id)
            WHEN 'arm_interventions' THEN (
                SELECT a.trial_id FROM arm_interventions AS i JOIN arms AS a USING (arm_id)
                WHERE i.arm_intervention_id = c.row_id
            )
            WHEN 'outcome_measurements' THEN (
                SELECT x.trial_id FROM outcome_measurements AS m JOIN outcomes AS x USING (outcome_id)
                WHERE m.measurement_id = c.row_id
            )
            WHEN 'outcome_analyses' THEN (
                SELECT x.trial_id FROM outcome_analyses AS m JOIN outcomes AS x USING (outcome_id)
                WHERE m.analysis_id = c.row_id
            )
        END AS trial_id
    FROM conflicts AS c
    JOIN documents AS k ON k.document_id = c.kept_document_id
    JOIN documents AS o ON o.document_id = c.other_document_id
    WHERE (k.kind = 'registry') <> (o.kind = 'registry')
)
SELECT
    coalesce(t.acronym, t.registry_id, s.trial_id) AS trial, s.table_name, s.row_id, s.column_name,
    CASE WHEN kept_kind = 'registry' THEN kept_value ELSE other_value END AS registry_says,
    CASE WHEN kept_kind = 'registry' THEN other_value ELSE kept_value END AS paper_says,
    CASE WHEN kept_kind = 'registry' THEN other_kind ELSE kept_kind END AS kind_of_paper,
    CASE WHEN kept_kind = 'registry' THEN 'registry' ELSE 'paper' END AS the_table_holds,
    s.rule,
    CASE WHEN kept_kind = 'registry' THEN other_document_id ELSE kept_document_id END AS paper_id
FROM sides AS s
LEFT JOIN trials AS t USING (trial_id)
ORDER BY trial, s.table_name, s.column_name, s.row_id, paper_id;
