-- severity: warn
-- message: A column is filled much less often than in the last release.
-- action: Look at what changed since: a rule that reads the column, or the format of a source.
-- owner: extraction
-- needs: last

-- Of trials that both releases have, so that new topics change nothing. The share of filled cells must have fallen by a
-- share of itself, and a number of cells must be missing by it.
WITH both_have AS (
    SELECT trial_id FROM trials SEMI JOIN last.trials AS earlier USING (trial_id)
),
earlier AS (
    SELECT 'trials' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM last.trials SEMI JOIN both_have USING (trial_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'arms' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM last.arms SEMI JOIN both_have USING (trial_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'arm_interventions' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM last.arm_interventions SEMI JOIN (
            SELECT arm_id FROM last.arms SEMI JOIN both_have USING (trial_id)
        ) USING (arm_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'outcomes' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM last.outcomes SEMI JOIN both_have USING (trial_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'outcome_measurements' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM last.outcome_measurements SEMI JOIN (
            SELECT outcome_id FROM last.outcomes SEMI JOIN both_have USING (trial_id)
        ) USING (outcome_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'outcome_analyses' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM last.outcome_analyses SEMI JOIN (
            SELECT outcome_id FROM last.outcomes SEMI JOIN both_have USING (trial_id)
        ) USING (outcome_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
),
now AS (
    SELECT 'trials' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM trials SEMI JOIN both_have USING (trial_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'arms' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM arms SEMI JOIN both_have USING (trial_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'arm_interventions' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM arm_interventions SEMI JOIN (
            SELECT arm_id FROM arms SEMI JOIN both_have USING (trial_id)
        ) USING (arm_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'outcomes' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM outcomes SEMI JOIN both_have USING (trial_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'outcome_measurements' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM outcome_measurements SEMI JOIN (
            SELECT outcome_id FROM outcomes SEMI JOIN both_have USING (trial_id)
        ) USING (outcome_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
    UNION ALL
    SELECT 'outcome_analyses' AS table_name, *
    FROM (UNPIVOT (
        SELECT count(*) AS all_rows, count(COLUMNS(*)) AS "\0" FROM outcome_analyses SEMI JOIN (
            SELECT outcome_id FROM outcomes SEMI JOIN both_have USING (trial_id)
        ) USING (outcome_id)
    ) ON COLUMNS(* EXCLUDE all_rows) INTO NAME column_name VALUE filled)
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
