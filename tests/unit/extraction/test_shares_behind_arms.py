"""Counts and shares that an arm stands between are of this arm, whatever the order of the arms."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def told(results: str) -> list[tuple[str, str, float]]:
    """The measure, the label of the arm and the value of each measurement."""
    record = extracted(TRIAL.format(results=results))
    labels = {arm.key: arm.label for arm in record.arms}
    return [(one.measure, labels[m.arm], m.value) for one in record.outcomes for m in one.measurements if m.arm]


@pytest.mark.parametrize(
    "words",
    [
        "Relapse was seen in 44 of 61 adults in the placebo group (72.1 percent) and in 20 of 60 adults in the "
        "veltocimab group (33.3 percent).",
        "Relapse was seen in 72.1% of adults in the placebo group (44/61) and 33.3% of adults in the veltocimab "
        "group (20/60).",
    ],
)
def test_both_are_of_the_arm_between(words: str) -> None:
    assert told(words) == [
        ("Relapse", "placebo", 44),
        ("Relapse", "placebo", 72.1),
        ("Relapse", "veltocimab 50 mg", 20),
        ("Relapse", "veltocimab 50 mg", 33.3),
    ]


def test_what_became_of_them_is_told_behind_both() -> None:
    words = (
        "Overall, 65.0% of adults in the veltocimab group (39/60) and 52.5% of adults in the placebo group (32/61) "
        "recovered."
    )
    assert [(measure, value) for measure, _, value in told(words)] == [
        ("recovered", 39),
        ("recovered", 65),
        ("recovered", 32),
        ("recovered", 52.5),
    ]


def test_a_count_that_is_none_of_the_share_is_not_put_beside_it() -> None:
    words = "Relapse was seen in 65.0% of adults in the veltocimab group (12/60) and 40.0% in the placebo group."
    counted = [(arm, value) for _, arm, value in told(words) if value in (12, 65)]
    assert ("veltocimab 50 mg", 12) not in counted
