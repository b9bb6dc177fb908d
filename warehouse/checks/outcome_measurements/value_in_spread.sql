-- severity: warn
-- message: A number lies outside its own interval, quartiles or range.
-- action: Read the three numbers; one belongs to another arm or outcome, or the source is wrong.
-- owner: extraction

-- A median lies between its quartiles, a mean or a median between the smallest and the largest value, any estimate
-- within its confidence interval. A mean may lie outside the quartiles. Every number may be off by half a unit of its
-- last decimal.
WITH written AS (
    SELECT
        outcome_measurements.*,
        concat_ws(' ', value_raw, (
            SELECT string_agg(quote, ' ' ORDER BY quote)
            FROM evidence
            WHERE table_name = 'outcome_measurements' AND row_id = measurement_id
        )) AS words
    FROM outcome_measurements
    WHERE (value < dispersion_low OR value > dispersion_high)
      AND coalesce(value_modifier, '=') = '='
      AND ((dispersion_type = 'IQR' AND statistic = 'MEDIAN')
           OR (dispersion_type = 'RANGE' AND statistic IN ('MEAN', 'MEDIAN', 'GEOMETRIC_MEAN'))
           OR (dispersion_type = 'CI'
               AND statistic IN (
                   'MEAN', 'MEDIAN', 'LEAST_SQUARES_MEAN', 'GEOMETRIC_MEAN', 'GEOMETRIC_LEAST_SQUARES_MEAN', 'PERCENT'
               )))
      -- A reduction is stored as a negative change, and its spread may stand as it was written.
      AND NOT (is_change_from_baseline AND value < 0 AND dispersion_high > 0)
)
SELECT
    measurement_id AS row_id,
    'value' AS column_name,
    trial_id,
    statistic || ' ' || as_text(value) || ' is not between ' || coalesce(as_text(dispersion_low), '?') || ' and '
        || coalesce(as_text(dispersion_high), '?') || ' (' || dispersion_type || ').' AS message
FROM written
LEFT JOIN outcomes USING (outcome_id)
WHERE value + rounding_of(words, value) < dispersion_low - rounding_of(words, dispersion_low) - 1e-9
   OR value - rounding_of(words, value) > dispersion_high + rounding_of(words, dispersion_high) + 1e-9
