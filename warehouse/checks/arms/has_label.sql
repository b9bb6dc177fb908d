-- severity: warn
-- message: An arm has no name.
-- action: Read its document; look at the rule that made the arm.
-- owner: extraction

SELECT arm_id AS row_id, 'label' AS column_name, trial_id, 'The label of the arm is empty.' AS message
FROM arms
WHERE trim(label) = ''
