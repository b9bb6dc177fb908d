-- severity: block
-- message: A piece of a document's text is not as long as its offsets say.
-- action: Look at the step that writes document_texts; the offsets count characters.
-- owner: documents

SELECT
    document_id AS row_id,
    document_id,
    'The piece from ' || span_start || ' to ' || span_end || ' has ' || length(text) || ' characters.' AS message
FROM document_texts
WHERE span_end - span_start <> length(text)
