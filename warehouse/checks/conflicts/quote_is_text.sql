-- severity: block
-- message: The quote of a conflict is not the text of its document at its offsets.
-- action: Look at what made the offsets; the text changed after it was read, or the offsets count something else.
-- owner: resolution

SELECT
    concat_ws('/', table_name, row_id, column_name, other_document_id, other_value) AS row_id,
    'other_quote' AS column_name,
    other_document_id AS document_id,
    'The document''s text from ' || coalesce(other_span_start || '', '?') || ' to ' || coalesce(other_span_end || '', '?')
        || ' is not the quote "' || other_quote || '".' AS message
FROM conflicts
WHERE other_quote IS NOT NULL
  AND NOT EXISTS (
      SELECT 1
      FROM document_texts AS piece
      WHERE piece.document_id = other_document_id
        AND piece.span_start <= other_span_start
        AND piece.span_end >= other_span_end
        AND substr(piece.text, other_span_start - piece.span_start + 1, other_span_end - other_span_start) = other_quote
  )
