-- severity: warn
-- message: A document is dated long after the day on which it was received.
-- action: Read the date in the document; it is most likely that of something else, or a slip of the source.
-- owner: documents

-- An article may be dated with the issue that it will stand in.
SELECT
    document_id AS row_id,
    'published' AS column_name,
    document_id,
    'It was published on ' || published || ' and received on ' || fetched_at::DATE || '.' AS message
FROM documents
WHERE published > fetched_at::DATE + threshold('published_ahead_days')::INTEGER
