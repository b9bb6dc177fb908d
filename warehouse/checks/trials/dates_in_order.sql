-- severity: warn
-- message: The dates of a trial cannot all be right: it ends before it begins.
-- action: Read both dates; one is misread, or a plan was left standing in the registry record.
-- owner: extraction

-- A date is the first day of what was stated. A later one is compared by the last day that it can mean, so that a start
-- in March 2019 and an end in 2019 are in order.
WITH stretches AS (
    SELECT
        trial_id,
        'enrollment_end_date' AS column_name,
        start_date AS earlier,
        'The start' AS named,
        enrollment_end_date AS later,
        enrollment_end_date_precision AS stated_as
    FROM trials
    UNION ALL
    SELECT trial_id, 'completion_date', start_date, 'The start', completion_date, completion_date_precision
    FROM trials
    UNION ALL
    SELECT
        trial_id,
        'completion_date',
        enrollment_end_date,
        'The end of enrollment',
        completion_date,
        completion_date_precision
    FROM trials
    -- A completion before the start is told once.
    WHERE start_date IS NULL OR start_date <= last_day_of(completion_date, completion_date_precision)
)
SELECT
    trial_id AS row_id,
    column_name,
    trial_id,
    named || ' (' || earlier || ') is after ' || replace(replace(column_name, '_date', ''), '_', ' ') || ' ('
        || later || coalesce(', stated as a ' || stated_as, '') || ').' AS message
FROM stretches
WHERE earlier > last_day_of(later, stated_as)
