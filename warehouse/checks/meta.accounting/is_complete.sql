-- severity: error
-- message: A source did not give all that matches; its rows stay as in the release before.
-- action: Run the refresh again: it asks for the rest. If it fails again, read the cause and settle it at the source or in the topic.
-- owner: sources

-- The newest run only: what is complete by now was told then.
WITH lost AS (
    SELECT
        run_id,
        source,
        count(*) AS records,
        min(record_id || ' (' || stage || '): ' || cause) AS example
    FROM meta.accounting_causes
    WHERE NOT is_explained
      AND stage IN ('list', 'fetch')
      -- Files are not fetched from anyone: each stands for itself, and holds no other back.
      AND source NOT IN ('files', 'corpus')
    GROUP BY run_id, source
)
SELECT
    source AS row_id,
    'missing' AS column_name,
    'Run ' || run_id || ': of ' || source || ' ' || records || if(records = 1, ' record or list', ' records or lists') || ' did not come, such as ' || example || '.' AS message
FROM lost
WHERE run_id = (SELECT max(run_id) FROM meta.runs)
UNION ALL
SELECT
    concat_ws('/', source, topic) AS row_id,
    'matched' AS column_name,
    'Run ' || run_id || ': ' || source || ' says that ' || counted(matched, 'record') || if(matched = 1, ' matches ', ' match ') || topic || ', and gave the ids of '
        || asked || '.' AS message
FROM meta.accounting
WHERE run_id = (SELECT max(run_id) FROM meta.runs)
  AND matched > asked
