"""Adverse events are the events that the words beside them say: those who stopped because of them, or the one named."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def named(results: str) -> list[tuple[str, str | None]]:
    return [(one.measure, one.norm) for one in extracted(TRIAL.format(results=results)).outcomes]


@pytest.mark.parametrize("cause", ["because of any adverse event", "due to treatment-related adverse events"])
def test_a_treatment_stopped_for_events_is_no_share_of_those_with_events(cause: str) -> None:
    words = f"Treatment was discontinued {cause} in 9.7% of the veltocimab group and 42.6% of the placebo group."
    assert named(words) == [(f"discontinued {cause}", "discontinuation due to adverse events")]


def test_an_event_that_is_called_one_of_many_is_the_one_counted() -> None:
    words = (
        "The most common postoperative complications were seroma (1 on veltocimab vs 5 on placebo), "
        "haematoma (2 vs 3), and dehiscence (1 vs 4)."
    )
    assert [one for one, _ in named(words)] == ["seroma", "haematoma", "dehiscence"]


def test_a_comparative_before_the_bracket_is_no_event() -> None:
    words = "Adverse events were less frequent (10% with veltocimab vs 20% with placebo)."
    assert named(words) == [("Adverse events", "adverse events")]


def test_a_share_of_patients_is_none_of_the_quantity_told_before() -> None:
    words = (
        "Mean EQ-5D was 0.89 with veltocimab and 0.90 with placebo. 74.2% of patients on veltocimab required no drops."
    )
    assert named(words) == [("EQ-5D", "EQ-5D")]
