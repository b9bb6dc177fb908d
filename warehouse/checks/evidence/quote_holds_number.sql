-- severity: warn
-- message: The quote of a number does not hold the number.
-- action: Read the quote in its document; the number was taken from elsewhere, or reckoned and not read.
-- owner: extraction

-- A quote that says a whole number in words ("half of them", "none") is not judged, a reduction of 77 % is stored as a change of -77, and an equal
-- value with other decimals is the same one. A comma may be a decimal point or stand between thousands.
WITH numbers AS (
    SELECT 'outcome_measurements' AS table_name, measurement_id AS row_id, 'value' AS column_name, outcome_id, value
    FROM outcome_measurements
    UNION ALL
    SELECT 'outcome_analyses', analysis_id, 'estimate', outcome_id, estimate
    FROM outcome_analyses
)
SELECT
    concat_ws('/', table_name, row_id) AS row_id,
    column_name,
    trial_id,
    document_id,
    'The number is ' || as_text(value) || ', and its quote is “' || quote || '”.' AS message
FROM evidence
JOIN numbers USING (table_name, row_id, column_name)
LEFT JOIN outcomes USING (outcome_id)
WHERE NOT contains(quote, as_text(abs(value)))
  -- The number was taken from another document, and this one writes it with other decimals.
  AND (is_main OR NOT holds_rounded(quote, value))
  -- "Sixteen percent of the one group and 2% of the other".
  AND NOT (
      value = round(value)
      AND regexp_matches(
          quote,
          '(?i)\b(no|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty'
              || '|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|third|quarter)\b'
      )
  )
  AND decimals_in(quote, value) IS NULL
  AND decimals_in(regexp_replace(quote, '([0-9])[,   ]([0-9]{3})\b', '\1\2', 'g'), value) IS NULL
