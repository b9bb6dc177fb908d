-- severity: warn
-- message: A word of a column is much more or much less frequent than in the last release.
-- action: Look at what changed since: a rule that gives the word, or the format of a source.
-- owner: extraction
-- needs: last

-- Of trials that both releases have, so that new topics change nothing. The share of the word must have moved by some
-- points and by a share of the larger of both, and a number of rows must have another word by it.
WITH both_have AS (
    SELECT trial_id FROM trials SEMI JOIN last.trials AS earlier USING (trial_id)
),
earlier_words AS (
    SELECT 'trials' AS table_name, 'phase' AS column_name, phase AS word, count(*) AS times
    FROM last.trials SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'trials' AS table_name, 'allocation' AS column_name, allocation AS word, count(*) AS times
    FROM last.trials SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'arms' AS table_name, 'arm_type' AS column_name, arm_type AS word, count(*) AS times
    FROM last.arms SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'arm_interventions' AS table_name, 'route' AS column_name, route AS word, count(*) AS times
    FROM last.arm_interventions JOIN last.arms USING (arm_id) SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'outcomes' AS table_name, 'outcome_type' AS column_name, outcome_type AS word, count(*) AS times
    FROM last.outcomes SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'outcome_measurements' AS table_name, 'statistic' AS column_name, statistic AS word, count(*) AS times
    FROM last.outcome_measurements JOIN last.outcomes USING (outcome_id) SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'outcome_analyses' AS table_name, 'effect' AS column_name, effect AS word, count(*) AS times
    FROM last.outcome_analyses JOIN last.outcomes USING (outcome_id) SEMI JOIN both_have USING (trial_id)
    GROUP BY word
),
earlier AS (
    SELECT *, sum(times) OVER (PARTITION BY table_name, column_name) AS total
    FROM earlier_words
    WHERE word IS NOT NULL
),
now_words AS (
    SELECT 'trials' AS table_name, 'phase' AS column_name, phase AS word, count(*) AS times
    FROM trials SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'trials' AS table_name, 'allocation' AS column_name, allocation AS word, count(*) AS times
    FROM trials SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'arms' AS table_name, 'arm_type' AS column_name, arm_type AS word, count(*) AS times
    FROM arms SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'arm_interventions' AS table_name, 'route' AS column_name, route AS word, count(*) AS times
    FROM arm_interventions JOIN arms USING (arm_id) SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'outcomes' AS table_name, 'outcome_type' AS column_name, outcome_type AS word, count(*) AS times
    FROM outcomes SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'outcome_measurements' AS table_name, 'statistic' AS column_name, statistic AS word, count(*) AS times
    FROM outcome_measurements JOIN outcomes USING (outcome_id) SEMI JOIN both_have USING (trial_id)
    GROUP BY word
    UNION ALL
    SELECT 'outcome_analyses' AS table_name, 'effect' AS column_name, effect AS word, count(*) AS times
    FROM outcome_analyses JOIN outcomes USING (outcome_id) SEMI JOIN both_have USING (trial_id)
    GROUP BY word
),
now AS (
    SELECT *, sum(times) OVER (PARTITION BY table_name, column_name) AS total
    FROM now_words
    WHERE word IS NOT NULL
),
-- A word that one of both releases does not have is there zero times.
compared AS (
    SELECT
        table_name,
        column_name,
        word,
        coalesce(earlier.times, 0) AS times_before,
        max(earlier.total) OVER columns AS total_before,
        coalesce(now.times, 0) AS times_now,
        max(now.total) OVER columns AS total_now
    FROM earlier
    FULL JOIN now USING (table_name, column_name, word)
    WINDOW columns AS (PARTITION BY table_name, column_name)
)
SELECT
    concat_ws('/', table_name, column_name, word) AS row_id,
    column_name,
    table_name || '.' || column_name || ' was ' || word || ' in ' || times_before || ' of ' || total_before
        || ' rows and is in ' || times_now || ' of ' || total_now || '.' AS message
FROM compared
WHERE abs(times_now / total_now - times_before / total_before)
      >= greatest(
          threshold('word_moved'),
          threshold('word_moved_share') * greatest(times_now / total_now, times_before / total_before)
      )
  AND abs(times_now - total_now * (times_before / total_before)) >= threshold('word_moved_rows')
