-- severity: info
-- message: Numbers have a spread, and nothing says what kind of spread it is.
-- action: Read the sentence or the table's heading; it says whether the spread is SD, SE, an interval or a range.
-- owner: extraction

-- Many papers write ± and do not say of what, so this is a note, and one for each trial.
SELECT
    trial_id AS row_id,
    'dispersion_type' AS column_name,
    trial_id,
    counted(count(*), 'number') || ' of the trial ' || if(count(*) = 1, 'has', 'have') || ' a spread of no kind, such as '
        || as_text(arg_min(value, measurement_id)) || '.' AS message
FROM outcome_measurements
JOIN outcomes USING (outcome_id)
WHERE coalesce(dispersion_value, dispersion_low, dispersion_high) IS NOT NULL
  AND dispersion_type IS NULL
  AND dispersion_raw IS NULL
GROUP BY trial_id
