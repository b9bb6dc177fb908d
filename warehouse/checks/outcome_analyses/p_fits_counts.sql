-- severity: warn
-- message: The p-value of a comparison is far from what the counts of its two arms give.
-- action: Read counts, n and p-value; one is misread, or the p-value is of another comparison.
-- owner: extraction

-- Two proportions are compared by z, without and with Yates's correction (Fleiss, Levin and Paik, Statistical Methods
-- for Rates and Proportions, 3rd edition, 2003, chapter 3); Fisher's exact test is near the corrected one. A p-value may
-- be of an adjusted or stratified analysis, so it is told only when its z would have to be several times, and by
-- something more, away from both. Clustered and crossed designs, tests of time to an event, one-sided tests, tests of
-- non-inferiority, and outcomes with other kinds of numbers are not judged.
-- The participants of an arm: its one count, else its one percentage where that is one whole number of its n.
WITH people AS (
    SELECT
        outcome_id,
        arm_id,
        coalesce(
            max(value) FILTER (statistic = 'COUNT'),
            round(max(value) FILTER (statistic = 'PERCENT') * max(n_analyzed) / 100)
        ) AS participants,
        -- What the number was computed from, if it was.
        CASE WHEN bool_and(statistic = 'PERCENT') THEN max(value) END AS percent,
        max(value_raw) FILTER (statistic = 'PERCENT') AS percent_raw,
        max(n_analyzed) AS n
    FROM outcome_measurements
    WHERE NOT is_baseline AND arm_id IS NOT NULL
    GROUP BY outcome_id, arm_id
    HAVING bool_and(coalesce(statistic = 'PERCENT' OR (statistic = 'COUNT' AND counts_people(unit)), false))
       AND count(*) FILTER (statistic = 'COUNT') <= 1
       AND count(*) FILTER (statistic = 'PERCENT') <= 1
       AND NOT bool_or(is_change_from_baseline)
       AND bool_and(coalesce(value_modifier, '=') = '=')
       AND min(n_analyzed) = max(n_analyzed)
       AND min(n_analyzed) > 0
),
paired AS (
    SELECT
        outcome_analyses.*,
        trial_id,
        title,
        mine.participants::BIGINT AS k1,
        mine.n AS n1,
        theirs.participants::BIGINT AS k2,
        theirs.n AS n2,
        (mine.participants + theirs.participants) / (mine.n + theirs.n) AS share,
        1 / mine.n + 1 / theirs.n AS parts,
        abs(mine.participants / mine.n - theirs.participants / theirs.n) AS apart,
        mine.percent AS percent1,
        mine.percent_raw AS raw1,
        theirs.percent AS percent2,
        theirs.percent_raw AS raw2,
        -- A registry and a paper may give one p-value each.
        count(*) OVER (
            PARTITION BY outcome_analyses.outcome_id, outcome_analyses.arm_id, comparator_arm_id, document_id
        ) AS beside
    FROM outcome_analyses
    LEFT JOIN (
        SELECT row_id, min(document_id) AS document_id
        FROM evidence
        WHERE table_name = 'outcome_analyses' AND is_main
        GROUP BY row_id
    ) AS proof ON proof.row_id = analysis_id
    JOIN people AS mine ON mine.outcome_id = outcome_analyses.outcome_id AND mine.arm_id = outcome_analyses.arm_id
    JOIN people AS theirs ON theirs.outcome_id = outcome_analyses.outcome_id AND theirs.arm_id = comparator_arm_id
    JOIN outcomes ON outcomes.outcome_id = outcome_analyses.outcome_id
    LEFT JOIN trials USING (trial_id)
    WHERE outcome_analyses.arm_id <> comparator_arm_id
      AND mine.participants BETWEEN 0 AND mine.n
      AND theirs.participants BETWEEN 0 AND theirs.n
      AND intervention_model IS DISTINCT FROM 'CROSSOVER'
),
compared AS (
    SELECT
        *,
        CASE WHEN share IN (0, 1) THEN 0 ELSE apart / sqrt(share * (1 - share) * parts) END AS z,
        CASE WHEN share IN (0, 1) THEN 0
             ELSE greatest(apart - parts / 2, 0) / sqrt(share * (1 - share) * parts) END AS z_corrected
    FROM paired
    WHERE p_value BETWEEN 0 AND 1
      AND (effect IN ('RISK_DIFFERENCE', 'RISK_RATIO', 'ODDS_RATIO')
           OR (effect = 'P_VALUE_ONLY' AND beside = 1)
           OR (effect IS NULL AND effect_raw IS NULL AND beside = 1))
      AND ci_n_sides IS DISTINCT FROM 'ONE_SIDED'
      AND (non_inferiority_type IS NULL OR NOT regexp_matches(non_inferiority_type, '^(NON_INFERIORITY|EQUIVALENCE)'))
),
-- Each z has a name of its own: normal_tail repeats what it is given two dozen times.
standardized AS (
    SELECT
        *,
        z * threshold('other_test_z_times') + threshold('other_test_z_more') AS z_most,
        greatest(z_corrected / threshold('other_test_z_times') - threshold('other_test_z_more'), 0) AS z_least
    FROM compared
),
bounded AS (
    SELECT *, 2 * normal_tail(z_most) AS p_least, 2 * normal_tail(z_least) AS p_most
    FROM standardized
),
-- As the numbers stand; what rounding or the kind of test explains is left out of the few that remain.
judged AS (
    SELECT
        *,
        CASE p_modifier WHEN '=' THEN rounding_of(p_raw, p_value) ELSE 0 END AS p_off,
        (
            SELECT string_agg(quote, ' ' ORDER BY quote)
            FROM evidence
            WHERE table_name = 'outcome_analyses' AND row_id = analysis_id
        ) AS quotes
    FROM bounded
    WHERE (p_modifier <> '>' AND p_least > p_value) OR (p_modifier <> '<' AND p_most < p_value)
)
SELECT
    analysis_id AS row_id,
    'p_value' AS column_name,
    trial_id,
    k1 || ' of ' || n1 || ' against ' || k2 || ' of ' || n2 || ' give p = ' || format('{:.2g}', 2 * normal_tail(z))
        || ', but p ' || p_modifier || ' ' || as_text(p_value) || ' is stated.' AS message
FROM judged
WHERE ((p_modifier <> '>' AND p_least > p_value + p_off)
       OR (p_modifier <> '<'
           AND p_most < p_value - p_off
           AND NOT is_adjusted_for_several(concat_ws(' ', method, groups_description, quotes))))
  AND coalesce(n1 * rounding_of(raw1, percent1) < 50, true)
  AND coalesce(n2 * rounding_of(raw2, percent2) < 50, true)
  AND NOT regexp_matches(
      concat_ws(' ', title, method, groups_description, quotes),
      '(?i)non-?inferior|equivalen|(one|1)-(sided|tailed)|log[- ]?rank|hazard|cox|trend|interaction|'
          || 'cluster|cross-?over|paired|mcnemar'
  )
