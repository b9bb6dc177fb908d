-- question: What needs a look, and what was it read from?
-- shows: A row an open alert, worst first, with its trial, what to do about it, and the quotes of the row it is about.
WITH about AS (
    SELECT alert_id, table_name, row_id, column_name FROM dq.alerts
    UNION
    -- An alert about the arms of a trial together names the trial as its row.
    SELECT a.alert_id, a.table_name, arms.arm_id, a.column_name
    FROM dq.alerts AS a JOIN arms ON arms.trial_id = a.row_id
    WHERE a.table_name = 'arms'
),
quotes AS (
    SELECT about.alert_id, list(DISTINCT e.quote ORDER BY e.quote) AS quotes
    FROM about
    JOIN evidence AS e
        ON e.table_name = about.table_name AND e.row_id = about.row_id AND e.column_name = about.column_name
    WHERE e.is_main
    GROUP BY about.alert_id
)
SELECT
    a.severity, a.check_id, coalesce(t.acronym, t.registry_id, a.trial_id) AS trial, a.message, c.action, a.table_name,
    a.row_id, a.column_name, q.quotes, a.first_seen, a.alert_id
FROM dq.alerts AS a
JOIN dq.checks AS c USING (check_id)
LEFT JOIN trials AS t ON t.trial_id = a.trial_id
LEFT JOIN quotes AS q ON q.alert_id = a.alert_id
WHERE a.state = 'open'
ORDER BY array_position(['block', 'error', 'warn', 'info'], a.severity), a.check_id, a.alert_id;
