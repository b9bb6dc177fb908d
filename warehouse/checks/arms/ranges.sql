-- severity: error
-- sets aside: cell
-- message: A number of participants of an arm is negative, or more were analysed than randomized.
-- action: Read the numbers in their document, and mend the rule that read them.
-- owner: extraction

SELECT arm_id AS row_id, 'n_randomized' AS column_name, trial_id, 'n_randomized is ' || n_randomized || '.' AS message
FROM arms
WHERE n_randomized < 0
UNION ALL BY NAME
SELECT arm_id AS row_id, 'n_analyzed' AS column_name, trial_id, 'n_analyzed is ' || n_analyzed || '.' AS message
FROM arms
WHERE n_analyzed < 0
UNION ALL BY NAME
SELECT
    arm_id AS row_id,
    'n_analyzed' AS column_name,
    trial_id,
    n_analyzed || ' participants were analysed, of ' || n_randomized || ' randomized.' AS message
FROM arms
WHERE n_analyzed > n_randomized
