-- question: What became of every record that the last run asked for?
-- shows: A row a source and topic of the run that made this release, with the counts, their balance (both true unless
--   something was lost) and the commonest causes of what is missing or was dropped.
WITH last AS (
    SELECT run_id, started_at, release_id FROM meta.runs ORDER BY started_at DESC, run_id DESC LIMIT 1
),
causes AS (
    SELECT
        source,
        string_agg(cause || ' (' || records || ')', '; ' ORDER BY records DESC, cause) AS causes
    FROM (
        SELECT c.source, split_part(c.cause, ':', 1) AS cause, count(*) AS records
        FROM meta.accounting_causes AS c JOIN last USING (run_id)
        GROUP BY ALL
    )
    GROUP BY source
)
SELECT
    last.release_id, last.started_at, a.source, a.topic, a.matched, a.asked, a.received, a.missing, a.landed,
    a.unchanged, a.parsed, a.dropped, a.asked = a.received + a.missing AS asked_balances,
    a.received = a.landed + a.unchanged AS received_balances, causes.causes
FROM meta.accounting AS a
JOIN last USING (run_id)
LEFT JOIN causes USING (source)
ORDER BY a.source, a.topic;
