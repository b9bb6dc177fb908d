"""Major adverse cardiovascular events are an outcome and no harm; "pts" are patients in abstracts of congresses."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted

GROUPS = "20 (33.3%) of 60 patients in the veltocimab group and 26 (42.6%) of 61 in the placebo group"


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        ("major adverse cardiovascular event", None),
        ("major adverse limb events", None),
        ("major adverse event", "ADVERSE_EVENT"),
        ("serious adverse event", "ADVERSE_EVENT"),
        ("adverse cardiac event", "ADVERSE_EVENT"),
    ],
)
def test_a_major_adverse_cardiovascular_event_is_no_harm(measure: str, kind: str | None) -> None:
    (outcome,) = extracted(TRIAL.format(results=f"At week 24, a {measure} had occurred in {GROUPS}.")).outcomes
    assert (outcome.measure in measure, outcome.outcome_type) == (True, kind)


def test_pts_are_patients() -> None:
    text = (
        "Methods: Pts with lung cancer were randomized 1:1 to danitinib 40 mg or placebo. Results: 480 pts were "
        "randomized (danitinib, n=240; placebo, n=240). At month 12, objective response was achieved by 130 (54.2%) "
        "of 240 pts in the danitinib group and 60 (25.0%) of 240 in the placebo group."
    )
    record = extracted(text)
    assert record.trial is not None
    assert record.trial.enrollment == 480
    assert [row.measure for row in record.outcomes] == ["objective response"]
