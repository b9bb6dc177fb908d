-- severity: warn
-- message: A source has not answered for too long.
-- action: Read the causes of its last run in meta.accounting_causes; look at its address, key and limits.
-- owner: sources

-- A run failed to fetch from a source when it got no record, and a listing or a record has a cause that the source does
-- not explain; a run that was told that nothing is new did not fail. Judged is a source that the newest run asked,
-- against that run's start: a source that nobody asks any more is not stale.
WITH asked AS (
    SELECT run_id, source, sum(received) AS received
    FROM meta.accounting
    GROUP BY run_id, source
),
runs AS (
    SELECT
        asked.source,
        runs.run_id,
        started_at,
        received = 0 AND EXISTS (
            SELECT 1
            FROM meta.accounting_causes AS causes
            WHERE causes.run_id = asked.run_id
              AND causes.source = asked.source
              AND stage IN ('list', 'fetch')
              AND NOT is_explained
        ) AS has_failed
    FROM asked
    JOIN meta.runs AS runs USING (run_id)
),
sources AS (
    SELECT
        source,
        max(started_at) AS newest,
        min(started_at) AS oldest,
        max(started_at) FILTER (NOT has_failed) AS last_answer
    FROM runs
    GROUP BY source
    HAVING max(run_id) = (SELECT max(run_id) FROM meta.runs)
)
SELECT
    source AS row_id,
    'fetched_at' AS column_name,
    source || CASE WHEN last_answer IS NULL THEN ' has never answered since ' || oldest::DATE
                   ELSE ' answered last on ' || last_answer::DATE END || '.' AS message
FROM sources
WHERE date_diff('day', coalesce(last_answer, oldest), newest) > threshold('stale_after_days')
