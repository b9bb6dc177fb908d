"""The primary outcomes of a paper against the registered ones: switched, added, missing, at another time."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, OutcomeType
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import OutcomeClaim, TrialClaim
from trialhouse.model.tables import ConflictRow, DocumentTextRow, OutcomeRow, RowSet
from trialhouse.model.vocabulary import MeasureTerm, Vocabulary
from trialhouse.resolution.resolve import Reading, resolve

ONE = TrialClaim(registry_ids=("NCT09990001",))
NORMS = ("remission", "relapse", "FEV1", "HbA1c", "PASI 75", "PASI 90")
VOCABULARY = Vocabulary(measures=tuple(MeasureTerm(name=name, norm=name) for name in NORMS))
PRIMARY, SECONDARY = OutcomeType.PRIMARY, OutcomeType.SECONDARY
SENTENCE = "The primary end point was {0} at week 12."
Told = list[tuple[str, str, str, str]]


def claim(measure: str, kind: OutcomeType | None, frame: str | None = None, weeks: float | None = None, **more: Any):
    return OutcomeClaim(
        measure=measure,
        outcome_type=kind,
        time_frame=frame,
        time_frame_weeks=weeks,
        norm=more.pop("norm", None),
        **more,
    )


@pytest.fixture
def paper(reading: Callable[..., Reading]) -> Callable[..., Reading]:
    """A paper with these words and outcomes."""

    def made(words: str, *outcomes: OutcomeClaim, kind: DocumentKind = DocumentKind.ABSTRACT, **more: Any) -> Reading:
        body = Zone(kind=ZoneKind.BODY, start=0, end=len(words))
        name, facts = more.pop("name", "paper"), {"title": more.pop("title", "A trial of quenosartan")}
        made = reading(name, kind, trial=ONE, outcomes=outcomes, facts=facts, **more)
        document = made.document.model_copy(update={"text": words, "zones": (body,)})
        return Reading(document, made.extractions, made.extractor, made.extractor_version)

    return made


@pytest.fixture
def told(reading: Callable[..., Reading]) -> Callable[..., Told]:
    """What is told of a registry record with these outcomes and of papers: rule, measure of the row, both values."""

    def compare(registered: tuple[OutcomeClaim, ...], *papers: Reading) -> Told:
        record = reading("record", DocumentKind.REGISTRY, trial=ONE, outcomes=registered)
        rows = resolve([*papers, record], VOCABULARY, lambda document: False)
        measures = {row.outcome_id: row.measure for row in rows.of(OutcomeRow)}
        _ensure_quotes_are_kept(rows)
        return sorted((row.rule, measures[row.row_id], row.kept_value, row.other_value) for row in rows.of(ConflictRow))

    return compare


def _ensure_quotes_are_kept(rows: RowSet) -> None:
    """Every quote of a conflict stands in the texts, which are passed on only where they are quoted."""
    texts = [(row.document_id, row.span_start, row.text) for row in rows.of(DocumentTextRow)]
    for row in rows.of(ConflictRow):
        if row.other_quote is not None:
            assert row.other_span_start is not None
            assert any(
                name == row.other_document_id and text[row.other_span_start - start :].startswith(row.other_quote)
                for name, start, text in texts
            )


REGISTERED = (
    claim("Number of Participants in Remission", PRIMARY, "Week 12", 12),
    claim("Rate of Relapse", SECONDARY, "Week 12", 12),
)


def test_a_registered_secondary_outcome_that_a_paper_calls_primary_is_switched(paper, told):
    mine = paper(SENTENCE.format("relapse"), claim("relapse", PRIMARY, "week 12", 12), claim("remission", SECONDARY))
    assert told(REGISTERED, mine) == [
        ("outcome_switched", "Number of Participants in Remission", "PRIMARY", "SECONDARY"),
        ("outcome_switched", "Rate of Relapse", "SECONDARY", "PRIMARY"),
    ]


def test_what_the_registry_does_not_have_is_added_and_what_the_paper_does_not_have_is_missing(paper, told):
    mine = paper(SENTENCE.format("FEV1"), claim("FEV1", PRIMARY, "week 12", 12), claim("relapse", None))
    assert told(REGISTERED, mine) == [
        ("outcome_added", "FEV1", "PRIMARY", "not stated"),
        ("outcome_missing", "Number of Participants in Remission", "PRIMARY", "not stated"),
    ]


def test_a_switch_is_told_at_another_time_too_and_the_time_beside_it(paper, told):
    registered = (claim("Remission", PRIMARY, "Week 24", 24), claim("Rate of Relapse", SECONDARY, "Week 24", 24))
    secondary = claim("remission", SECONDARY, "week 12", 12)
    mine = paper(SENTENCE.format("relapse"), claim("relapse", PRIMARY, "week 12", 12), secondary)
    assert told(registered, mine) == [
        ("outcome_switched", "Rate of Relapse", "SECONDARY", "PRIMARY"),
        ("outcome_switched", "Remission", "PRIMARY", "SECONDARY"),
        ("time_frame_differs", "Rate of Relapse", "Week 24", "week 12"),
    ]


def test_a_switch_is_of_the_registered_outcome_at_the_same_time_where_there_is_one(paper, told):
    registered = (
        claim("Remission", PRIMARY, "Week 12", 12),
        claim("Rate of Relapse, later", SECONDARY, "Week 52", 52),
        claim("Rate of Relapse", SECONDARY, "Week 12", 12),
    )
    mine = paper(SENTENCE.format("relapse"), claim("relapse", PRIMARY, "week 12", 12), claim("remission", None))
    assert told(registered, mine) == [("outcome_switched", "Rate of Relapse", "SECONDARY", "PRIMARY")]


@pytest.mark.parametrize(
    ("week", "also"), [(16, []), (12, [("time_frame_differs", "Rate of PASI 90 Response", "Week 16", "week 12")])]
)
def test_measures_that_differ_by_their_number_are_two(week, also, paper, told):
    registered = (
        claim("PASI 75 Response", PRIMARY, "Week 16", 16),
        claim("Rate of PASI 90 Response", SECONDARY, "Week 16", 16),
    )
    words = f"The primary outcome was a PASI 90 response at week {week}."
    mine = paper(words, claim("PASI 90 response", PRIMARY, f"week {week}", week))
    assert told(registered, mine) == [
        ("outcome_missing", "PASI 75 Response", "PRIMARY", "not stated"),
        ("outcome_switched", "Rate of PASI 90 Response", "SECONDARY", "PRIMARY"),
        *also,
    ]


def test_another_time_in_the_sentence_that_calls_it_primary_is_told(paper, told):
    registered = (claim("Number of Participants in Remission", PRIMARY, "Baseline to Week 24", 24),)
    mine = paper(SENTENCE.format("remission"), claim("remission", PRIMARY, "week 12", 12))
    assert told(registered, mine) == [
        ("time_frame_differs", "Number of Participants in Remission", "Baseline to Week 24", "week 12")
    ]


@pytest.mark.parametrize(
    ("frame", "weeks"),
    [("3 months", 13.04), ("Up to 24 weeks", 24), ("Weeks 6, 24", 24), ("Week 24", None), ("within 12 months", 52.2)],
)
def test_times_that_are_nearly_one_or_open_or_several_are_not_told(frame, weeks, paper, told):
    registered = (claim("Number of Participants in Remission", PRIMARY, frame, weeks),)
    assert told(registered, paper(SENTENCE.format("remission"), claim("remission", PRIMARY, "week 12", 12))) == []


def test_the_same_measure_registered_for_several_times_is_not_told(paper, told):
    registered = tuple(claim(f"Remission at {week}", PRIMARY, f"Week {week}", week) for week in (24, 48))
    assert told(registered, paper(SENTENCE.format("remission"), claim("remission", PRIMARY, "week 12", 12))) == []


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        # The registered one is among those that the paper calls primary.
        ("The co-primary end points were FEV1 and remission.", [("FEV1", PRIMARY)]),
        (SENTENCE.format("FEV1"), [("FEV1", PRIMARY), ("remission", PRIMARY)]),
        # Nobody knows what the paper calls primary, or it does not say so in a sentence.
        (SENTENCE.format("wellbeing"), [("wellbeing", PRIMARY)]),
        ("FEV1 was measured.", [("FEV1", PRIMARY)]),
        ("The primary end point was met; FEV1 was a secondary one.", [("FEV1", PRIMARY)]),
        # Only in a subgroup.
        (SENTENCE.format("FEV1"), [("FEV1", "subgroup")]),
    ],
)
def test_where_the_paper_may_mean_the_registered_outcome_nothing_is_told(words, outcomes, paper, told):
    claims = [
        claim(measure, PRIMARY, subgroup="women") if kind == "subgroup" else claim(measure, kind)
        for measure, kind in outcomes
    ]
    assert told(REGISTERED, paper(words, *claims)) == []


@pytest.mark.parametrize(
    "more",
    [
        {"kind": DocumentKind.NEWS},
        {"title": "Quenosartan: a post hoc analysis"},
    ],
)
def test_what_is_no_report_of_this_trial_alone_is_not_held_against_its_registration(more, paper, told):
    assert told(REGISTERED, paper(SENTENCE.format("FEV1"), claim("FEV1", PRIMARY), **more)) == []


def test_a_second_report_beside_the_one_with_the_registered_outcome_is_not_told(paper, told):
    first = paper(SENTENCE.format("remission"), claim("remission", PRIMARY, "week 12", 12), name="first")
    second = paper(SENTENCE.format("FEV1"), claim("FEV1", PRIMARY), name="second")
    assert told(REGISTERED, first, second) == []
    assert len(told(REGISTERED, second)) == 2


def test_the_quote_is_the_sentence_that_calls_it_primary(paper, reading):
    words = "Adults took part. " + SENTENCE.format("relapse") + " All came."
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, outcomes=REGISTERED)
    rows = resolve([paper(words, claim("relapse", PRIMARY)), record], VOCABULARY, lambda document: True)
    (row,) = [row for row in rows.of(ConflictRow) if row.rule == "outcome_switched"]
    assert Evidence.of(words, row.other_span_start, row.other_span_end).quote == SENTENCE.format("relapse")
