"""The same arm in several documents of one trial: by drug, dose and role."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trialhouse.model.enums import ArmType
from trialhouse.model.extraction import ArmClaim
from trialhouse.model.ids import stable_id
from trialhouse.resolution.reading import Mention

Drug = tuple[str, float | None, str | None]
"""An intervention of an arm as it is compared: name in lower case, dose, unit."""

CONTROLS = frozenset({ArmType.PLACEBO_COMPARATOR, ArmType.SHAM_COMPARATOR, ArmType.NO_INTERVENTION})


@dataclass
class AlignedArm:
    """An arm of a trial with the claims of every document about it, the most trusted first."""

    arm_id: str
    claims: list[tuple[Mention, ArmClaim]] = field(default_factory=list)


class ArmTable:
    """The arms of one trial, and which of them a document means by its own key."""

    def __init__(self, trial_id: str, mentions: Sequence[Mention]) -> None:
        self.arms: list[AlignedArm] = []
        self._by_key: dict[tuple[str, str], AlignedArm] = {}
        for mention in mentions:
            self._align(trial_id, mention)

    def arm_id(self, mention: Mention, key: str | None) -> str | None:
        """The id of the arm that a document calls `key`; null for the whole trial."""
        if key is None:
            return None
        return self._by_key[mention.document.document_id, key].arm_id

    def _align(self, trial_id: str, mention: Mention) -> None:
        """Match a document's arms with those known: the same drugs, doses and role, or the only ones that fit."""
        known = list(self.arms)
        taken: set[str] = set()
        for exact in (True, False):
            for claim in mention.claims.arms:
                place = (mention.document.document_id, claim.key)
                if place in self._by_key:
                    continue
                fitting = [
                    arm
                    for arm in known
                    if arm.arm_id not in taken and (_same if exact else _compatible)(arm.claims[0][1], claim)
                ]
                if len(fitting) == 1 and self._unrivalled(fitting[0], claim, mention, exact):
                    taken.add(fitting[0].arm_id)
                    self._join(fitting[0], mention, claim)
        for claim in mention.claims.arms:
            if (mention.document.document_id, claim.key) not in self._by_key:
                arm = AlignedArm(self._new_id(trial_id, claim))
                self.arms.append(arm)
                self._join(arm, mention, claim)

    def _unrivalled(self, arm: AlignedArm, claim: ArmClaim, mention: Mention, exact: bool) -> bool:
        """Whether no other arm of the same document fits the known arm as well."""
        fits = _same if exact else _compatible
        rivals = [c for c in mention.claims.arms if c.key != claim.key and fits(arm.claims[0][1], c)]
        return not rivals

    def _join(self, arm: AlignedArm, mention: Mention, claim: ArmClaim) -> None:
        arm.claims.append((mention, claim))
        self._by_key[mention.document.document_id, claim.key] = arm

    def _new_id(self, trial_id: str, claim: ArmClaim) -> str:
        """An id from what the arm is; arms that are told apart by their label only are named by it too."""
        used = {arm.arm_id for arm in self.arms}
        said = [f"group {_title(claim)}"] if claim.is_result_group else sorted(map(str, drugs(claim)))
        wanted = stable_id("arm", trial_id, claim.arm_type, claim.factor, said)
        if wanted in used:
            wanted = stable_id("arm", trial_id, claim.arm_type, claim.factor, claim.label, claim.key)
        return wanted


def drugs(claim: ArmClaim) -> frozenset[Drug]:
    """What an arm got apart from what every arm got."""
    return frozenset(
        ((i.norm or i.name).casefold(), i.dose_value, i.dose_unit) for i in claim.interventions if not i.background
    )


def _role(claim: ArmClaim) -> str:
    """The role as far as documents agree on it: experimental and active comparator are a matter of view."""
    return claim.arm_type.value if claim.arm_type in CONTROLS else "treated"


def _title(claim: ArmClaim) -> str:
    return " ".join(claim.label.casefold().split())


def _same(one: ArmClaim, other: ArmClaim) -> bool:
    if one.is_result_group or other.is_result_group:
        return one.is_result_group == other.is_result_group and _title(one) == _title(other)
    return _role(one) == _role(other) and one.factor == other.factor and drugs(one) == drugs(other)


def _compatible(one: ArmClaim, other: ArmClaim) -> bool:
    """Whether two claims can be of one arm: the same role, and the same drugs where one states no dose."""
    if one.is_result_group or other.is_result_group:
        return False
    if _role(one) != _role(other):
        return False
    if one.arm_type in CONTROLS:
        return one.factor is None or other.factor is None or one.factor == other.factor
    names = {name for name, _, _ in drugs(one)}, {name for name, _, _ in drugs(other)}
    if names[0] != names[1] or not names[0]:
        return False
    doses = {d[1:] for d in drugs(one) if d[1] is not None}, {d[1:] for d in drugs(other) if d[1] is not None}
    return not doses[0] or not doses[1]
