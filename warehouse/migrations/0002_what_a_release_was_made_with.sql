-- to: 2
-- message: meta.releases says what each release was made with, and why one was withdrawn; trial_keys holds what each
--   trial was named by; every row is dated by since_release_no, and schema history holds the rows that ended.

ALTER TABLE meta.releases ADD COLUMN reason VARCHAR;
ALTER TABLE meta.releases ADD COLUMN rows_are_lost BOOLEAN DEFAULT false;
ALTER TABLE meta.releases ADD COLUMN schema_version BIGINT;
ALTER TABLE meta.releases ADD COLUMN content_hash VARCHAR;
ALTER TABLE meta.releases ADD COLUMN code_version VARCHAR;
ALTER TABLE meta.releases ADD COLUMN extractor_version VARCHAR;
ALTER TABLE meta.releases ADD COLUMN vocabulary_sha256 VARCHAR;
ALTER TABLE meta.releases ADD COLUMN judgements_sha256 VARCHAR;

CREATE TABLE trial_keys (
    trial_id VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
