-- to: 4
-- message: documents.evidence_status and documents.notices say what became of each document; the view results has the
--   status of the document that each number was read from and the id of the number's row;
--   doubtful_pairs lists what may be one and was kept apart.

-- What releases before this one knew is in trials.evidence_status: nothing was said of single documents.
ALTER TABLE documents ADD COLUMN evidence_status VARCHAR DEFAULT 'CURRENT';
ALTER TABLE documents ADD COLUMN notices VARCHAR[] DEFAULT [];

CREATE TABLE doubtful_pairs (
    subject VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    left_document_id VARCHAR,
    right_document_id VARCHAR,
    method VARCHAR NOT NULL,
    score DOUBLE,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
