-- severity: block
-- message: More than one row of candidates has the key (document_id, span_start, span_end, kind, reason).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', document_id, span_start, span_end, kind, reason) AS row_id,
    'reason' AS column_name,
    document_id,
    count(*) || ' rows have the key (document_id, span_start, span_end, kind, reason) = (' || concat_ws('/', document_id, span_start, span_end, kind, reason) || ').' AS message
FROM candidates
GROUP BY document_id, span_start, span_end, kind, reason
HAVING count(*) > 1
