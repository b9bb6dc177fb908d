-- question: Do the sizes of the arms add up to the enrollment?
-- shows: A row a trial (in a factorial design a row a factor) whose arms all have a size, with the difference.
SELECT
    coalesce(t.acronym, t.registry_id, t.trial_id) AS trial, t.enrollment, t.enrollment_type, a.factor,
    string_agg(a.label || ' ' || a.n_randomized, ' + ' ORDER BY a.label, a.arm_id) AS arms,
    sum(a.n_randomized)::BIGINT AS sum_of_arms,
    sum_of_arms - t.enrollment AS difference,
    bool_or(a.n_is_derived) AS has_derived_size
FROM trials AS t
JOIN arms AS a USING (trial_id)
WHERE NOT a.is_result_group
GROUP BY t.trial_id, t.acronym, t.registry_id, t.enrollment, t.enrollment_type, a.factor
HAVING count(*) = count(a.n_randomized)
ORDER BY abs(difference) DESC NULLS LAST, trial, a.factor;
