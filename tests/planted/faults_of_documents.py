"""Faults in documents and in what ties rows to them: quotes, texts, notices, languages, keys and links."""

from tests.planted.planting import Planting, fault
from tests.planted.reports import notice, told_of_itself
from trialhouse.model.extraction import Extraction, LanguageDifference
from trialhouse.model.tables import (
    CandidateRow,
    ConflictRow,
    DocumentRelationRow,
    DocumentRow,
    DocumentTextRow,
    EvidenceRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    TrialDocumentRow,
    TrialRedirectRow,
    TrialRegistrationRow,
    TrialRow,
)


def evidence(at: Planting, table: str = "outcome_measurements") -> EvidenceRow:
    """The main evidence of a number, long enough to be cut."""
    return at.one(EvidenceRow, lambda row: row.table_name == table and row.is_main and len(row.quote) > 8)


def named(at: Planting, row: EvidenceRow) -> None:
    """Remember a row of evidence by the cell that it is about."""
    at.where["evidence"] = f"{row.table_name}/{row.row_id}"


@fault
def a_quote_stands_one_character_further_on(at: Planting) -> None:
    row = evidence(at)
    named(at, at.change(row, span_start=row.span_start + 1, span_end=row.span_end + 1))


@fault
def a_quote_was_tidied(at: Planting) -> None:
    row = at.one(EvidenceRow, lambda row: any(sign in row.quote for sign in "−–·"))
    named(at, at.change(row, quote=row.quote.replace("−", "-").replace("–", "-").replace("·", ".")))


@fault
def a_quote_ends_before_it_begins(at: Planting) -> None:
    row = evidence(at, "trials")
    named(at, at.change(row, span_start=row.span_end, span_end=row.span_start))


@fault
def a_quote_is_from_a_document_that_is_not_there(at: Planting) -> None:
    row = evidence(at)
    named(at, at.change(row, document_id="document-of-nobody"))


@fault
def a_number_has_the_quote_of_another_one(at: Planting) -> None:
    row = at.one(EvidenceRow, lambda one: one.column_name == "value" and one.is_main and one.locator)
    number = at.one(OutcomeMeasurementRow, lambda one: one.measurement_id == row.row_id)
    other = at.one(
        EvidenceRow,
        lambda one: (
            (one.document_id, one.column_name) == (row.document_id, "value")
            and (number.value_raw or "") not in one.quote
        ),
    )
    own = {"span_start": other.span_start, "span_end": other.span_end, "quote": other.quote}
    for one in at.all(EvidenceRow, lambda one: (one.row_id, one.document_id) == (row.row_id, row.document_id)):
        at.change(one, **own)
    at.where["outcome_measurements"] = number.measurement_id


@fault
def the_evidence_of_a_number_was_lost(at: Planting) -> None:
    number = at.one(OutcomeMeasurementRow)
    at.drop(at.all(EvidenceRow, lambda row: row.row_id == number.measurement_id))
    at.where["outcome_measurements"] = number.measurement_id


@fault
def the_evidence_of_a_comparison_was_lost(at: Planting) -> None:
    number = at.one(OutcomeAnalysisRow)
    at.drop(at.all(EvidenceRow, lambda row: row.row_id == number.analysis_id))
    at.where["outcome_analyses"] = number.analysis_id


@fault
def evidence_is_left_of_a_row_that_is_gone(at: Planting) -> None:
    row = evidence(at, "arms")
    named(at, at.change(row, row_id="arm-of-nobody"))


@fault
def the_line_ends_of_a_text_were_doubled(at: Planting) -> None:
    piece = at.one(DocumentTextRow, lambda row: row.is_whole and "\n" in row.text)
    at.change(piece, text=piece.text.replace("\n", "\r\n"))
    at.where["text"] = piece.document_id


@fault
def a_reserved_text_was_passed_on(at: Planting) -> None:
    piece = at.one(DocumentTextRow, lambda row: row.is_whole)
    document = at.one(DocumentRow, lambda row: row.document_id == piece.document_id)
    at.change(document, text_mining_reservation="All rights, also for text and data mining, are reserved.")


@fault
def a_document_led_to_nothing_and_nobody_says_why(at: Planting) -> None:
    at.need(len(at.trial.readings) > 1)
    link = at.all(TrialDocumentRow)[-1]
    at.where["documents"] = link.document_id
    at.need(at.one(DocumentRow, lambda row: row.document_id == link.document_id).problem is None)
    at.rows = [row for row in at.rows if row is not link]


@fault
def a_trial_was_linked_to_no_document(at: Planting) -> None:
    at.rows = [row for row in at.rows if not isinstance(row, TrialDocumentRow)]


@fault
def a_document_is_dated_seventy_years_ahead(at: Planting) -> None:
    document = at.one(DocumentRow, lambda row: row.published)
    at.need(document.published)
    at.change(document, published=document.published.replace(year=document.published.year + 70, day=1))


@fault
def a_kind_of_document_is_not_known(at: Planting) -> None:
    at.change(at.one(DocumentRow), kind="poster")


@fault
def one_id_was_given_to_two_trials(at: Planting) -> None:
    at.need(at.trial.plan.design in ("recruiting", "withdrawn"))
    at.add(at.one(TrialRow).model_copy(update={"title": "Another trial"}))


