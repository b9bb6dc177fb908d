"""A blood pressure told as a pair is two values of two measures."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.model.extraction import Extraction

UPPER, LOWER = "systolic blood pressure", "diastolic blood pressure"


def read(results: str) -> Extraction:
    return extracted(
        "Veltocimab in hypertension: a randomised trial\n\n"
        "METHODS: Adults with hypertension were randomly assigned to receive veltocimab (n = 60) or placebo (n = 61).\n"
        f"RESULTS: {results}\n"
    )


def values(record: Extraction) -> dict[str | None, list[float]]:
    return {one.norm: [m.value for m in one.measurements] for one in record.outcomes}


@pytest.mark.parametrize(
    ("words", "upper", "lower"),
    [
        (
            "blood pressure was 131.7/86.4 mm Hg with veltocimab and 135.2/88 mm Hg with placebo",
            [131.7, 135.2],
            [86.4, 88],
        ),
        ("mean BP was 131 / 80 mmHg with veltocimab versus 135 / 82 mmHg with placebo (p=0.01)", [131, 135], [80, 82]),
        ("BP fell by 12.5/6.4 mm Hg with veltocimab and by 9.2/5.1 mm Hg with placebo", [-12.5, -9.2], [-6.4, -5.1]),
        (
            "blood pressure decreased from 151.7/92.4 to 138.1/84.0 mm Hg in the veltocimab group and from 152.0/92.0 "
            "to 140.0/85.5 mm Hg in the placebo group",
            [138.1, 151.7, 140, 152],
            [84, 92.4, 85.5, 92],
        ),
        (
            "blood pressure was 131 ± 10/86 ± 8 mm Hg with veltocimab and 135 ± 11/88 ± 8 mm Hg with placebo",
            [131, 135],
            [86, 88],
        ),
    ],
)
def test_pairs_are_a_systolic_and_a_diastolic_row(words: str, upper: list[float], lower: list[float]) -> None:
    record = read(f"At week 12, {words}.")
    assert values(record) == {UPPER: upper, LOWER: lower}
    assert {m.unit for one in record.outcomes for m in one.measurements} == {"mmHg"}
    assert all(a.estimate is None for one in record.outcomes for a in one.analyses)


def test_both_names_of_a_pair_are_the_words_for_it() -> None:
    record = read("Mean systolic/diastolic blood pressure was 131/80 mmHg with veltocimab versus 135/82 with placebo.")
    assert [one.measure for one in record.outcomes] == ["systolic/diastolic blood pressure"] * 2


def test_a_difference_of_pairs_is_no_estimate_but_a_candidate() -> None:
    record = read("The difference in blood pressure between veltocimab and placebo was -3.5/-1.3 mm Hg.")
    assert [a.estimate for one in record.outcomes for a in one.analyses] == []
    assert "-3.5/-1.3 mm Hg" in [one.quote for one in record.candidates]


@pytest.mark.parametrize(
    ("words", "norm", "said"),
    [
        ("Blood pressure control (<140/90 mm Hg) was achieved in 60% on veltocimab and 50% on placebo.",
         "blood pressure control", [60, 50]),
        ("Death occurred in 12/40 on veltocimab and 20/42 on placebo, whose blood pressure was above 140 mm Hg.",
         "death", [12, 20]),
    ],
)  # fmt: skip
def test_thresholds_and_counts_are_no_pairs(words: str, norm: str, said: list[float]) -> None:
    assert values(read(words)) == {norm: said}
