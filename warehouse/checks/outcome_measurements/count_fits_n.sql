-- severity: warn
-- message: More participants are counted than the number is of.
-- action: Read both numbers; the count is one of events, or one of the two is misread.
-- owner: extraction

SELECT
    measurement_id AS row_id,
    'value' AS column_name,
    trial_id,
    as_text(value) || ' participants are counted, of ' || n_analyzed || '.' AS message
FROM outcome_measurements
LEFT JOIN outcomes USING (outcome_id)
WHERE statistic = 'COUNT'
  AND NOT is_change_from_baseline
  AND unit IS NOT NULL
  AND counts_people(unit)
  AND value > n_analyzed
