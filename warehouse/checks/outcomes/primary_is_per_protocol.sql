-- severity: warn
-- message: A primary result of a randomized trial is given for those alone who kept to the protocol.
-- action: Look for the result of all randomized; if the source has none, read this one with caution.
-- owner: review

-- CONSORT 2010, item 16: results are of the groups as randomized. The same measure at the same time in all randomized,
-- or nearly all (MITT), makes the other a second look. In trials of non-inferiority both are asked for.
WITH results AS (
    SELECT
        outcomes.*,
        EXISTS (SELECT 1 FROM outcome_analyses AS comparison
                WHERE comparison.outcome_id = outcomes.outcome_id
                  AND regexp_matches(non_inferiority_type, '^(NON_INFERIORITY|EQUIVALENCE)')) AS is_non_inferiority
    FROM outcomes
    WHERE outcome_id IN (SELECT outcome_id FROM outcome_measurements)
       OR outcome_id IN (SELECT outcome_id FROM outcome_analyses)
)
SELECT
    outcome_id AS row_id,
    'population' AS column_name,
    trial_id,
    'The primary outcome ' || measure || ' is given for the per-protocol population, and not for all randomized.' AS message
FROM results
JOIN trials USING (trial_id)
WHERE outcome_type = 'PRIMARY'
  AND population = 'PER_PROTOCOL'
  AND allocation = 'RANDOMIZED'
  AND subgroup IS NULL
  AND NOT is_non_inferiority
  AND NOT regexp_matches(coalesce(title, ''), '(?i)non-?inferior|equivalence|bioequivalen')
  AND NOT EXISTS (
      SELECT 1
      FROM results AS other
      WHERE other.trial_id = results.trial_id
        AND other.subgroup IS NULL
        AND other.population IS DISTINCT FROM 'PER_PROTOCOL'
        AND (other.measure = results.measure OR other.measure_norm = results.measure_norm)
        AND coalesce(other.time_frame_days = results.time_frame_days, true)
  )
