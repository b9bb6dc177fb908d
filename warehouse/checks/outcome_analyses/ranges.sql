-- severity: error
-- sets aside: row
-- message: A number cannot be what it is said to be: a p-value outside 0 to 1, an interval upside down, a ratio below 0.
-- action: Read the number in its document, and mend the rule that read it.
-- owner: extraction

-- Nobody gives an interval of a level below 50 %: 0.95 is a share, 5 the rest.
WITH numbers AS (
    SELECT analysis_id AS row_id, trial_id, outcome_analyses.*
    FROM outcome_analyses
    LEFT JOIN outcomes USING (outcome_id)
)
SELECT row_id, 'p_value' AS column_name, trial_id, 'The p-value is ' || as_text(p_value) || '.' AS message
FROM numbers
WHERE NOT p_value BETWEEN 0 AND 1
UNION ALL BY NAME
SELECT
    row_id,
    'ci_low' AS column_name,
    trial_id,
    'The interval goes from ' || as_text(ci_low) || ' down to ' || as_text(ci_high) || '.' AS message
FROM numbers
WHERE ci_low > ci_high
UNION ALL BY NAME
SELECT row_id, 'ci_pct' AS column_name, trial_id, 'The level of the interval is ' || as_text(ci_pct) || ' %.' AS message
FROM numbers
WHERE ci_pct < 50 OR ci_pct >= 100
UNION ALL BY NAME
SELECT row_id, 'estimate' AS column_name, trial_id, effect || ' is ' || as_text(least(estimate, ci_low)) || '.' AS message
FROM numbers
WHERE ends_with(effect, '_RATIO') AND least(estimate, ci_low) < 0
