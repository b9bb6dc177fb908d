-- to: 3
-- message: dq.alert_decisions and dq.judgements hold what people decided; dq.alerts and dq.alert_events say who and in
--   which words; dq.quarantine also holds rows and cells that a check set aside; conflicts quotes the other document.

ALTER TABLE conflicts ADD COLUMN other_quote VARCHAR;
ALTER TABLE conflicts ADD COLUMN other_span_start BIGINT;
ALTER TABLE conflicts ADD COLUMN other_span_end BIGINT;

ALTER TABLE dq.alerts ADD COLUMN comment VARCHAR;
ALTER TABLE dq.alerts ADD COLUMN decided_by VARCHAR;

ALTER TABLE dq.alert_events ADD COLUMN comment VARCHAR;
ALTER TABLE dq.alert_events ADD COLUMN waived_until DATE;
ALTER TABLE dq.alert_events ADD COLUMN decision_id VARCHAR;

ALTER TABLE dq.quarantine ADD COLUMN table_name VARCHAR;
ALTER TABLE dq.quarantine ADD COLUMN row_id VARCHAR;
ALTER TABLE dq.quarantine ADD COLUMN column_name VARCHAR;
ALTER TABLE dq.quarantine ADD COLUMN trial_id VARCHAR;
ALTER TABLE dq.quarantine ADD COLUMN document_id VARCHAR;
ALTER TABLE dq.quarantine ADD COLUMN content VARCHAR;

CREATE TABLE dq.alert_decisions (
    decision_id VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    alert_id VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    reason VARCHAR,
    comment VARCHAR,
    waived_until DATE,
    evidence_hash VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE dq.judgements (
    judgement_id VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    comment VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
