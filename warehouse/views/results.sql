-- what: One row for each number: a measurement of an arm, or a comparison between two, with the words it was read from.
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
numbers AS (
    SELECT
        'measurement' AS kind, 'outcome_measurements' AS table_name, measurement_id AS row_id, outcome_id, arm_id,
        NULL AS comparator_arm_id, statistic AS statistic_or_effect, value, unit,
        dispersion_low AS low, dispersion_high AS high,
        NULL::DOUBLE AS p_value, NULL AS p_modifier
    FROM outcome_measurements
    UNION ALL
    SELECT
        'analysis', 'outcome_analyses', analysis_id, outcome_id, arm_id,
        comparator_arm_id, effect, estimate, unit, ci_low, ci_high, p_value, p_modifier
    FROM outcome_analyses
)
SELECT
    t.trial_id, t.registry_id, t.acronym, o.measure, o.measure_norm, o.outcome_type, o.time_frame, o.time_frame_days,
    o.population, n.kind, a.label AS arm, c.label AS comparator, g.interventions, n.statistic_or_effect, n.value,
    n.unit, n.low, n.high, n.p_value, n.p_modifier, p.quote, p.document_id, d.url
FROM numbers AS n
JOIN outcomes AS o USING (outcome_id)
JOIN trials AS t USING (trial_id)
LEFT JOIN arms AS a ON a.arm_id = n.arm_id
LEFT JOIN arms AS c ON c.arm_id = n.comparator_arm_id
LEFT JOIN given AS g ON g.arm_id = n.arm_id
LEFT JOIN proof AS p ON p.table_name = n.table_name AND p.row_id = n.row_id
LEFT JOIN documents AS d ON d.document_id = p.document_id
ORDER BY t.registry_id NULLS LAST, t.trial_id, o.outcome_id, n.kind DESC, a.label, n.row_id;
