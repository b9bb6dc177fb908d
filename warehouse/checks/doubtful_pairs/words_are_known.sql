-- severity: block
-- message: A row of doubtful_pairs holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', subject, left_id, right_id, method) AS row_id,
    'subject' AS column_name,
    'subject is ' || subject || ', which is none of its words.' AS message
FROM doubtful_pairs
WHERE subject NOT IN ('document', 'trial', 'arm', 'outcome')
