-- severity: block
-- message: The records of a source do not add up, so some were lost on the way without a word.
-- action: Look at the step whose numbers differ, in the run that the message names.
-- owner: sources

-- The newest run only: the books of an earlier one cannot be mended, and would stop every release after it.
-- The row is named by source and topic, so that the matter stays one alert from run to run.
WITH sums AS (
    UNPIVOT (
        SELECT
            run_id,
            source,
            topic,
            CASE WHEN asked <> received + missing
                 THEN 'asked ' || asked || ', received ' || received || ' + missing ' || missing END AS asked,
            CASE WHEN received <> landed + unchanged
                 THEN 'received ' || received || ', landed ' || landed || ' + unchanged ' || unchanged END AS landed,
            CASE WHEN received <> parsed + dropped
                 THEN 'received ' || received || ', parsed ' || parsed || ' + dropped ' || dropped END AS parsed
        FROM meta.accounting
        WHERE run_id = (SELECT max(run_id) FROM meta.runs)
    )
    ON asked, landed, parsed
    INTO NAME column_name VALUE difference
)
SELECT
    concat_ws('/', source, topic) AS row_id,
    column_name,
    'Run ' || run_id || ' does not add up: ' || difference || '.' AS message
FROM sums
