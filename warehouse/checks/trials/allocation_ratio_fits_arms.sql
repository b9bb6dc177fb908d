-- severity: warn
-- message: The sizes of the arms are not those of the stated allocation ratio.
-- action: Read the ratio and the sizes; one is misread, an arm is taken for another, or the ratio changed on the way.
-- owner: extraction

-- The ratio does not say which part is which arm, so the smallest part is taken for the smallest arm, and so on: no
-- other order fits better. An alarm needs more than some standard deviations of drawing every participant by lot, which
-- varies more than any other way of randomizing does. Arms of several factors, and numbers that were computed (perhaps
-- from this ratio), are not judged.
WITH sizes AS (
    SELECT trial_id, list_sort(list(n_randomized)) AS sizes, sum(n_randomized)::BIGINT AS total
    FROM arms
    WHERE NOT is_result_group
    GROUP BY trial_id
    HAVING bool_and(n_randomized > 0 AND factor IS NULL AND NOT n_is_derived) AND count(*) = count(n_randomized)
),
ratios AS (
    SELECT
        trial_id,
        allocation_ratio,
        list_sort([TRY_CAST(trim(part) AS DOUBLE) FOR part IN string_split(allocation_ratio, ':')]) AS parts
    FROM trials
    WHERE intervention_model IS DISTINCT FROM 'CROSSOVER'
),
judged AS (
    SELECT
        *,
        [total * part / list_sum(parts) FOR part IN parts] AS expected,
        [part / list_sum(parts) FOR part IN parts] AS shares
    FROM ratios
    JOIN sizes USING (trial_id)
    WHERE len(parts) = len(sizes) AND len(parts) > 1 AND list_min(parts) > 0 AND list_count(parts) = len(parts)
)
SELECT
    trial_id AS row_id,
    'allocation_ratio' AS column_name,
    trial_id,
    'The ratio is ' || allocation_ratio || ', of ' || total || ' participants '
        || list_aggregate([as_text(round(one)) FOR one IN expected], 'string_agg', ', ')
        || ' are to be expected, and the arms have ' || list_aggregate(sizes, 'string_agg', ', ') || '.' AS message
FROM judged
WHERE list_bool_or([
    abs(sizes[i] - expected[i]) > 1 + threshold('allocation_deviations') * sqrt(total * shares[i] * (1 - shares[i])) FOR i IN range(1, len(sizes) + 1)
])
