"""The same outcome in several documents of one trial: claims that are brought together to one row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trialhouse.model.extraction import OutcomeClaim
from trialhouse.resolution.alignment import align
from trialhouse.resolution.arms import ArmTable
from trialhouse.resolution.measure_likeness import MeasureNames
from trialhouse.resolution.mirrored import mirror
from trialhouse.resolution.outcome_likeness import APART, EXACT, TOLD, OutcomeFacts, facts_of, fit, is_effect_on
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.rounding import equal_as_rounded

Claims = list[tuple[Mention, OutcomeClaim]]
Key = tuple[object, ...]


@dataclass
class OutcomeGroup:
    """One outcome of a trial: what its id is made of, and the claims of every document about it."""

    key: Key
    claims: Claims
    facts: list[OutcomeFacts] = field(default_factory=list)
    numbers: dict[Key, list[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class OutcomeGroups:
    """The outcomes of a trial, and pairs of them that may be one: the earlier one, the other, and who speaks of it."""

    groups: tuple[OutcomeGroup, ...]
    doubtful: tuple[tuple[OutcomeGroup, OutcomeGroup, Mention], ...]


def outcome_key(claim: OutcomeClaim) -> Key:
    """What makes two outcomes of a document one: the measure, its time frame, population and subgroup."""
    measure = claim.norm or " ".join(claim.measure.casefold().split())
    weeks = None if claim.time_frame_weeks is None else round(claim.time_frame_weeks, 3)
    key = (measure, weeks if weeks is not None else claim.time_frame, claim.population, claim.subgroup)
    return key if claim.occurrence is None else (*key, claim.occurrence)


def group_outcomes(mentions: Sequence[Mention], arms: ArmTable, names: MeasureNames) -> OutcomeGroups:
    """Bring the outcomes of all documents together, those of the first document first.

    Two outcomes of one document are never one. Those of two documents are where they fit, nothing rivals it, and their
    numbers do not contradict it: numbers that agree tell which of several is meant, and what fits only half stays apart
    where none of them does.
    """
    groups: list[OutcomeGroup] = []
    doubtful: list[tuple[OutcomeGroup, OutcomeGroup, Mention]] = []
    is_one = len({mention.name for mention in mentions}) < 2
    for mention in mentions:
        new = _with_their_effects([_group(key, claims, names) for key, claims in _within(mention).items()])
        for group in [] if is_one else new:
            group.numbers = _numbers_of(group.claims, arms)
        joined, pairs = _aligned(groups, new)
        for place, group in enumerate(new):
            known = joined.get(place)
            if known is None:
                groups.append(group)
            else:
                known.claims += group.claims
                known.facts += group.facts
                for key, values in group.numbers.items():
                    known.numbers.setdefault(key, []).extend(values)
        doubtful += [(known, group, mention) for known, group in pairs]
    return OutcomeGroups(tuple(groups), tuple(doubtful))


def _group(key: Key, claims: Claims, names: MeasureNames) -> OutcomeGroup:
    facts = {facts_of(outcome_key(claim), claim, names): None for _, claim in claims}
    return OutcomeGroup(key, claims, list(facts))


def _with_their_effects(groups: list[OutcomeGroup]) -> list[OutcomeGroup]:
    """The outcomes of one document, with "hazard ratio for death" in the only one that it is an effect on."""
    homes: dict[int, list[OutcomeGroup]] = {}
    for place, group in enumerate(groups):
        if all(one.is_effect for one in group.facts):
            homes[place] = [o for o in groups if all(is_effect_on(a, b) for a in group.facts for b in o.facts)]
    left = []
    for place, group in enumerate(groups):
        if len(of := homes.get(place, [])) == 1:
            of[0].claims += group.claims
            of[0].facts += group.facts
        else:
            left.append(group)
    return left


def _aligned(
    groups: list[OutcomeGroup], new: list[OutcomeGroup]
) -> tuple[dict[int, OutcomeGroup], list[tuple[OutcomeGroup, OutcomeGroup]]]:
    """The known group of each new one, by its place, and pairs in doubt."""
    known = list(groups)

    def rank(one: int, other: int) -> int:
        found = [fit(mine, theirs) for mine in known[one].facts for theirs in new[other].facts]
        best = max(found, default=APART)
        if best > EXACT:
            return best
        if APART in found:
            return APART
        return TOLD if best < EXACT and _agreeing(known[one], new[other]) == (False, True) else best

    def same_numbers(one: int, other: int) -> bool:
        return _agreeing(known[one], new[other]) == (True, False)

    found = align(range(len(known)), range(len(new)), rank, (same_numbers,))
    return (
        {place: known[one] for place, one in found.joined.items()},
        [(known[one], new[other]) for one, other in found.doubtful],
    )


def _agreeing(one: OutcomeGroup, other: OutcomeGroup) -> tuple[bool, bool]:
    """Whether some numbers of the same arms and kinds agree, and whether some do not."""
    agree = [
        any(equal_as_rounded(a, b) for a in one.numbers[key] for b in values)
        for key, values in other.numbers.items()
        if key in one.numbers
    ]
    return any(agree), not all(agree)


def _numbers_of(claims: Claims, arms: ArmTable) -> dict[Key, list[float]]:
    """The numbers of an outcome by what they are of, in words that documents share."""
    found: dict[Key, list[float]] = {}
    for mention, claim in claims:
        for number in claim.measurements:
            kind = (number.statistic, number.is_baseline, number.is_change_from_baseline)
            key = (arms.arm_id(mention, number.arm), *kind, number.classification, number.category)
            found.setdefault(key, []).append(number.value)
        for analysis in claim.analyses:
            if analysis.estimate is not None:
                sides = arms.arm_id(mention, analysis.arm), arms.arm_id(mention, analysis.comparator)
                value = analysis.estimate
                if None not in sides and sides > (one_way := (sides[1], sides[0])):
                    turned = mirror(analysis.effect, value)
                    sides, value = (sides, value) if turned is None else (one_way, turned)
                found.setdefault((*sides, analysis.effect), []).append(value)
    return found


def _within(mention: Mention) -> dict[Key, Claims]:
    """The claims of one document by outcome, and a plan with the outcomes that it names.

    A plan has no numbers and no population: it names every posted outcome of its document that has its type, measure
    and time frame.
    """
    claims = mention.claims.outcomes
    posted: dict[Key, dict[Key, None]] = {}
    for claim in claims:
        if claim.measurements or claim.analyses:
            posted.setdefault(_plan_key(claim), {})[outcome_key(claim)] = None
    groups: dict[Key, Claims] = {}
    for claim in claims:
        key, named = outcome_key(claim), posted.get(_plan_key(claim), {})
        is_plan = not (claim.measurements or claim.analyses or claim.population or claim.subgroup)
        for place in named if is_plan and named and key not in named else (key,):
            groups.setdefault(place, []).append((mention, claim))
    return groups


def _plan_key(claim: OutcomeClaim) -> Key:
    """What a planned outcome and the posted one agree in: a plan names no population."""
    measure, frame = (" ".join((words or "").casefold().split()) for words in (claim.measure, claim.time_frame))
    return claim.outcome_type, measure, claim.time_frame_weeks or frame
