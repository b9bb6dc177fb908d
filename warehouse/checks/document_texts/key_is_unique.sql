-- severity: block
-- message: More than one row of document_texts has the key (document_id, span_start).
-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.
-- owner: warehouse

-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks
SELECT
    concat_ws('/', document_id, span_start) AS row_id,
    'span_start' AS column_name,
    document_id,
    count(*) || ' rows have the key (document_id, span_start) = (' || concat_ws('/', document_id, span_start) || ').' AS message
FROM document_texts
GROUP BY document_id, span_start
HAVING count(*) > 1
