"""Which arm and outcome of a trial is which of those that it had in an earlier release, so that it keeps its id.

Rows are compared with rows: what is read better (a dose, a time frame, a name of the vocabulary) makes another id, and
here the earlier one is found again. Two rows are one only where nothing else fits on either side; a row that could be
two, or none, gets an id of its own.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialhouse.model.enums import ArmType
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import OutcomeRow
from trialhouse.resolution.arms import CONTROLS
from trialhouse.resolution.published import Design
from trialhouse.resolution.wording import folded


@dataclass(frozen=True)
class Step:
    """One way to know a row again: the only row on each side with this key (None: never), if the two fit."""

    key: Callable[[Any], Hashable | None]
    fits: Callable[[Any, Any], bool] = lambda now, before: True


def kept_arm_ids(now: Sequence[Design], before: Sequence[Design]) -> Mapping[str, str]:
    """The id to keep or to give for each arm of a trial whose id is not its own, by its own one.

    `now` are the arms under the ids that their claims make, `before` those of the earlier release.
    """
    return _kept("arm", [_ArmFacts.of(arm) for arm in now], [_ArmFacts.of(arm) for arm in before], ARM_STEPS)


def kept_outcome_ids(now: Sequence[OutcomeRow], before: Sequence[OutcomeRow]) -> Mapping[str, str]:
    """The same for the outcomes of a trial."""
    facts = [_OutcomeFacts(row) for row in now], [_OutcomeFacts(row) for row in before]
    return _kept("outcome", *facts, OUTCOME_STEPS)


def _kept(prefix: str, now: Sequence[Any], before: Sequence[Any], steps: Sequence[Step]) -> dict[str, str]:
    """Pair rows step by step, the surest first; then give new ids where another row holds a row's own one."""
    left_now, left_before = {row.row_id: row for row in now}, {row.row_id: row for row in before}
    ids: dict[str, str] = {}
    for step in steps:
        for one, other in _pairs(list(left_now.values()), list(left_before.values()), step):
            ids[one.row_id] = other.row_id
            del left_now[one.row_id], left_before[other.row_id]
    taken = {*ids.values(), *(row.row_id for row in before)}
    for own in sorted(left_now):
        made = (stable_id(prefix, own, number) for number in itertools.count(2))
        ids[own] = next(one for one in itertools.chain([own], made) if one not in taken)
        taken.add(ids[own])
    return {own: row_id for own, row_id in ids.items() if own != row_id}


def _pairs(now: Sequence[Any], before: Sequence[Any], step: Step) -> list[tuple[Any, Any]]:
    sides: list[dict[Hashable, list[Any]]] = [defaultdict(list), defaultdict(list)]
    for side, rows in zip(sides, (now, before), strict=True):
        for row in rows:
            key = step.key(row)
            if key is not None:
                side[key].append(row)
    return [
        (here[0], there[0])
        for key, here in sides[0].items()
        if len(here) == 1 and len(there := sides[1].get(key, [])) == 1 and step.fits(here[0], there[0])
    ]


@dataclass(frozen=True)
class _ArmFacts:
    """What an arm is known by. `doses` are those of `drugs`; both leave out what every arm got."""

    row_id: str
    label: str | None
    arm_type: ArmType | None
    factor: int | None
    is_result_group: bool
    drugs: frozenset[str]
    doses: frozenset[tuple[str, float | None, str | None]]

    @classmethod
    def of(cls, design: Design) -> "_ArmFacts":
        arm, interventions = design
        own = [row for row in interventions if not row.is_background]
        names = [(row.intervention_norm or row.intervention_name).casefold() for row in own]
        return cls(
            row_id=arm.arm_id,
            label=folded(arm.label),
            arm_type=arm.arm_type,
            factor=arm.factor,
            is_result_group=arm.is_result_group,
            drugs=frozenset(names),
            doses=frozenset((name, row.dose_value, row.dose_unit) for name, row in zip(names, own, strict=True)),
        )

    @property
    def role(self) -> str:
        """As for documents of one build: experimental and active comparator are a matter of view."""
        return self.arm_type.value if self.arm_type in CONTROLS else "treated"

    @property
    def everything(self) -> Hashable:
        return self.label, self.arm_type, self.factor, self.is_result_group, self.doses

    def fits(self, other: "_ArmFacts") -> bool:
        """Whether the roles and factors are the same, as far as both are known."""
        same_role = None in (self.arm_type, other.arm_type) or self.role == other.role
        return same_role and (None in (self.factor, other.factor) or self.factor == other.factor)

    def fits_alone(self, other: "_ArmFacts") -> bool:
        """Whether two arms that are the only ones left of their role can be one: no drugs that rule each other out."""
        treated = self.role == "treated"
        rule_out = treated and self.drugs and other.drugs and not self.drugs & other.drugs
        return self.fits(other) and not rule_out


ARM_STEPS = (
    Step(lambda arm: arm.everything),
    Step(lambda arm: arm.row_id),
    Step(lambda arm: (arm.label, arm.is_result_group), _ArmFacts.fits),
    Step(lambda arm: None if arm.is_result_group or not arm.drugs else (arm.role, arm.drugs), _ArmFacts.fits),
    Step(lambda arm: None if arm.is_result_group else arm.role, _ArmFacts.fits_alone),
)
"""All that is known of it; the same id; its label; its drugs, whatever the doses; the only one of its role."""


class _OutcomeFacts:
    """What an outcome is known by."""

    def __init__(self, row: OutcomeRow) -> None:
        self.row_id = row.outcome_id
        self.measure, self.norm = folded(row.measure), folded(row.measure_norm)
        self.days = None if row.time_frame_days is None else round(row.time_frame_days, 2)
        self.frame = self.days if self.days is not None else folded(row.time_frame)
        self.population, self.subgroup = folded(row.population), folded(row.subgroup)
        self.everything = (self.measure, self.norm, self.frame, self.population, self.subgroup, row.outcome_type)

    def under(self, name: str | None) -> Hashable | None:
        """The key of an outcome under one of its names, with all that makes it another outcome."""
        return None if name is None else (name, self.frame, self.population, self.subgroup)

    def fits(self, other: "_OutcomeFacts") -> bool:
        """Whether time frames and populations are the same, as far as both are known."""
        frames = None in (self.frame, other.frame) or self.frame == other.frame
        # Words that could not be read as a time before may be the days that are read now.
        frames = frames or (self.days is None) != (other.days is None)
        return frames and (None in (self.population, other.population) or self.population == other.population)


OUTCOME_STEPS = (
    Step(lambda outcome: outcome.everything),
    Step(lambda outcome: outcome.row_id),
    Step(lambda outcome: outcome.under(outcome.norm)),
    Step(lambda outcome: outcome.under(outcome.measure)),
    Step(lambda outcome: None if outcome.norm is None else (outcome.norm, outcome.subgroup), _OutcomeFacts.fits),
    Step(lambda outcome: (outcome.measure, outcome.subgroup), _OutcomeFacts.fits),
)
"""All that is known of it; the same id; the name of the vocabulary, then the words, with time, population and subgroup;
then the same where a time or a population was not known on one side."""
