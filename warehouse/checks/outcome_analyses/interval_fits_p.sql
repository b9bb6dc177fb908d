-- severity: warn
-- message: The confidence interval and the p-value of a comparison cannot both be right.
-- action: Read the sentence; a number is misread, or the source contradicts itself, or the p-value is of another test.
-- owner: extraction

-- Altman and Bland, How to obtain the P value from a confidence interval, BMJ 2011;343:d2304: the interval's width gives
-- the standard error, the estimate divided by it gives z; ratios on the logarithmic scale.
-- Rounding never alarms: every number may be off by half a unit of its last decimal, the smallest and the largest p that
-- this allows are compared with the smallest and the largest p that is stated. The estimate may also be the middle of
-- the interval. Beyond that z may be off: by a little where the words say that one model gave both; by more where they do
-- not, because the p-value may be of another test (log-rank beside Cox) or of t; and by most where intervals and tests of
-- many kinds stand side by side (Newcombe and Fisher, Hodges-Lehmann and the rank sum).
-- In arms of few participants it would have to be t with few degrees of freedom, so that these are not judged.
-- An estimate outside its own interval says that one of the three is wrong: what would be computed of them means nothing
-- (estimate_in_interval tells it).
-- One-sided tests and tests of non-inferiority ask another question than the interval answers here.
WITH quoted AS (
    SELECT
        outcome_analyses.*,
        (
            SELECT string_agg(quote, ' ' ORDER BY quote)
            FROM evidence
            WHERE table_name = 'outcome_analyses' AND row_id = analysis_id
        ) AS quotes,
        (
            SELECT min(quote)
            FROM evidence
            WHERE table_name = 'outcome_analyses' AND row_id = analysis_id AND column_name = 'p_value' AND is_main
        ) AS sentence,
        coalesce(mine.n_randomized, mine.n_analyzed) + coalesce(theirs.n_randomized, theirs.n_analyzed) AS participants
    FROM outcome_analyses
    LEFT JOIN arms AS mine ON mine.arm_id = outcome_analyses.arm_id
    LEFT JOIN arms AS theirs ON theirs.arm_id = comparator_arm_id
),
judged AS (
    SELECT
        *,
        ends_with(effect, '_RATIO') AS is_ratio,
        rounding_of(quotes, estimate) AS estimate_off,
        rounding_of(quotes, ci_low) AS low_off,
        rounding_of(quotes, ci_high) AS high_off,
        rounding_of(coalesce(p_raw, quotes), p_value) AS p_off,
        normal_quantile((1 - ci_pct / 100) / 2) AS z_of_level,
        CASE WHEN ends_with(effect, '_RATIO')
                  AND regexp_matches(words, '(?i)\bcox\b|regression|proportional.hazard|\bmodel|\bwald\b')
                  AND NOT regexp_matches(
                      words, '(?i)log[- ]?rank|fisher|chi-?squ|χ|mantel|wilcoxon|mann|rank.sum|t.test|likelihood|score test'
                  )
             THEN 'same'
             WHEN effect IN ('RISK_RATIO', 'RISK_DIFFERENCE', 'MEDIAN_DIFFERENCE') THEN 'other'
             -- Few events: no two methods agree.
             WHEN ends_with(effect, '_RATIO') AND ci_high > threshold('wide_ratio_interval') * ci_low
             THEN 'other' END AS test
    FROM (SELECT *, concat_ws(' ', method, groups_description, quotes) AS words FROM quoted)
    WHERE (ends_with(effect, '_RATIO') OR ends_with(effect, '_DIFFERENCE'))
      AND ci_pct BETWEEN 50 AND 99.999
      AND p_value BETWEEN 0 AND 1
      AND ci_n_sides IS DISTINCT FROM 'ONE_SIDED'
      AND (non_inferiority_type IS NULL OR NOT regexp_matches(non_inferiority_type, '^(NON_INFERIORITY|EQUIVALENCE)'))
      AND NOT regexp_matches(words, '(?i)non-?inferior|one-(sided|tailed)|1-(sided|tailed)')
),
-- On the scale where the estimate lies in the middle of its interval and 0 is no effect.
scaled AS (
    SELECT
        *,
        on_scale(is_ratio, ci_low - low_off) AS low_least,
        on_scale(is_ratio, ci_low + low_off) AS low_most,
        on_scale(is_ratio, ci_high - high_off) AS high_least,
        on_scale(is_ratio, ci_high + high_off) AS high_most,
        (on_scale(is_ratio, ci_low) + on_scale(is_ratio, ci_high)) / 2 AS middle,
        CASE test WHEN 'same' THEN threshold('same_model_z_times')
                  WHEN 'other' THEN threshold('other_test_z_times')
                  ELSE threshold('near_test_z_times') END AS z_times,
        CASE test WHEN 'same' THEN 0
                  WHEN 'other' THEN threshold('other_test_z_more')
                  ELSE threshold('near_test_z_more') END AS z_more
    FROM judged
),
bounded AS (
    SELECT
        *,
        least(on_scale(is_ratio, estimate - estimate_off), (low_least + high_least) / 2) AS centre_least,
        greatest(on_scale(is_ratio, estimate + estimate_off), (low_most + high_most) / 2) AS centre_most,
        (high_most - low_least) / 2 / z_of_level AS error_most,
        (high_least - low_most) / 2 / z_of_level AS error_least
    FROM scaled
    WHERE low_least IS NOT NULL
      AND high_least > low_most
      AND NOT coalesce(is_outside(estimate, estimate_off, ci_low, low_off, ci_high, high_off), false)
),
-- Each z has a name of its own: normal_tail repeats what it is given two dozen times.
standardized AS (
    SELECT
        *,
        greatest(abs(centre_least), abs(centre_most)) / error_least * z_times + z_more AS z_most,
        CASE WHEN centre_least <= 0 AND centre_most >= 0 THEN 0
             ELSE greatest(least(abs(centre_least), abs(centre_most)) / error_most / z_times - z_more, 0) END AS z_least,
        abs(coalesce(on_scale(is_ratio, estimate), middle))
        / ((on_scale(is_ratio, ci_high) - on_scale(is_ratio, ci_low)) / 2 / z_of_level) AS z_computed
    FROM bounded
),
tested AS (
    SELECT
        *,
        2 * normal_tail(z_most) AS p_least,
        2 * normal_tail(z_least) AS p_most,
        2 * normal_tail(z_computed) AS p_computed
    FROM standardized
)
SELECT
    analysis_id AS row_id,
    'p_value' AS column_name,
    trial_id,
    effect || coalesce(' ' || as_text(estimate), '') || ' with the ' || as_text(ci_pct) || ' % interval '
        || as_text(ci_low) || ' to ' || as_text(ci_high) || ' gives p = ' || format('{:.2g}', p_computed)
        || ', but p ' || p_modifier || ' ' || as_text(p_value) || ' is stated.' || coalesce(' “' || sentence || '”', '')
        AS message
FROM tested
LEFT JOIN outcomes USING (outcome_id)
WHERE (test = 'same' OR coalesce(participants >= threshold('few_participants'), true))
  AND ((p_modifier <> '>' AND p_least > p_value + CASE p_modifier WHEN '=' THEN p_off ELSE 0 END)
       OR (p_modifier <> '<'
           AND p_most < p_value - CASE p_modifier WHEN '=' THEN p_off ELSE 0 END
           AND NOT is_adjusted_for_several(words)))
