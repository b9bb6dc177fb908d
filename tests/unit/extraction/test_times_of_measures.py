"""What is measured, where words of time, of people or of another sentence stand beside it."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def told(results: str) -> list[tuple[str, list[float]]]:
    outcomes = extracted(TRIAL.format(results=results)).outcomes
    return [(one.measure, [m.value for m in one.measurements]) for one in outcomes]


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("Heart rate 5 min after intubation was 78 with veltocimab and 92 with placebo.", "Heart rate"),
        ("Heart rate during hospitalization was 78 with veltocimab and 92 with placebo.", "Heart rate"),
        ("During a median of 21.8 months, a tophus burst in 78% on veltocimab and 92% on placebo.", "tophus burst in"),
        ("After 1 year, the mean axial width was 78 with veltocimab and 92 with placebo.", "axial width"),
    ],
)
def test_words_of_time_are_no_measure(words: str, measure: str) -> None:
    assert told(words) == [(measure, [78, 92])]


def test_a_name_behind_a_word_of_time_is_the_measure_where_there_is_no_other() -> None:
    ((measure, _),) = told("Before intubation, it was 78 with veltocimab and 92 with placebo.")
    assert "intubation" in measure


def test_counted_events_are_named_behind_their_number() -> None:
    words = "Nausea was seen in 12 patients on veltocimab and 9 on placebo. One grade 4 event occurred with placebo."
    assert ("grade 4 event", [1]) in told(words)


@pytest.mark.parametrize("words", ["Loss of response was seen in {} and {}.", "A reduction was noted in {} and {}."])
def test_those_in_whom_something_was_seen_are_no_change(words: str) -> None:
    results = words.format("47% of patients on veltocimab", "33% of those on placebo")
    (outcome,) = extracted(TRIAL.format(results=results)).outcomes
    assert [(m.value, m.is_change_from_baseline) for m in outcome.measurements] == [(47, False), (33, False)]


def test_a_fall_by_percent_stays_a_change() -> None:
    (outcome,) = extracted(
        TRIAL.format(results="Serum urate fell by 47% on veltocimab and by 33% on placebo.")
    ).outcomes
    assert [(m.value, m.is_change_from_baseline) for m in outcome.measurements] == [(-47, True), (-33, True)]


def test_a_change_without_a_name_is_of_the_primary_outcome_declared_right_before() -> None:
    declared = "The primary outcome was change in systolic blood pressure at week 12."
    ((measure, values),) = told(
        f"{declared} The least-squares mean change was -15.4 on veltocimab and -7.4 on placebo."
    )
    assert (measure, values) == ("systolic blood pressure", [-15.4, -7.4])


def test_an_event_named_behind_is_none_of_the_primary_outcome() -> None:
    declared = "The primary outcome was change in systolic blood pressure at week 12."
    ((measure, _),) = told(
        f"{declared} In total, 45% of patients on veltocimab and 20% of those on placebo had a rash."
    )
    assert "rash" in measure
