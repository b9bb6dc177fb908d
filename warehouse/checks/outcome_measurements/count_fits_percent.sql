-- severity: warn
-- message: The count and the percentage of one arm cannot both be right.
-- action: Read both numbers and the n; one belongs to another arm or outcome, or the source is wrong.
-- owner: extraction

-- 100 k / n as written is at most half a unit of the percentage's last decimal away from it. Where no n is known, it is
-- at most the number randomized, so that the percentage is at least 100 k of that. A percentage whose decimals are
-- known neither from value_raw nor from the quote is not judged, nor one beside two counts.
WITH pairs AS (
    SELECT
        outcome_id,
        arm_id,
        max(measurement_id) FILTER (statistic = 'PERCENT') AS measurement_id,
        max(value) FILTER (statistic = 'PERCENT') AS percent,
        max(value_raw) FILTER (statistic = 'PERCENT') AS percent_raw,
        max(value) FILTER (statistic = 'COUNT') AS participants,
        max(n_analyzed) AS n_analyzed
    FROM outcome_measurements
    WHERE (statistic = 'PERCENT' OR (statistic = 'COUNT' AND counts_people(unit)))
      AND NOT is_change_from_baseline
      AND value >= 0
      AND coalesce(value_modifier, '=') = '='
    GROUP BY outcome_id, arm_id, group_title, classification, category, is_baseline
    HAVING count(*) FILTER (statistic = 'PERCENT') = 1
       AND count(*) FILTER (statistic = 'COUNT') = 1
       AND min(n_analyzed) IS NOT DISTINCT FROM max(n_analyzed)
),
written AS (
    SELECT
        *,
        threshold('rounding_units') * pow(10, -coalesce(
            decimals_in(percent_raw, percent),
            (
                SELECT min(decimals_in(quote, percent))
                FROM evidence
                WHERE table_name = 'outcome_measurements' AND row_id = measurement_id AND column_name = 'value'
            )
        )) + 1e-9 AS off
    FROM pairs
)
SELECT
    measurement_id AS row_id,
    'value' AS column_name,
    outcomes.trial_id,
    as_text(participants) || ' of ' || coalesce(written.n_analyzed || '', 'at most ' || n_randomized)
        || ' participants are ' || CASE WHEN written.n_analyzed IS NULL THEN 'at least ' ELSE '' END
        || as_text(100 * participants / coalesce(written.n_analyzed, n_randomized)) || ' %, but ' || as_text(percent)
        || ' % is stated beside it.' AS message
FROM written
LEFT JOIN outcomes USING (outcome_id)
LEFT JOIN arms USING (arm_id)
WHERE (written.n_analyzed > 0 AND abs(100 * participants / written.n_analyzed - percent) > off)
   OR (written.n_analyzed IS NULL AND n_randomized > 0 AND 100 * participants / n_randomized > percent + off)
