"""Texts that give a trial's number beside another number of a registry in which that trial has one of its own.

A text on the Japanese trial that names the global one has the Japanese number, and the global number beside it. It is
of the trial whose number in that registry it has: two different numbers of one registry are two trials. A number that
no other document has may be a slip, and parts nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import numbering_of
from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import FIRST_REGISTRY

SCORE = 0.3
"""How likely a text is of the trial of the number that it gives beside another one of a registry of that trial."""


def without_rival_ids(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Doubt]]:
    """The same mentions, each without the numbers of trials that have another number in a later registry than it.

    ClinicalTrials.gov comes first, the others by name. What number a trial has in a registry its own record says, else
    most of the mentions with its number, of as many the one that sorts first.
    """
    naming: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        for value in mention.claims.trial.registry_ids:
            naming[value.lower()].append(number)
    lost: dict[int, set[str]] = defaultdict(set)
    doubts: list[Doubt] = []
    beside = {one.lower() for m in mentions if len(ids := m.claims.trial.registry_ids) > 1 for one in ids}
    for value, members in sorted((value, naming[value]) for value in beside):
        having = {number: mentions[number] for number in members}
        numbers = {number: _numbers(mentions, number, value, naming) for number in members}
        for number, other, said in _rivals(value, having, numbers, naming):
            lost[number].add(value)
            doubts.append(Doubt.of(mentions[number], mentions[other], "registry_id", SCORE, said))
    kept = [mention.without_ids(lost[n]) if n in lost else mention for n, mention in enumerate(mentions)]
    return kept, doubts


def _rivals(
    value: str,
    having: Mapping[int, Mention],
    numbers: Mapping[int, Mapping[str, frozenset[str]]],
    naming: Mapping[str, Sequence[int]],
) -> Iterator[tuple[int, int, str]]:
    """The mentions with an id that are of another trial by a later registry: each with one of the trial, and why.

    `numbers` are the ids of their trials in later registries, `naming` all mentions by the ids that they have.
    """
    own = [number for number, mention in having.items() if _is_record_of(mention, value)]
    for series in sorted({series for ids in numbers.values() for series in ids}):
        said = {number: ids[series] for number, ids in numbers.items() if series in ids}
        known = [one for number in own if number in said for one in said[number]] or _most(said.values())
        of_trial = min(number for number, ids in said.items() if not ids.isdisjoint(known))
        for number, ids in said.items():
            is_elsewhere = any(one not in having for later in ids for one in naming[later])
            if number not in own and ids.isdisjoint(known) and is_elsewhere:
                theirs, others = (", ".join(sorted(one.upper() for one in group)) for group in ({*known}, ids))
                yield number, of_trial, f"both name {value.upper()}, but its trial is {theirs} and this is {others}"


def _most(said: Iterable[frozenset[str]]) -> list[str]:
    """The id that most have."""
    counts = Counter(one for ids in said for one in ids)
    return [min(counts, key=lambda one: (-counts[one], one))]


def _numbers(
    mentions: Sequence[Mention], number: int, value: str, naming: Mapping[str, Sequence[int]]
) -> dict[str, frozenset[str]]:
    """The ids in registries later than that of an id: of a mention, else of those that share an id of an earlier one.

    Those are of its trial before the id is looked at: without them a number of a third registry could make one of two.
    """
    rank = _rank(numbering_of(value))
    own = (one.lower() for one in mentions[number].claims.trial.registry_ids)
    sharing = {other for one in own if _rank(numbering_of(one)) < rank for other in naming[one]}
    found: dict[str, frozenset[str]] = {}
    for other in sorted(sharing - {number}):
        for series, ids in _later(mentions[other], value).items():
            found[series] = found.get(series, frozenset()) | ids
    return found | _later(mentions[number], value)


def _later(mention: Mention, value: str) -> dict[str, frozenset[str]]:
    """The ids of a mention in registries that come after that of an id, by their numberings, in lower case."""
    found: dict[str, frozenset[str]] = {}
    for one in mention.claims.trial.registry_ids:
        series = numbering_of(one)
        if _rank(series) > _rank(numbering_of(value)):
            found[series] = found.get(series, frozenset()) | {one.lower()}
    return found


def _rank(series: str) -> tuple[bool, str]:
    return series != FIRST_REGISTRY, series


def _is_record_of(mention: Mention, value: str) -> bool:
    """Whether a mention is the registry record of an id: its first one."""
    is_record = mention.document.kind is DocumentKind.REGISTRY
    return is_record and mention.claims.trial.registry_ids[0].lower() == value
