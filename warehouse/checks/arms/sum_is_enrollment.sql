-- severity: warn
-- message: The arms of a trial do not add up to its enrollment.
-- action: Read both numbers; one counts others (screened, analysed), an arm is missing, or the source is wrong.
-- owner: extraction

-- By factor: in a factorial trial everyone is in one arm of each factor. Only where every arm of the trial says its
-- number, the enrollment is not a plan, and nobody changes the arm (in a crossover trial everyone is in every arm). A
-- registry's groups that are no arms of the design have participants of the arms.
WITH sums AS (
    SELECT
        trial_id,
        factor,
        sum(n_randomized)::BIGINT AS total,
        string_agg(n_randomized, ' + ' ORDER BY arm_id) AS parts
    FROM arms
    WHERE NOT is_result_group
      AND trial_id NOT IN (SELECT trial_id FROM arms WHERE n_randomized IS NULL AND NOT is_result_group)
    GROUP BY trial_id, factor
)
SELECT
    trial_id AS row_id,
    'n_randomized' AS column_name,
    trial_id,
    'The arms' || coalesce(' of factor ' || factor, '') || ' add up to ' || parts || ' = ' || total
        || ', the enrollment is ' || enrollment || '.' AS message
FROM sums
JOIN trials USING (trial_id)
WHERE total <> enrollment
  AND enrollment_type IS DISTINCT FROM 'ESTIMATED'
  AND intervention_model IS DISTINCT FROM 'CROSSOVER'
