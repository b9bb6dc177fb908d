-- severity: warn
-- message: An estimate is far from the middle of its interval: of a ratio, from the geometric mean of its limits.
-- action: Read the three numbers; one is misread or of another comparison, or the interval is of an exact method.
-- owner: extraction

-- An interval of estimate ± z · standard error has the estimate in its middle, for ratios on the logarithmic scale
-- (Altman and Bland, BMJ 2011;343:d2304). Every number may be off by half a unit of its last decimal; beyond that the
-- estimate may be off by a share of half the interval's width, since profile likelihood and exact methods are not quite
-- symmetric. Methods that say they are exact, resampled or Bayesian are not judged.
WITH written AS (
    SELECT
        outcome_analyses.*,
        ends_with(effect, '_RATIO') AS is_ratio,
        (
            SELECT string_agg(quote, ' ' ORDER BY quote)
            FROM evidence
            WHERE table_name = 'outcome_analyses' AND row_id = analysis_id
        ) AS quotes
    FROM outcome_analyses
    WHERE (ends_with(effect, '_RATIO') OR effect IN ('MEAN_DIFFERENCE', 'LS_MEAN_DIFFERENCE'))
      AND ci_low < ci_high
      -- As the numbers stand; what rounding explains is left out below.
      AND abs(on_scale(ends_with(effect, '_RATIO'), estimate)
              - (on_scale(ends_with(effect, '_RATIO'), ci_low) + on_scale(ends_with(effect, '_RATIO'), ci_high)) / 2)
          > (on_scale(ends_with(effect, '_RATIO'), ci_high) - on_scale(ends_with(effect, '_RATIO'), ci_low)) / 2
            * threshold('off_middle_share')
      AND ci_n_sides IS DISTINCT FROM 'ONE_SIDED'
),
rounded AS (
    SELECT
        *,
        rounding_of(quotes, estimate) AS estimate_off,
        rounding_of(quotes, ci_low) AS low_off,
        rounding_of(quotes, ci_high) AS high_off
    FROM written
    WHERE NOT regexp_matches(
        concat_ws(' ', method, groups_description, quotes),
        '(?i)exact|fisher|bootstrap|bayes|credible|posterior|jackknife|permut|non-?parametric|hodges|one-(sided|tailed)'
    )
),
scaled AS (
    SELECT
        *,
        on_scale(is_ratio, estimate - estimate_off) AS estimate_least,
        on_scale(is_ratio, estimate + estimate_off) AS estimate_most,
        on_scale(is_ratio, ci_low - low_off) AS low_least,
        on_scale(is_ratio, ci_low + low_off) AS low_most,
        on_scale(is_ratio, ci_high - high_off) AS high_least,
        on_scale(is_ratio, ci_high + high_off) AS high_most
    FROM rounded
)
SELECT
    analysis_id AS row_id,
    'estimate' AS column_name,
    trial_id,
    effect || ' ' || as_text(estimate) || ' is far from '
        || as_text(CASE WHEN is_ratio THEN sqrt(ci_low * ci_high) ELSE (ci_low + ci_high) / 2 END)
        || ', the middle of ' || as_text(ci_low) || ' to ' || as_text(ci_high)
        || CASE WHEN is_ratio THEN ' on the logarithmic scale.' ELSE '.' END AS message
FROM scaled
LEFT JOIN outcomes USING (outcome_id)
-- An estimate outside its interval has a check of its own.
WHERE estimate BETWEEN ci_low AND ci_high
  AND (estimate_least > (low_most + high_most) / 2 + (high_most - low_least) / 2 * threshold('off_middle_share')
       OR estimate_most < (low_least + high_least) / 2 - (high_most - low_least) / 2 * threshold('off_middle_share'))
