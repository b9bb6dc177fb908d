-- question: How large was the effect on one measure in each trial that reports it?
-- shows: A row a comparison in all participants, ready for a forest plot: estimate, interval, standard error (of the
--   logarithm for ratios) and the inverse of its variance as weight; both are null without an interval of two ends.
-- param: measure = systolic blood pressure
-- param: effect = null
WITH comparisons AS (
    SELECT
        coalesce(t.acronym, t.registry_id, t.trial_id) AS trial, a.label AS arm, c.label AS comparator,
        o.time_frame, x.effect, x.estimate, x.unit, x.ci_pct, x.ci_low, x.ci_high, x.p_modifier, x.p_value,
        coalesce(a.n_analyzed, a.n_randomized) AS arm_n, coalesce(c.n_analyzed, c.n_randomized) AS comparator_n,
        coalesce(x.effect LIKE '%RATIO', false) AS is_ratio,
        -- How many standard errors lie between the estimate and an end of its interval.
        CASE x.ci_pct WHEN 90 THEN 1.644854 WHEN 95 THEN 1.959964 WHEN 97.5 THEN 2.241403 WHEN 99 THEN 2.575829 END AS z
    FROM outcome_analyses AS x
    JOIN outcomes AS o USING (outcome_id)
    JOIN trials AS t USING (trial_id)
    LEFT JOIN arms AS a ON a.arm_id = x.arm_id
    LEFT JOIN arms AS c ON c.arm_id = x.comparator_arm_id
    WHERE lower($measure) IN (lower(o.measure_norm), lower(o.measure))
      AND x.estimate IS NOT NULL
      AND o.subgroup IS NULL
      AND ($effect IS NULL OR x.effect = $effect)
      -- Numbers of retracted papers are left out; those that the trial's registry record has stay.
      AND x.analysis_id NOT IN (SELECT row_id FROM results WHERE evidence_status = 'RETRACTED')
)
SELECT
    trial, arm, comparator, arm_n, comparator_n, time_frame, effect, estimate, ci_low, ci_high, ci_pct, unit,
    p_modifier, p_value,
    CASE
        WHEN NOT is_ratio THEN (ci_high - ci_low) / (2 * z)
        WHEN ci_low > 0 THEN (ln(ci_high) - ln(ci_low)) / (2 * z)
    END AS standard_error,
    1 / standard_error ^ 2 AS weight
FROM comparisons
ORDER BY effect, trial, arm, time_frame, estimate;
