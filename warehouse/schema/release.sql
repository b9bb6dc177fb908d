-- made from src/trialhouse/model/tables and warehouse/views by `make docs`; changes made here are lost.

CREATE SCHEMA dq;
CREATE SCHEMA meta;

CREATE SCHEMA history;

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE trials IS 'A clinical trial or cohort: its design as its registry record, papers and other documents state it.';
COMMENT ON COLUMN trials.trial_id IS 'The trial''s id in this warehouse.';
COMMENT ON COLUMN trials.registry_id IS 'The preferred registry id (ClinicalTrials.gov first), or null.';
COMMENT ON COLUMN trials.acronym IS 'The trial''s acronym as written.';
COMMENT ON COLUMN trials.title IS 'The title of the document that is trusted first.';
COMMENT ON COLUMN trials.study_type IS 'The kind of study. One of: INTERVENTIONAL, OBSERVATIONAL, EXPANDED_ACCESS.';
COMMENT ON COLUMN trials.phase IS 'The phase of the trial. One of: NA, EARLY_PHASE1, PHASE1, PHASE1/PHASE2, PHASE2, PHASE2/PHASE3, PHASE3, PHASE4.';
COMMENT ON COLUMN trials.allocation IS 'How participants were assigned to arms. One of: RANDOMIZED, NON_RANDOMIZED, NA.';
COMMENT ON COLUMN trials.allocation_ratio IS 'The ratio of arm sizes as planned, ''1:1:1:1''.';
COMMENT ON COLUMN trials.intervention_model IS 'The general design of the interventions. One of: SINGLE_GROUP, PARALLEL, CROSSOVER, FACTORIAL, SEQUENTIAL.';
COMMENT ON COLUMN trials.masking IS 'Who was kept from knowing the assignment; NONE is open label. One of: NONE, SINGLE, DOUBLE, TRIPLE, QUADRUPLE.';
COMMENT ON COLUMN trials.placebo_controlled IS 'Whether an arm received placebo.';
COMMENT ON COLUMN trials.enrollment IS 'Participants in the trial.';
COMMENT ON COLUMN trials.enrollment_type IS 'Whether enrollment is actual or planned. One of: ACTUAL, ESTIMATED.';
COMMENT ON COLUMN trials.site_count IS 'Number of sites that enrolled.';
COMMENT ON COLUMN trials.countries IS 'Countries, in the English names of ClinicalTrials.gov.';
COMMENT ON COLUMN trials.conditions IS 'Conditions studied, as written.';
COMMENT ON COLUMN trials.sponsor IS 'The lead sponsor or the funder that is named.';
COMMENT ON COLUMN trials.start_date IS 'First day of the stated start of enrollment.';
COMMENT ON COLUMN trials.start_date_precision IS 'How precisely start_date was stated. One of: day, month, year.';
COMMENT ON COLUMN trials.enrollment_end_date IS 'First day of the stated end of enrollment.';
COMMENT ON COLUMN trials.enrollment_end_date_precision IS 'How precisely enrollment_end_date was stated. One of: day, month, year.';
COMMENT ON COLUMN trials.completion_date IS 'First day of the stated completion of the study.';
COMMENT ON COLUMN trials.completion_date_precision IS 'How precisely completion_date was stated. One of: day, month, year.';
COMMENT ON COLUMN trials.overall_status IS 'Recruitment status as the registry states it. One of: ACTIVE_NOT_RECRUITING, COMPLETED, ENROLLING_BY_INVITATION, NOT_YET_RECRUITING, RECRUITING, SUSPENDED, TERMINATED, WITHDRAWN, AVAILABLE, NO_LONGER_AVAILABLE, TEMPORARILY_NOT_AVAILABLE, APPROVED_FOR_MARKETING, WITHHELD, UNKNOWN.';
COMMENT ON COLUMN trials.evidence_status IS 'Whether a notice retracts, questions or corrects the trial''s documents. One of: CURRENT, RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED.';
COMMENT ON COLUMN trials.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE trial_registrations (
    trial_id VARCHAR NOT NULL,
    registry VARCHAR NOT NULL,
    registry_id VARCHAR NOT NULL,
    is_primary BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE trial_registrations IS 'One id of a trial in one registry; a trial may be registered more than once.';
COMMENT ON COLUMN trial_registrations.trial_id IS 'The trial.';
COMMENT ON COLUMN trial_registrations.registry IS 'The registry, in the words of PubMed''s DataBankName where it has one.';
COMMENT ON COLUMN trial_registrations.registry_id IS 'The id, normalised.';
COMMENT ON COLUMN trial_registrations.is_primary IS 'Whether this is the id that trials.registry_id shows.';
COMMENT ON COLUMN trial_registrations.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE trial_keys (
    trial_id VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE trial_keys IS 'What a trial''s id is kept by from release to release; each key names one trial. A trial that is gone keeps its last keys, so that it gets its id again when it comes back, and no other trial does.';
COMMENT ON COLUMN trial_keys.trial_id IS 'The trial; one that is gone is not in trials.';
COMMENT ON COLUMN trial_keys.scheme IS 'What the value is: registry, doi, pmid, pmcid, document (a document_id), or trial (an id not in trials).';
COMMENT ON COLUMN trial_keys.value IS 'The registry id, DOI or other identifier, in lower case.';
COMMENT ON COLUMN trial_keys.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE trial_redirects (
    old_trial_id VARCHAR NOT NULL,
    trial_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE trial_redirects IS 'An id of a trial that was merged or split, and the trial to read in its place. After a split the id may stand, with a part of what it had; a row then names each trial that has another part.';
COMMENT ON COLUMN trial_redirects.old_trial_id IS 'The id that was published before.';
COMMENT ON COLUMN trial_redirects.trial_id IS 'The trial that now holds its rows.';
COMMENT ON COLUMN trial_redirects.reason IS 'Why the id changed, in a sentence.';
COMMENT ON COLUMN trial_redirects.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE arms IS 'An arm of a trial (a group of an observational study): who got what, and how many they were.';
COMMENT ON COLUMN arms.arm_id IS 'The arm''s id.';
COMMENT ON COLUMN arms.trial_id IS 'The trial.';
COMMENT ON COLUMN arms.label IS 'The arm''s name, as the document that is trusted first writes it.';
COMMENT ON COLUMN arms.arm_type IS 'The role of the arm. One of: EXPERIMENTAL, ACTIVE_COMPARATOR, PLACEBO_COMPARATOR, SHAM_COMPARATOR, NO_INTERVENTION, OTHER.';
COMMENT ON COLUMN arms.factor IS 'In a factorial design the factor (from 1) whose arms sum to the enrollment; else null.';
COMMENT ON COLUMN arms.n_randomized IS 'Participants assigned to the arm.';
COMMENT ON COLUMN arms.n_analyzed IS 'Participants of the arm in the main analysis.';
COMMENT ON COLUMN arms.n_is_derived IS 'Whether a number of participants was computed, not read.';
COMMENT ON COLUMN arms.is_result_group IS 'Whether it is no arm of the design but a group that the registry gives results for.';
COMMENT ON COLUMN arms.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE arm_interventions IS 'One intervention of one arm, with dose, route, frequency and duration.';
COMMENT ON COLUMN arm_interventions.arm_intervention_id IS 'The row''s id, which evidence refers to.';
COMMENT ON COLUMN arm_interventions.arm_id IS 'The arm.';
COMMENT ON COLUMN arm_interventions.intervention_name IS 'The intervention as written.';
COMMENT ON COLUMN arm_interventions.intervention_id IS 'The id of the substance in the vocabulary, or null.';
COMMENT ON COLUMN arm_interventions.intervention_norm IS 'The preferred name in the vocabulary, or null.';
COMMENT ON COLUMN arm_interventions.dose_value IS 'The dose, in dose_unit.';
COMMENT ON COLUMN arm_interventions.dose_unit IS 'The unit as a clinician writes it: mg, mcg, mg/kg, [iU].';
COMMENT ON COLUMN arm_interventions.dose_unit_ucum IS 'The unit as a UCUM code.';
COMMENT ON COLUMN arm_interventions.dose_raw IS 'The dose as written.';
COMMENT ON COLUMN arm_interventions.route IS 'The route of administration. One of: SUBCUTANEOUS, INTRAVENOUS, ORAL, INTRAMUSCULAR, TOPICAL, INHALED, INTRAVITREAL, INTRANASAL, INTRATHECAL, INTRAARTICULAR, INTRADERMAL, TRANSDERMAL, SUBLINGUAL, RECTAL, OPHTHALMIC.';
COMMENT ON COLUMN arm_interventions.frequency IS '''every N days|weeks|months'', ''every other day'', ''once daily'', ''single dose'', or as written.';
COMMENT ON COLUMN arm_interventions.duration_days IS 'For how long it was given, in days.';
COMMENT ON COLUMN arm_interventions.is_background IS 'Whether every arm was given it.';
COMMENT ON COLUMN arm_interventions.is_alternative IS 'Whether participants got this or another one of the arm.';
COMMENT ON COLUMN arm_interventions.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE outcomes IS 'One outcome measure of a trial at one time frame, in one population and subgroup.';
COMMENT ON COLUMN outcomes.outcome_id IS 'The outcome''s id.';
COMMENT ON COLUMN outcomes.trial_id IS 'The trial.';
COMMENT ON COLUMN outcomes.measure IS 'The outcome measure as written.';
COMMENT ON COLUMN outcomes.measure_norm IS 'The measure''s preferred name in the vocabulary, or null.';
COMMENT ON COLUMN outcomes.outcome_type IS 'Its place among the trial''s outcomes, where stated. One of: PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED, POST_HOC, ADVERSE_EVENT.';
COMMENT ON COLUMN outcomes.time_frame IS 'The time frame as written.';
COMMENT ON COLUMN outcomes.time_frame_days IS 'The time frame in days; a month is 30.4375 days, a year 365.25.';
COMMENT ON COLUMN outcomes.population IS 'The analysis population: ITT, MITT, PER_PROTOCOL, SAFETY, else as written.';
COMMENT ON COLUMN outcomes.subgroup IS 'The subgroup as written, where the whole report is on one as its title says it, or how many participants a further paper on fewer than half of them counts; null for all participants.';
COMMENT ON COLUMN outcomes.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE outcome_measurements IS 'One number of one arm. ''51 of 119 (43 %)'' is two rows; a reduction of 77 % is a change of -77.';
COMMENT ON COLUMN outcome_measurements.measurement_id IS 'The row''s id, which evidence refers to.';
COMMENT ON COLUMN outcome_measurements.outcome_id IS 'The outcome.';
COMMENT ON COLUMN outcome_measurements.arm_id IS 'The arm; null for the whole trial.';
COMMENT ON COLUMN outcome_measurements.group_title IS 'The title of the registry''s result group, as written.';
COMMENT ON COLUMN outcome_measurements.classification IS 'The row of a table within the outcome, as the registry has.';
COMMENT ON COLUMN outcome_measurements.category IS 'The category within the classification.';
COMMENT ON COLUMN outcome_measurements.statistic IS 'What kind of number it is. One of: COUNT, PERCENT, MEAN, MEDIAN, LEAST_SQUARES_MEAN, GEOMETRIC_MEAN, GEOMETRIC_LEAST_SQUARES_MEAN, LOG_MEAN, RATE, NUMBER.';
COMMENT ON COLUMN outcome_measurements.statistic_raw IS 'The kind of number in the registry''s word.';
COMMENT ON COLUMN outcome_measurements.is_change_from_baseline IS 'Whether the number is a change from baseline.';
COMMENT ON COLUMN outcome_measurements.is_baseline IS 'Whether the number was measured at baseline.';
COMMENT ON COLUMN outcome_measurements.value IS 'The number, in unit.';
COMMENT ON COLUMN outcome_measurements.value_modifier IS '''<'' (also for ≤) or ''>'' where the number is a bound; null where it is the value. One of: =, <, >.';
COMMENT ON COLUMN outcome_measurements.unit IS 'The unit in words: days, %, participants, mg/L.';
COMMENT ON COLUMN outcome_measurements.unit_ucum IS 'The unit as a UCUM code.';
COMMENT ON COLUMN outcome_measurements.n_analyzed IS 'Participants that the number is of.';
COMMENT ON COLUMN outcome_measurements.dispersion_type IS 'What kind of spread is given. One of: SD, SE, IQR, RANGE, CI, GEOMETRIC_COEFFICIENT.';
COMMENT ON COLUMN outcome_measurements.dispersion_raw IS 'The kind of spread in the registry''s words.';
COMMENT ON COLUMN outcome_measurements.ci_pct IS 'The level in percent, where the spread is a confidence interval.';
COMMENT ON COLUMN outcome_measurements.dispersion_value IS 'The spread, where it is one number, in unit.';
COMMENT ON COLUMN outcome_measurements.dispersion_low IS 'The lower end of the spread, in unit.';
COMMENT ON COLUMN outcome_measurements.dispersion_high IS 'The upper end of the spread, in unit.';
COMMENT ON COLUMN outcome_measurements.value_raw IS 'The number as written.';
COMMENT ON COLUMN outcome_measurements.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE outcome_analyses IS 'One comparison of an arm with a comparator: estimate, interval, p-value, or some of them.';
COMMENT ON COLUMN outcome_analyses.analysis_id IS 'The row''s id, which evidence refers to.';
COMMENT ON COLUMN outcome_analyses.outcome_id IS 'The outcome.';
COMMENT ON COLUMN outcome_analyses.arm_id IS 'The arm that is compared.';
COMMENT ON COLUMN outcome_analyses.comparator_arm_id IS 'The arm that it is compared with.';
COMMENT ON COLUMN outcome_analyses.group_titles IS 'The titles of the registry''s result groups that are compared, in its order, as written.';
COMMENT ON COLUMN outcome_analyses.groups_description IS 'What the registry says of the groups compared.';
COMMENT ON COLUMN outcome_analyses.non_inferiority_type IS 'The kind of hypothesis tested. One of: SUPERIORITY, NON_INFERIORITY, EQUIVALENCE, OTHER, NON_INFERIORITY_OR_EQUIVALENCE, SUPERIORITY_OR_OTHER, NON_INFERIORITY_OR_EQUIVALENCE_LEGACY, SUPERIORITY_OR_OTHER_LEGACY.';
COMMENT ON COLUMN outcome_analyses.effect IS 'What kind of effect the estimate is; null where effect_raw fits none of the words. One of: HAZARD_RATIO, RISK_RATIO, ODDS_RATIO, RATE_RATIO, GEOMETRIC_MEAN_RATIO, RISK_DIFFERENCE, RATE_DIFFERENCE, MEAN_DIFFERENCE, MEDIAN_DIFFERENCE, LS_MEAN_DIFFERENCE, HAZARD_RATIO_LOG, RISK_RATIO_LOG, ODDS_RATIO_LOG, SLOPE, P_VALUE_ONLY.';
COMMENT ON COLUMN outcome_analyses.effect_raw IS 'The kind of effect in the registry''s words.';
COMMENT ON COLUMN outcome_analyses.estimate IS 'The estimate, in unit.';
COMMENT ON COLUMN outcome_analyses.unit IS 'The unit in words; ''percentage points'' for differences of percentages.';
COMMENT ON COLUMN outcome_analyses.dispersion_type IS 'What kind of spread the estimate has. One of: SD, SE, IQR, RANGE, CI, GEOMETRIC_COEFFICIENT.';
COMMENT ON COLUMN outcome_analyses.dispersion_value IS 'The spread of the estimate, in unit.';
COMMENT ON COLUMN outcome_analyses.ci_pct IS 'The level of the confidence interval in percent.';
COMMENT ON COLUMN outcome_analyses.ci_n_sides IS 'Whether the interval has one end or two. One of: ONE_SIDED, TWO_SIDED.';
COMMENT ON COLUMN outcome_analyses.ci_low IS 'The lower end of the confidence interval.';
COMMENT ON COLUMN outcome_analyses.ci_high IS 'The upper end of the confidence interval.';
COMMENT ON COLUMN outcome_analyses.p_value IS 'The p-value, as p_modifier says.';
COMMENT ON COLUMN outcome_analyses.p_modifier IS '''='' or ''<'' (also for ≤) or ''>''. One of: =, <, >.';
COMMENT ON COLUMN outcome_analyses.p_raw IS 'The p-value as written.';
COMMENT ON COLUMN outcome_analyses.method IS 'The statistical method as written.';
COMMENT ON COLUMN outcome_analyses.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE documents IS 'One record of one source: a registry record, an abstract, a page. Documents without a trial say why.';
COMMENT ON COLUMN documents.document_id IS 'The document''s id.';
COMMENT ON COLUMN documents.source IS 'The source it was received from.';
COMMENT ON COLUMN documents.kind IS 'What kind of document it is; null where no word fits. One of: registry, abstract, fulltext, preprint, news, portal, notice.';
COMMENT ON COLUMN documents.url IS 'Its public address, where one is known.';
COMMENT ON COLUMN documents.title IS 'Its title.';
COMMENT ON COLUMN documents.journal IS 'The journal or outlet as written.';
COMMENT ON COLUMN documents.published IS 'First day of the stated date of publication.';
COMMENT ON COLUMN documents.published_precision IS 'How precisely published was stated. One of: day, month, year.';
COMMENT ON COLUMN documents.language IS 'The language of its body, as ISO 639-1.';
COMMENT ON COLUMN documents.other_languages IS 'Languages of the copies of its text that it holds.';
COMMENT ON COLUMN documents.pmid IS 'Its own PubMed id.';
COMMENT ON COLUMN documents.pmcid IS 'Its own PubMed Central id.';
COMMENT ON COLUMN documents.doi IS 'Its own DOI, lower case apart from what the publisher capitalises.';
COMMENT ON COLUMN documents.is_partial IS 'Whether the text is known to be a part of the document.';
COMMENT ON COLUMN documents.partial_reason IS 'What tells that it is a part; null where nothing was noted.';
COMMENT ON COLUMN documents.license IS 'The licence of the text, as SPDX id or as stated; null is unknown.';
COMMENT ON COLUMN documents.text_mining_reservation IS 'The words or the signal that reserve text and data mining; null where none were found.';
COMMENT ON COLUMN documents.fetched_at IS 'When these bytes were received (UTC).';
COMMENT ON COLUMN documents.sha256 IS 'The SHA-256 of the bytes in the landing store.';
COMMENT ON COLUMN documents.problem IS 'Why no trial was read from it; null when one was.';
COMMENT ON COLUMN documents.evidence_status IS 'The gravest of notices. CURRENT, too, in what history holds of releases before schema version 4. One of: CURRENT, RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED.';
COMMENT ON COLUMN documents.notices IS 'What notices about it, and records of the same paper, say became of it, each kind once and the gravest first: RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED.';
COMMENT ON COLUMN documents.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE document_relations (
    from_document_id VARCHAR NOT NULL,
    to_document_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE document_relations IS 'What one document is to another: a preprint of it, an erratum for it.';
COMMENT ON COLUMN document_relations.from_document_id IS 'The document that stands in the relation.';
COMMENT ON COLUMN document_relations.to_document_id IS 'The document that it stands in the relation to.';
COMMENT ON COLUMN document_relations.relation IS 'The relation, read from the left. One of: DUPLICATE_OF, TRANSLATION_OF, PREPRINT_OF, ERRATUM_FOR, RETRACTION_OF, CONCERN_ABOUT, COMMENT_ON, PROTOCOL_OF, CONFERENCE_ABSTRACT_OF, OTHER_PART_OF, CITES.';
COMMENT ON COLUMN document_relations.method IS 'How it was found.';
COMMENT ON COLUMN document_relations.confidence IS 'From 0 to 1.';
COMMENT ON COLUMN document_relations.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE trial_documents (
    trial_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    role VARCHAR,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE trial_documents IS 'A document about a trial, in which role, and why it was linked.';
COMMENT ON COLUMN trial_documents.trial_id IS 'The trial.';
COMMENT ON COLUMN trial_documents.document_id IS 'The document.';
COMMENT ON COLUMN trial_documents.role IS 'What the document is to the trial; null for a notice or a document of no known kind. One of: REGISTRATION, PROTOCOL, PRIMARY_RESULTS, SECONDARY_RESULTS, NEWS, REVIEW_MENTION.';
COMMENT ON COLUMN trial_documents.method IS 'How the link was found.';
COMMENT ON COLUMN trial_documents.confidence IS 'From 0 to 1.';
COMMENT ON COLUMN trial_documents.reason IS 'The link in a sentence.';
COMMENT ON COLUMN trial_documents.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE evidence IS 'The characters that one cell was read from: document_texts from span_start to span_end is the quote.';
COMMENT ON COLUMN evidence.table_name IS 'The table of the cell.';
COMMENT ON COLUMN evidence.row_id IS 'The id of the row.';
COMMENT ON COLUMN evidence.column_name IS 'The column.';
COMMENT ON COLUMN evidence.document_id IS 'The document that it was read from.';
COMMENT ON COLUMN evidence.locator IS 'The JSON or XML path; null for text.';
COMMENT ON COLUMN evidence.span_start IS 'First character of the quote in the document''s text, from 0.';
COMMENT ON COLUMN evidence.span_end IS 'One past the last character of the quote.';
COMMENT ON COLUMN evidence.quote IS 'The document''s text from span_start to span_end.';
COMMENT ON COLUMN evidence.extractor IS 'What read it.';
COMMENT ON COLUMN evidence.extractor_version IS 'The version of what read it.';
COMMENT ON COLUMN evidence.rule IS 'The rule that bound it.';
COMMENT ON COLUMN evidence.confidence IS 'How often the rule is right, from 0 to 1; null is unmeasured.';
COMMENT ON COLUMN evidence.is_main IS 'Whether the cell was taken from here; other evidence agrees with it.';
COMMENT ON COLUMN evidence.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE document_texts (
    document_id VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    is_whole BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE document_texts IS 'A document''s text, whole where its licence lets it be passed on, else the quoted sentences at their offsets.';
COMMENT ON COLUMN document_texts.document_id IS 'The document.';
COMMENT ON COLUMN document_texts.span_start IS 'Where in the document''s text this piece begins, in characters from 0.';
COMMENT ON COLUMN document_texts.span_end IS 'One past its last character.';
COMMENT ON COLUMN document_texts.text IS 'The characters.';
COMMENT ON COLUMN document_texts.is_whole IS 'Whether this is the document''s whole text.';
COMMENT ON COLUMN document_texts.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE candidates (
    document_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE candidates IS 'Something that was read and is not trusted, with the reason.';
COMMENT ON COLUMN candidates.document_id IS 'The document.';
COMMENT ON COLUMN candidates.kind IS 'What it looks like.';
COMMENT ON COLUMN candidates.span_start IS 'First character in the document''s text, from 0.';
COMMENT ON COLUMN candidates.span_end IS 'One past the last character.';
COMMENT ON COLUMN candidates.quote IS 'The characters.';
COMMENT ON COLUMN candidates.reason IS 'Why it was not bound.';
COMMENT ON COLUMN candidates.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE conflicts IS 'Two documents that say different things about one cell: what was kept, what was not, and by which rule.';
COMMENT ON COLUMN conflicts.table_name IS 'The table of the cell.';
COMMENT ON COLUMN conflicts.row_id IS 'The id of the row.';
COMMENT ON COLUMN conflicts.column_name IS 'The column.';
COMMENT ON COLUMN conflicts.kept_value IS 'The value in the table, as text.';
COMMENT ON COLUMN conflicts.kept_document_id IS 'The document that it was read from.';
COMMENT ON COLUMN conflicts.other_value IS 'What the other document says, as text.';
COMMENT ON COLUMN conflicts.other_document_id IS 'The other document.';
COMMENT ON COLUMN conflicts.rule IS 'The rule that decided.';
COMMENT ON COLUMN conflicts.other_quote IS 'The other document''s text from `other_span_start` on.';
COMMENT ON COLUMN conflicts.other_span_start IS 'Where the quote begins in the other document''s text.';
COMMENT ON COLUMN conflicts.other_span_end IS 'Where it ends.';
COMMENT ON COLUMN conflicts.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE doubtful_pairs (
    subject VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    left_document_id VARCHAR,
    right_document_id VARCHAR,
    method VARCHAR NOT NULL,
    score DOUBLE,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE doubtful_pairs IS 'Two things that may be one and were kept apart, since nothing read decides it: for a person to look at.';
COMMENT ON COLUMN doubtful_pairs.subject IS 'What both are: documents, trials, arms or outcomes. One of: document, trial, arm, outcome.';
COMMENT ON COLUMN doubtful_pairs.left_id IS 'The id of one of them; the smaller id stands left.';
COMMENT ON COLUMN doubtful_pairs.right_id IS 'The id of the other.';
COMMENT ON COLUMN doubtful_pairs.left_document_id IS 'The document that speaks of the left one.';
COMMENT ON COLUMN doubtful_pairs.right_document_id IS 'The document that speaks of the right one.';
COMMENT ON COLUMN doubtful_pairs.method IS 'How they were compared.';
COMMENT ON COLUMN doubtful_pairs.score IS 'How alike they are, from 0 to 1; null where nothing was counted.';
COMMENT ON COLUMN doubtful_pairs.reason IS 'What they have in common and what is in doubt, in a sentence.';
COMMENT ON COLUMN doubtful_pairs.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE dq.checks (
    check_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    sql VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.checks IS 'A data-quality check: a query for the bad rows.';
COMMENT ON COLUMN dq.checks.check_id IS 'The check''s name: table and file name, ''arms/sum_is_enrollment''.';
COMMENT ON COLUMN dq.checks.table_name IS 'The table that it looks at.';
COMMENT ON COLUMN dq.checks.severity IS 'What a failure does. One of: info, warn, error, block.';
COMMENT ON COLUMN dq.checks.message IS 'What is wrong with a row that fails, in a sentence.';
COMMENT ON COLUMN dq.checks.action IS 'What to do about it.';
COMMENT ON COLUMN dq.checks.owner IS 'Who decides.';
COMMENT ON COLUMN dq.checks.sql IS 'The query.';
COMMENT ON COLUMN dq.checks.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE dq.check_runs (
    run_id VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    failing_rows BIGINT,
    why VARCHAR,
    checked_at TIMESTAMP NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.check_runs IS 'One run of one check over one build. ''not_evaluated'' is not a pass.';
COMMENT ON COLUMN dq.check_runs.run_id IS 'The refresh run.';
COMMENT ON COLUMN dq.check_runs.check_id IS 'The check.';
COMMENT ON COLUMN dq.check_runs.status IS 'passed, failed or not_evaluated. One of: passed, failed, not_evaluated.';
COMMENT ON COLUMN dq.check_runs.failing_rows IS 'How many rows failed; null when it was not evaluated.';
COMMENT ON COLUMN dq.check_runs.why IS 'Why it was not evaluated.';
COMMENT ON COLUMN dq.check_runs.checked_at IS 'When (UTC).';
COMMENT ON COLUMN dq.check_runs.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE dq.failing_rows (
    check_id VARCHAR NOT NULL,
    row_number BIGINT NOT NULL,
    table_name VARCHAR NOT NULL,
    row_id VARCHAR,
    column_name VARCHAR,
    trial_id VARCHAR,
    document_id VARCHAR,
    message VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.failing_rows IS 'A row that fails a check in this release.';
COMMENT ON COLUMN dq.failing_rows.check_id IS 'The check.';
COMMENT ON COLUMN dq.failing_rows.row_number IS 'From 1, in the order of the check''s rows.';
COMMENT ON COLUMN dq.failing_rows.table_name IS 'The table of the row.';
COMMENT ON COLUMN dq.failing_rows.row_id IS 'The id of the row.';
COMMENT ON COLUMN dq.failing_rows.column_name IS 'The column, where one is to blame.';
COMMENT ON COLUMN dq.failing_rows.trial_id IS 'The trial, where there is one.';
COMMENT ON COLUMN dq.failing_rows.document_id IS 'The document, where there is one.';
COMMENT ON COLUMN dq.failing_rows.message IS 'What is wrong, with the values.';
COMMENT ON COLUMN dq.failing_rows.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.alerts IS 'A failing row with a life: one per check, entity and column, the same id as long as it is the same matter.';
COMMENT ON COLUMN dq.alerts.alert_id IS 'The alert''s id.';
COMMENT ON COLUMN dq.alerts.fingerprint IS 'What it is about: check, table, row and column, without values or message.';
COMMENT ON COLUMN dq.alerts.check_id IS 'The check that raised it.';
COMMENT ON COLUMN dq.alerts.severity IS 'The check''s severity. One of: info, warn, error, block.';
COMMENT ON COLUMN dq.alerts.state IS 'Where in its life it is. One of: open, acknowledged, waived, resolved, reopened.';
COMMENT ON COLUMN dq.alerts.table_name IS 'The table of the row.';
COMMENT ON COLUMN dq.alerts.row_id IS 'The row.';
COMMENT ON COLUMN dq.alerts.column_name IS 'The column, where one is to blame.';
COMMENT ON COLUMN dq.alerts.trial_id IS 'The trial, where there is one.';
COMMENT ON COLUMN dq.alerts.document_id IS 'The document, where there is one.';
COMMENT ON COLUMN dq.alerts.message IS 'What is wrong, with the values.';
COMMENT ON COLUMN dq.alerts.evidence_hash IS 'A hash of the message with its values, and of the quotes.';
COMMENT ON COLUMN dq.alerts.first_seen IS 'When it was first raised (UTC).';
COMMENT ON COLUMN dq.alerts.last_seen IS 'When its check last failed on it (UTC).';
COMMENT ON COLUMN dq.alerts.waived_until IS 'The end of its waiver.';
COMMENT ON COLUMN dq.alerts.reason IS 'Why it is in this state: of a waived one a word (false_positive, accepted, …), else a sentence.';
COMMENT ON COLUMN dq.alerts.comment IS 'What the person said who brought it into this state.';
COMMENT ON COLUMN dq.alerts.decided_by IS 'The person who brought it into this state; null when none did.';
COMMENT ON COLUMN dq.alerts.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.alert_events IS 'A step in an alert''s life; rows are only ever added.';
COMMENT ON COLUMN dq.alert_events.alert_id IS 'The alert.';
COMMENT ON COLUMN dq.alert_events.event_no IS 'From 1 within the alert.';
COMMENT ON COLUMN dq.alert_events.occurred_at IS 'When (UTC).';
COMMENT ON COLUMN dq.alert_events.actor IS 'Who: a person''s name, or ''refresh''.';
COMMENT ON COLUMN dq.alert_events.from_state IS 'The state before; null when it was raised. One of: open, acknowledged, waived, resolved, reopened.';
COMMENT ON COLUMN dq.alert_events.to_state IS 'The state after. One of: open, acknowledged, waived, resolved, reopened.';
COMMENT ON COLUMN dq.alert_events.reason IS 'Why.';
COMMENT ON COLUMN dq.alert_events.comment IS 'What the person said.';
COMMENT ON COLUMN dq.alert_events.waived_until IS 'The last day of the waiver that was given.';
COMMENT ON COLUMN dq.alert_events.decision_id IS 'The decision of a person that it carries out.';
COMMENT ON COLUMN dq.alert_events.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.alert_decisions IS 'What a person decided of an alert; rows are only ever added. They are made in the ledger of decisions.';
COMMENT ON COLUMN dq.alert_decisions.decision_id IS 'The decision''s id.';
COMMENT ON COLUMN dq.alert_decisions.decided_at IS 'When (UTC).';
COMMENT ON COLUMN dq.alert_decisions.actor IS 'Who.';
COMMENT ON COLUMN dq.alert_decisions.alert_id IS 'The alert.';
COMMENT ON COLUMN dq.alert_decisions.fingerprint IS 'What the alert is about: check, table, row and column.';
COMMENT ON COLUMN dq.alert_decisions.action IS 'What was done. One of: acknowledge, waive, resolve, reopen.';
COMMENT ON COLUMN dq.alert_decisions.reason IS 'Why it is waived. One of: false_positive, accepted, source_error, known_limitation.';
COMMENT ON COLUMN dq.alert_decisions.comment IS 'In the person''s words.';
COMMENT ON COLUMN dq.alert_decisions.waived_until IS 'The last day of the waiver.';
COMMENT ON COLUMN dq.alert_decisions.evidence_hash IS 'The alert''s hash of values and quotes when it was decided.';
COMMENT ON COLUMN dq.alert_decisions.message IS 'What the alert said when it was decided.';
COMMENT ON COLUMN dq.alert_decisions.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE dq.judgements (
    judgement_id VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    comment VARCHAR,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.judgements IS 'What a person judged of two documents or two trials; rows are only ever added, and the last one counts.';
COMMENT ON COLUMN dq.judgements.judgement_id IS 'The judgement''s id.';
COMMENT ON COLUMN dq.judgements.decided_at IS 'When (UTC).';
COMMENT ON COLUMN dq.judgements.actor IS 'Who.';
COMMENT ON COLUMN dq.judgements.subject IS 'Whether documents or trials are judged. One of: document, trial.';
COMMENT ON COLUMN dq.judgements.left_id IS 'One of them; the one whose id sorts first.';
COMMENT ON COLUMN dq.judgements.right_id IS 'The other.';
COMMENT ON COLUMN dq.judgements.verdict IS 'Whether they are the same. One of: same, different, unsure, withdrawn.';
COMMENT ON COLUMN dq.judgements.comment IS 'Why, in the person''s words.';
COMMENT ON COLUMN dq.judgements.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE dq.quarantine IS 'What was set aside, and why: a received record that gave no row, or a row or cell that failed a check.';
COMMENT ON COLUMN dq.quarantine.source IS 'The source of the record; ''build'' for a row or cell that a check set aside.';
COMMENT ON COLUMN dq.quarantine.record_id IS 'The record''s id at the source; of a row table/row, of a cell table/row/column.';
COMMENT ON COLUMN dq.quarantine.sha256 IS 'The SHA-256 of the record''s bytes, or of `content`.';
COMMENT ON COLUMN dq.quarantine.stage IS 'Where on the way it was set aside.';
COMMENT ON COLUMN dq.quarantine.cause IS 'The cause, a word for counting; the check that failed.';
COMMENT ON COLUMN dq.quarantine.message IS 'What went wrong and what to do.';
COMMENT ON COLUMN dq.quarantine.table_name IS 'The table of the row that was set aside.';
COMMENT ON COLUMN dq.quarantine.row_id IS 'The row, or the row of the cell.';
COMMENT ON COLUMN dq.quarantine.column_name IS 'The column of the cell.';
COMMENT ON COLUMN dq.quarantine.trial_id IS 'The trial, where there is one.';
COMMENT ON COLUMN dq.quarantine.document_id IS 'The document, where there is one.';
COMMENT ON COLUMN dq.quarantine.content IS 'What was set aside, as JSON: the row or the cell, its evidence, and rows that referred to it.';
COMMENT ON COLUMN dq.quarantine.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    trust_sha256 VARCHAR,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE meta.releases IS 'A release of the warehouse, up to and including this one, and what it was made with. Where two releases differ and no document explains it, what differs here does.';
COMMENT ON COLUMN meta.releases.release_no IS 'From 1, in the order of publishing.';
COMMENT ON COLUMN meta.releases.release_id IS 'A date and a running number: 2026.11.21.01.';
COMMENT ON COLUMN meta.releases.published_at IS 'When (UTC).';
COMMENT ON COLUMN meta.releases.tag IS 'A name that people gave it.';
COMMENT ON COLUMN meta.releases.message IS 'What people said of it.';
COMMENT ON COLUMN meta.releases.status IS 'published or withdrawn. One of: published, withdrawn.';
COMMENT ON COLUMN meta.releases.reason IS 'Why it was withdrawn.';
COMMENT ON COLUMN meta.releases.rows_are_lost IS 'Whether its file was damaged when the ledger had to be made anew: no history has its rows.';
COMMENT ON COLUMN meta.releases.schema_version IS 'The version of the tables, from 1.';
COMMENT ON COLUMN meta.releases.content_hash IS 'One hash of the rows of main and of the checks.';
COMMENT ON COLUMN meta.releases.code_version IS 'The version of the code, and a fingerprint of what reads.';
COMMENT ON COLUMN meta.releases.extractor_version IS 'The version of the rules that read numbers in texts.';
COMMENT ON COLUMN meta.releases.vocabulary_sha256 IS 'The SHA-256 of the vocabularies.';
COMMENT ON COLUMN meta.releases.judgements_sha256 IS 'The SHA-256 of the judgements of people; null is none.';
COMMENT ON COLUMN meta.releases.trust_sha256 IS 'The SHA-256 of the orders of trust (config/trust.toml).';
COMMENT ON COLUMN meta.releases.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE meta.runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    profile VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    release_id VARCHAR,
    code_version VARCHAR NOT NULL,
    interval_first DATE,
    interval_last DATE,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE meta.runs IS 'A refresh run, up to and including the one that made this release.';
COMMENT ON COLUMN meta.runs.run_id IS 'The run''s id; ids sort by start.';
COMMENT ON COLUMN meta.runs.started_at IS 'When it began (UTC).';
COMMENT ON COLUMN meta.runs.finished_at IS 'When it ended (UTC); null while it runs.';
COMMENT ON COLUMN meta.runs.profile IS 'The profile of its configuration, or ''files''.';
COMMENT ON COLUMN meta.runs.status IS 'How it ended. One of: running, published, unchanged, blocked, failed.';
COMMENT ON COLUMN meta.runs.release_id IS 'The release that it published.';
COMMENT ON COLUMN meta.runs.code_version IS 'The version and fingerprint of the code and vocabularies.';
COMMENT ON COLUMN meta.runs.interval_first IS 'The first day (UTC) that it asked sources for; null where it asked none.';
COMMENT ON COLUMN meta.runs.interval_last IS 'The last day (UTC) that it asked sources for; done once the day was over when it began.';
COMMENT ON COLUMN meta.runs.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE meta.sources (
    source VARCHAR NOT NULL,
    publisher VARCHAR,
    license VARCHAR,
    may_be_passed_on BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE meta.sources IS 'A source, its publisher and the terms of its texts.';
COMMENT ON COLUMN meta.sources.source IS 'The source''s name.';
COMMENT ON COLUMN meta.sources.publisher IS 'Who publishes it.';
COMMENT ON COLUMN meta.sources.license IS 'The licence of its texts; null is unknown.';
COMMENT ON COLUMN meta.sources.may_be_passed_on IS 'Whether releases may hold its whole texts.';
COMMENT ON COLUMN meta.sources.since_release_no IS 'The number of the release from which on this row was as it is here.';

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
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE meta.accounting IS 'The records of one run by source: asked = received + missing, received = landed + unchanged.';
COMMENT ON COLUMN meta.accounting.run_id IS 'The run.';
COMMENT ON COLUMN meta.accounting.source IS 'The source.';
COMMENT ON COLUMN meta.accounting.topic IS 'The topic that was asked for.';
COMMENT ON COLUMN meta.accounting.matched IS 'Records that the source says match, and those asked for by name.';
COMMENT ON COLUMN meta.accounting.asked IS 'Records that were asked for.';
COMMENT ON COLUMN meta.accounting.received IS 'Records whose bytes came.';
COMMENT ON COLUMN meta.accounting.missing IS 'Records asked for that did not come; each has a cause.';
COMMENT ON COLUMN meta.accounting.landed IS 'Received records that are new or changed.';
COMMENT ON COLUMN meta.accounting.unchanged IS 'Received records whose bytes were landed before.';
COMMENT ON COLUMN meta.accounting.parsed IS 'Received records that became a document.';
COMMENT ON COLUMN meta.accounting.dropped IS 'Received records that did not become a document; each has a cause.';
COMMENT ON COLUMN meta.accounting.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE meta.accounting_causes (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    is_explained BOOLEAN NOT NULL,
    times BIGINT NOT NULL,
    since_release_no BIGINT NOT NULL DEFAULT 1
);

COMMENT ON TABLE meta.accounting_causes IS 'Why one record is missing, was dropped, or stands for another.';
COMMENT ON COLUMN meta.accounting_causes.run_id IS 'The run.';
COMMENT ON COLUMN meta.accounting_causes.source IS 'The source.';
COMMENT ON COLUMN meta.accounting_causes.record_id IS 'The record''s id at the source.';
COMMENT ON COLUMN meta.accounting_causes.stage IS 'Where on the way: fetch, land, parse, extract.';
COMMENT ON COLUMN meta.accounting_causes.cause IS 'The cause: a word for counting, then what went wrong and what to do.';
COMMENT ON COLUMN meta.accounting_causes.is_explained IS 'Whether the source itself says why, so that nothing is lost.';
COMMENT ON COLUMN meta.accounting_causes.times IS 'How often it is counted: once for each slice of the run that asked for it.';
COMMENT ON COLUMN meta.accounting_causes.since_release_no IS 'The number of the release from which on this row was as it is here.';

CREATE TABLE history.trials (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.trials IS 'Rows that trials once had and no longer has, or no longer has so. A clinical trial or cohort: its design as its registry record, papers and other documents state it.';
COMMENT ON COLUMN history.trials.trial_id IS 'The trial''s id in this warehouse.';
COMMENT ON COLUMN history.trials.registry_id IS 'The preferred registry id (ClinicalTrials.gov first), or null.';
COMMENT ON COLUMN history.trials.acronym IS 'The trial''s acronym as written.';
COMMENT ON COLUMN history.trials.title IS 'The title of the document that is trusted first.';
COMMENT ON COLUMN history.trials.study_type IS 'The kind of study. One of: INTERVENTIONAL, OBSERVATIONAL, EXPANDED_ACCESS.';
COMMENT ON COLUMN history.trials.phase IS 'The phase of the trial. One of: NA, EARLY_PHASE1, PHASE1, PHASE1/PHASE2, PHASE2, PHASE2/PHASE3, PHASE3, PHASE4.';
COMMENT ON COLUMN history.trials.allocation IS 'How participants were assigned to arms. One of: RANDOMIZED, NON_RANDOMIZED, NA.';
COMMENT ON COLUMN history.trials.allocation_ratio IS 'The ratio of arm sizes as planned, ''1:1:1:1''.';
COMMENT ON COLUMN history.trials.intervention_model IS 'The general design of the interventions. One of: SINGLE_GROUP, PARALLEL, CROSSOVER, FACTORIAL, SEQUENTIAL.';
COMMENT ON COLUMN history.trials.masking IS 'Who was kept from knowing the assignment; NONE is open label. One of: NONE, SINGLE, DOUBLE, TRIPLE, QUADRUPLE.';
COMMENT ON COLUMN history.trials.placebo_controlled IS 'Whether an arm received placebo.';
COMMENT ON COLUMN history.trials.enrollment IS 'Participants in the trial.';
COMMENT ON COLUMN history.trials.enrollment_type IS 'Whether enrollment is actual or planned. One of: ACTUAL, ESTIMATED.';
COMMENT ON COLUMN history.trials.site_count IS 'Number of sites that enrolled.';
COMMENT ON COLUMN history.trials.countries IS 'Countries, in the English names of ClinicalTrials.gov.';
COMMENT ON COLUMN history.trials.conditions IS 'Conditions studied, as written.';
COMMENT ON COLUMN history.trials.sponsor IS 'The lead sponsor or the funder that is named.';
COMMENT ON COLUMN history.trials.start_date IS 'First day of the stated start of enrollment.';
COMMENT ON COLUMN history.trials.start_date_precision IS 'How precisely start_date was stated. One of: day, month, year.';
COMMENT ON COLUMN history.trials.enrollment_end_date IS 'First day of the stated end of enrollment.';
COMMENT ON COLUMN history.trials.enrollment_end_date_precision IS 'How precisely enrollment_end_date was stated. One of: day, month, year.';
COMMENT ON COLUMN history.trials.completion_date IS 'First day of the stated completion of the study.';
COMMENT ON COLUMN history.trials.completion_date_precision IS 'How precisely completion_date was stated. One of: day, month, year.';
COMMENT ON COLUMN history.trials.overall_status IS 'Recruitment status as the registry states it. One of: ACTIVE_NOT_RECRUITING, COMPLETED, ENROLLING_BY_INVITATION, NOT_YET_RECRUITING, RECRUITING, SUSPENDED, TERMINATED, WITHDRAWN, AVAILABLE, NO_LONGER_AVAILABLE, TEMPORARILY_NOT_AVAILABLE, APPROVED_FOR_MARKETING, WITHHELD, UNKNOWN.';
COMMENT ON COLUMN history.trials.evidence_status IS 'Whether a notice retracts, questions or corrects the trial''s documents. One of: CURRENT, RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED.';
COMMENT ON COLUMN history.trials.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.trials.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.trial_registrations (
    trial_id VARCHAR NOT NULL,
    registry VARCHAR NOT NULL,
    registry_id VARCHAR NOT NULL,
    is_primary BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.trial_registrations IS 'Rows that trial_registrations once had and no longer has, or no longer has so. One id of a trial in one registry; a trial may be registered more than once.';
COMMENT ON COLUMN history.trial_registrations.trial_id IS 'The trial.';
COMMENT ON COLUMN history.trial_registrations.registry IS 'The registry, in the words of PubMed''s DataBankName where it has one.';
COMMENT ON COLUMN history.trial_registrations.registry_id IS 'The id, normalised.';
COMMENT ON COLUMN history.trial_registrations.is_primary IS 'Whether this is the id that trials.registry_id shows.';
COMMENT ON COLUMN history.trial_registrations.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.trial_registrations.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.trial_keys (
    trial_id VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.trial_keys IS 'Rows that trial_keys once had and no longer has, or no longer has so. What a trial''s id is kept by from release to release; each key names one trial. A trial that is gone keeps its last keys, so that it gets its id again when it comes back, and no other trial does.';
COMMENT ON COLUMN history.trial_keys.trial_id IS 'The trial; one that is gone is not in trials.';
COMMENT ON COLUMN history.trial_keys.scheme IS 'What the value is: registry, doi, pmid, pmcid, document (a document_id), or trial (an id not in trials).';
COMMENT ON COLUMN history.trial_keys.value IS 'The registry id, DOI or other identifier, in lower case.';
COMMENT ON COLUMN history.trial_keys.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.trial_keys.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.trial_redirects (
    old_trial_id VARCHAR NOT NULL,
    trial_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.trial_redirects IS 'Rows that trial_redirects once had and no longer has, or no longer has so. An id of a trial that was merged or split, and the trial to read in its place. After a split the id may stand, with a part of what it had; a row then names each trial that has another part.';
COMMENT ON COLUMN history.trial_redirects.old_trial_id IS 'The id that was published before.';
COMMENT ON COLUMN history.trial_redirects.trial_id IS 'The trial that now holds its rows.';
COMMENT ON COLUMN history.trial_redirects.reason IS 'Why the id changed, in a sentence.';
COMMENT ON COLUMN history.trial_redirects.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.trial_redirects.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.arms (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.arms IS 'Rows that arms once had and no longer has, or no longer has so. An arm of a trial (a group of an observational study): who got what, and how many they were.';
COMMENT ON COLUMN history.arms.arm_id IS 'The arm''s id.';
COMMENT ON COLUMN history.arms.trial_id IS 'The trial.';
COMMENT ON COLUMN history.arms.label IS 'The arm''s name, as the document that is trusted first writes it.';
COMMENT ON COLUMN history.arms.arm_type IS 'The role of the arm. One of: EXPERIMENTAL, ACTIVE_COMPARATOR, PLACEBO_COMPARATOR, SHAM_COMPARATOR, NO_INTERVENTION, OTHER.';
COMMENT ON COLUMN history.arms.factor IS 'In a factorial design the factor (from 1) whose arms sum to the enrollment; else null.';
COMMENT ON COLUMN history.arms.n_randomized IS 'Participants assigned to the arm.';
COMMENT ON COLUMN history.arms.n_analyzed IS 'Participants of the arm in the main analysis.';
COMMENT ON COLUMN history.arms.n_is_derived IS 'Whether a number of participants was computed, not read.';
COMMENT ON COLUMN history.arms.is_result_group IS 'Whether it is no arm of the design but a group that the registry gives results for.';
COMMENT ON COLUMN history.arms.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.arms.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.arm_interventions (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.arm_interventions IS 'Rows that arm_interventions once had and no longer has, or no longer has so. One intervention of one arm, with dose, route, frequency and duration.';
COMMENT ON COLUMN history.arm_interventions.arm_intervention_id IS 'The row''s id, which evidence refers to.';
COMMENT ON COLUMN history.arm_interventions.arm_id IS 'The arm.';
COMMENT ON COLUMN history.arm_interventions.intervention_name IS 'The intervention as written.';
COMMENT ON COLUMN history.arm_interventions.intervention_id IS 'The id of the substance in the vocabulary, or null.';
COMMENT ON COLUMN history.arm_interventions.intervention_norm IS 'The preferred name in the vocabulary, or null.';
COMMENT ON COLUMN history.arm_interventions.dose_value IS 'The dose, in dose_unit.';
COMMENT ON COLUMN history.arm_interventions.dose_unit IS 'The unit as a clinician writes it: mg, mcg, mg/kg, [iU].';
COMMENT ON COLUMN history.arm_interventions.dose_unit_ucum IS 'The unit as a UCUM code.';
COMMENT ON COLUMN history.arm_interventions.dose_raw IS 'The dose as written.';
COMMENT ON COLUMN history.arm_interventions.route IS 'The route of administration. One of: SUBCUTANEOUS, INTRAVENOUS, ORAL, INTRAMUSCULAR, TOPICAL, INHALED, INTRAVITREAL, INTRANASAL, INTRATHECAL, INTRAARTICULAR, INTRADERMAL, TRANSDERMAL, SUBLINGUAL, RECTAL, OPHTHALMIC.';
COMMENT ON COLUMN history.arm_interventions.frequency IS '''every N days|weeks|months'', ''every other day'', ''once daily'', ''single dose'', or as written.';
COMMENT ON COLUMN history.arm_interventions.duration_days IS 'For how long it was given, in days.';
COMMENT ON COLUMN history.arm_interventions.is_background IS 'Whether every arm was given it.';
COMMENT ON COLUMN history.arm_interventions.is_alternative IS 'Whether participants got this or another one of the arm.';
COMMENT ON COLUMN history.arm_interventions.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.arm_interventions.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.outcomes (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.outcomes IS 'Rows that outcomes once had and no longer has, or no longer has so. One outcome measure of a trial at one time frame, in one population and subgroup.';
COMMENT ON COLUMN history.outcomes.outcome_id IS 'The outcome''s id.';
COMMENT ON COLUMN history.outcomes.trial_id IS 'The trial.';
COMMENT ON COLUMN history.outcomes.measure IS 'The outcome measure as written.';
COMMENT ON COLUMN history.outcomes.measure_norm IS 'The measure''s preferred name in the vocabulary, or null.';
COMMENT ON COLUMN history.outcomes.outcome_type IS 'Its place among the trial''s outcomes, where stated. One of: PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED, POST_HOC, ADVERSE_EVENT.';
COMMENT ON COLUMN history.outcomes.time_frame IS 'The time frame as written.';
COMMENT ON COLUMN history.outcomes.time_frame_days IS 'The time frame in days; a month is 30.4375 days, a year 365.25.';
COMMENT ON COLUMN history.outcomes.population IS 'The analysis population: ITT, MITT, PER_PROTOCOL, SAFETY, else as written.';
COMMENT ON COLUMN history.outcomes.subgroup IS 'The subgroup as written, where the whole report is on one as its title says it, or how many participants a further paper on fewer than half of them counts; null for all participants.';
COMMENT ON COLUMN history.outcomes.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.outcomes.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.outcome_measurements (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.outcome_measurements IS 'Rows that outcome_measurements once had and no longer has, or no longer has so. One number of one arm. ''51 of 119 (43 %)'' is two rows; a reduction of 77 % is a change of -77.';
COMMENT ON COLUMN history.outcome_measurements.measurement_id IS 'The row''s id, which evidence refers to.';
COMMENT ON COLUMN history.outcome_measurements.outcome_id IS 'The outcome.';
COMMENT ON COLUMN history.outcome_measurements.arm_id IS 'The arm; null for the whole trial.';
COMMENT ON COLUMN history.outcome_measurements.group_title IS 'The title of the registry''s result group, as written.';
COMMENT ON COLUMN history.outcome_measurements.classification IS 'The row of a table within the outcome, as the registry has.';
COMMENT ON COLUMN history.outcome_measurements.category IS 'The category within the classification.';
COMMENT ON COLUMN history.outcome_measurements.statistic IS 'What kind of number it is. One of: COUNT, PERCENT, MEAN, MEDIAN, LEAST_SQUARES_MEAN, GEOMETRIC_MEAN, GEOMETRIC_LEAST_SQUARES_MEAN, LOG_MEAN, RATE, NUMBER.';
COMMENT ON COLUMN history.outcome_measurements.statistic_raw IS 'The kind of number in the registry''s word.';
COMMENT ON COLUMN history.outcome_measurements.is_change_from_baseline IS 'Whether the number is a change from baseline.';
COMMENT ON COLUMN history.outcome_measurements.is_baseline IS 'Whether the number was measured at baseline.';
COMMENT ON COLUMN history.outcome_measurements.value IS 'The number, in unit.';
COMMENT ON COLUMN history.outcome_measurements.value_modifier IS '''<'' (also for ≤) or ''>'' where the number is a bound; null where it is the value. One of: =, <, >.';
COMMENT ON COLUMN history.outcome_measurements.unit IS 'The unit in words: days, %, participants, mg/L.';
COMMENT ON COLUMN history.outcome_measurements.unit_ucum IS 'The unit as a UCUM code.';
COMMENT ON COLUMN history.outcome_measurements.n_analyzed IS 'Participants that the number is of.';
COMMENT ON COLUMN history.outcome_measurements.dispersion_type IS 'What kind of spread is given. One of: SD, SE, IQR, RANGE, CI, GEOMETRIC_COEFFICIENT.';
COMMENT ON COLUMN history.outcome_measurements.dispersion_raw IS 'The kind of spread in the registry''s words.';
COMMENT ON COLUMN history.outcome_measurements.ci_pct IS 'The level in percent, where the spread is a confidence interval.';
COMMENT ON COLUMN history.outcome_measurements.dispersion_value IS 'The spread, where it is one number, in unit.';
COMMENT ON COLUMN history.outcome_measurements.dispersion_low IS 'The lower end of the spread, in unit.';
COMMENT ON COLUMN history.outcome_measurements.dispersion_high IS 'The upper end of the spread, in unit.';
COMMENT ON COLUMN history.outcome_measurements.value_raw IS 'The number as written.';
COMMENT ON COLUMN history.outcome_measurements.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.outcome_measurements.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.outcome_analyses (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.outcome_analyses IS 'Rows that outcome_analyses once had and no longer has, or no longer has so. One comparison of an arm with a comparator: estimate, interval, p-value, or some of them.';
COMMENT ON COLUMN history.outcome_analyses.analysis_id IS 'The row''s id, which evidence refers to.';
COMMENT ON COLUMN history.outcome_analyses.outcome_id IS 'The outcome.';
COMMENT ON COLUMN history.outcome_analyses.arm_id IS 'The arm that is compared.';
COMMENT ON COLUMN history.outcome_analyses.comparator_arm_id IS 'The arm that it is compared with.';
COMMENT ON COLUMN history.outcome_analyses.group_titles IS 'The titles of the registry''s result groups that are compared, in its order, as written.';
COMMENT ON COLUMN history.outcome_analyses.groups_description IS 'What the registry says of the groups compared.';
COMMENT ON COLUMN history.outcome_analyses.non_inferiority_type IS 'The kind of hypothesis tested. One of: SUPERIORITY, NON_INFERIORITY, EQUIVALENCE, OTHER, NON_INFERIORITY_OR_EQUIVALENCE, SUPERIORITY_OR_OTHER, NON_INFERIORITY_OR_EQUIVALENCE_LEGACY, SUPERIORITY_OR_OTHER_LEGACY.';
COMMENT ON COLUMN history.outcome_analyses.effect IS 'What kind of effect the estimate is; null where effect_raw fits none of the words. One of: HAZARD_RATIO, RISK_RATIO, ODDS_RATIO, RATE_RATIO, GEOMETRIC_MEAN_RATIO, RISK_DIFFERENCE, RATE_DIFFERENCE, MEAN_DIFFERENCE, MEDIAN_DIFFERENCE, LS_MEAN_DIFFERENCE, HAZARD_RATIO_LOG, RISK_RATIO_LOG, ODDS_RATIO_LOG, SLOPE, P_VALUE_ONLY.';
COMMENT ON COLUMN history.outcome_analyses.effect_raw IS 'The kind of effect in the registry''s words.';
COMMENT ON COLUMN history.outcome_analyses.estimate IS 'The estimate, in unit.';
COMMENT ON COLUMN history.outcome_analyses.unit IS 'The unit in words; ''percentage points'' for differences of percentages.';
COMMENT ON COLUMN history.outcome_analyses.dispersion_type IS 'What kind of spread the estimate has. One of: SD, SE, IQR, RANGE, CI, GEOMETRIC_COEFFICIENT.';
COMMENT ON COLUMN history.outcome_analyses.dispersion_value IS 'The spread of the estimate, in unit.';
COMMENT ON COLUMN history.outcome_analyses.ci_pct IS 'The level of the confidence interval in percent.';
COMMENT ON COLUMN history.outcome_analyses.ci_n_sides IS 'Whether the interval has one end or two. One of: ONE_SIDED, TWO_SIDED.';
COMMENT ON COLUMN history.outcome_analyses.ci_low IS 'The lower end of the confidence interval.';
COMMENT ON COLUMN history.outcome_analyses.ci_high IS 'The upper end of the confidence interval.';
COMMENT ON COLUMN history.outcome_analyses.p_value IS 'The p-value, as p_modifier says.';
COMMENT ON COLUMN history.outcome_analyses.p_modifier IS '''='' or ''<'' (also for ≤) or ''>''. One of: =, <, >.';
COMMENT ON COLUMN history.outcome_analyses.p_raw IS 'The p-value as written.';
COMMENT ON COLUMN history.outcome_analyses.method IS 'The statistical method as written.';
COMMENT ON COLUMN history.outcome_analyses.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.outcome_analyses.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.documents (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.documents IS 'Rows that documents once had and no longer has, or no longer has so. One record of one source: a registry record, an abstract, a page. Documents without a trial say why.';
COMMENT ON COLUMN history.documents.document_id IS 'The document''s id.';
COMMENT ON COLUMN history.documents.source IS 'The source it was received from.';
COMMENT ON COLUMN history.documents.kind IS 'What kind of document it is; null where no word fits. One of: registry, abstract, fulltext, preprint, news, portal, notice.';
COMMENT ON COLUMN history.documents.url IS 'Its public address, where one is known.';
COMMENT ON COLUMN history.documents.title IS 'Its title.';
COMMENT ON COLUMN history.documents.journal IS 'The journal or outlet as written.';
COMMENT ON COLUMN history.documents.published IS 'First day of the stated date of publication.';
COMMENT ON COLUMN history.documents.published_precision IS 'How precisely published was stated. One of: day, month, year.';
COMMENT ON COLUMN history.documents.language IS 'The language of its body, as ISO 639-1.';
COMMENT ON COLUMN history.documents.other_languages IS 'Languages of the copies of its text that it holds.';
COMMENT ON COLUMN history.documents.pmid IS 'Its own PubMed id.';
COMMENT ON COLUMN history.documents.pmcid IS 'Its own PubMed Central id.';
COMMENT ON COLUMN history.documents.doi IS 'Its own DOI, lower case apart from what the publisher capitalises.';
COMMENT ON COLUMN history.documents.is_partial IS 'Whether the text is known to be a part of the document.';
COMMENT ON COLUMN history.documents.partial_reason IS 'What tells that it is a part; null where nothing was noted.';
COMMENT ON COLUMN history.documents.license IS 'The licence of the text, as SPDX id or as stated; null is unknown.';
COMMENT ON COLUMN history.documents.text_mining_reservation IS 'The words or the signal that reserve text and data mining; null where none were found.';
COMMENT ON COLUMN history.documents.fetched_at IS 'When these bytes were received (UTC).';
COMMENT ON COLUMN history.documents.sha256 IS 'The SHA-256 of the bytes in the landing store.';
COMMENT ON COLUMN history.documents.problem IS 'Why no trial was read from it; null when one was.';
COMMENT ON COLUMN history.documents.evidence_status IS 'The gravest of notices. CURRENT, too, in what history holds of releases before schema version 4. One of: CURRENT, RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED.';
COMMENT ON COLUMN history.documents.notices IS 'What notices about it, and records of the same paper, say became of it, each kind once and the gravest first: RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED.';
COMMENT ON COLUMN history.documents.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.documents.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.document_relations (
    from_document_id VARCHAR NOT NULL,
    to_document_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.document_relations IS 'Rows that document_relations once had and no longer has, or no longer has so. What one document is to another: a preprint of it, an erratum for it.';
COMMENT ON COLUMN history.document_relations.from_document_id IS 'The document that stands in the relation.';
COMMENT ON COLUMN history.document_relations.to_document_id IS 'The document that it stands in the relation to.';
COMMENT ON COLUMN history.document_relations.relation IS 'The relation, read from the left. One of: DUPLICATE_OF, TRANSLATION_OF, PREPRINT_OF, ERRATUM_FOR, RETRACTION_OF, CONCERN_ABOUT, COMMENT_ON, PROTOCOL_OF, CONFERENCE_ABSTRACT_OF, OTHER_PART_OF, CITES.';
COMMENT ON COLUMN history.document_relations.method IS 'How it was found.';
COMMENT ON COLUMN history.document_relations.confidence IS 'From 0 to 1.';
COMMENT ON COLUMN history.document_relations.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.document_relations.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.trial_documents (
    trial_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    role VARCHAR,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.trial_documents IS 'Rows that trial_documents once had and no longer has, or no longer has so. A document about a trial, in which role, and why it was linked.';
COMMENT ON COLUMN history.trial_documents.trial_id IS 'The trial.';
COMMENT ON COLUMN history.trial_documents.document_id IS 'The document.';
COMMENT ON COLUMN history.trial_documents.role IS 'What the document is to the trial; null for a notice or a document of no known kind. One of: REGISTRATION, PROTOCOL, PRIMARY_RESULTS, SECONDARY_RESULTS, NEWS, REVIEW_MENTION.';
COMMENT ON COLUMN history.trial_documents.method IS 'How the link was found.';
COMMENT ON COLUMN history.trial_documents.confidence IS 'From 0 to 1.';
COMMENT ON COLUMN history.trial_documents.reason IS 'The link in a sentence.';
COMMENT ON COLUMN history.trial_documents.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.trial_documents.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.evidence (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.evidence IS 'Rows that evidence once had and no longer has, or no longer has so. The characters that one cell was read from: document_texts from span_start to span_end is the quote.';
COMMENT ON COLUMN history.evidence.table_name IS 'The table of the cell.';
COMMENT ON COLUMN history.evidence.row_id IS 'The id of the row.';
COMMENT ON COLUMN history.evidence.column_name IS 'The column.';
COMMENT ON COLUMN history.evidence.document_id IS 'The document that it was read from.';
COMMENT ON COLUMN history.evidence.locator IS 'The JSON or XML path; null for text.';
COMMENT ON COLUMN history.evidence.span_start IS 'First character of the quote in the document''s text, from 0.';
COMMENT ON COLUMN history.evidence.span_end IS 'One past the last character of the quote.';
COMMENT ON COLUMN history.evidence.quote IS 'The document''s text from span_start to span_end.';
COMMENT ON COLUMN history.evidence.extractor IS 'What read it.';
COMMENT ON COLUMN history.evidence.extractor_version IS 'The version of what read it.';
COMMENT ON COLUMN history.evidence.rule IS 'The rule that bound it.';
COMMENT ON COLUMN history.evidence.confidence IS 'How often the rule is right, from 0 to 1; null is unmeasured.';
COMMENT ON COLUMN history.evidence.is_main IS 'Whether the cell was taken from here; other evidence agrees with it.';
COMMENT ON COLUMN history.evidence.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.evidence.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.document_texts (
    document_id VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    is_whole BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.document_texts IS 'Rows that document_texts once had and no longer has, or no longer has so. A document''s text, whole where its licence lets it be passed on, else the quoted sentences at their offsets.';
COMMENT ON COLUMN history.document_texts.document_id IS 'The document.';
COMMENT ON COLUMN history.document_texts.span_start IS 'Where in the document''s text this piece begins, in characters from 0.';
COMMENT ON COLUMN history.document_texts.span_end IS 'One past its last character.';
COMMENT ON COLUMN history.document_texts.text IS 'The characters.';
COMMENT ON COLUMN history.document_texts.is_whole IS 'Whether this is the document''s whole text.';
COMMENT ON COLUMN history.document_texts.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.document_texts.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.candidates (
    document_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.candidates IS 'Rows that candidates once had and no longer has, or no longer has so. Something that was read and is not trusted, with the reason.';
COMMENT ON COLUMN history.candidates.document_id IS 'The document.';
COMMENT ON COLUMN history.candidates.kind IS 'What it looks like.';
COMMENT ON COLUMN history.candidates.span_start IS 'First character in the document''s text, from 0.';
COMMENT ON COLUMN history.candidates.span_end IS 'One past the last character.';
COMMENT ON COLUMN history.candidates.quote IS 'The characters.';
COMMENT ON COLUMN history.candidates.reason IS 'Why it was not bound.';
COMMENT ON COLUMN history.candidates.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.candidates.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.conflicts (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.conflicts IS 'Rows that conflicts once had and no longer has, or no longer has so. Two documents that say different things about one cell: what was kept, what was not, and by which rule.';
COMMENT ON COLUMN history.conflicts.table_name IS 'The table of the cell.';
COMMENT ON COLUMN history.conflicts.row_id IS 'The id of the row.';
COMMENT ON COLUMN history.conflicts.column_name IS 'The column.';
COMMENT ON COLUMN history.conflicts.kept_value IS 'The value in the table, as text.';
COMMENT ON COLUMN history.conflicts.kept_document_id IS 'The document that it was read from.';
COMMENT ON COLUMN history.conflicts.other_value IS 'What the other document says, as text.';
COMMENT ON COLUMN history.conflicts.other_document_id IS 'The other document.';
COMMENT ON COLUMN history.conflicts.rule IS 'The rule that decided.';
COMMENT ON COLUMN history.conflicts.other_quote IS 'The other document''s text from `other_span_start` on.';
COMMENT ON COLUMN history.conflicts.other_span_start IS 'Where the quote begins in the other document''s text.';
COMMENT ON COLUMN history.conflicts.other_span_end IS 'Where it ends.';
COMMENT ON COLUMN history.conflicts.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.conflicts.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.doubtful_pairs (
    subject VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    left_document_id VARCHAR,
    right_document_id VARCHAR,
    method VARCHAR NOT NULL,
    score DOUBLE,
    reason VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.doubtful_pairs IS 'Rows that doubtful_pairs once had and no longer has, or no longer has so. Two things that may be one and were kept apart, since nothing read decides it: for a person to look at.';
COMMENT ON COLUMN history.doubtful_pairs.subject IS 'What both are: documents, trials, arms or outcomes. One of: document, trial, arm, outcome.';
COMMENT ON COLUMN history.doubtful_pairs.left_id IS 'The id of one of them; the smaller id stands left.';
COMMENT ON COLUMN history.doubtful_pairs.right_id IS 'The id of the other.';
COMMENT ON COLUMN history.doubtful_pairs.left_document_id IS 'The document that speaks of the left one.';
COMMENT ON COLUMN history.doubtful_pairs.right_document_id IS 'The document that speaks of the right one.';
COMMENT ON COLUMN history.doubtful_pairs.method IS 'How they were compared.';
COMMENT ON COLUMN history.doubtful_pairs.score IS 'How alike they are, from 0 to 1; null where nothing was counted.';
COMMENT ON COLUMN history.doubtful_pairs.reason IS 'What they have in common and what is in doubt, in a sentence.';
COMMENT ON COLUMN history.doubtful_pairs.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.doubtful_pairs.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.checks (
    check_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    sql VARCHAR NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.checks IS 'Rows that dq.checks once had and no longer has, or no longer has so. A data-quality check: a query for the bad rows.';
COMMENT ON COLUMN history.checks.check_id IS 'The check''s name: table and file name, ''arms/sum_is_enrollment''.';
COMMENT ON COLUMN history.checks.table_name IS 'The table that it looks at.';
COMMENT ON COLUMN history.checks.severity IS 'What a failure does. One of: info, warn, error, block.';
COMMENT ON COLUMN history.checks.message IS 'What is wrong with a row that fails, in a sentence.';
COMMENT ON COLUMN history.checks.action IS 'What to do about it.';
COMMENT ON COLUMN history.checks.owner IS 'Who decides.';
COMMENT ON COLUMN history.checks.sql IS 'The query.';
COMMENT ON COLUMN history.checks.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.checks.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.check_runs (
    run_id VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    failing_rows BIGINT,
    why VARCHAR,
    checked_at TIMESTAMP NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.check_runs IS 'Rows that dq.check_runs once had and no longer has, or no longer has so. One run of one check over one build. ''not_evaluated'' is not a pass.';
COMMENT ON COLUMN history.check_runs.run_id IS 'The refresh run.';
COMMENT ON COLUMN history.check_runs.check_id IS 'The check.';
COMMENT ON COLUMN history.check_runs.status IS 'passed, failed or not_evaluated. One of: passed, failed, not_evaluated.';
COMMENT ON COLUMN history.check_runs.failing_rows IS 'How many rows failed; null when it was not evaluated.';
COMMENT ON COLUMN history.check_runs.why IS 'Why it was not evaluated.';
COMMENT ON COLUMN history.check_runs.checked_at IS 'When (UTC).';
COMMENT ON COLUMN history.check_runs.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.check_runs.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.alerts (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.alerts IS 'Rows that dq.alerts once had and no longer has, or no longer has so. A failing row with a life: one per check, entity and column, the same id as long as it is the same matter.';
COMMENT ON COLUMN history.alerts.alert_id IS 'The alert''s id.';
COMMENT ON COLUMN history.alerts.fingerprint IS 'What it is about: check, table, row and column, without values or message.';
COMMENT ON COLUMN history.alerts.check_id IS 'The check that raised it.';
COMMENT ON COLUMN history.alerts.severity IS 'The check''s severity. One of: info, warn, error, block.';
COMMENT ON COLUMN history.alerts.state IS 'Where in its life it is. One of: open, acknowledged, waived, resolved, reopened.';
COMMENT ON COLUMN history.alerts.table_name IS 'The table of the row.';
COMMENT ON COLUMN history.alerts.row_id IS 'The row.';
COMMENT ON COLUMN history.alerts.column_name IS 'The column, where one is to blame.';
COMMENT ON COLUMN history.alerts.trial_id IS 'The trial, where there is one.';
COMMENT ON COLUMN history.alerts.document_id IS 'The document, where there is one.';
COMMENT ON COLUMN history.alerts.message IS 'What is wrong, with the values.';
COMMENT ON COLUMN history.alerts.evidence_hash IS 'A hash of the message with its values, and of the quotes.';
COMMENT ON COLUMN history.alerts.first_seen IS 'When it was first raised (UTC).';
COMMENT ON COLUMN history.alerts.last_seen IS 'When its check last failed on it (UTC).';
COMMENT ON COLUMN history.alerts.waived_until IS 'The end of its waiver.';
COMMENT ON COLUMN history.alerts.reason IS 'Why it is in this state: of a waived one a word (false_positive, accepted, …), else a sentence.';
COMMENT ON COLUMN history.alerts.comment IS 'What the person said who brought it into this state.';
COMMENT ON COLUMN history.alerts.decided_by IS 'The person who brought it into this state; null when none did.';
COMMENT ON COLUMN history.alerts.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.alerts.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.alert_events (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.alert_events IS 'Rows that dq.alert_events once had and no longer has, or no longer has so. A step in an alert''s life; rows are only ever added.';
COMMENT ON COLUMN history.alert_events.alert_id IS 'The alert.';
COMMENT ON COLUMN history.alert_events.event_no IS 'From 1 within the alert.';
COMMENT ON COLUMN history.alert_events.occurred_at IS 'When (UTC).';
COMMENT ON COLUMN history.alert_events.actor IS 'Who: a person''s name, or ''refresh''.';
COMMENT ON COLUMN history.alert_events.from_state IS 'The state before; null when it was raised. One of: open, acknowledged, waived, resolved, reopened.';
COMMENT ON COLUMN history.alert_events.to_state IS 'The state after. One of: open, acknowledged, waived, resolved, reopened.';
COMMENT ON COLUMN history.alert_events.reason IS 'Why.';
COMMENT ON COLUMN history.alert_events.comment IS 'What the person said.';
COMMENT ON COLUMN history.alert_events.waived_until IS 'The last day of the waiver that was given.';
COMMENT ON COLUMN history.alert_events.decision_id IS 'The decision of a person that it carries out.';
COMMENT ON COLUMN history.alert_events.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.alert_events.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.alert_decisions (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.alert_decisions IS 'Rows that dq.alert_decisions once had and no longer has, or no longer has so. What a person decided of an alert; rows are only ever added. They are made in the ledger of decisions.';
COMMENT ON COLUMN history.alert_decisions.decision_id IS 'The decision''s id.';
COMMENT ON COLUMN history.alert_decisions.decided_at IS 'When (UTC).';
COMMENT ON COLUMN history.alert_decisions.actor IS 'Who.';
COMMENT ON COLUMN history.alert_decisions.alert_id IS 'The alert.';
COMMENT ON COLUMN history.alert_decisions.fingerprint IS 'What the alert is about: check, table, row and column.';
COMMENT ON COLUMN history.alert_decisions.action IS 'What was done. One of: acknowledge, waive, resolve, reopen.';
COMMENT ON COLUMN history.alert_decisions.reason IS 'Why it is waived. One of: false_positive, accepted, source_error, known_limitation.';
COMMENT ON COLUMN history.alert_decisions.comment IS 'In the person''s words.';
COMMENT ON COLUMN history.alert_decisions.waived_until IS 'The last day of the waiver.';
COMMENT ON COLUMN history.alert_decisions.evidence_hash IS 'The alert''s hash of values and quotes when it was decided.';
COMMENT ON COLUMN history.alert_decisions.message IS 'What the alert said when it was decided.';
COMMENT ON COLUMN history.alert_decisions.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.alert_decisions.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.judgements (
    judgement_id VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    comment VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.judgements IS 'Rows that dq.judgements once had and no longer has, or no longer has so. What a person judged of two documents or two trials; rows are only ever added, and the last one counts.';
COMMENT ON COLUMN history.judgements.judgement_id IS 'The judgement''s id.';
COMMENT ON COLUMN history.judgements.decided_at IS 'When (UTC).';
COMMENT ON COLUMN history.judgements.actor IS 'Who.';
COMMENT ON COLUMN history.judgements.subject IS 'Whether documents or trials are judged. One of: document, trial.';
COMMENT ON COLUMN history.judgements.left_id IS 'One of them; the one whose id sorts first.';
COMMENT ON COLUMN history.judgements.right_id IS 'The other.';
COMMENT ON COLUMN history.judgements.verdict IS 'Whether they are the same. One of: same, different, unsure, withdrawn.';
COMMENT ON COLUMN history.judgements.comment IS 'Why, in the person''s words.';
COMMENT ON COLUMN history.judgements.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.judgements.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.quarantine (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.quarantine IS 'Rows that dq.quarantine once had and no longer has, or no longer has so. What was set aside, and why: a received record that gave no row, or a row or cell that failed a check.';
COMMENT ON COLUMN history.quarantine.source IS 'The source of the record; ''build'' for a row or cell that a check set aside.';
COMMENT ON COLUMN history.quarantine.record_id IS 'The record''s id at the source; of a row table/row, of a cell table/row/column.';
COMMENT ON COLUMN history.quarantine.sha256 IS 'The SHA-256 of the record''s bytes, or of `content`.';
COMMENT ON COLUMN history.quarantine.stage IS 'Where on the way it was set aside.';
COMMENT ON COLUMN history.quarantine.cause IS 'The cause, a word for counting; the check that failed.';
COMMENT ON COLUMN history.quarantine.message IS 'What went wrong and what to do.';
COMMENT ON COLUMN history.quarantine.table_name IS 'The table of the row that was set aside.';
COMMENT ON COLUMN history.quarantine.row_id IS 'The row, or the row of the cell.';
COMMENT ON COLUMN history.quarantine.column_name IS 'The column of the cell.';
COMMENT ON COLUMN history.quarantine.trial_id IS 'The trial, where there is one.';
COMMENT ON COLUMN history.quarantine.document_id IS 'The document, where there is one.';
COMMENT ON COLUMN history.quarantine.content IS 'What was set aside, as JSON: the row or the cell, its evidence, and rows that referred to it.';
COMMENT ON COLUMN history.quarantine.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.quarantine.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.releases (
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
    trust_sha256 VARCHAR,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.releases IS 'Rows that meta.releases once had and no longer has, or no longer has so. A release of the warehouse, up to and including this one, and what it was made with. Where two releases differ and no document explains it, what differs here does.';
COMMENT ON COLUMN history.releases.release_no IS 'From 1, in the order of publishing.';
COMMENT ON COLUMN history.releases.release_id IS 'A date and a running number: 2026.11.21.01.';
COMMENT ON COLUMN history.releases.published_at IS 'When (UTC).';
COMMENT ON COLUMN history.releases.tag IS 'A name that people gave it.';
COMMENT ON COLUMN history.releases.message IS 'What people said of it.';
COMMENT ON COLUMN history.releases.status IS 'published or withdrawn. One of: published, withdrawn.';
COMMENT ON COLUMN history.releases.reason IS 'Why it was withdrawn.';
COMMENT ON COLUMN history.releases.rows_are_lost IS 'Whether its file was damaged when the ledger had to be made anew: no history has its rows.';
COMMENT ON COLUMN history.releases.schema_version IS 'The version of the tables, from 1.';
COMMENT ON COLUMN history.releases.content_hash IS 'One hash of the rows of main and of the checks.';
COMMENT ON COLUMN history.releases.code_version IS 'The version of the code, and a fingerprint of what reads.';
COMMENT ON COLUMN history.releases.extractor_version IS 'The version of the rules that read numbers in texts.';
COMMENT ON COLUMN history.releases.vocabulary_sha256 IS 'The SHA-256 of the vocabularies.';
COMMENT ON COLUMN history.releases.judgements_sha256 IS 'The SHA-256 of the judgements of people; null is none.';
COMMENT ON COLUMN history.releases.trust_sha256 IS 'The SHA-256 of the orders of trust (config/trust.toml).';
COMMENT ON COLUMN history.releases.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.releases.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    profile VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    release_id VARCHAR,
    code_version VARCHAR NOT NULL,
    interval_first DATE,
    interval_last DATE,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.runs IS 'Rows that meta.runs once had and no longer has, or no longer has so. A refresh run, up to and including the one that made this release.';
COMMENT ON COLUMN history.runs.run_id IS 'The run''s id; ids sort by start.';
COMMENT ON COLUMN history.runs.started_at IS 'When it began (UTC).';
COMMENT ON COLUMN history.runs.finished_at IS 'When it ended (UTC); null while it runs.';
COMMENT ON COLUMN history.runs.profile IS 'The profile of its configuration, or ''files''.';
COMMENT ON COLUMN history.runs.status IS 'How it ended. One of: running, published, unchanged, blocked, failed.';
COMMENT ON COLUMN history.runs.release_id IS 'The release that it published.';
COMMENT ON COLUMN history.runs.code_version IS 'The version and fingerprint of the code and vocabularies.';
COMMENT ON COLUMN history.runs.interval_first IS 'The first day (UTC) that it asked sources for; null where it asked none.';
COMMENT ON COLUMN history.runs.interval_last IS 'The last day (UTC) that it asked sources for; done once the day was over when it began.';
COMMENT ON COLUMN history.runs.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.runs.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.sources (
    source VARCHAR NOT NULL,
    publisher VARCHAR,
    license VARCHAR,
    may_be_passed_on BOOLEAN NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.sources IS 'Rows that meta.sources once had and no longer has, or no longer has so. A source, its publisher and the terms of its texts.';
COMMENT ON COLUMN history.sources.source IS 'The source''s name.';
COMMENT ON COLUMN history.sources.publisher IS 'Who publishes it.';
COMMENT ON COLUMN history.sources.license IS 'The licence of its texts; null is unknown.';
COMMENT ON COLUMN history.sources.may_be_passed_on IS 'Whether releases may hold its whole texts.';
COMMENT ON COLUMN history.sources.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.sources.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.accounting (
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
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.accounting IS 'Rows that meta.accounting once had and no longer has, or no longer has so. The records of one run by source: asked = received + missing, received = landed + unchanged.';
COMMENT ON COLUMN history.accounting.run_id IS 'The run.';
COMMENT ON COLUMN history.accounting.source IS 'The source.';
COMMENT ON COLUMN history.accounting.topic IS 'The topic that was asked for.';
COMMENT ON COLUMN history.accounting.matched IS 'Records that the source says match, and those asked for by name.';
COMMENT ON COLUMN history.accounting.asked IS 'Records that were asked for.';
COMMENT ON COLUMN history.accounting.received IS 'Records whose bytes came.';
COMMENT ON COLUMN history.accounting.missing IS 'Records asked for that did not come; each has a cause.';
COMMENT ON COLUMN history.accounting.landed IS 'Received records that are new or changed.';
COMMENT ON COLUMN history.accounting.unchanged IS 'Received records whose bytes were landed before.';
COMMENT ON COLUMN history.accounting.parsed IS 'Received records that became a document.';
COMMENT ON COLUMN history.accounting.dropped IS 'Received records that did not become a document; each has a cause.';
COMMENT ON COLUMN history.accounting.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.accounting.until_release_no IS 'The number of the first release that no longer had this row as it is here.';

CREATE TABLE history.accounting_causes (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    is_explained BOOLEAN NOT NULL,
    times BIGINT NOT NULL,
    since_release_no BIGINT NOT NULL,
    until_release_no BIGINT NOT NULL
);

COMMENT ON TABLE history.accounting_causes IS 'Rows that meta.accounting_causes once had and no longer has, or no longer has so. Why one record is missing, was dropped, or stands for another.';
COMMENT ON COLUMN history.accounting_causes.run_id IS 'The run.';
COMMENT ON COLUMN history.accounting_causes.source IS 'The source.';
COMMENT ON COLUMN history.accounting_causes.record_id IS 'The record''s id at the source.';
COMMENT ON COLUMN history.accounting_causes.stage IS 'Where on the way: fetch, land, parse, extract.';
COMMENT ON COLUMN history.accounting_causes.cause IS 'The cause: a word for counting, then what went wrong and what to do.';
COMMENT ON COLUMN history.accounting_causes.is_explained IS 'Whether the source itself says why, so that nothing is lost.';
COMMENT ON COLUMN history.accounting_causes.times IS 'How often it is counted: once for each slice of the run that asked for it.';
COMMENT ON COLUMN history.accounting_causes.since_release_no IS 'The number of the release from which on this row was as it is here.';
COMMENT ON COLUMN history.accounting_causes.until_release_no IS 'The number of the first release that no longer had this row as it is here.';
