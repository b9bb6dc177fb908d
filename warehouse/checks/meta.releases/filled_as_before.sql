-- severity: warn
-- message: A column is filled much less often than in the last release.
-- action: Look at what changed since: a rule that reads the column, or the format of a source.
-- owner: extraction
-- needs: last

-- Of trials that both releases have, so that new topics change nothing. The share of filled cells must have fallen by a
-- share of itself, and a number of cells must be missing by it.
WITH earlier AS (
    FROM filled_cells('last.', 'last.', 'trials', 'trials')
    UNION ALL
    FROM filled_cells('last.', 'last.', 'arms', 'arms')
    UNION ALL
    FROM filled_cells('last.', 'last.', 'arm_interventions', 'arms')
    UNION ALL
    FROM filled_cells('last.', 'last.', 'outcomes', 'outcomes')
    UNION ALL
    FROM filled_cells('last.', 'last.', 'outcome_measurements', 'outcomes')
    UNION ALL
    FROM filled_cells('last.', 'last.', 'outcome_analyses', 'outcomes')
),
now AS (
    FROM filled_cells('', 'last.', 'trials', 'trials')
    UNION ALL
    FROM filled_cells('', 'last.', 'arms', 'arms')
    UNION ALL
    FROM filled_cells('', 'last.', 'arm_interventions', 'arms')
    UNION ALL
    FROM filled_cells('', 'last.', 'outcomes', 'outcomes')
    UNION ALL
    FROM filled_cells('', 'last.', 'outcome_measurements', 'outcomes')
    UNION ALL
    FROM filled_cells('', 'last.', 'outcome_analyses', 'outcomes')
)
SELECT
    table_name || '/' || column_name AS row_id,
    column_name,
    table_name || '.' || column_name || ' was filled in ' || earlier.filled || ' of ' || earlier.all_rows
        || ' rows and is in ' || now.filled || ' of ' || now.all_rows || '.' AS message
FROM earlier
JOIN now USING (table_name, column_name)
WHERE now.filled / now.all_rows < (1 - threshold('filled_less_share')) * (earlier.filled / earlier.all_rows)
  AND now.filled + threshold('filled_less_cells') <= now.all_rows * (earlier.filled / earlier.all_rows)
