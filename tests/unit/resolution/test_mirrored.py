"""One comparison told from both sides is one row; a flipped sign within one order of groups is told as such."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import ArmType, DocumentKind, Effect
from trialhouse.model.extraction import ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import ConflictRow, EvidenceRow, OutcomeAnalysisRow, RowSet
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.mirrored import is_mirror
from trialhouse.resolution.resolve import Reading, resolve

ONE = TrialClaim(registry_ids=("NCT09990001",))
ARMS = tuple(
    ArmClaim(key=key, label=key, arm_type=role, interventions=(InterventionClaim(name=key),))
    for key, role in (("velomarib", ArmType.EXPERIMENTAL), ("placebo", ArmType.PLACEBO_COMPARATOR))
)
DIFFERENCE, RATIO = "MEAN_DIFFERENCE", "HAZARD_RATIO"


@pytest.fixture
def two(reading: Callable[..., Reading], compared: Callable[..., Any]) -> Callable[..., RowSet]:
    """What a record says of drug against placebo, and a paper of placebo against drug (or in the same order)."""

    def of(record: dict[str, Any], paper: dict[str, Any], order: tuple[str, str] = ("placebo", "velomarib")) -> RowSet:
        kinds = ("record", DocumentKind.REGISTRY, ("velomarib", "placebo"), record), ("paper", None, order, paper)
        readings = []
        for name, kind, sides, said in kinds:
            claims = (OutcomeClaim(measure="Pain", analyses=(compared(*sides, **said),)),)
            given = (kind,) if kind else ()
            readings.append(reading(name, *given, trial=ONE, arms=ARMS, outcomes=claims))
        return resolve(readings, Vocabulary(), lambda document: True)

    return of


@pytest.mark.parametrize(
    ("record", "paper"),
    [
        (
            {"effect": DIFFERENCE, "estimate": 3.2, "ci_low": 1.1, "ci_high": 5.3},
            {"effect": DIFFERENCE, "estimate": -3.2, "ci_low": -5.3, "ci_high": -1.1},
        ),
        ({"effect": DIFFERENCE, "estimate": 3.24, "ci_low": 1.1}, {"effect": DIFFERENCE, "estimate": -3.2}),
        (
            {"effect": RATIO, "estimate": 0.62, "ci_low": 0.5, "ci_high": 0.8},
            {"effect": RATIO, "estimate": 1.61, "ci_low": 1.25, "ci_high": 2.0},
        ),
        ({"effect": RATIO, "estimate": 0.617}, {"effect": RATIO, "estimate": 1.6}),
    ],
)
def test_what_is_told_from_the_other_side_is_the_same_number(
    two: Callable[..., RowSet], record: dict[str, Any], paper: dict[str, Any]
) -> None:
    rows = two(record, paper | {"p_value": 0.01, "p_modifier": "="})
    (row,) = rows.of(OutcomeAnalysisRow)
    assert rows.of(ConflictRow) == []
    assert (row.estimate, row.ci_low, row.p_value) == (record["estimate"], record.get("ci_low"), 0.01)
    told = {one.column_name for one in rows.of(EvidenceRow) if one.row_id == row.analysis_id and not one.is_main}
    assert ("estimate" in told) is (record["effect"] == DIFFERENCE)


@pytest.mark.parametrize(
    ("record", "paper"),
    [
        ({"effect": DIFFERENCE, "estimate": 3.2}, {"effect": DIFFERENCE, "estimate": -4.0}),
        (
            {"effect": DIFFERENCE, "estimate": 3.2, "ci_low": 1.1, "ci_high": 5.3},
            {"effect": DIFFERENCE, "estimate": -3.2, "ci_low": -9.3, "ci_high": 2.9},
        ),
        ({"effect": RATIO, "estimate": 0.62}, {"effect": RATIO, "estimate": 1.9}),
        ({"effect": "SLOPE", "estimate": 0.62}, {"effect": "SLOPE", "estimate": -0.62}),
    ],
)
def test_another_number_from_the_other_side_is_a_row_of_its_own(
    two: Callable[..., RowSet], record: dict[str, Any], paper: dict[str, Any]
) -> None:
    assert len(two(record, paper).of(OutcomeAnalysisRow)) == 2


@pytest.mark.parametrize(
    ("record", "paper", "said"),
    [
        ({"effect": DIFFERENCE, "estimate": 3.2}, {"effect": DIFFERENCE, "estimate": -3.2}, "opposite_sign"),
        ({"effect": RATIO, "estimate": 0.62}, {"effect": RATIO, "estimate": 1.61}, "reciprocal"),
        ({"effect": DIFFERENCE, "estimate": 3.2}, {"effect": DIFFERENCE, "estimate": -4.2}, None),
    ],
)
def test_a_conflict_within_one_order_says_that_the_sign_is_the_opposite(
    two: Callable[..., RowSet], record: dict[str, Any], paper: dict[str, Any], said: str | None
) -> None:
    rows = two(record, paper, ("velomarib", "placebo"))
    (conflict,) = rows.of(ConflictRow)
    assert (conflict.column_name, conflict.other_value) == ("estimate", str(paper["estimate"]))
    assert conflict.rule.startswith("trust_order")
    assert (conflict.rule.rpartition(":")[2] == said) is (said is not None)


def test_a_mirror_keeps_to_the_decimals_that_are_written() -> None:
    assert is_mirror(Effect.HAZARD_RATIO, 0.5, 2.0, (1, 1))
    assert not is_mirror(Effect.HAZARD_RATIO, 0.50, 2.1, (2, 1))
    assert not is_mirror(Effect.HAZARD_RATIO, 0.0, 2.0, (1, 1))
    assert is_mirror(Effect.MEAN_DIFFERENCE, 0.0, 0.0, (1, 1))