@fault
def one_document_was_written_twice(at: Planting) -> None:
    document = at.one(DocumentRow)
    at.add(document.model_copy(update={"title": "Another title"}))


@fault
def a_registration_is_of_a_trial_that_is_not_there(at: Planting) -> None:
    row = at.change(at.one(TrialRegistrationRow), trial_id="trial-of-nobody")
    at.where["trial_registrations"] = f"trial-of-nobody/{row.registry_id}"


@fault
def a_redirect_leads_to_a_trial_that_is_not_there(at: Planting) -> None:
    old = f"{at.trial.trial_id}-before"
    at.add(TrialRedirectRow(old_trial_id=old, trial_id="trial-of-nobody", reason="They are one."))


@fault
def a_notice_stands_in_a_relation_that_is_no_word(at: Planting) -> None:
    at.change(at.one(DocumentRelationRow, lambda row: row.relation == "COMMENT_ON"), relation="CORRECTS")


@fault
def a_link_is_to_a_document_that_is_not_there(at: Planting) -> None:
    link = at.all(TrialDocumentRow)[-1]
    at.need(len(at.trial.readings) == 1)
    at.add(link.model_copy(update={"document_id": "document-of-nobody"}))


@fault
def a_conflict_is_with_a_document_that_is_not_there(at: Planting) -> None:
    row = at.one(ConflictRow, lambda row: row.table_name == "outcome_measurements")
    at.change(row, other_document_id="document-of-nobody", other_quote=None)


def about_the_paper(at: Planting, relation: str) -> None:
    """A notice comes that is about the only paper of a trial."""
    at.need(len(at.trial.readings) == 1)
    paper = at.paper()
    at.read_more(notice(at.trial.plan, relation))
    at.where["documents"] = paper.document.document_id


def said_by_itself(at: Planting, status: str, words: str, name: str = "30000001") -> None:
    """The record of the only paper of a trial says what became of it; the notice is nowhere."""
    at.need(len(at.trial.readings) == 1)
    paper = at.paper()
    at.read_instead(paper, told_of_itself(paper, status, words, name))
    at.need(at.row.evidence_status == status)
    at.where["documents"] = paper.document.document_id


@fault
def the_paper_that_the_numbers_are_from_was_retracted(at: Planting) -> None:
    about_the_paper(at, "RETRACTION_OF")


@fault
def concern_was_expressed_about_the_paper_that_the_numbers_are_from(at: Planting) -> None:
    about_the_paper(at, "CONCERN_ABOUT")


@fault
def the_paper_that_the_numbers_are_from_was_corrected(at: Planting) -> None:
    about_the_paper(at, "ERRATUM_FOR")


@fault
def the_record_of_the_paper_says_that_it_was_retracted(at: Planting) -> None:
    said_by_itself(at, "RETRACTED", "publication type", "Retracted Publication")


@fault
def the_record_of_the_paper_names_the_notice_that_retracts_it(at: Planting) -> None:
    said_by_itself(at, "RETRACTED", "retraction in")


@fault
def the_record_of_the_paper_names_the_notice_that_expresses_concern(at: Planting) -> None:
    said_by_itself(at, "EXPRESSION_OF_CONCERN", "expression of concern in")


@fault
def the_record_of_the_paper_names_its_erratum(at: Planting) -> None:
    said_by_itself(at, "CORRECTED", "erratum in")


@fault
def the_record_of_the_paper_names_what_was_published_anew_in_its_place(at: Planting) -> None:
    said_by_itself(at, "CORRECTED", "corrected and republished in")


@fault
def a_copy_in_another_language_has_another_schedule(at: Planting) -> None:
    paper = at.paper()
    arm = paper.extractions[0].arms[0]
    kept = arm.interventions[0].frequency
    at.need(kept == "every other day")
    said = arm.interventions[0].evidence["frequency"]

    def differing(claims: Extraction) -> Extraction:
        difference = LanguageDifference(
            field="frequency",
            arms=(arm.key,),
            language="zh",
            kept=kept,
            other="every 2 weeks",
            evidence=said,
            other_evidence=claims.arms[1].interventions[0].evidence["name"],
        )
        return claims.model_copy(update={"language_differences": (difference,)})

    at.need(len(paper.extractions[0].arms) > 1)
    at.read_otherwise(paper, differing)


@fault
def a_copy_in_another_language_has_another_number_of_patients(at: Planting) -> None:
    paper = at.paper()
    said = paper.extractions[0].trial.evidence["enrollment"]
    n = at.trial.plan.enrollment
    difference = LanguageDifference(
        field="n", language="ja", kept=str(n), other=str(n + 6), evidence=said, other_evidence=said
    )
    at.read_otherwise(paper, lambda claims: claims.model_copy(update={"language_differences": (difference,)}))


@fault
def a_source_sends_an_element_that_nobody_reads(at: Planting) -> None:
    document = at.trial.readings[0].document
    at.add(
        CandidateRow(
            document_id=document.document_id,
            kind="unknown_field",
            span_start=0,
            span_end=5,
            quote=document.text[:5],
            reason="an element of no known name",
        )
    )
    at.where["unknown"] = f"{document.receipt.source}/{document.text[:5]}/an element of no known name"
