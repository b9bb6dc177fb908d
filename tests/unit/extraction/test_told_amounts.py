"""What was measured in grams, millilitres or units is a value; doses stay doses, and those of no arm are candidates."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted

Rows = list[tuple[float, str | None]]


def rows(results: str) -> Rows:
    record = extracted(TRIAL.format(results=results))
    return [(m.value, m.unit) for one in record.outcomes for m in one.measurements if m.value is not None]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (
            "Mean birth weight was 3393 g in the veltocimab group vs 3506 g in the placebo group (P = .005).",
            [(3393, "g"), (3506, "g")],
        ),
        (
            "Blood loss was 420 mL in the veltocimab group and 450 mL in the placebo group.",
            [(420, "mL"), (450, "mL")],
        ),
        ("Tumor weight was 22 g with veltocimab and 25 g with placebo.", [(22, "g"), (25, "g")]),
        ("Weight gain was 18 g per day with veltocimab and 15 g per day with placebo.", [(18, "g/day"), (15, "g/day")]),
        ("Blood loss was lower with veltocimab (420 mL) than with placebo (450 mL).", [(420, "mL"), (450, "mL")]),
        (
            "Urinary protein was 1.2 g and 1.9 g per day in the veltocimab and placebo groups, respectively.",
            [(1.2, "g/day"), (1.9, "g/day")],
        ),
        ("Serum IgE was 120 IU with veltocimab 50 mg and 150 IU with placebo.", [(120, "[iU]"), (150, "[iU]")]),
        ("Drain output averaged 500 mL with veltocimab versus 620 mL with placebo.", [(500, "mL"), (620, "mL")]),
    ],
)
def test_an_amount_that_is_told_of_a_group_is_bound(results: str, expected: Rows) -> None:
    assert rows(results) == expected


def test_a_dose_stays_one() -> None:
    assert rows("Relapse occurred in 12% with veltocimab 50 mg and 20% with placebo.") == [(12, "%"), (20, "%")]
    record = extracted(TRIAL.format(results="The median dose was 40 mg in the veltocimab group. Rescue was by 5 mg."))
    assert record.outcomes == ()
    assert [(one.quote, one.kind) for one in record.candidates] == [("40 mg", "dose"), ("5 mg", "dose")]
    assert [one.dose_value for arm in record.arms for one in arm.interventions] == [50, None]


def test_the_dose_of_an_arm_said_again_is_no_candidate() -> None:
    record = extracted(TRIAL.format(results="Patients on veltocimab 50 mg did well."))
    assert record.candidates == ()


def test_blood_loss_is_an_amount_and_organs_are_no_bodies() -> None:
    record = extracted(
        TRIAL.format(
            results="Blood loss was 420 mL with veltocimab and 450 mL with placebo. Placental weight was 500 g with "
            "veltocimab and 520 g with placebo. Body weight was 70 kg with veltocimab and 71 kg with placebo."
        )
    )
    assert [one.norm for one in record.outcomes] == ["blood loss", None, "body weight"]
    assert all(not m.is_change_from_baseline for one in record.outcomes for m in one.measurements)


def test_counts_beside_arms_that_are_no_sizes_are_candidates() -> None:
    record = extracted(
        TRIAL.format(results="Burning was noted by 3 patients on veltocimab and 8 patients on placebo. Pain was rare.")
    )
    said = {m.value for one in record.outcomes for m in one.measurements}
    assert said | {float(one.quote.split()[0]) for one in record.candidates} == {3, 8}
