-- severity: warn
-- message: The numbers of a column lie elsewhere than in the last release.
-- action: Look at what changed since: a rule that reads the numbers, their unit, or the format of a source.
-- owner: extraction
-- needs: last

-- Of trials that both releases have, so that new topics change nothing; results by measure, statistic and unit. Looked at
-- are the places where the median, the quartiles and the 5th and 95th percentile were. So many points more or fewer of
-- the numbers lie below one of them now, and so many numbers; and the percentile itself moved by a share of itself and
-- of the distance between the quartiles. The first alone may be a shift of nothing, the second alone a gap between two
-- heaps of numbers, where a single one moves the percentile far.
WITH both_releases AS (
    SELECT *, false AS is_now FROM numbers_of('last.', 'last.') WHERE value IS NOT NULL
    UNION ALL
    SELECT *, true FROM numbers_of('', 'last.') WHERE value IS NOT NULL
),
places AS (
    SELECT
        table_name,
        column_name,
        kind,
        quantile_cont(value, [0.05, 0.25, 0.5, 0.75, 0.95]) FILTER (NOT is_now) AS was,
        quantile_cont(value, [0.05, 0.25, 0.5, 0.75, 0.95]) FILTER (is_now) AS lies
    FROM both_releases
    GROUP BY ALL
    HAVING least(count(*) FILTER (is_now), count(*) FILTER (NOT is_now)) >= threshold('numbers_moved')
),
moved AS (
    SELECT *, was[4] - was[2] AS spread
    FROM places
    WHERE list_bool_or([
        abs(lies[i] - was[i]) >= threshold('number_moved_share') * greatest(abs(lies[i]), abs(was[i]), was[4] - was[2])
        FOR i IN range(1, 6)
    ])
),
counted AS (
    SELECT
        table_name,
        column_name,
        kind,
        place,
        any_value(was[place]) AS was,
        any_value(lies[place]) AS lies,
        any_value(spread) AS spread,
        count(*) FILTER (NOT is_now) AS numbers_before,
        count(*) FILTER (is_now) AS numbers_now,
        count(*) FILTER (NOT is_now AND value <= was[place]) / numbers_before AS below_before,
        count(*) FILTER (is_now AND value <= was[place]) / numbers_now AS below_now
    FROM moved
    JOIN both_releases USING (table_name, column_name, kind)
    CROSS JOIN range(1, 6) AS places(place)
    GROUP BY ALL
)
SELECT
    concat_ws('/', table_name, column_name, nullif(kind, '')) AS row_id,
    column_name,
    table_name || '.' || column_name || coalesce(' (' || nullif(kind, '') || ')', '') || ': of '
        || any_value(numbers_before) || ' numbers before and ' || any_value(numbers_now) || ' now, ' || string_agg(
            ['the 5th percentile', 'the first quartile', 'the median', 'the third quartile', 'the 95th percentile'][place]
                || ' was ' || as_text(was) || ' and is ' || as_text(lies),
            ', ' ORDER BY place
        ) || '.' AS message
FROM counted
WHERE abs(lies - was) >= threshold('number_moved_share') * greatest(abs(lies), abs(was), spread)
  AND abs(below_now - below_before) >= threshold('numbers_moved_points')
  AND abs(below_now - below_before) * numbers_now >= threshold('numbers_moved')
GROUP BY table_name, column_name, kind
