"""Which arm of the design a result group is. The registry does not say: groups have their own titles and descriptions.

Each list of groups (participant flow, baseline, one outcome, adverse events) is tied by the rules of `_RULES`, the
surest first. A rule ties a group and an arm only where neither fits another one of the list, so that no two groups of a
list are ever one arm. What no rule ties is a group of its own, and all participants are the whole trial.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from trialhouse.extraction.registry_group_words import (
    Names,
    Said,
    active,
    drug_key,
    is_pool,
    is_whole,
    normalised,
    plain,
    tokens,
)
from trialhouse.extraction.registry_study import Place, Study
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim

_LEAST_DESCRIPTION = 20
"""Characters that a description must have to tell an arm from others."""


@dataclass(frozen=True)
class Group:
    """A result group: its title, the key of its arm (None: the whole trial), and the title as proof of the tie."""

    title: str
    arm: str | None
    proof: Evidence | None


@dataclass(frozen=True)
class _Arm:
    """An arm of the design as it is compared."""

    key: str
    place: int
    label: str
    description: str
    drugs: frozenset[str]
    doses: frozenset[tuple[float, str]]
    words: frozenset[str]


@dataclass(frozen=True)
class _Listed:
    """A group of one list as it is compared."""

    place: int
    title: str
    description: str
    in_title: Said
    in_description: Said


class ResultGroups:
    """Ties result groups to arms, and makes arms of those that are none of the design's.

    `arms` holds the claims of both, in this order; without arms of the design the result groups are the arms.
    """

    def __init__(self, study: Study, arms: tuple[ArmClaim, ...]) -> None:
        self.arms: list[ArmClaim] = list(arms)
        self._names = Names(study)
        groups = study.protocol.part("armsInterventionsModule").each("armGroups")
        pairs = zip(arms, groups, strict=True)
        self._design = [self._arm(place, claim, group) for place, (claim, group) in enumerate(pairs)]
        self._own: dict[tuple[str, int], str] = {}

    def tie(self, places: list[Place]) -> dict[str, Group]:
        """The groups of one list by their ids."""
        named = [place for place in places if place.words("id") and place.words("title")]
        listed = [self._listed(number, place) for number, place in enumerate(named)]
        tied = _tied(listed, self._design)
        found: dict[str, Group] = {}
        whole_is_taken = False
        times: dict[str, int] = {}
        for one, place in zip(listed, named, strict=True):
            arm, rule, confidence = None, "ctgov:group.total", 0.95
            if one.place in tied:
                key, rule, confidence = tied[one.place]
                arm = key
            elif is_whole(one.title) and not whole_is_taken and (len(listed) > 1 or len(self._design) > 1):
                whole_is_taken = True
            else:
                name = normalised(one.title)
                times[name] = times.get(name, 0) + 1
                arm, rule, confidence = self._own_arm(place, name, times[name]), "ctgov:group.own", 1.0
            proof = place.evidence("title", rule, confidence)
            found[place.words("id") or ""] = Group(place.words("title") or "", arm, proof)
        return found

    def _own_arm(self, place: Place, name: str, time: int) -> str:
        """The key of the arm that a group is by itself; groups of one title in several lists are one."""
        if (name, time) not in self._own:
            key = f"group{len(self._own) + 1}" if self._design else f"arm{len(self.arms) + 1}"
            self._own[name, time] = key
            claim = ArmClaim(
                key=key,
                label=place.words("title") or "",
                is_result_group=bool(self._design),
                evidence=place.proofs(label="title"),
            )
            self.arms.append(claim)
        return self._own[name, time]

    def _arm(self, place: int, claim: ArmClaim, group: Place) -> _Arm:
        description = group.words("description") or ""
        label = self._names.read(claim.label)
        given = {(one.dose_value, (one.dose_unit or "").lower()) for one in claim.interventions if one.dose_value}
        said = [claim.label, description, *(one.name for one in claim.interventions)]
        return _Arm(
            key=claim.key,
            place=place,
            label=claim.label,
            description=plain(description),
            drugs=active(frozenset(drug_key(one.name) for one in claim.interventions) or label.drugs),
            doses=label.doses or frozenset((value, unit) for value, unit in given if value is not None),
            words=tokens(" ".join(said)),
        )

    def _listed(self, number: int, place: Place) -> _Listed:
        title, description = place.words("title") or "", place.words("description") or ""
        return _Listed(number, title, plain(description), self._names.read(title), self._names.read(description))


Fits = Callable[[_Listed, _Arm], bool]


def _tied(groups: list[_Listed], arms: list[_Arm]) -> dict[int, tuple[str, str, float]]:
    """The key of the arm, the rule and its confidence for each group (by its place) that is tied."""
    pairs: dict[int, tuple[_Arm, str, float]] = {}
    alone = [group for group in groups if not is_pool(group.title)]
    for rule, confidence, fits, exact in _RULES:
        asked = groups if exact else alone
        if rule in _ONLY_FOR_ALL and len(alone) != len(arms):
            continue
        open_arms = [arm for arm in arms if arm.key not in {tied.key for tied, _, _ in pairs.values()}]
        fitting = {
            group.place: [arm for arm in open_arms if fits(group, arm)] for group in asked if group.place not in pairs
        }
        for place, found in fitting.items():
            rivals = [other for other, theirs in fitting.items() if other != place and found and found[0] in theirs]
            if len(found) == 1 and not rivals:
                pairs[place] = (found[0], rule, confidence)
    if len(alone) == len(arms):
        _by_order(alone, arms, pairs)
    if len(groups) == len(arms) == 1 and not pairs:
        pairs[0] = (arms[0], "ctgov:group.only", 0.9)
    return {place: (arm.key, rule, confidence) for place, (arm, rule, confidence) in pairs.items()}


def _by_order(groups: list[_Listed], arms: list[_Arm], pairs: dict[int, tuple[_Arm, str, float]]) -> None:
    """Tie what is left by its place in the list, where all that is tied has kept it and nothing speaks against it."""
    inside = [(place, group) for place, group in enumerate(groups)]
    tied = [(place, pairs[group.place][0]) for place, group in inside if group.place in pairs]
    if not tied or any(arm.place != place for place, arm in tied):
        return
    rest = [(group, arms[place]) for place, group in inside if group.place not in pairs]
    if all(
        _nothing_against(group, arm) and active(group.in_title.drugs) in (frozenset(), arm.drugs) for group, arm in rest
    ):
        pairs.update({group.place: (arm, "ctgov:group.order", 0.6) for group, arm in rest})


def _nothing_against(group: _Listed, arm: _Arm) -> bool:
    """Whether the title names no drug and no dose that the arm does not have."""
    return active(group.in_title.drugs) <= arm.drugs and _same_doses(group.in_title, arm)


def _same_doses(said: Said, arm: _Arm) -> bool:
    """Whether words and arm state the same doses, or one of them none."""
    return not said.doses or not arm.doses or said.doses == arm.doses


def _explained(group: _Listed, arm: _Arm) -> bool:
    """Whether every word of the title is said of the arm too: a subset of an arm has a word of its own."""
    return group.in_title.rest <= arm.words


def _equal(group: _Listed, arm: _Arm) -> bool:
    return plain(group.title) == plain(arm.label)


def _normalised_equal(group: _Listed, arm: _Arm) -> bool:
    return normalised(group.title) == normalised(arm.label)


def _label_within(group: _Listed, arm: _Arm) -> bool:
    label = re.compile(rf"(?<!\w){re.escape(plain(arm.label))}(?!\w)")
    return label.search(plain(group.title)) is not None and _explained(group, arm) and _nothing_against(group, arm)


def _drug_and_dose(group: _Listed, arm: _Arm) -> bool:
    drugs = active(group.in_title.drugs)
    return bool(drugs) and drugs == arm.drugs and _same_doses(group.in_title, arm) and _explained(group, arm)


def _described_alike(group: _Listed, arm: _Arm) -> bool:
    """The registry fills a group's description with that of the arm, and then of its interventions."""
    return (
        len(arm.description) >= _LEAST_DESCRIPTION
        and group.description.startswith(arm.description)
        and _nothing_against(group, arm)
    )


def _drug_and_dose_described(group: _Listed, arm: _Arm) -> bool:
    said = group.in_description
    drugs = active(said.drugs)
    return bool(drugs) and not group.in_title.drugs and drugs == arm.drugs and _same_doses(said, arm)


_RULES: tuple[tuple[str, float, Fits, bool], ...] = (
    ("ctgov:group.title", 1.0, _equal, True),
    ("ctgov:group.title_normalised", 0.95, _normalised_equal, True),
    ("ctgov:group.label_within", 0.9, _label_within, False),
    ("ctgov:group.drug_dose", 0.9, _drug_and_dose, False),
    ("ctgov:group.description", 0.85, _described_alike, False),
    ("ctgov:group.drug_dose_described", 0.8, _drug_and_dose_described, False),
)
"""Id, confidence, test, and whether a title that sounds like a pool may be tied by it (to an arm of that label)."""
_ONLY_FOR_ALL = frozenset({"ctgov:group.description", "ctgov:group.drug_dose_described"})
"""Rules that cannot see a subset of an arm: they are asked only where a list has as many groups as the design arms."""
