-- severity: info
-- message: The allocation ratio has more or fewer parts than the trial has arms.
-- action: Read the ratio; an arm is missing or one too many, or the ratio counts the doses of a drug together.
-- owner: extraction

-- A note: papers write "2:1 to the drug, in one of two doses, or placebo". Only where every arm says its size, so that
-- they are known to be arms of participants.
SELECT
    trial_id AS row_id,
    'allocation_ratio' AS column_name,
    trial_id,
    'The ratio ' || any_value(allocation_ratio) || ' has ' || any_value(len(string_split(allocation_ratio, ':')))
        || ' parts, and the trial has ' || count(*) || ' arms.' AS message
FROM arms
JOIN trials USING (trial_id)
WHERE NOT is_result_group
GROUP BY trial_id
HAVING bool_and(n_randomized > 0 AND factor IS NULL AND NOT n_is_derived)
   AND count(*) = count(n_randomized)
   AND count(*) > 1
   AND any_value(len(string_split(allocation_ratio, ':'))) <> count(*)
