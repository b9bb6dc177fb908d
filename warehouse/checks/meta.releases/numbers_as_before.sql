-- severity: warn
-- message: The numbers of a column lie elsewhere than in the last release.
-- action: Look at what changed since: a rule that reads the numbers, their unit, or the format of a source.
-- owner: extraction
-- needs: last

-- Of trials that both releases have, so that new topics change nothing; results by measure, statistic and unit. Median,
-- quartiles and the 5th and 95th percentile are compared. One must have moved by a share of itself and of the distance
-- between the quartiles, and as many rows as a threshold says must lie beyond it, so that a few numbers tell nothing.
WITH earlier AS (
    SELECT
        table_name,
        column_name,
        kind,
        count(value) AS numbers,
        quantile_cont(value, [0.05, 0.25, 0.5, 0.75, 0.95]) AS places
    FROM numbers_of('last.', 'last.')
    GROUP BY ALL
    HAVING count(value) > 0
),
now AS (
    SELECT
        table_name,
        column_name,
        kind,
        count(value) AS numbers,
        quantile_cont(value, [0.05, 0.25, 0.5, 0.75, 0.95]) AS places
    FROM numbers_of('', 'last.')
    GROUP BY ALL
    HAVING count(value) > 0
),
compared AS (
    SELECT
        earlier.table_name,
        earlier.column_name,
        earlier.kind,
        earlier.numbers AS numbers_before,
        now.numbers AS numbers_now,
        place,
        earlier.places[place] AS was,
        now.places[place] AS lies,
        earlier.places[4] - earlier.places[2] AS spread,
        least(earlier.numbers, now.numbers) * [0.05, 0.25, 0.5, 0.25, 0.05][place] AS beyond
    FROM earlier
    JOIN now
      ON now.table_name = earlier.table_name
     AND now.column_name = earlier.column_name
     AND now.kind IS NOT DISTINCT FROM earlier.kind,
    range(1, 6) AS places(place)
)
SELECT
    concat_ws('/', table_name, column_name, kind) AS row_id,
    column_name,
    table_name || '.' || column_name || coalesce(' (' || kind || ')', '') || ': of ' || any_value(numbers_before)
        || ' numbers before and ' || any_value(numbers_now) || ' now, ' || string_agg(
            ['the 5th percentile', 'the first quartile', 'the median', 'the third quartile', 'the 95th percentile'][place]
                || ' was ' || as_text(was) || ' and is ' || as_text(lies),
            ', ' ORDER BY place
        ) || '.' AS message
FROM compared
WHERE abs(lies - was) >= threshold('number_moved_share') * greatest(abs(lies), abs(was), spread)
  AND lies <> was
  AND beyond >= threshold('number_moved_rows')
GROUP BY table_name, column_name, kind
