-- severity: block
-- message: Records are missing or were dropped, and not each of them has a cause.
-- action: Look at the step that counts them; it writes a row of meta.accounting_causes for each.
-- owner: sources

-- The newest run only: the books of an earlier one cannot be mended, and would stop every release after it.
-- A record that could not be extracted, or stands for another, has a cause too and was not dropped.
-- A record may be asked for in two slices, of one topic or of two: its cause says how often it is counted. A cause
-- names its source and not its topic, so each topic is held against all causes of its run and source.
WITH causes AS (
    SELECT
        run_id,
        source,
        sum(times) FILTER (stage = 'fetch') AS of_missing,
        sum(times) FILTER (stage = 'parse') AS of_dropped
    FROM meta.accounting_causes
    GROUP BY run_id, source
)
SELECT
    concat_ws('/', source, topic) AS row_id,
    CASE WHEN missing > coalesce(of_missing, 0) THEN 'missing' ELSE 'dropped' END AS column_name,
    'Run ' || run_id || ': ' || missing || ' missing with ' || counted(coalesce(of_missing, 0), 'cause') || ', ' || dropped
        || ' dropped with ' || counted(coalesce(of_dropped, 0), 'cause') || '.' AS message
FROM meta.accounting
LEFT JOIN causes USING (run_id, source)
WHERE run_id = (SELECT max(run_id) FROM meta.runs)
  AND (missing > coalesce(of_missing, 0) OR dropped > coalesce(of_dropped, 0))
