-- severity: warn
-- message: The arms of a trial do not add up to its enrollment.
-- action: Read both numbers; one counts others (screened, analysed), an arm is missing, or the source is wrong.
-- owner: extraction

-- By factor: in a factorial trial everyone is in one arm of each factor. Only where every arm of the trial says its
-- number, the enrollment is not a plan, and nobody changes the arm (in a crossover trial everyone is in every arm). A
-- registry's groups that are no arms of the design have participants of the arms.
-- Where sizes and enrollment are of different documents, a few more or less are those who were randomized by mistake or never treated; and where
-- another document's enrollment is what the arms add up to, the two contradict each other in that number, which
-- conflicts/enrollment_differs tells.
WITH sums AS (
    SELECT
        trial_id,
        factor,
        sum(n_randomized)::BIGINT AS total,
        string_agg(n_randomized, ' + ' ORDER BY arm_id) AS parts,
        list(arm_id) AS arm_ids
    FROM arms
    WHERE NOT is_result_group
      AND trial_id NOT IN (SELECT trial_id FROM arms WHERE n_randomized IS NULL AND NOT is_result_group)
    GROUP BY trial_id, factor
),
unequal AS (
    SELECT *
    FROM sums
    JOIN trials USING (trial_id)
    WHERE total <> enrollment
      AND enrollment_type IS DISTINCT FROM 'ESTIMATED'
      AND intervention_model IS DISTINCT FROM 'CROSSOVER'
),
sizes AS (
    SELECT DISTINCT trial_id, factor, document_id
    FROM unequal
    JOIN evidence ON table_name = 'arms' AND column_name = 'n_randomized' AND list_contains(arm_ids, row_id)
),
-- Sums whose sizes and enrollment have evidence, all of it in different documents.
of_two AS (
    SELECT unequal.trial_id, unequal.factor
    FROM unequal
    JOIN sizes ON sizes.trial_id = unequal.trial_id AND sizes.factor IS NOT DISTINCT FROM unequal.factor
    LEFT JOIN evidence ON table_name = 'trials' AND row_id = unequal.trial_id AND column_name = 'enrollment'
    GROUP BY ALL
    HAVING count(evidence.document_id) > 0 AND count(*) FILTER (sizes.document_id = evidence.document_id) = 0
)
SELECT
    trial_id AS row_id,
    'n_randomized' AS column_name,
    trial_id,
    'The arms' || coalesce(' of factor ' || factor, '') || ' add up to ' || parts || ' = ' || total
        || ', the enrollment is ' || enrollment || '.' AS message
FROM unequal
WHERE NOT EXISTS (
    FROM of_two
    WHERE of_two.trial_id = unequal.trial_id
      AND of_two.factor IS NOT DISTINCT FROM unequal.factor
      AND (abs(total - enrollment) <= threshold('participants_differ_share') * enrollment
           OR EXISTS (
               FROM registry_against_paper('trials', 'enrollment') AS said
               WHERE said.row_id = of_two.trial_id
                 AND NOT is_plan(rule)
                 AND total::VARCHAR IN (registry_says, paper_says)
           ))
)
