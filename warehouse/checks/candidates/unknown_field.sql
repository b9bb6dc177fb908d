-- severity: warn
-- message: A source sends an element that no reader knows, so that what it says is not read.
-- action: Look at the place in the record; read the element, or name it as left out, in the reader of its format.
-- owner: documents

-- One row for each element of a source, however many records have it. A name that begins with an underscore is a
-- remark of whoever keeps the file, by the habit of those who write JSON, and so is all that stands below it.
SELECT
    concat_ws('/', source, quote, reason) AS row_id,
    'quote' AS column_name,
    min(document_id) AS document_id,
    source || ' sends ' || quote || ': ' || reason || ' (in ' || counted(count(DISTINCT document_id), 'document')
        || ', first at character ' || arg_min(span_start, (document_id, span_start)) || ' of ' || min(document_id) || ').' AS message
FROM candidates
JOIN documents USING (document_id)
WHERE candidates.kind = 'unknown_field'
  AND NOT regexp_matches(concat_ws(' ', reason, quote), '(^|[ .])_')
GROUP BY source, quote, reason
