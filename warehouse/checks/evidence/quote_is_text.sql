-- severity: block
-- message: A quote is not the text of its document at its offsets.
-- action: Look at what made the offsets; the text changed after it was read, or the offsets count something else.
-- owner: extraction

SELECT
    concat_ws('/', table_name, row_id) AS row_id,
    column_name,
    document_id,
    CASE WHEN span_start < 0 OR span_end <= span_start
         THEN 'The quote goes from ' || span_start || ' to ' || span_end || ', which is no stretch of text.'
         ELSE 'The document''s text from ' || span_start || ' to ' || span_end || ' is not the quote "' || quote || '".'
    END AS message
FROM evidence
WHERE span_start < 0
   OR span_end <= span_start
   OR NOT EXISTS (
      SELECT 1
      FROM document_texts AS piece
      WHERE piece.document_id = evidence.document_id
        AND piece.span_start <= evidence.span_start
        AND piece.span_end >= evidence.span_end
        AND substr(piece.text, evidence.span_start - piece.span_start + 1, evidence.span_end - evidence.span_start)
            = evidence.quote
   )
