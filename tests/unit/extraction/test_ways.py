"""Which way a value goes, where one sentence tells of two that go different ways."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


@pytest.mark.parametrize(
    ("results", "estimates"),
    [
        (
            "Compared with placebo, veltocimab reduced LDL cholesterol by 30 mg/dL (95% CI 25 to 35) and increased HDL "
            "cholesterol by 3 mg/dL (95% CI 1 to 5).",
            {"LDL cholesterol": [(-30, -35, -25)], "HDL cholesterol": [(3, 1, 5)]},
        ),
        (
            "Compared with placebo, veltocimab raised heart rate [2.0 beats/min (95% CI 0.5 to 3.5)] and lowered "
            "systolic blood pressure [3.0 mm Hg (95% CI 1.0 to 5.0)].",
            {"heart rate": [(2, 0.5, 3.5)], "systolic blood pressure": [(-3, -5, -1)]},
        ),
        (
            "LDL cholesterol decreased more with veltocimab than with placebo (difference -50 mg/dL, 95% CI -55 to "
            "-45) and HDL cholesterol increased by 3 mg/dL more (95% CI 1 to 5).",
            {"LDL cholesterol": [(-50, -55, -45)], "HDL cholesterol": [(3, 1, 5)]},
        ),
    ],
)
def test_the_last_verb_before_a_difference_says_its_way(
    results: str, estimates: dict[str, list[tuple[float, float, float]]]
) -> None:
    said = extracted(TRIAL.format(results=results)).outcomes
    assert {one.norm: [(a.estimate, a.ci_low, a.ci_high) for a in one.analyses] for one in said} == estimates


@pytest.mark.parametrize(
    ("results", "second"),
    [
        (
            "Body weight fell by 3.0 kg with veltocimab and 1.0 kg with placebo (difference -2.0 kg; 95% CI -3.0 to "
            "-1.0), and HbA1c by 1.2% and 0.4% (difference -0.8%; 95% CI -1.1 to -0.5).",
            [-1.2, -0.4],
        ),
        (
            "Pain score fell by 3.0 points with veltocimab and 1.0 points with placebo; HbA1c by 1.2% and 0.4%, "
            "respectively.",
            [-1.2, -0.4],
        ),
        (
            "FEV1 rose by 0.3 L with veltocimab and 0.1 L with placebo; HbA1c by 1.2% and 0.4%, respectively.",
            [1.2, 0.4],
        ),
        (
            "Pain score fell by 3.0 points with veltocimab and 1.0 points with placebo; HbA1c rose by 1.2% and 0.4%, "
            "respectively.",
            [1.2, 0.4],
        ),
    ],
)
def test_a_part_without_a_verb_goes_the_way_of_the_one_before(results: str, second: list[float]) -> None:
    said = extracted(TRIAL.format(results=results)).outcomes[-1]
    assert (said.norm, [m.value for m in said.measurements]) == ("HbA1c", second)
    assert all(m.is_change_from_baseline for m in said.measurements)
