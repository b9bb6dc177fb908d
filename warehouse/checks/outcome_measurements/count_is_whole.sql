-- severity: warn
-- message: A count of participants is no whole number.
-- action: Read the number; a thousands separator was taken for a decimal point, or it is a mean or a percentage.
-- owner: extraction

SELECT
    measurement_id AS row_id,
    'value' AS column_name,
    trial_id,
    'The count of participants is ' || as_text(value) || coalesce(' (“' || value_raw || '”)', '') || '.' AS message
FROM outcome_measurements
LEFT JOIN outcomes USING (outcome_id)
WHERE statistic = 'COUNT' AND unit IS NOT NULL AND counts_people(unit) AND value <> round(value)
