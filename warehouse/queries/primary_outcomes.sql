-- question: What was the primary outcome of each trial, and what came of it?
-- shows: A row a primary outcome, with its comparisons in words, null where the warehouse has none.
SELECT
    coalesce(t.acronym, t.registry_id, t.trial_id) AS trial, t.phase, o.measure, o.measure_norm, o.time_frame,
    o.time_frame_days, o.population, o.subgroup,
    string_agg(
        concat_ws(
            ' ', a.label, 'against ' || c.label || ':',
            CASE WHEN x.estimate IS NOT NULL THEN lower(replace(x.effect, '_', ' ')) END, x.estimate, x.unit,
            '(' || x.ci_low || ' to ' || x.ci_high || ')', 'p ' || x.p_modifier || ' ' || x.p_value
        ),
        '; ' ORDER BY a.label, c.label, x.analysis_id
    ) AS comparisons
FROM outcomes AS o
JOIN trials AS t USING (trial_id)
LEFT JOIN outcome_analyses AS x USING (outcome_id)
LEFT JOIN arms AS a ON a.arm_id = x.arm_id
LEFT JOIN arms AS c ON c.arm_id = x.comparator_arm_id
WHERE o.outcome_type = 'PRIMARY'
GROUP BY ALL
ORDER BY trial, o.time_frame_days, o.measure, o.population, o.subgroup;
