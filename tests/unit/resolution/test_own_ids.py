"""The registry ids that are a document's own: what another trial's number in its text makes of it."""

from collections.abc import Callable

import pytest

from tests.unit.resolution.conftest import number
from tests.unit.resolution.test_stated_ids import BACKGROUND, CONCLUSIONS, METHODS, NCT, OWN, TITLE, Part, abstract
from trialhouse.model.document import Document, Section
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import (
    ArmClaim,
    Candidate,
    DocumentFacts,
    Extraction,
    InterventionClaim,
    OutcomeClaim,
    TrialClaim,
)
from trialhouse.model.tables import (
    CandidateRow,
    DoubtfulPairRow,
    EvidenceRow,
    OutcomeMeasurementRow,
    RowSet,
    TrialDocumentRow,
    TrialRegistrationRow,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.brief import Brief, open_brief
from trialhouse.resolution.in_brief import standings_of
from trialhouse.resolution.own_ids import own_claims
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.resolve import resolve
from trialhouse.resolution.reviews import review_of
from trialhouse.resolution.stated_ids import Standing

Make = Callable[..., Reading]
SECOND = "NCT09990103"
EARLIER = (BACKGROUND, f"In LUNV ({NCT}), velimab reduced gout flares.")
DONE = (METHODS, "We randomly assigned 300 adults to velimab or placebo.")
LINE = (CONCLUSIONS, f"Velimab reduced flares. TRIAL REGISTRATION: {OWN}.")


def read(document: Document, *registry_ids: str) -> Extraction:
    """What is read from a document: one number, and these registry ids; of several of one registry none is its own."""
    several = () if registry_ids else tuple(dict.fromkeys(one.value for one in document.registry_ids))
    places = {one.value: one for one in document.registry_ids}
    return Extraction(
        id="a",
        text_sha256="",
        document=DocumentFacts(),
        trial=TrialClaim(registry_ids=registry_ids, enrollment=300),
        arms=(ArmClaim(key="v", label="Velimab", interventions=(InterventionClaim(name="velimab"),)),),
        outcomes=(OutcomeClaim(measure="Flares", measurements=(number("v", 20),)),),
        candidates=tuple(
            Candidate(
                kind="registry_id",
                start=places[value].start,
                end=places[value].end,
                quote=value,
                reason="several_registrations",
            )
            for value in several
        ),
    )


def own(document: Document, *registry_ids: str) -> tuple[str, ...]:
    return own_claims(document, read(document, *registry_ids)).trial.registry_ids


def test_a_number_that_is_mentioned_beside_a_registration_is_no_second_id() -> None:
    assert own(abstract(EARLIER, DONE, LINE), NCT, OWN) == (OWN,)
    assert own(abstract((METHODS, f"Velimab was studied in Asia ({NCT})."), LINE), NCT, OWN) == (OWN,)
    assert own(abstract(EARLIER, DONE, line=f"ISRCTN/{OWN}"), NCT, OWN) == (OWN,)


@pytest.mark.parametrize(
    "parts",
    [
        ((CONCLUSIONS, f"TRIAL REGISTRATION: ClinicalTrials.gov {NCT}; {OWN}."),),
        ((CONCLUSIONS, f"Registered at ClinicalTrials.gov ({NCT}). It is also registered as {OWN}."),),
        ((METHODS, f"In this double-blind trial ({NCT}), adults took velimab."), LINE),
        ((METHODS, f"Velimab was given to adults ({NCT}, {OWN})."),),
        ((METHODS, f"The study is registered with ClinicalTrials.gov, number {NCT}, and ISRCTN, number {OWN}."),),
    ],
)
def test_two_numbers_that_are_both_stated_are_of_one_trial(parts: tuple[Part, ...]) -> None:
    assert own(abstract(*parts), NCT, OWN) == (NCT, OWN)


def test_both_in_fields_are_of_one_trial_whatever_the_text_says() -> None:
    assert own(abstract(EARLIER, DONE, line=f"ClinicalTrials.gov/{NCT} ISRCTN/{OWN}"), NCT, OWN) == (NCT, OWN)


def test_the_only_number_is_its_own_unless_the_text_says_that_it_is_anothers() -> None:
    assert own(abstract((METHODS, f"Velimab was studied in Asia ({NCT}).")), NCT) == (NCT,)
    assert own(abstract((BACKGROUND, f"Velimab was tested in LUNV ({NCT})."), DONE), NCT) == (NCT,)
    assert own(abstract(EARLIER, DONE), NCT) == ()


def test_of_two_numbers_of_one_registry_the_one_that_is_stated_is_its_own() -> None:
    last = (CONCLUSIONS, f"Velimab reduced flares. TRIAL REGISTRATION: {SECOND}.")
    assert own(abstract(EARLIER, DONE, last)) == (SECOND,)
    entered = (BACKGROUND, f"Patients who completed LUNV ({NCT}) could enter LUNV-X ({SECOND}).")
    assert own(abstract(entered, line=f"ClinicalTrials.gov/{SECOND}")) == (SECOND,)


def test_the_trial_whose_design_the_methods_tell_is_the_papers_own() -> None:
    design = (METHODS, f"RIVER ({SECOND}) was a double-blind, placebo-controlled, phase 3 trial.")
    for earlier in (EARLIER, (BACKGROUND, f"In a phase 2 trial ({NCT}), velimab cut flares in 120 adults.")):
        assert own(abstract(earlier, design)) == (SECOND,)
    assert own(abstract(design, (CONCLUSIONS, "The EudraCT number is 2019-003311-20.")), SECOND, "2019-003311-20") == (
        SECOND,
        "2019-003311-20",
    )


@pytest.mark.parametrize(
    "words",
    [
        f"Patients could then enter an extension ({NCT}).",
        f"Completers could enter the open-label extension study LUNV-X ({NCT}).",
        f"A phase 3 trial ({NCT}) is ongoing.",
        f"A larger trial of velimab is under way ({NCT}).",
        f"Velimab was studied in Asia too ({NCT}).",
    ],
)
def test_a_stated_registration_decides_between_two_numbers_of_one_registry(words: str) -> None:
    undivided = f"{DONE[1]} {words} Trial registration: ClinicalTrials.gov {SECOND}."
    assert own(abstract((Section.UNASSIGNED, undivided))) == (SECOND,)
    assert own(abstract(DONE, (CONCLUSIONS, f"{words} TRIAL REGISTRATION: {SECOND}."))) == (SECOND,)


@pytest.mark.parametrize(
    "parts",
    [
        ((METHODS, f"In this phase 2 trial ({SECOND}), adults were randomised. A phase 3 trial has started ({NCT})."),),
        (DONE, (METHODS, f"A parallel trial in Japan ({NCT}) is reported apart."), (CONCLUSIONS, f"{SECOND}.")),
        ((METHODS, f"GLOW 1 ({NCT}) enrolled 90 adults. TRIAL REGISTRATION: {SECOND}."),),
        (EARLIER, (METHODS, f"The CORVANE trial ({SECOND}) compared velimab with placebo.")),
        (
            (BACKGROUND, f"Velimab was active in LUNV-1 ({NCT})."),
            (CONCLUSIONS, f"Clinical trial information: {SECOND}."),
        ),
    ],
)
def test_a_number_that_is_stated_is_believed_before_one_whose_design_is_told(parts: tuple[Part, ...]) -> None:
    assert own(abstract(*parts)) == (SECOND,)


@pytest.mark.parametrize(
    ("title", "entered"),
    [
        ("Long-term safety: the LUNV-LTE extension", f"who completed LUNV ({NCT}) could enrol in LUNV-LTE ({SECOND})"),
        ("Three-year results of an extension", f"who completed LUNV ({NCT}) could enroll in LUNV-X ({SECOND})"),
        ("Velimab: an open-label extension", f"of LUNV ({NCT}) were eligible for LUNV-OLE ({SECOND})"),
        ("Velimab: an open-label extension", f"could continue from LUNV ({NCT}) into the extension study ({SECOND})"),
        ("Velimab: a rollover study", f"entered the extension ({SECOND}) of LUNV ({NCT}) after week 52"),
        ("Long-term velimab: LUNV-LTE", f"in LUNV-LTE ({SECOND}), who had completed LUNV ({NCT}), were followed"),
        ("Long-term velimab", f"from LUNV (NCT number: {NCT}) rolled over into this study (NCT number: {SECOND})"),
    ],
)
def test_the_extension_that_participants_enter_is_what_its_report_is_on(title: str, entered: str) -> None:
    assert own(abstract((METHODS, f"Patients {entered}."), title=title)) == (SECOND,)


def test_a_number_that_was_read_as_anothers_and_is_the_papers_own_is_kept() -> None:
    """The sentence also speaks of other trials, which is why none was read."""
    text = abstract(
        (METHODS, f"We describe patients in LUNV ({NCT}) and those of other trials."), title="Who joined LUNV"
    )
    claims = read(text, NCT)
    unread = claims.model_copy(update={"trial": claims.trial.model_copy(update={"registry_ids": ()})})
    assert own_claims(text, unread).trial.registry_ids == (NCT,)
    other = abstract((METHODS, f"We describe patients and compare them with LUNV ({NCT})."))
    assert own_claims(other, unread).trial.registry_ids == ()
    news = text.model_copy(update={"kind": DocumentKind.NEWS})
    assert own_claims(news, unread).trial.registry_ids == ()


def test_the_extension_in_the_title_is_what_a_text_reports() -> None:
    entered = f"Patients who completed LUNV ({NCT}) entered LUNV-X ({SECOND})."
    assert own(abstract((Section.UNASSIGNED, entered), title="Long-term velimab in gout: LUNV-X.")) == (SECOND,)
    assert own(abstract((Section.UNASSIGNED, entered), title="Long-term velimab in gout.")) == ()


@pytest.mark.parametrize(
    "parts",
    [
        ((CONCLUSIONS, f"TRIAL REGISTRATION: {NCT} and {SECOND}."),),
        ((METHODS, f"Patients of GLOW 1 ({NCT}) were analysed. We randomised 90 in GLOW 2 ({SECOND})."),),
        ((METHODS, f"Data of GLOW 1 ({NCT}) and GLOW 2 ({SECOND}) were used. TRIAL REGISTRATION: {SECOND}."),),
        ((METHODS, f"We did two trials ({NCT}), ({SECOND})."),),
    ],
)
def test_else_it_is_a_text_on_several_trials(parts: tuple[Part, ...]) -> None:
    assert own(abstract(*parts)) == ()


def reading(document: Document, *registry_ids: str) -> Reading:
    return Reading(document, (read(document, *registry_ids),), "test", "1")


def record(make: Make, value: str) -> Reading:
    return make(value, DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=(value,), enrollment=612))


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True)


