"""Weight that a verb tells alone is the weight of a body, and what was lost a fall."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def told(results: str) -> list[tuple[str | None, list[float], str | None]]:
    outcomes = extracted(TRIAL.format(results=results)).outcomes
    return [(one.norm, [m.value for m in one.measurements], one.subgroup) for one in outcomes]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Participants lost 3.1 kg on veltocimab and 4.0 kg on placebo.", [-3.1, -4.0]),
        ("Participants gained an average of 1.1 kg on veltocimab and 4.0 kg on placebo.", [1.1, 4.0]),
        ("Those on veltocimab lost 7.5 kg and those on placebo gained 1.2 kg.", [-7.5, 1.2]),
    ],
)
def test_what_was_lost_is_weight(words: str, values: list[float]) -> None:
    assert told(words) == [("body weight", values, None)]


def test_a_share_that_was_lost_is_one_of_the_weight_told_before() -> None:
    before = "At week 12, body weight fell by 5.0% on veltocimab and 2.0% on placebo."
    assert told(f"{before} Men lost 7.5% on veltocimab and 1.0% on placebo.")[1] == ("body weight", [-7.5, -1.0], "Men")


def test_blood_that_was_lost_is_no_weight() -> None:
    assert "body weight" not in [
        norm for norm, *_ in told("Women lost 400 g of blood on veltocimab and 450 g on placebo.")
    ]
