-- question: How does the result of a measure follow the dose of a substance?
-- shows: A row a measurement of an arm that got one dose of the substance, lowest dose first; placebo stands as dose 0.
--   Numbers of subgroups are left out.
-- param: substance = ziltivekimab
WITH given AS (
    SELECT a.trial_id, a.arm_id, a.label, i.dose_value, i.dose_unit, i.frequency
    FROM arms AS a
    JOIN arm_interventions AS i USING (arm_id)
    WHERE lower(i.intervention_norm) = lower($substance) AND i.dose_value IS NOT NULL
      AND NOT i.is_background AND NOT i.is_alternative
),
-- The placebo arm of a trial is dose 0 of each unit that the trial gives the substance in.
doses AS (
    FROM given
    UNION
    SELECT a.trial_id, a.arm_id, a.label, 0, given.dose_unit, NULL
    FROM arms AS a JOIN given USING (trial_id)
    WHERE a.arm_type = 'PLACEBO_COMPARATOR'
)
SELECT
    coalesce(t.acronym, t.registry_id, t.trial_id) AS trial, coalesce(o.measure_norm, o.measure) AS measure,
    o.time_frame, d.dose_value AS dose, d.dose_unit, d.frequency, d.label AS arm, m.statistic,
    m.is_change_from_baseline, m.value, m.unit, m.n_analyzed
FROM doses AS d
JOIN outcome_measurements AS m USING (arm_id)
JOIN outcomes AS o USING (outcome_id)
JOIN trials AS t ON t.trial_id = d.trial_id
-- Numbers of retracted papers are left out; those that the trial's registry record has stay.
WHERE NOT m.is_baseline AND o.subgroup IS NULL
  AND m.measurement_id NOT IN (SELECT row_id FROM results WHERE evidence_status = 'RETRACTED')
ORDER BY trial, measure, o.time_frame_days, o.outcome_id, m.statistic, d.dose_unit, d.dose_value, d.label;
