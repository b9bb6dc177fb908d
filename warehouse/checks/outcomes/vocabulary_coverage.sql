-- severity: info
-- message: Too many of the measures have no name in the vocabulary.
-- action: Add the names that the message lists, or spellings of known ones, to seeds/outcome_measures.csv.
-- owner: vocabulary

-- Of distinct names, whatever their case; below a number of them a share says nothing.
WITH names AS (
    SELECT lower(trim(measure)) AS name, count(*) AS times, bool_or(measure_norm IS NOT NULL) AS is_known
    FROM outcomes
    GROUP BY ALL
),
unknown AS (
    SELECT name FROM names WHERE NOT is_known ORDER BY times DESC, name LIMIT 5
)
SELECT
    'measure_norm' AS column_name,
    count(*) FILTER (NOT is_known) || ' of ' || count(*) || ' measures have no name in the vocabulary, most often: '
        || (SELECT string_agg(name, '; ' ORDER BY name) FROM unknown) || '.' AS message
FROM names
HAVING count(*) >= threshold('names_at_least') AND count(*) FILTER (NOT is_known) > threshold('unknown_names_share') * count(*)
