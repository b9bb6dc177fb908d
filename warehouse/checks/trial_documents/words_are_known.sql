-- severity: block
-- message: A row of trial_documents holds a word that its column does not know.
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', trial_id, document_id) AS row_id,
    'role' AS column_name,
    trial_id,
    document_id,
    'role is ' || role || ', which is none of its words.' AS message
FROM trial_documents
WHERE role NOT IN ('REGISTRATION', 'PROTOCOL', 'PRIMARY_RESULTS', 'SECONDARY_RESULTS', 'NEWS', 'REVIEW_MENTION')
