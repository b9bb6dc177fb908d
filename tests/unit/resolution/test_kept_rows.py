"""Arms and outcomes of a trial that was published before keep their ids when they are read better."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import ArmType
from trialhouse.model.extraction import ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import ArmInterventionRow, ArmRow, OutcomeAnalysisRow, OutcomeMeasurementRow, OutcomeRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.published import Published
from trialhouse.resolution.resolve import Reading, resolve

Make = Callable[..., Any]
ONE = TrialClaim(registry_ids=("NCT09990001",))


def arm(label: str, drug: str | None, dose: float | None = None, **more: Any) -> ArmClaim:
    given = () if drug is None else (InterventionClaim(name=drug, dose_value=dose, dose_unit="mg" if dose else None),)
    return ArmClaim(key=label, label=label, interventions=given, **({"arm_type": ArmType.EXPERIMENTAL} | more))


def placebo(label: str = "placebo") -> ArmClaim:
    return arm(label, "placebo", arm_type=ArmType.PLACEBO_COMPARATOR)


@pytest.fixture
def releases(reading: Callable[..., Reading]) -> Callable[..., list[dict[str, str]]]:
    """The ids of arms by their label, or of outcomes by their measure, in releases that follow each other."""

    def ids(*states: list[Any]) -> list[dict[str, str]]:
        published, found = Published(), []
        for state in states:
            arms, outcomes = ([one for one in state if isinstance(one, kind)] for kind in (ArmClaim, OutcomeClaim))
            paper = reading("paper", trial=ONE, arms=tuple(arms), outcomes=tuple(outcomes))
            rows = resolve([paper], Vocabulary(), lambda document: False, published)
            named = {row.label: row.arm_id for row in rows.of(ArmRow)}
            named |= {f"{r.measure} {r.time_frame_days}": r.outcome_id for r in rows.of(OutcomeRow)}
            assert len(set(named.values())) == len(arms) + len(outcomes)
            again = resolve([paper], Vocabulary(), lambda document: False, Published.of(rows))
            assert set(again) == set(rows)
            published = Published.of(rows)
            found.append(named)
        return found

    return ids


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (arm("drug", "quenosartan", 40), arm("drug 80 mg", "quenosartan", 80)),
        (arm("drug", "quenosartan"), arm("drug 40 mg", "quenosartan", 40)),
        (arm("Group A", "quenosartan", 40), arm("GROUP  A", "quenosartan hydrochloride", 40)),
        (arm("drug", None), arm("quenosartan 40 mg", "quenosartan", 40)),
        (arm("drug", "quenosartan", 40, factor=1), arm("drug 80 mg", "quenosartan", 80)),
        (
            arm("drug", "quenosartan", 40),
            arm("the drug", "quenosartan", 40, arm_type=ArmType.ACTIVE_COMPARATOR),
        ),
        (placebo(), arm("dummy", "milk sugar", arm_type=ArmType.PLACEBO_COMPARATOR)),
    ],
    ids=["dose corrected", "dose added", "label", "drug read", "factor lost", "role in view", "only one of its role"],
)
def test_an_arm_that_is_read_better_keeps_its_id(releases: Make, before: ArmClaim, now: ArmClaim) -> None:
    beside = [arm("other", "milgliptin", 5)]
    first, then = releases([before, *beside], [now, *beside])
    assert then[now.label] == first[before.label]
    assert then["other"] == first["other"]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (
            [arm("low", "quenosartan", 40), arm("high", "quenosartan", 80)],
            [arm("one", "quenosartan", 50), arm("two", "quenosartan", 90)],
        ),
        ([arm("drug", "quenosartan")], [arm("low", "quenosartan", 40), arm("high", "quenosartan", 80)]),
        ([arm("drug", "quenosartan", 40)], [arm("a new one", "milgliptin", 5)]),
        ([arm("drug", "quenosartan", 40)], [placebo("control")]),
        ([arm("drug", "quenosartan", 40, factor=1)], [arm("other drug", "quenosartan", 80, factor=2)]),
        (
            [arm("all doses", "quenosartan", is_result_group=True)],
            [arm("pooled doses", "quenosartan", is_result_group=True)],
        ),
        ([arm("Drug", "quenosartan", 40)], [arm("Drug", "quenosartan", 40, is_result_group=True)]),
    ],
    ids=["two and two", "one and two", "another drug", "another role", "another factor", "groups", "group and arm"],
)
def test_an_arm_that_could_be_several_or_none_gets_an_id_of_its_own(
    releases: Make, before: list[ArmClaim], now: list[ArmClaim]
) -> None:
    first, then = releases(before, now)
    assert set(first.values()) & set(then.values()) == set()


def test_an_id_that_an_arm_keeps_is_not_given_to_the_one_whose_own_it_was(releases: Make) -> None:
    """The dose was 40 mg, is 80 mg, and later there is an arm of 40 mg besides."""
    corrected = arm("drug", "quenosartan", 80)
    first, _, then = releases(
        [arm("drug", "quenosartan", 40)], [corrected], [corrected, arm("low dose", "quenosartan", 40)]
    )
    assert then["drug"] == first["drug"]
    assert then["low dose"] not in first.values()


def test_the_numbers_of_an_arm_keep_their_ids_with_it(reading: Make, measured: Make, compared: Make) -> None:
    def state(dose: float) -> Reading:
        numbers = {
            "measurements": (measured("q", 60), measured("p", 40)),
            "analyses": (compared("q", "p", p_value=0.04),),
        }
        arms = (arm("q", "quenosartan", dose), placebo("p"))
        return reading("paper", trial=ONE, arms=arms, outcomes=(OutcomeClaim(measure="Response", **numbers),))

    first = resolve([state(40)], Vocabulary(), lambda document: False)
    then = resolve([state(80)], Vocabulary(), lambda document: False, Published.of(first))
    assert {row.dose_value for row in then.of(ArmInterventionRow)} == {80, None}
    for row_class, name in (
        (ArmInterventionRow, "arm_intervention_id"),
        (OutcomeMeasurementRow, "measurement_id"),
        (OutcomeAnalysisRow, "analysis_id"),
    ):
        ids = [{getattr(row, name) for row in rows.of(row_class)} for rows in (first, then)]
        assert ids[0] == ids[1] != set()


def outcome(measure: str = "Response", weeks: float | None = None, **more: Any) -> OutcomeClaim:
    return OutcomeClaim(measure=measure, time_frame_weeks=weeks, **more)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (outcome(), outcome(weeks=12)),
        (outcome(time_frame="three months"), outcome(weeks=12)),
        (outcome(weeks=12), outcome()),
        (outcome("The response", 12), outcome("the  RESPONSE", 12, norm="response")),
        (outcome("Response", 12, norm="response"), outcome("Responders", 12, norm="response", population="ITT")),
        (outcome("Response", 12, norm="response"), outcome("Response", 12, norm="clinical response")),
    ],
    ids=["time read", "time in words", "time lost", "name in the vocabulary", "population read", "another name"],
)
def test_an_outcome_that_is_read_better_keeps_its_id(releases: Make, before: OutcomeClaim, now: OutcomeClaim) -> None:
    beside = [outcome("Death", 52)]
    first, then = releases([before, *beside], [now, *beside])
    assert set(then.values()) == set(first.values())


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([outcome(weeks=12)], [outcome(weeks=24)]),
        ([outcome()], [outcome(weeks=12), outcome(weeks=24)]),
        ([outcome(weeks=12, population="ITT")], [outcome(weeks=12, population="PER_PROTOCOL")]),
        ([outcome(weeks=12)], [outcome(weeks=12, subgroup="women")]),
        ([outcome("Response", 12)], [outcome("Death", 12)]),
        ([outcome(time_frame="at discharge")], [outcome(time_frame="at death")]),
    ],
    ids=["another time", "two times", "another population", "a subgroup", "another measure", "other words of time"],
)
def test_another_outcome_gets_another_id(releases: Make, before: list[OutcomeClaim], now: list[OutcomeClaim]) -> None:
    first, then = releases(before, now)
    assert set(first.values()) & set(then.values()) == set()


def test_two_arms_whose_names_change_are_known_by_drug_and_dose(releases: Make) -> None:
    first, then = releases(
        [arm("low", "quenosartan", 40), arm("high", "quenosartan", 80)],
        [arm("group 1", "quenosartan", 40), arm("group 2", "quenosartan", 80), placebo()],
    )
    assert (then["group 1"], then["group 2"]) == (first["low"], first["high"])


def test_two_arms_whose_doses_are_corrected_are_known_by_their_drugs(releases: Make) -> None:
    first, then = releases(
        [arm("drug", "quenosartan", 40), arm("comparator", "milgliptin", 5)],
        [arm("quenosartan 80 mg", "quenosartan", 80), arm("milgliptin 10 mg", "milgliptin", 10)],
    )
    assert (then["quenosartan 80 mg"], then["milgliptin 10 mg"]) == (first["drug"], first["comparator"])


def test_two_outcomes_that_gain_a_name_and_then_other_words_keep_their_ids(releases: Make) -> None:
    states = [
        [outcome(words, weeks, norm=norm) for weeks in (12, 24)]
        for words, norm in (
            ("Response", None),
            ("Response", "clinical response"),
            ("Responders", "clinical response"),
        )
    ]
    first, then, last = (list(ids.values()) for ids in releases(*states))
    assert first == then == last


def test_an_id_that_an_outcome_keeps_is_not_given_to_the_one_whose_own_it_was(reading: Make) -> None:
    """Its id was made of its words; now it has a name, and another outcome has those words and no name."""
    named, unnamed = outcome("Response", 12, norm="clinical response"), outcome("Response", 12)
    published, ids = Published(), []
    for outcomes in ((unnamed,), (named,), (named, unnamed)):
        rows = resolve(
            [reading("paper", trial=ONE, outcomes=outcomes)], Vocabulary(), lambda document: False, published
        )
        published = Published.of(rows)
        ids.append({row.measure_norm: row.outcome_id for row in rows.of(OutcomeRow)})
    assert ids[0][None] == ids[1]["clinical response"] == ids[2]["clinical response"] != ids[2][None]


def test_outcomes_that_only_their_place_tells_apart_keep_their_ids_beside_a_new_one(reading: Make) -> None:
    alike = (outcome("Response", 12), outcome("Response", 12, occurrence=2))
    published, ids = Published(), []
    for outcomes in (alike, (*alike, outcome("Death", 12))):
        paper = reading("paper", trial=ONE, outcomes=outcomes)
        rows = resolve([paper], Vocabulary(), lambda document: False, published)
        published = Published.of(rows)
        ids.append({row.outcome_id for row in rows.of(OutcomeRow)})
    assert ids[0] < ids[1]
