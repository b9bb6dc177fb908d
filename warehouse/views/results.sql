-- Every number of the warehouse on one row, readable without a join.
CREATE VIEW results AS
WITH proof AS (
    SELECT table_name, row_id, quote, document_id
    FROM evidence
    WHERE is_main
      AND ((table_name = 'outcome_measurements' AND column_name = 'value')
        OR (table_name = 'outcome_analyses' AND column_name IN ('estimate', 'p_value', 'ci_low')))
    QUALIFY row_number() OVER (
        PARTITION BY table_name, row_id
        ORDER BY array_position(['value', 'estimate', 'p_value', 'ci_low'], column_name)
    ) = 1
),
given AS (
    SELECT
        arm_id,
        string_agg(
            concat_ws(' ', coalesce(intervention_norm, intervention_name), dose, lower(route), frequency),
            ' + ' ORDER BY is_background, intervention_name, arm_intervention_id
        ) AS interventions
    FROM (
        SELECT
            *,
            -- Printed as a clinician writes it: 7.5 mg, 30 mg and not 30.0 mg.
            CASE
                WHEN dose_value IS NULL THEN dose_raw
                WHEN dose_value = trunc(dose_value) THEN concat_ws(' ', dose_value::BIGINT, dose_unit)
                ELSE concat_ws(' ', dose_value, dose_unit)
            END AS dose
        FROM arm_interventions
    )
    GROUP BY arm_id
),
-- What became of the papers that a news page repeats: the least grave of it, since another of them may stand.
repeated AS (
    SELECT
        r.from_document_id AS document_id,
        arg_min(paper.evidence_status, array_position(
            ['CURRENT', 'CORRECTED', 'EXPRESSION_OF_CONCERN', 'RETRACTED'], paper.evidence_status
        )) AS evidence_status
    FROM document_relations AS r
    JOIN documents AS page ON page.document_id = r.from_document_id AND page.kind = 'news'
    JOIN documents AS paper ON paper.document_id = r.to_document_id AND paper.kind <> 'news'
    WHERE r.relation = 'CITES'
    GROUP BY ALL
),
numbers AS (
    SELECT
        'measurement' AS kind, 'outcome_measurements' AS table_name, measurement_id AS row_id, outcome_id, arm_id,
        NULL AS comparator_arm_id, statistic AS statistic_or_effect, is_change_from_baseline, is_baseline,
        value_modifier, value, unit,
        dispersion_low AS low, dispersion_high AS high,
        NULL::DOUBLE AS p_value, NULL AS p_modifier
    FROM outcome_measurements
    UNION ALL
    SELECT
        'analysis', 'outcome_analyses', analysis_id, outcome_id, arm_id,
        comparator_arm_id, effect, NULL, NULL, NULL, estimate, unit, ci_low, ci_high, p_value, p_modifier
    FROM outcome_analyses
)
SELECT
    t.trial_id, t.registry_id, t.acronym, o.measure, o.measure_norm, o.outcome_type, o.time_frame, o.time_frame_days,
    o.population, o.subgroup, n.kind, a.label AS arm, c.label AS comparator, g.interventions, n.statistic_or_effect,
    n.is_change_from_baseline, n.is_baseline, n.value_modifier, n.value, n.unit, n.low, n.high, n.p_value, n.p_modifier, p.quote, p.document_id, d.url,
    CASE WHEN d.evidence_status = 'CURRENT' THEN coalesce(w.evidence_status, 'CURRENT') ELSE d.evidence_status END
        AS evidence_status,
    n.row_id
FROM numbers AS n
JOIN outcomes AS o USING (outcome_id)
JOIN trials AS t USING (trial_id)
LEFT JOIN arms AS a ON a.arm_id = n.arm_id
LEFT JOIN arms AS c ON c.arm_id = n.comparator_arm_id
LEFT JOIN given AS g ON g.arm_id = n.arm_id
LEFT JOIN proof AS p ON p.table_name = n.table_name AND p.row_id = n.row_id
LEFT JOIN documents AS d ON d.document_id = p.document_id
LEFT JOIN repeated AS w ON w.document_id = p.document_id
ORDER BY t.registry_id NULLS LAST, t.trial_id, o.outcome_id, n.kind DESC, a.label, n.row_id;

COMMENT ON VIEW results IS 'One row for each number: a measurement of an arm or a comparison between two, with the words it was read from.';
COMMENT ON COLUMN results.trial_id IS 'The trial.';
COMMENT ON COLUMN results.registry_id IS 'The preferred registry id of the trial, or null.';
COMMENT ON COLUMN results.acronym IS 'The acronym of the trial.';
COMMENT ON COLUMN results.measure IS 'The outcome measure as written.';
COMMENT ON COLUMN results.measure_norm IS 'The preferred name of the measure in the vocabulary, or null.';
COMMENT ON COLUMN results.outcome_type IS 'PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED, POST_HOC, ADVERSE_EVENT, or null where not stated.';
COMMENT ON COLUMN results.time_frame IS 'The time frame as written.';
COMMENT ON COLUMN results.time_frame_days IS 'The time frame in days.';
COMMENT ON COLUMN results.population IS 'The analysis population.';
COMMENT ON COLUMN results.subgroup IS 'The part of the participants that the number is of; null for all of them.';
COMMENT ON COLUMN results.kind IS 'measurement (one number of one arm) or analysis (one comparison).';
COMMENT ON COLUMN results.arm IS 'The label of the arm; null for the whole trial.';
COMMENT ON COLUMN results.comparator IS 'The label of the arm that it is compared with.';
COMMENT ON COLUMN results.interventions IS 'What the arm got, as text.';
COMMENT ON COLUMN results.statistic_or_effect IS 'The statistic of a measurement, the effect of an analysis.';
COMMENT ON COLUMN results.is_change_from_baseline IS 'Whether a measurement is a change from baseline; null for an analysis.';
COMMENT ON COLUMN results.is_baseline IS 'Whether a measurement was made at baseline, and is no result of the treatment; null for an analysis.';
COMMENT ON COLUMN results.value_modifier IS '< (also for ≤) or > where value is a bound; null where it is the number.';
COMMENT ON COLUMN results.value IS 'The number or the estimate, in unit.';
COMMENT ON COLUMN results.unit IS 'The unit in words.';
COMMENT ON COLUMN results.low IS 'The lower end of the interval or spread, where two ends are given.';
COMMENT ON COLUMN results.high IS 'The upper end of the interval or spread, where two ends are given.';
COMMENT ON COLUMN results.p_value IS 'The p-value of an analysis.';
COMMENT ON COLUMN results.p_modifier IS '=, < or >.';
COMMENT ON COLUMN results.quote IS 'The characters of the document that the number was read from.';
COMMENT ON COLUMN results.document_id IS 'The document.';
COMMENT ON COLUMN results.url IS 'The public address of the document, where one is known.';
COMMENT ON COLUMN results.evidence_status IS 'What became of the document: CURRENT, RETRACTED, EXPRESSION_OF_CONCERN or CORRECTED, the gravest; documents.notices has each. Of a news page what became of the papers that it cites.';
COMMENT ON COLUMN results.row_id IS 'The number''s row: a measurement_id of outcome_measurements or an analysis_id of outcome_analyses.';
