-- question: What share of each arm responded, and of how many?
-- shows: A row an arm and outcome with a percentage, subgroups left out: responders and participants as stated, the
--   percentage that the two give, and a 95 % interval after Wilson where both numbers are known.
-- param: measure = %
WITH rates AS (
    SELECT
        p.outcome_id, p.arm_id, p.classification, p.category, p.value AS stated_percent, c.value AS responders,
        coalesce(p.n_analyzed, c.n_analyzed, a.n_analyzed, a.n_randomized) AS n,
        a.label AS arm
    FROM outcome_measurements AS p
    JOIN arms AS a USING (arm_id)
    LEFT JOIN outcome_measurements AS c
        ON c.outcome_id = p.outcome_id AND c.arm_id = p.arm_id AND c.statistic = 'COUNT' AND NOT c.is_baseline
        AND c.classification IS NOT DISTINCT FROM p.classification AND c.category IS NOT DISTINCT FROM p.category
    WHERE p.statistic = 'PERCENT' AND NOT p.is_baseline AND NOT p.is_change_from_baseline
      AND p.value BETWEEN 0 AND 100
      -- Numbers of retracted papers are left out; those that the trial's registry record has stay.
      AND p.measurement_id NOT IN (SELECT row_id FROM results WHERE evidence_status = 'RETRACTED')
)
SELECT
    coalesce(t.acronym, t.registry_id, t.trial_id) AS trial, coalesce(o.measure_norm, o.measure) AS measure,
    o.time_frame, r.arm, r.responders, r.n, r.stated_percent,
    round(100 * r.responders / r.n, 1) AS computed_percent,
    round(100 * (s + 1.92073 - 1.959964 * sqrt(s * (r.n - s) / r.n + 0.960365)) / (r.n + 3.841459), 1) AS ci_low,
    round(100 * (s + 1.92073 + 1.959964 * sqrt(s * (r.n - s) / r.n + 0.960365)) / (r.n + 3.841459), 1) AS ci_high
FROM (SELECT *, CASE WHEN responders BETWEEN 0 AND n THEN responders END AS s FROM rates) AS r
JOIN outcomes AS o USING (outcome_id)
JOIN trials AS t USING (trial_id)
WHERE coalesce(o.measure_norm, o.measure) ILIKE $measure AND o.subgroup IS NULL
ORDER BY trial, measure, o.time_frame_days, r.classification, r.category, r.arm, r.stated_percent;
