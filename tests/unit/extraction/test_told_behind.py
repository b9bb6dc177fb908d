"""A name before the numbers that only says who is counted gives way to what is told behind them."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


@pytest.mark.parametrize(
    ("results", "measure"),
    [
        ("After remission had been reached, 20% of patients on veltocimab and 45% on placebo relapsed.", "relapsed"),
        ("Of 120 randomised patients, 30% on veltocimab and 20% on placebo withdrew.", "withdrew"),
        (
            "Among the 80 patients who achieved remission, 12 (30%) on veltocimab and 27 (67%) on placebo experienced "
            "relapse.",
            "relapse",
        ),
        (
            "Blood pressure was controlled, and 12 patients on veltocimab and 20 patients on placebo had a stroke.",
            "stroke",
        ),
        (
            "During remission, 12 of 40 patients on veltocimab and 27 of 40 on placebo experienced relapse.",
            "relapse",
        ),
        ("Remission, the main aim, was reached by 60% on veltocimab and 40% on placebo.", "Remission"),
        ("For remission, 60% on veltocimab and 40% on placebo had a response.", "remission"),
        ("Remission was seen in 60% on veltocimab and 40% on placebo, who had a stroke.", "Remission"),
    ],
)
def test_what_is_told_behind_the_numbers(results: str, measure: str) -> None:
    assert [one.measure for one in extracted(TRIAL.format(results=results)).outcomes] == [measure]
