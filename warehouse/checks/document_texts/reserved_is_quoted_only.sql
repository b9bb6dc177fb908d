-- severity: block
-- message: A text whose mining is reserved is passed on whole.
-- action: Look at what decides whether a text may be passed on; of a reserved one only the quoted sentences may be.
-- owner: documents

SELECT
    document_id AS row_id,
    document_id,
    'The whole text is in the release and its mining is reserved: ' || text_mining_reservation AS message
FROM document_texts
JOIN documents USING (document_id)
WHERE is_whole AND text_mining_reservation IS NOT NULL
