"""Reports on a part of the participants: their numbers stand apart from the whole trial's, and contradict none."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import ArmType, DocumentKind, EnrollmentType
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, InterventionClaim, MeasurementClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import (
    ArmRow,
    CandidateRow,
    ConflictRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    RowSet,
    TrialDocumentRow,
    TrialRow,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.part_of_trial import PART
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.resolve import resolve

Make = Callable[..., Reading]
Number = Callable[..., MeasurementClaim]
NCT = ("NCT09990001",)
TITLE = "Quenosartan in women with hypertension: a subgroup analysis of ALDER-BP"
SIZE = Evidence(start=3, end=6, quote="100", rule="test", confidence=0.9)


def arm(key: str, size: int) -> ArmClaim:
    kind = ArmType.PLACEBO_COMPARATOR if key == "placebo" else ArmType.EXPERIMENTAL
    given = (InterventionClaim(name=key),)
    proof = {"n_randomized": SIZE, "n_analyzed": SIZE}
    return ArmClaim(
        key=key, label=key, arm_type=kind, n_randomized=size, n_analyzed=size, interventions=given, evidence=proof
    )


def report(reading: Make, number: Number, name: str, values: tuple[float, float], size: int, **facts: Any) -> Reading:
    """A paper with one outcome of two arms; `population` and `subgroup` are those of the outcome."""
    about = {key: facts.pop(key) for key in ("population", "subgroup") if key in facts}
    kind, words = facts.pop("kind", DocumentKind.ABSTRACT), facts.pop("words", None)
    quoted = {} if words is None else {"evidence": Evidence(start=0, end=len(words), quote=words)}
    numbers = [number(key, value) for key, value in zip(("quenosartan", "placebo"), values, strict=True)]
    outcome = OutcomeClaim(
        measure="flare",
        time_frame="week 24",
        time_frame_weeks=24.0,
        measurements=tuple(one.model_copy(update=quoted) for one in numbers),
        **about,
    )
    facts = {"published": "2024", "doi": f"10.5555/{name}", "title": "Quenosartan for hypertension"} | facts
    trial = TrialClaim(registry_ids=NCT, enrollment=size, evidence={"enrollment": SIZE})
    arms = (arm("quenosartan", size // 2), arm("placebo", size - size // 2))
    return reading(name, kind, facts=facts, trial=trial, arms=arms, outcomes=(outcome,))


def record(reading: Make, size: int) -> Reading:
    trial = TrialClaim(registry_ids=NCT, enrollment=size, enrollment_type=EnrollmentType.ACTUAL)
    return reading("record", DocumentKind.REGISTRY, trial=trial)


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True)


def by_subgroup(rows: RowSet) -> dict[str | None, set[float]]:
    of = {row.outcome_id: row.subgroup for row in rows.of(OutcomeRow)}
    found: dict[str | None, set[float]] = {}
    for row in rows.of(OutcomeMeasurementRow):
        found.setdefault(of[row.outcome_id], set()).add(row.value)
    return found


def main_paper(reading: Make, measured: Number) -> Reading:
    return report(reading, measured, "main", (19.9, 38.9), 612, published="2023")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (TITLE, "women with hypertension"),
        ("Quenosartan in patients with kidney disease: a post-hoc subgroup analysis", "patients with kidney disease"),
        ("A subgroup analysis of ALDER-BP among Japanese adults", "Japanese adults"),
        ("Subgroup analysis of older patients in the ALDER-BP trial", "older patients"),
        ("An echocardiography substudy of ALDER-BP", "An echocardiography substudy of ALDER-BP"),
        ("Subgroup analyses of ALDER-BP in adults by age.", "Subgroup analyses of ALDER-BP in adults by age"),
        (
            "Quenosartan in patients with and without diabetes: a subgroup analysis",
            "Quenosartan in patients with and without diabetes: a subgroup analysis",
        ),
    ],
)
def test_the_part_of_a_report_is_that_of_its_title(reading: Make, measured: Number, title: str, words: str) -> None:
    rows = resolved(main_paper(reading, measured), report(reading, measured, "part", (29.3, 47.9), 148, title=title))
    assert by_subgroup(rows) == {None: {19.9, 38.9}, words: {29.3, 47.9}}
    assert rows.of(ConflictRow) == []


@pytest.mark.parametrize(
    "title",
    [
        "Quenosartan in adults with hypertension (ALDER-BP): a randomised trial with an imaging substudy",
        "Quenosartan in adults: a randomised trial and nested echocardiographic sub-study",
        "Quenosartan in adults: a phase 3 trial (ALDER-BP), including prespecified subgroup analyses in women",
        "Quenosartan in a subgroup of patients with hypertension: a randomised trial",
    ],
)
def test_a_trial_with_a_substudy_is_the_trial(reading: Make, measured: Number, title: str) -> None:
    rows = resolved(record(reading, 612), report(reading, measured, "main", (19.9, 38.9), 612, title=title))
    assert by_subgroup(rows) == {None: {19.9, 38.9}}
    assert {row.n_randomized for row in rows.of(ArmRow)} == {306}
    assert not any(row.reason.startswith(PART) for row in rows.of(CandidateRow))


@pytest.mark.parametrize(
    "title",
    [
        "An imaging substudy of a randomised trial with quenosartan",
        "Quenosartan in adults: a substudy of ALDER-BP",
        "Quenosartan in the trial with the largest follow-up: a subgroup analysis",
        "Subgroup analysis of a randomised trial with an imaging substudy",
        "Quenosartan in Japanese patients: results in the Japanese subgroup of a randomised trial",
    ],
)
def test_a_substudy_of_a_trial_is_a_part_of_it(reading: Make, measured: Number, title: str) -> None:
    rows = resolved(main_paper(reading, measured), report(reading, measured, "part", (29.3, 47.9), 148, title=title))
    assert by_subgroup(rows).keys() > {None}
    assert {row.role for row in rows.of(TrialDocumentRow)} == {"PRIMARY_RESULTS", "SECONDARY_RESULTS"}


@pytest.mark.parametrize(
    "title",
    [
        "Quenosartan in women and men with hypertension: ALDER-BP by sex",
        "Efficacy of quenosartan by age and sex in ALDER-BP",
        "Quenosartan according to baseline blood pressure: the ALDER-BP trial",
        "Quenosartan across age groups",
    ],
)
def test_a_further_paper_part_by_part_does_not_say_of_which_part_a_number_is(
    reading: Make, measured: Number, title: str
) -> None:
    """No sentence of the number names one that was read; it is none of the whole trial, and contradicts none."""
    part = report(reading, measured, "part", (29.3, 47.9), 612, title=title)
    rows = resolved(main_paper(reading, measured), part)
    assert by_subgroup(rows) == {None: {19.9, 38.9}, title: {29.3, 47.9}}
    assert rows.of(ConflictRow) == []
    # A trial that is reported so from the first has no other numbers.
    assert by_subgroup(resolved(part)) == {None: {29.3, 47.9}}


@pytest.mark.parametrize(
    "title", ["Quenosartan by age-adapted dosing", "Quenosartan by injection", "Fewer falls by baseline"]
)
def test_by_another_word_is_the_whole_trial(reading: Make, measured: Number, title: str) -> None:
    part = report(reading, measured, "part", (29.3, 47.9), 612, title=title)
    assert by_subgroup(resolved(main_paper(reading, measured), part)).keys() == {None}


@pytest.mark.parametrize("is_all", [True, False])
def test_numbers_of_as_many_as_took_part_are_of_the_whole_trial(reading: Make, measured: Number, is_all: bool) -> None:
    part = report(reading, measured, "part", (29.3, 47.9), 148, title=TITLE)
    claims = part.extractions[0]
    counted = [one.model_copy(update={"n_analyzed": 300 if is_all else 74}) for one in claims.outcomes[0].measurements]
    outcome = claims.outcomes[0].model_copy(update={"measurements": tuple(counted)})
    told = (claims.model_copy(update={"outcomes": (outcome,)}),)
    rows = resolved(record(reading, 612), Reading(part.document, told, "test", "1"))
    assert by_subgroup(rows) == {None if is_all else "women with hypertension": {29.3, 47.9}}


@pytest.mark.parametrize("kind", [DocumentKind.ABSTRACT, DocumentKind.PREPRINT, DocumentKind.NEWS])
def test_it_gives_no_size_to_the_trial_and_to_its_arms(reading: Make, measured: Number, kind: DocumentKind) -> None:
    """Also where nothing else says one: the registry record counts all, and its arms have no number."""
    rows = resolved(record(reading, 612), report(reading, measured, "part", (29.3, 47.9), 148, title=TITLE, kind=kind))
    assert by_subgroup(rows) == {"women with hypertension": {29.3, 47.9}}
    assert [row.enrollment for row in rows.of(TrialRow)] == [612]
    assert {(row.n_randomized, row.n_analyzed) for row in rows.of(ArmRow)} == {(None, None)}
    left_out = {row.kind for row in rows.of(CandidateRow) if row.reason.startswith(PART)}
    assert left_out == {"trial.enrollment", "arm.n_randomized", "arm.n_analyzed"}
    assert "PRIMARY_RESULTS" not in {row.role for row in rows.of(TrialDocumentRow)}


def test_a_further_paper_on_fewer_than_half_of_the_participants_is_on_a_part(reading: Make, measured: Number) -> None:
    ultrasound = report(reading, measured, "part", (10.0, 30.0), 80, title="Quenosartan and ultrasound")
    rows = resolved(record(reading, 612), main_paper(reading, measured), ultrasound)
    assert by_subgroup(rows) == {None: {19.9, 38.9}, "80 participants": {10.0, 30.0}}
    assert rows.of(ConflictRow) == []
    # Without the main paper nothing says that there is more than this one.
    alone = resolved(record(reading, 612), ultrasound)
    assert by_subgroup(alone) == {None: {10.0, 30.0}}


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Quenosartan for hypertension: a secondary analysis of ALDER-BP"},
        {"title": "Quenosartan and lymphocyte subsets"},
        {"title": TITLE, "words": "In the overall population, flares were 20.1% against 39.1%"},
        {"title": TITLE, "words": "Of all 612 randomised patients 20.1% and 39.1% had a flare"},
        {"title": "Interim results of ALDER-BP", "size": 300, "publication_types": ("meeting abstract",)},
    ],
    ids=["all took part", "subsets", "overall", "all randomised", "a meeting"],
)
def test_what_is_of_the_whole_trial_stays_there(reading: Make, measured: Number, facts: dict[str, Any]) -> None:
    size = facts.pop("size", 612)
    part = report(reading, measured, "part", (20.1, 39.1), size, **facts)
    rows = resolved(record(reading, 612), main_paper(reading, measured), part)
    assert set(by_subgroup(rows)) == {None}
    assert {row.other_value for row in rows.of(ConflictRow) if row.column_name == "value"} == {"20.1", "39.1"}


def test_what_a_report_on_a_part_repeats_or_says_of_others_is_not_of_its_part(reading: Make, measured: Number) -> None:
    main = main_paper(reading, measured)
    again = report(reading, measured, "part", (19.9, 38.9), 148, title=TITLE)
    assert by_subgroup(resolved(main, again)) == {None: {19.9, 38.9}}
    men = report(reading, measured, "part", (29.3, 47.9), 148, title=TITLE, population="men")
    assert set(by_subgroup(resolved(main, men))) == {None}
    older = report(reading, measured, "part", (29.3, 47.9), 148, title=TITLE, subgroup="over 65")
    assert set(by_subgroup(resolved(main, older))) == {None, "over 65"}
    intended = report(reading, measured, "part", (29.3, 47.9), 148, title=TITLE, population="ITT")
    assert set(by_subgroup(resolved(main, intended))) == {None, "women with hypertension"}
