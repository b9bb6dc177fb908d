-- question: What was one number of a trial in each release?
-- shows: A row a release and measurement: its value then, and whether that is another one than in the release before.
-- param: trial = RESCUE
-- param: measure = %
WITH versions AS (
    SELECT measurement_id, outcome_id, arm_id, statistic, value, unit, since_release_no, NULL AS until_release_no
    FROM outcome_measurements
    UNION ALL
    SELECT measurement_id, outcome_id, arm_id, statistic, value, unit, since_release_no, until_release_no
    FROM history.outcome_measurements
),
-- A measurement keeps its id, and its outcome and arm may have ended since.
known_outcomes AS (
    SELECT DISTINCT ON (outcome_id) outcome_id, trial_id, measure, measure_norm, time_frame
    FROM (
        SELECT outcome_id, trial_id, measure, measure_norm, time_frame, since_release_no FROM outcomes
        UNION ALL
        SELECT outcome_id, trial_id, measure, measure_norm, time_frame, since_release_no FROM history.outcomes
    )
    ORDER BY outcome_id, since_release_no DESC
),
known_arms AS (
    SELECT DISTINCT ON (arm_id) arm_id, label
    FROM (
        SELECT arm_id, label, since_release_no FROM arms
        UNION ALL
        SELECT arm_id, label, since_release_no FROM history.arms
    )
    ORDER BY arm_id, since_release_no DESC
)
SELECT
    r.release_id, r.published_at, r.status, o.measure, o.time_frame, a.label AS arm, v.statistic, v.value, v.unit,
    v.since_release_no = r.release_no AS is_new_here,
    v.measurement_id
FROM versions AS v
JOIN meta.releases AS r
    ON v.since_release_no <= r.release_no AND (v.until_release_no IS NULL OR r.release_no < v.until_release_no)
JOIN known_outcomes AS o USING (outcome_id)
JOIN trials AS t USING (trial_id)
LEFT JOIN known_arms AS a USING (arm_id)
WHERE $trial IN (t.trial_id, t.registry_id, t.acronym) AND coalesce(o.measure_norm, o.measure) ILIKE $measure
ORDER BY o.measure, o.time_frame, a.label, v.statistic, v.measurement_id, r.release_no;
