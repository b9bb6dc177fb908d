-- severity: warn
-- message: An effect points the other way than the numbers of its two arms.
-- action: Read the sentence; arm and comparator are swapped, or a difference is read or written without its sign.
-- owner: extraction

-- The row says arm against comparator: a difference above 0, or a ratio above 1, is of an arm with the larger number.
-- Judged is an effect that is told from none (by its interval, else by its p-value) where the arms differ by at least
-- a share of it, so that neither rounding nor adjustment explains the direction. Hazard ratios have no number of the
-- arms that they must agree with, and changes from baseline are written with either sign. Each arm must have one number
-- of the kind that the effect is of. A text says "a difference of 3.2 points" whichever arm has more, so a difference
-- that it writes without a sign says nothing of the direction; a registry has a field for it, with its sign.
WITH sole AS (
    SELECT
        outcome_id,
        arm_id,
        statistic,
        max(value) AS value,
        max(value_raw) AS value_raw,
        max(concat_ws('/', classification, category)) AS class
    FROM outcome_measurements
    WHERE NOT is_baseline AND arm_id IS NOT NULL
    GROUP BY outcome_id, arm_id, statistic
    HAVING count(*) = 1 AND NOT bool_or(is_change_from_baseline) AND bool_and(coalesce(value_modifier, '=') = '=')
),
paired AS (
    SELECT
        outcome_analyses.*,
        effect LIKE '%_RATIO' AS is_ratio,
        mine.value AS mine,
        theirs.value AS theirs,
        mine.value_raw AS mine_raw,
        theirs.value_raw AS theirs_raw,
        mine.statistic
    FROM outcome_analyses
    JOIN sole AS mine ON mine.outcome_id = outcome_analyses.outcome_id AND mine.arm_id = outcome_analyses.arm_id
    JOIN sole AS theirs
      ON theirs.outcome_id = outcome_analyses.outcome_id
     AND theirs.arm_id = comparator_arm_id
     AND theirs.statistic = mine.statistic
     AND theirs.class = mine.class
    WHERE mine.statistic = CASE effect WHEN 'RISK_DIFFERENCE' THEN 'PERCENT'
                                       WHEN 'RISK_RATIO' THEN 'PERCENT'
                                       WHEN 'ODDS_RATIO' THEN 'PERCENT'
                                       WHEN 'RATE_RATIO' THEN 'RATE'
                                       WHEN 'RATE_DIFFERENCE' THEN 'RATE'
                                       WHEN 'MEAN_DIFFERENCE' THEN 'MEAN'
                                       WHEN 'LS_MEAN_DIFFERENCE' THEN 'LEAST_SQUARES_MEAN'
                                       WHEN 'MEDIAN_DIFFERENCE' THEN 'MEDIAN'
                                       WHEN 'GEOMETRIC_MEAN_RATIO' THEN 'GEOMETRIC_MEAN' END
),
judged AS (
    SELECT
        *,
        on_scale(is_ratio, estimate) AS stated,
        CASE WHEN NOT is_ratio THEN mine - theirs
             WHEN effect = 'ODDS_RATIO' AND least(mine, theirs) > 0 AND greatest(mine, theirs) < 100
             THEN ln(mine / (100 - mine)) - ln(theirs / (100 - theirs))
             WHEN least(mine, theirs) > 0 THEN ln(mine / theirs) END AS of_arms
    FROM paired
    WHERE CASE WHEN ci_low IS NOT NULL AND ci_high IS NOT NULL
               THEN NOT (CASE WHEN is_ratio THEN 1 ELSE 0 END BETWEEN ci_low AND ci_high)
               ELSE p_value < threshold('significant_p') AND p_modifier IN ('=', '<') END
)
SELECT
    analysis_id AS row_id,
    'estimate' AS column_name,
    trial_id,
    effect || ' ' || as_text(estimate) || ' says that the arm has ' || CASE WHEN stated > 0 THEN 'more' ELSE 'less' END
        || ' than its comparator, but ' || statistic || ' is ' || as_text(mine) || ' in the arm and ' || as_text(theirs)
        || ' in the comparator.' AS message
FROM judged
LEFT JOIN outcomes USING (outcome_id)
WHERE stated * of_arms < 0
  AND abs(of_arms) >= abs(stated) * threshold('arms_differ_share')
  AND abs(mine - theirs) > rounding_of(mine_raw, mine) + rounding_of(theirs_raw, theirs)
  AND NOT (
      NOT is_ratio
      AND estimate > 0
      AND EXISTS (
          SELECT 1
          FROM evidence
          JOIN documents USING (document_id)
          WHERE table_name = 'outcome_analyses'
            AND row_id = analysis_id
            AND column_name = 'estimate'
            AND is_main
            AND kind IS DISTINCT FROM 'registry'
            AND NOT regexp_matches(quote, '[+＋][ ]?[0-9.·]')
      )
  )
