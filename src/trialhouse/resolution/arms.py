"""The same arm in several documents of one trial: by drug, dose, role and number of participants."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from trialhouse.model.enums import ArmType
from trialhouse.model.extraction import ArmClaim
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import DoubtfulPairRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.alignment import align, doubtful_pair
from trialhouse.resolution.arm_likeness import ArmFacts, Fit, compare, facts_of
from trialhouse.resolution.doses import Doses
from trialhouse.resolution.reading import Mention

Drug = tuple[str, float | None, str | None]
"""An intervention of an arm as it makes the arm's id: name in lower case, dose, unit."""

METHOD = "drug, dose, role, participants"
"""How arms are compared, as doubtful pairs say it."""

CONTROLS = frozenset({ArmType.PLACEBO_COMPARATOR, ArmType.SHAM_COMPARATOR, ArmType.NO_INTERVENTION})


@dataclass
class AlignedArm:
    """An arm of a trial with the claims of every document about it, and what it is known by in each."""

    arm_id: str
    claims: list[tuple[Mention, ArmClaim]] = field(default_factory=list)
    facts: list[ArmFacts] = field(default_factory=list)


class ArmTable:
    """The arms of one trial, and which of them a document means by its own key."""

    def __init__(self, trial_id: str, mentions: Sequence[Mention], doses: Doses) -> None:
        self.arms: list[AlignedArm] = []
        self._doubtful: list[tuple[AlignedArm, AlignedArm, Mention]] = []
        self._by_key: dict[tuple[str, str], AlignedArm] = {}
        for mention in mentions:
            self._align(trial_id, mention, facts_of(mention.claims.arms, doses))

    def arm_id(self, mention: Mention, key: str | None) -> str | None:
        """The id of the arm that a document calls `key`; null for the whole trial."""
        if key is None:
            return None
        return self._by_key[mention.document.document_id, key].arm_id

    def doubtful_pairs(self) -> list[DoubtfulPairRow]:
        """The arms that may be one and were kept apart, with the ids that they have now."""
        return [
            doubtful_pair(
                PairSubject.ARM,
                (known.arm_id, known.claims[0][0], known.claims[0][1].label),
                (new.arm_id, mention, new.claims[0][1].label),
                METHOD,
                "they get the same in the same role, and neither dose nor number of participants decides it",
            )
            for known, new, mention in self._doubtful
        ]

    def _align(self, trial_id: str, mention: Mention, facts: dict[str, ArmFacts]) -> None:
        """Match a document's arms with those known; each that is none of them, or might be two, is one of its own."""
        known = list(self.arms)

        def rank(place: int, key: str) -> int:
            fits = [compare(one, facts[key]) for one in known[place].facts]
            return Fit.DIFFERENT if Fit.DIFFERENT in fits else max(fits)

        def same_regimen(place: int, key: str) -> bool:
            mine = facts[key].regimen
            return bool(mine) and any(one.regimen == mine for one in known[place].facts)

        def same_size(place: int, key: str) -> bool:
            return any(one.sizes & facts[key].sizes for one in known[place].facts)

        found = align(range(len(known)), list(facts), rank, (same_regimen, same_size))
        arms: dict[str, AlignedArm] = {}
        for claim in mention.claims.arms:
            arm = known[found.joined[claim.key]] if claim.key in found.joined else None
            if arm is None:
                arm = AlignedArm(self._new_id(trial_id, claim))
                self.arms.append(arm)
            arm.claims.append((mention, claim))
            arm.facts.append(facts[claim.key])
            arms[claim.key] = self._by_key[mention.document.document_id, claim.key] = arm
        self._doubtful += [(known[place], arms[key], mention) for place, key in found.doubtful]

    def _new_id(self, trial_id: str, claim: ArmClaim) -> str:
        """An id from what the arm is; arms that are told apart by their label only are named by it too."""
        used = {arm.arm_id for arm in self.arms}
        said = [f"group {_title(claim)}"] if claim.is_result_group else sorted(map(str, drugs(claim)))
        own = stable_id("arm", trial_id, claim.arm_type, claim.factor, said)
        named = stable_id("arm", trial_id, claim.arm_type, claim.factor, claim.label, claim.key)
        # Several documents may have an arm of one name that fits more than one of those known.
        further = (stable_id("arm", named, number) for number in itertools.count(2))
        return next(one for one in itertools.chain((own, named), further) if one not in used)


def drugs(claim: ArmClaim) -> frozenset[Drug]:
    """What an arm got apart from what every arm got."""
    return frozenset(
        ((i.norm or i.name).casefold(), i.dose_value, i.dose_unit) for i in claim.interventions if not i.background
    )


def _title(claim: ArmClaim) -> str:
    return " ".join(claim.label.casefold().split())
