-- severity: warn
-- message: A word of a column is much more or much less frequent than in the last release.
-- action: Look at what changed since: a rule that gives the word, or the format of a source.
-- owner: extraction
-- needs: last

-- Of trials that both releases have, so that new topics change nothing. The share of the word must have moved by some
-- points and by a share of the larger of both, and a number of rows must have another word by it.
WITH earlier AS (
    FROM words_of_column('last.', 'last.', 'trials', 'trials', 'phase')
    UNION ALL
    FROM words_of_column('last.', 'last.', 'trials', 'trials', 'allocation')
    UNION ALL
    FROM words_of_column('last.', 'last.', 'arms', 'arms', 'arm_type')
    UNION ALL
    FROM words_of_column('last.', 'last.', 'arm_interventions', 'arms', 'route')
    UNION ALL
    FROM words_of_column('last.', 'last.', 'outcomes', 'outcomes', 'outcome_type')
    UNION ALL
    FROM words_of_column('last.', 'last.', 'outcome_measurements', 'outcomes', 'statistic')
    UNION ALL
    FROM words_of_column('last.', 'last.', 'outcome_analyses', 'outcomes', 'effect')
),
now AS (
    FROM words_of_column('', 'last.', 'trials', 'trials', 'phase')
    UNION ALL
    FROM words_of_column('', 'last.', 'trials', 'trials', 'allocation')
    UNION ALL
    FROM words_of_column('', 'last.', 'arms', 'arms', 'arm_type')
    UNION ALL
    FROM words_of_column('', 'last.', 'arm_interventions', 'arms', 'route')
    UNION ALL
    FROM words_of_column('', 'last.', 'outcomes', 'outcomes', 'outcome_type')
    UNION ALL
    FROM words_of_column('', 'last.', 'outcome_measurements', 'outcomes', 'statistic')
    UNION ALL
    FROM words_of_column('', 'last.', 'outcome_analyses', 'outcomes', 'effect')
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
