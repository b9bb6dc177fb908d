-- severity: warn
-- message: A spread is larger than numbers with this mean, or of this scale, can have.
-- action: Read the number and its spread; an SE may stand for an SD, a digit is misread, or it is a change.
-- owner: extraction

-- Of n values none of which is below 0 the variance is largest when all but one are 0: SD <= mean · sqrt(n), and
-- SE <= mean. Of values from 0 to 100 it is largest with half of them at each end: SD <= 50 · sqrt(n / (n - 1)), and
-- SE <= 50 / sqrt(n - 1) (Popoviciu's inequality for samples; Heathers et al., SPRITE, PeerJ Preprints 2018;6:e26968).
-- Judged are only quantities that cannot be below 0 by their unit, and shares of days, doses and the like; changes and
-- differences are not, whether they are marked or only named so.
WITH written AS (
    SELECT
        outcome_measurements.*,
        trial_id,
        CASE dispersion_type WHEN 'SD' THEN 1 WHEN 'SE' THEN sqrt(n_analyzed) END AS root,
        rounding_of(value_raw, value) AS value_off,
        rounding_of(value_raw, dispersion_value) AS spread_off,
        regexp_matches(
            unit,
            '(?i)^(days?|hours?|minutes?|weeks?|months?|years?|kg|g|mg|cm|mm|m|kg/m2|kg/m²|mmHg|mg/d?L|events?)$'
        ) AS is_positive,
        regexp_matches(
            concat_ws(' ', measure, unit),
            '(?i)(percent(age)?|proportion|share|%) of (the )?(days|nights|hours|time|doses|visits)'
        ) AS is_share
    FROM outcome_measurements
    JOIN outcomes USING (outcome_id)
    WHERE statistic = 'MEAN'
      AND dispersion_type IN ('SD', 'SE')
      AND n_analyzed > 1
      AND value >= 0
      AND NOT is_change_from_baseline
      AND NOT regexp_matches(
          concat_ws(' ', measure, classification, category, unit, statistic_raw),
          '(?i)chang|differ|reduc|increas|decreas|improv|gain|loss|delta|baseline|relative|versus|adjusted|score|lag|shift'
      )
),
bounded AS (
    SELECT
        *,
        CASE WHEN is_share THEN 50 * sqrt(n_analyzed / (n_analyzed - 1))
             WHEN is_positive THEN (value + value_off) * sqrt(n_analyzed) END AS sd_most
    FROM written
)
SELECT
    measurement_id AS row_id,
    'dispersion_value' AS column_name,
    trial_id,
    'The ' || dispersion_type || ' of the mean ' || as_text(value) || ' of ' || n_analyzed || ' is '
        || as_text(dispersion_value) || ', and can be ' || as_text(sd_most / root) || ' at most, where no value is below 0'
        || CASE WHEN is_share THEN ' or above 100.' ELSE '.' END AS message
FROM bounded
WHERE dispersion_value - spread_off > sd_most / root + 1e-9
