"""The number of arms of a paper against that of its registry record."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import ArmType, DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.model.tables import ConflictRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.resolve import Reading, resolve


def arms(*sizes: int | None, **more: Any) -> tuple[ArmClaim, ...]:
    return tuple(
        ArmClaim(
            key=f"q{dose}",
            label=f"quenosartan {dose} mg",
            arm_type=ArmType.EXPERIMENTAL,
            n_randomized=size,
            interventions=(InterventionClaim(name="quenosartan", dose_value=dose, dose_unit="mg"),),
            **more,
        )
        for dose, size in enumerate(sizes, start=1)
    )


def trial(enrollment: int | None = None, ratio: str | None = None) -> TrialClaim:
    return TrialClaim(registry_ids=("NCT09990001",), enrollment=enrollment, allocation_ratio=ratio)


@pytest.fixture
def told(reading: Callable[..., Reading]) -> Callable[..., list[tuple[str, str]]]:
    def compare(registered: tuple[ArmClaim, ...], trial_claim: TrialClaim, claims: tuple[ArmClaim, ...], kind=None):
        record = reading("record", DocumentKind.REGISTRY, trial=trial(90), arms=registered)
        paper = reading("paper", kind or DocumentKind.ABSTRACT, trial=trial_claim, arms=claims)
        rows = resolve([record, paper], Vocabulary(), lambda document: True).of(ConflictRow)
        return [(row.kept_value, row.other_value) for row in rows if row.column_name == "number_of_arms"]

    return compare


@pytest.mark.parametrize(
    ("claim", "sizes"),
    [(trial(90), (45, 45)), (trial(), (45, 45)), (trial(200, "2:1"), (None, None))],
)
def test_a_paper_that_shows_all_its_arms_differs_by_their_number(claim, sizes, told):
    assert told(arms(None, None, None), claim, arms(*sizes)) == [("3", "2")]


@pytest.mark.parametrize(
    ("claim", "sizes"),
    [(trial(90), (30, 30)), (trial(90), (30, None)), (trial(90, "1:1:1"), (None, None)), (trial(90), (90,))],
)
def test_a_paper_that_may_leave_arms_out_says_nothing_of_their_number(claim, sizes, told):
    assert told(arms(None, None, None), claim, arms(*sizes)) == []


def test_the_same_number_groups_of_results_and_factors_are_no_difference(told):
    assert told(arms(None, None), trial(90), arms(45, 45)) == []
    pooled = arms(None, None) + tuple(
        arm.model_copy(update={"key": "all", "label": "all doses"}) for arm in arms(None, is_result_group=True)
    )
    assert told(pooled, trial(90), arms(45, 45)) == []
    assert told(arms(None, None, None), trial(90), arms(45, 45, factor=1)) == []
    assert told(arms(None, None, None), trial(90), arms(45, 45), DocumentKind.NEWS) == []
