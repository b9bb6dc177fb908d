"""The way of a document through the room: sentences, design facts, arms, outcomes, and what was not trusted."""

from trialhouse.extraction.arm_claims import claim_arms
from trialhouse.extraction.arm_phrases import with_phrases
from trialhouse.extraction.arm_single import from_single, size_of_all
from trialhouse.extraction.arm_table import ArmTable
from trialhouse.extraction.arm_totals import settle_totals
from trialhouse.extraction.arms import called_arms, settle_arms
from trialhouse.extraction.design import Facts, read_design
from trialhouse.extraction.elements import read_matter
from trialhouse.extraction.enrollment import read_enrollment
from trialhouse.extraction.factors import has_unread_factor
from trialhouse.extraction.in_capitals import in_small_letters
from trialhouse.extraction.invisible_marks import without_marks
from trialhouse.extraction.languages import with_language_differences
from trialhouse.extraction.marked_up import in_file, prose_view, with_unknown
from trialhouse.extraction.naming import are_several, named_registrations, read_names
from trialhouse.extraction.no_trial import OBSERVED, PROTOCOL, observed_at, tells_no_trial
from trialhouse.extraction.reading import Reading, read
from trialhouse.extraction.registered_apart import TOGETHER, as_candidates, registered_apart, sentence_of
from trialhouse.extraction.registry_record import extract_registry_record
from trialhouse.extraction.results import read_results
from trialhouse.extraction.terms import lexicon
from trialhouse.model.document import Document, Identifier
from trialhouse.model.enums import Allocation, ArmType, EnrollmentType, InterventionModel, StudyType
from trialhouse.model.extraction import ArmClaim, DocumentFacts, Extraction, TrialClaim
from trialhouse.model.ids import text_sha256
from trialhouse.model.vocabulary import Vocabulary

EXTRACTOR = "trialhouse-text"
EXTRACTOR_VERSION = "18"
"""Raised by hand whenever the same document would give other claims."""


def extract(document: Document, vocabulary: Vocabulary) -> list[Extraction]:
    """The claims of one document, a record a trial; without a trial one record with neither arms nor outcomes.

    Pure: the same document and vocabulary always give the same records. Never raises on what a text says.
    """
    if document.format == "ctgov_json":
        records = [extract_registry_record(document, vocabulary)]
    elif document.prose is not None:
        view = prose_view(document, document.prose)
        records = [in_file(document, document.prose, record) for record in _read_text(view, vocabulary)]
    else:
        records = _read_text(document, vocabulary)
    return with_unknown(document, records)


def _read_text(document: Document, vocabulary: Vocabulary) -> list[Extraction]:
    """The claims of a text, whose zones and spans count in it, without marks of direction and in small letters."""
    marked = without_marks(document)
    if marked is not None:
        return [in_file(document, marked, one) for one in _read_text(prose_view(document, marked), vocabulary)]
    # Some capitals stay as they are, so that a text in small letters may look like one in capitals again.
    small = in_small_letters(document)
    if small is not None:
        return [in_file(document, small, one) for one in _read_words(prose_view(document, small), vocabulary)]
    return _read_words(document, vocabulary)


def _read_words(document: Document, vocabulary: Vocabulary) -> list[Extraction]:
    """The claims of a text as its letters are."""
    several = registered_apart(document)
    if several:
        return [_unbound(document, several)]
    reading = read(document)
    facts = Facts(document.text)
    matter = read_matter(reading, lexicon(vocabulary))
    no_trial = tells_no_trial(matter)
    _read_facts(document, reading, facts, no_trial)
    table = settle_arms(matter)
    phrased = with_phrases(matter, table)
    if phrased is not None:
        matter, table = phrased, settle_arms(phrased)
    is_readable = no_trial in (None, PROTOCOL) and not has_unread_factor(matter, table)
    table = called_arms(matter, table) if is_readable else ArmTable()
    said = facts.values.get("study_type")
    # Groups of a study that says that it observes are claimed as such; a text that does not is no study of groups.
    observed = said is None or (said is StudyType.OBSERVATIONAL and not table.settled)
    place = observed_at(document.text) if no_trial is None and observed else None
    if place is not None:
        no_trial, table = OBSERVED, ArmTable()
        facts.forget_trial()
        facts.put("study_type", StudyType.OBSERVATIONAL, *place, rule="design.study_type")
    if no_trial is None and not table.settled:
        table = from_single(matter) or table
    crossover = facts.values.get("intervention_model") is InterventionModel.CROSSOVER
    results = read_results(matter, table, crossover=crossover, no_trial=no_trial)
    settle_totals(facts, table, results.sizes)
    size_of_all(facts, table, results.sizes)
    arms = claim_arms(matter, table, results.sizes, facts.values.get("study_type")) if table.drafts else []
    _placebo_control(facts, arms)
    if table.factors:
        proof = arms[0].evidence["label"]
        facts.put(
            "intervention_model",
            InterventionModel.FACTORIAL,
            proof.start,
            proof.end,
            rule="design.factors",
            confidence=0.9,
        )
    trial = TrialClaim(title=document.title, evidence=facts.evidence, **facts.values)
    named = named_registrations(document, reading)
    together = as_candidates(document, named, TOGETHER) if are_several(named) else []
    record = Extraction(
        id=_name(document),
        text_sha256=text_sha256(document.text),
        document=document_facts(document),
        trial=trial,
        arms=tuple(arms),
        outcomes=tuple(results.outcomes),
        candidates=(*results.candidates, *together),
        error=document.problem,
    )
    return [with_language_differences(document, record)]


def _read_facts(document: Document, reading: Reading, facts: Facts, no_trial: str | None) -> None:
    """Fill what is said of the trial: its design, how many took part, and names; of a protocol what is planned."""
    read_design(reading, facts)
    if no_trial in (None, PROTOCOL):
        read_enrollment(reading, facts)
    else:
        facts.forget_trial()
    if no_trial == PROTOCOL and "enrollment_type" in facts.values:
        facts.values["enrollment_type"] = EnrollmentType.ESTIMATED
    read_names(document, reading, facts)


def _unbound(document: Document, several: list[Identifier]) -> Extraction:
    """The record of a page on several trials: their registrations as candidates, and no claim about any."""
    return Extraction(
        id=_name(document),
        text_sha256=text_sha256(document.text),
        document=document_facts(document),
        candidates=tuple(as_candidates(document, several)),
        error=sentence_of(several),
    )


def _placebo_control(facts: Facts, arms: list[ArmClaim]) -> None:
    """Whether the trial is placebo-controlled by its arms, where no words say it."""
    if len(arms) >= 2 and facts.values.get("allocation") is Allocation.RANDOMIZED:
        placebo = next((arm for arm in arms if arm.arm_type is ArmType.PLACEBO_COMPARATOR), None)
        proof = (placebo or arms[0]).evidence["label"]
        facts.put(
            "placebo_controlled",
            placebo is not None,
            proof.start,
            proof.end,
            rule="design.placebo_arm",
            confidence=0.85,
        )


def _name(document: Document) -> str:
    """The record's name: the last part of the record's id, which is a file's name or a line's id."""
    return document.receipt.record_id.replace("\\", "/").rsplit("/", 1)[-1]


def document_facts(document: Document) -> DocumentFacts:
    """The facts of the document, copied from the parser's."""
    return DocumentFacts(
        kind=document.kind,
        title=document.title,
        doi=document.doi,
        pmid=document.pmid,
        journal=document.journal,
        published=document.published,
        language=document.language,
        other_languages=document.other_languages,
        cites=tuple(one.value for one in document.cites),
        is_partial=document.is_partial,
    )
