-- A ledger of schema version 4: its tables as that version had them, and a trial in two versions.
CREATE SCHEMA dq;
CREATE SCHEMA meta;
CREATE TABLE trials (
    trial_id VARCHAR NOT NULL,
    registry_id VARCHAR,
    acronym VARCHAR,
    title VARCHAR,
    study_type VARCHAR,
    phase VARCHAR,
    allocation VARCHAR,
    allocation_ratio VARCHAR,
    intervention_model VARCHAR,
    masking VARCHAR,
    placebo_controlled BOOLEAN,
    enrollment BIGINT,
    enrollment_type VARCHAR,
    site_count BIGINT,
    countries VARCHAR[] NOT NULL,
    conditions VARCHAR[] NOT NULL,
    sponsor VARCHAR,
    start_date DATE,
    start_date_precision VARCHAR,
    enrollment_end_date DATE,
    enrollment_end_date_precision VARCHAR,
    completion_date DATE,
    completion_date_precision VARCHAR,
    overall_status VARCHAR,
    evidence_status VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE trial_registrations (
    trial_id VARCHAR NOT NULL,
    registry VARCHAR NOT NULL,
    registry_id VARCHAR NOT NULL,
    is_primary BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE trial_keys (
    trial_id VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE trial_redirects (
    old_trial_id VARCHAR NOT NULL,
    trial_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE arms (
    arm_id VARCHAR NOT NULL,
    trial_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    arm_type VARCHAR,
    factor BIGINT,
    n_randomized BIGINT,
    n_analyzed BIGINT,
    n_is_derived BOOLEAN NOT NULL,
    is_result_group BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE arm_interventions (
    arm_intervention_id VARCHAR NOT NULL,
    arm_id VARCHAR NOT NULL,
    intervention_name VARCHAR NOT NULL,
    intervention_id VARCHAR,
    intervention_norm VARCHAR,
    dose_value DOUBLE,
    dose_unit VARCHAR,
    dose_unit_ucum VARCHAR,
    dose_raw VARCHAR,
    route VARCHAR,
    frequency VARCHAR,
    duration_days DOUBLE,
    is_background BOOLEAN NOT NULL,
    is_alternative BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE outcomes (
    outcome_id VARCHAR NOT NULL,
    trial_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    measure_norm VARCHAR,
    outcome_type VARCHAR,
    time_frame VARCHAR,
    time_frame_days DOUBLE,
    population VARCHAR,
    subgroup VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE outcome_measurements (
    measurement_id VARCHAR NOT NULL,
    outcome_id VARCHAR NOT NULL,
    arm_id VARCHAR,
    group_title VARCHAR,
    classification VARCHAR,
    category VARCHAR,
    statistic VARCHAR,
    statistic_raw VARCHAR,
    is_change_from_baseline BOOLEAN NOT NULL,
    is_baseline BOOLEAN NOT NULL,
    value DOUBLE NOT NULL,
    value_modifier VARCHAR,
    unit VARCHAR,
    unit_ucum VARCHAR,
    n_analyzed BIGINT,
    dispersion_type VARCHAR,
    dispersion_raw VARCHAR,
    ci_pct DOUBLE,
    dispersion_value DOUBLE,
    dispersion_low DOUBLE,
    dispersion_high DOUBLE,
    value_raw VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE outcome_analyses (
    analysis_id VARCHAR NOT NULL,
    outcome_id VARCHAR NOT NULL,
    arm_id VARCHAR,
    comparator_arm_id VARCHAR,
    group_titles VARCHAR[] NOT NULL,
    groups_description VARCHAR,
    non_inferiority_type VARCHAR,
    effect VARCHAR,
    effect_raw VARCHAR,
    estimate DOUBLE,
    unit VARCHAR,
    dispersion_type VARCHAR,
    dispersion_value DOUBLE,
    ci_pct DOUBLE,
    ci_n_sides VARCHAR,
    ci_low DOUBLE,
    ci_high DOUBLE,
    p_value DOUBLE,
    p_modifier VARCHAR,
    p_raw VARCHAR,
    method VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE documents (
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    kind VARCHAR,
    url VARCHAR,
    title VARCHAR,
    journal VARCHAR,
    published DATE,
    published_precision VARCHAR,
    language VARCHAR,
    other_languages VARCHAR[] NOT NULL,
    pmid VARCHAR,
    pmcid VARCHAR,
    doi VARCHAR,
    is_partial BOOLEAN NOT NULL,
    partial_reason VARCHAR,
    license VARCHAR,
    text_mining_reservation VARCHAR,
    fetched_at TIMESTAMP NOT NULL,
    sha256 VARCHAR NOT NULL,
    problem VARCHAR,
    evidence_status VARCHAR NOT NULL,
    notices VARCHAR[] NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE document_relations (
    from_document_id VARCHAR NOT NULL,
    to_document_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE trial_documents (
    trial_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    role VARCHAR,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE evidence (
    table_name VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    locator VARCHAR,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    rule VARCHAR,
    confidence DOUBLE,
    is_main BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE document_texts (
    document_id VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    is_whole BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE candidates (
    document_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE conflicts (
    table_name VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    kept_value VARCHAR NOT NULL,
    kept_document_id VARCHAR NOT NULL,
    other_value VARCHAR NOT NULL,
    other_document_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    other_quote VARCHAR,
    other_span_start BIGINT,
    other_span_end BIGINT,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
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
CREATE TABLE dq.checks (
    check_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    sql VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE dq.check_runs (
    run_id VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    failing_rows BIGINT,
    why VARCHAR,
    checked_at TIMESTAMP NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE dq.alerts (
    alert_id VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    row_id VARCHAR,
    column_name VARCHAR,
    trial_id VARCHAR,
    document_id VARCHAR,
    message VARCHAR NOT NULL,
    evidence_hash VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    waived_until DATE,
    reason VARCHAR,
    comment VARCHAR,
    decided_by VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE dq.alert_events (
    alert_id VARCHAR NOT NULL,
    event_no BIGINT NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    from_state VARCHAR,
    to_state VARCHAR NOT NULL,
    reason VARCHAR,
    comment VARCHAR,
    waived_until DATE,
    decision_id VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
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
CREATE TABLE dq.quarantine (
    source VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    table_name VARCHAR,
    row_id VARCHAR,
    column_name VARCHAR,
    trial_id VARCHAR,
    document_id VARCHAR,
    content VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE meta.releases (
    release_no BIGINT NOT NULL,
    release_id VARCHAR NOT NULL,
    published_at TIMESTAMP NOT NULL,
    tag VARCHAR,
    message VARCHAR,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    rows_are_lost BOOLEAN NOT NULL,
    schema_version BIGINT,
    content_hash VARCHAR,
    code_version VARCHAR,
    extractor_version VARCHAR,
    vocabulary_sha256 VARCHAR,
    judgements_sha256 VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE meta.runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    profile VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    release_id VARCHAR,
    code_version VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE meta.sources (
    source VARCHAR NOT NULL,
    publisher VARCHAR,
    license VARCHAR,
    may_be_passed_on BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE meta.accounting (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    matched BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    received BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    landed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    parsed BIGINT NOT NULL,
    dropped BIGINT NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE meta.accounting_causes (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    is_explained BOOLEAN NOT NULL,
    times BIGINT NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT
);
CREATE TABLE ledger_state (schema_version BIGINT NOT NULL, release_no BIGINT NOT NULL);
INSERT INTO ledger_state VALUES (4, 2);
INSERT INTO trials BY NAME
SELECT 'trial-1' AS trial_id, [] AS countries, [] AS conditions, 'CURRENT' AS evidence_status,
    unnest([100, 120]) AS enrollment, unnest([1, 2]) AS since_release_no, unnest([2, NULL]) AS until_release_no;
INSERT INTO meta.releases BY NAME
SELECT unnest([1, 2]) AS release_no, unnest(['2026.11.01.01', '2026.11.02.01']) AS release_id,
    unnest([TIMESTAMP '2026-11-01 12:00:00', TIMESTAMP '2026-11-02 12:00:00']) AS published_at,
    unnest(['first', NULL]) AS tag, 'published' AS status, false AS rows_are_lost, 4 AS schema_version,
    unnest([1, 2]) AS since_release_no;
INSERT INTO dq.quarantine BY NAME
SELECT 'pubmed' AS source, '1' AS record_id, repeat('0', 64) AS sha256, 'parse' AS stage, 'broken' AS cause,
    'broken: it ends in the middle' AS message, 1 AS since_release_no;