def test_another_trials_number_gives_that_trial_neither_numbers_nor_an_id(reading_of_record: Reading) -> None:
    rows = resolved(reading_of_record, reading(abstract(EARLIER, DONE, LINE), NCT, OWN))
    trials = {row.registry_id: row.trial_id for row in rows.of(TrialRegistrationRow)}
    assert len(set(trials.values())) == 2
    linked = {(row.trial_id, row.document_id) for row in rows.of(TrialDocumentRow)}
    assert linked == {(trials[NCT], f"doc-{NCT}"), (trials[OWN], "doc-a")}
    assert len(rows.of(OutcomeMeasurementRow)) == 1
    (doubt,) = rows.of(DoubtfulPairRow)
    assert (doubt.method, {doubt.left_id, doubt.right_id}) == ("mentioned_registry_id", set(trials.values()))
    (candidate,) = rows.of(CandidateRow)
    assert (candidate.quote, candidate.reason.partition(":")[0]) == (NCT, "mentioned")


def test_the_evidence_of_a_registry_id_is_where_that_id_stands() -> None:
    text = abstract(EARLIER, DONE, LINE)
    rows = resolved(reading(text, NCT, OWN))
    proofs = [row for row in rows.of(EvidenceRow) if row.column_name == "registry_id"]
    assert [(row.quote, row.span_start) for row in proofs] == [(OWN, text.text.index(OWN))]


