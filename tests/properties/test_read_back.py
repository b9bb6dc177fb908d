"""What a made-up trial says in a sentence is what is read from it: each number on its arm, or nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.made_results import (
    Frame,
    Written,
    against_control,
    compared,
    counts,
    means,
    more_than,
    respectively,
    respectively_with,
    results,
    shares,
    whole_percents,
    with_difference,
    with_range,
    with_ratio,
    with_spread,
)
from tests.properties.made_trials import MANNERS, MadeArm, MadeTrial
from tests.unit.extraction.test_extract import extracted
from trialhouse.model.extraction import AnalysisClaim, ArmClaim, Extraction

OF_TWO = "At week {weeks}, {event} occurred in {v}% of patients in the {a} group and {w}% in the {b} group"

OF_ANY_TRIAL: dict[str, Frame] = {
    "list per arm": shares("At week {weeks}, {event} occurred in ", "{v}% of the {called} group"),
    "list by what was given": shares("At week {weeks}, ", "{v}% of patients receiving {given}", " had {event}."),
    "arm brackets": shares("At week {weeks}, {event} was recorded in ", "the {called} group ({v}%)"),
    "whole percents": whole_percents,
    "respectively": respectively,
    "against control": against_control,
    "means": means("At week {weeks}, mean {noun} was ", "{v} with {given}"),
    "means behind": means("At week {weeks}, mean {noun} ", "in the {called} group was {v}"),
    "fall": means("At week {weeks}, {score} had fallen by ", "{v}% with {given}", sign=-1),
    "mean fall": means(
        "From baseline to week {weeks}, {score} decreased by a mean of ", "{v} in the {called} group", sign=-1
    ),
    "rise": means("From baseline to week {weeks}, {score} increased by ", "{v}% with {given}"),
    "change": means(
        "The mean change in {score} from baseline to week {weeks} was ", "−{v} in the {called} group", sign=-1
    ),
    "SD in brackets": with_spread("At week {weeks}, mean (SD) {noun} was ", "{v} ({s}) with {given}"),
    "plus minus SD": with_spread("At week {weeks}, mean ± SD {noun} was ", "{v} ± {s} with {given}"),
    "IQR": with_range(
        "IQR", "MEDIAN", "At week {weeks}, median (IQR) {noun} was ", "{v} ({low} to {high}) with {given}"
    ),
    "CI of each": with_range(
        "CI",
        "PERCENT",
        "At week {weeks}, {event} occurred in ",
        "{v}% (95% CI, {low} to {high}) of the {called} group",
    ),
    "counts of": counts("{c} of {n} patients ({v}%) in the {called} group"),
    "counts first": counts("{c} ({v}%) of {n} patients given {given}"),
    "counts with a slash": counts("{c}/{n} ({v}%) patients in the {called} group"),
}
OF_TWO_ARMS: dict[str, Frame] = {
    "versus": compared(
        "At week {weeks}, {event} occurred in {v}% of the {a} group versus {w}% of the {b} group ({p})."
    ),
    "compared with": compared(
        "At week {weeks}, {v}% of patients in the {a} group had {event}, compared with {w}% in the {b} group ({p})."
    ),
    "rates, respectively": compared(
        "The rates of {event} at week {weeks} were {v}% and {w}% in the {a} and {b} groups, respectively ({p})."
    ),
    "more than": more_than,
    "hazard ratio": with_ratio("HAZARD_RATIO", "hazard ratio", OF_TWO + " ({ratio})."),
    "odds ratio": with_ratio("ODDS_RATIO", "odds ratio", OF_TWO + " ({ratio})."),
    "risk ratio": with_ratio("RISK_RATIO", "relative risk", OF_TWO + " ({ratio})."),
    "hazard ratio alone": with_ratio(
        "HAZARD_RATIO",
        "hazard ratio",
        "Through week {weeks}, {event} was less frequent with {a} than with {b} ({ratio}).",
        of_values=False,
    ),
    "difference of shares": with_difference(
        "RISK_DIFFERENCE", "difference, {} percentage points", OF_TWO + " ({ratio}).", "PERCENT"
    ),
    "difference of means": with_difference(
        "MEAN_DIFFERENCE",
        "mean difference, {}",
        "At week {weeks}, mean {noun} was {v} in the {a} group and {w} in the {b} group ({ratio}).",
        "MEAN",
    ),
}
HARD_OF_TWO_ARMS: dict[str, Frame] = {
    "hazard ratio with": with_ratio(
        "HAZARD_RATIO",
        "",
        "The hazard ratio for {event} at week {weeks} with {a} as compared with {b} was {plain}.",
        of_values=False,
    ),
    "own p-value": compared(
        "At week {weeks}, {event} occurred in {v}% of patients with {a} ({p} vs. {b}) and {w}% with {b}."
    ),
    "rate of a group": compared(
        "At week {weeks}, the {a} group had a {v}% rate of {event}, and the {b} group a {w}% rate ({p})."
    ),
}
HARD_OF_ANY_TRIAL: dict[str, Frame] = {"respectively, by what was given": respectively_with}
"""The hard ones may be left unread, in whole or in part."""

CANONICAL = [pytest.param(frame, 4, id=name) for name, frame in OF_ANY_TRIAL.items()]
CANONICAL += [pytest.param(frame, 2, id=name) for name, frame in OF_TWO_ARMS.items()]
HARD = [pytest.param(frame, 4, id=name) for name, frame in HARD_OF_ANY_TRIAL.items()]
HARD += [pytest.param(frame, 2, id=name) for name, frame in HARD_OF_TWO_ARMS.items()]
EXAMPLES = 8


def read_back(trial: MadeTrial, written: Written) -> Extraction:
    return extracted(f"{trial.design}RESULTS: {written.sentence}\n")


def is_arm(claim: ArmClaim, arm: MadeArm) -> bool:
    return [(one.norm or one.name, one.dose_value) for one in claim.interventions] == [(arm.drug, arm.dose)]


def places(trial: MadeTrial, record: Extraction) -> dict[str, int]:
    """Which arm of the trial each arm of the record is; every one is, and no two are the same."""
    found = {claim.key: [n for n, arm in enumerate(trial.arms) if is_arm(claim, arm)] for claim in record.arms}
    assert all(len(one) == 1 for one in found.values()), found
    assert len({one[0] for one in found.values()}) == len(found)
    return {key: one[0] for key, one in found.items()}


def numbers_of(record: Extraction, place: dict[str, int]) -> set[tuple[int, str | None, float]]:
    said = [one for outcome in record.outcomes for one in outcome.measurements]
    assert all(one.arm is not None for one in said)
    return {(place[one.arm or ""], one.statistic, one.value) for one in said}


def spreads_of(record: Extraction, place: dict[str, int]) -> set[object]:
    said = [one for outcome in record.outcomes for one in outcome.measurements if one.dispersion_type]
    ends = [(one.dispersion_value, one.dispersion_low, one.dispersion_high) for one in said]
    return {(place[one.arm or ""], one.value, one.dispersion_type, *end) for one, end in zip(said, ends, strict=True)}


def assert_no_other_comparison(analyses: list[AnalysisClaim], written: Written, place: dict[str, int]) -> None:
    """Whatever a comparison says is what was written; an estimate that is not read leaves the p-value alone."""
    wanted = written.comparison
    assert wanted is not None or not analyses
    for one in analyses:
        assert wanted is not None
        assert (place[one.arm or ""], place[one.comparator or ""]) == (0, 1)
        effect = wanted.effect if one.estimate is not None else "P_VALUE_ONLY"
        assert one.effect == effect
        for read, said in (
            (one.estimate, wanted.estimate),
            (one.ci_low, wanted.low),
            (one.ci_high, wanted.high),
            (one.p_value, wanted.p_value),
            (one.p_modifier, wanted.p_modifier),
        ):
            assert read in (None, said)


def assert_nothing_wrong(trial: MadeTrial, written: Written) -> Extraction:
    """Every arm, number, spread and comparison that is read is one that was written."""
    record = read_back(trial, written)
    place = places(trial, record)
    assert all(arm.n_randomized in (None, trial.arms[place[arm.key]].n) for arm in record.arms)
    assert numbers_of(record, place) <= written.numbers
    assert spreads_of(record, place) <= written.spreads
    assert all(one.time_frame_weeks in (None, trial.weeks) for one in record.outcomes)
    assert_no_other_comparison([one for outcome in record.outcomes for one in outcome.analyses], written, place)
    return record


@pytest.mark.parametrize(("frame", "most"), CANONICAL)
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_is_read(frame: Frame, most: int, data: st.DataObject) -> None:
    trial, written = data.draw(results(frame, most))
    record = assert_nothing_wrong(trial, written)
    place = places(trial, record)
    assert sorted(place.values()) == list(range(len(trial.arms)))
    assert numbers_of(record, place) == written.numbers
    assert spreads_of(record, place) == written.spreads
    assert all(one.time_frame_weeks == trial.weeks for one in record.outcomes)
    analyses = [one for outcome in record.outcomes for one in outcome.analyses]
    assert len(analyses) == (written.comparison is not None)
    if written.comparison is not None:
        wanted, (one,) = written.comparison, analyses
        assert (one.estimate, one.ci_low, one.ci_high) == (wanted.estimate, wanted.low, wanted.high)
        assert (one.p_value, one.p_modifier) == (wanted.p_value, wanted.p_modifier)
    if trial.manner in MANNERS:
        assert all(arm.n_randomized is not None for arm in record.arms)


@pytest.mark.parametrize(("frame", "most"), HARD)
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_of_what_is_hard_to_read_nothing_is_read_wrongly(frame: Frame, most: int, data: st.DataObject) -> None:
    assert_nothing_wrong(*data.draw(results(frame, most)))
