-- severity: block
-- message: More than one row of evidence has the key (table_name, row_id, column_name, document_id, span_start, span_end).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', table_name, row_id, column_name, document_id, span_start, span_end) AS row_id,
    'span_end' AS column_name,
    document_id,
    count(*) || ' rows have the key (table_name, row_id, column_name, document_id, span_start, span_end) = (' || concat_ws('/', table_name, row_id, column_name, document_id, span_start, span_end) || ').' AS message
FROM evidence
GROUP BY table_name, row_id, column_name, document_id, span_start, span_end
HAVING count(*) > 1