def test_a_report_that_states_one_of_two_numbers_is_no_text_on_several_trials(reading_of_record: Reading) -> None:
    last = (CONCLUSIONS, f"Velimab reduced flares. TRIAL REGISTRATION: {SECOND}.")
    paper = reading(abstract(EARLIER, DONE, last))
    assert review_of(paper) is None
    assert {row.registry_id for row in resolved(reading_of_record, paper).of(TrialRegistrationRow)} == {NCT, SECOND}


def test_a_text_of_which_only_anothers_number_was_read_is_of_no_trial() -> None:
    document = abstract(EARLIER)
    named = Extraction(id="a", text_sha256="", document=DocumentFacts(), trial=TrialClaim(registry_ids=(NCT,)))
    assert resolved(Reading(document, (named,), "test", "1")).of(TrialDocumentRow) == []


def test_a_brief_knows_its_own_ids() -> None:
    document = abstract(EARLIER, DONE, LINE)
    claims = (read(document, NCT, OWN),)
    written = Brief.of(document, claims).written()
    opened, (brief,) = open_brief(written, "a", lambda name: (document, claims))
    assert brief.trial.registry_ids == (OWN,)
    assert own_claims(document, brief) == brief
    assert opened.title == TITLE
    assert standings_of(opened) == {NCT: Standing.OF_ANOTHER}


@pytest.fixture
def reading_of_record(reading: Make) -> Reading:
    """The registry record of the earlier trial."""
    return record(reading, NCT)
