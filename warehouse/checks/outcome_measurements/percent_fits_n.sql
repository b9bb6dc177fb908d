-- severity: warn
-- message: No whole number of participants gives this percentage of this n.
-- action: Read the number and its n; one is wrong, or the percentage is no proportion of participants (Kaplan-Meier).
-- owner: extraction

-- GRIM: Brown and Heathers, Social Psychological and Personality Science 2017;8:363-369. A percentage of n participants
-- is 100 k / n for a whole k, and as written is at most half a unit of its last decimal away from that. The decimals
-- are those of value_raw, else of the quote; a percentage that neither holds ("half of them") is not judged, nor one that is
-- estimated and not counted (Kaplan-Meier, imputation).
WITH written AS (
    SELECT
        measurement_id,
        coalesce(
            decimals_in(value_raw, value),
            (
                SELECT min(decimals_in(quote, value))
                FROM evidence
                WHERE table_name = 'outcome_measurements' AND row_id = measurement_id AND column_name = 'value'
            )
        ) AS decimals,
        outcome_measurements.* EXCLUDE (measurement_id)
    FROM outcome_measurements
    WHERE statistic = 'PERCENT' AND NOT is_change_from_baseline AND n_analyzed > 0 AND value BETWEEN 0 AND 100
),
nearest AS (
    SELECT *, round(value * n_analyzed / 100) AS participants
    FROM written
)
SELECT
    measurement_id AS row_id,
    'value' AS column_name,
    trial_id,
    format(
        '{:.{}f} % of {} is not possible: {} of {} are {:.{}f} %, and no other whole number is nearer.',
        value, decimals, n_analyzed, participants::BIGINT, n_analyzed, 100 * participants / n_analyzed, decimals + 2
    ) AS message
FROM nearest
LEFT JOIN outcomes USING (outcome_id)
WHERE NOT regexp_matches(
        concat_ws(' ', measure, classification, category, unit),
        '(?i)kaplan|meier|estimat|survival|event-?free|progression-?free|cumulative|imput|weighted|adjusted|predicted'
    )
  AND abs(100 * participants / n_analyzed - value) > threshold('rounding_units') * pow(10, -decimals) + 1e-9
