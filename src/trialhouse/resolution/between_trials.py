"""Texts that state the registry ids of two trials as if they were one: their own reports contradict each other.

One trial may be registered twice, and a text that states both ids says so. It says something else where each id has
documents of its own and these are of trials with other names and sizes, or with two numbers of one registry: a post
hoc analysis of both, whose numbers are of neither.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import numbering_of
from trialhouse.resolution.profiles import Profile, acronym_key, profile_of, sizes_fit
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import FIRST_REGISTRY

Naming = Mapping[str, Sequence[Mention]]
"""The mentions that have each registry id (in lower case) as their own."""


def between_trials(mentions: Sequence[Mention], judged: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """The registry ids of each text that states those of several trials, by the names of their mentions.

    A registry record is believed, and so is a person: `judged` are the names of mentions that were judged to be of a
    trial. The rest is asked id by id, whatever the order of the mentions.
    """
    naming: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for value in mention.claims.trial.registry_ids:
            naming[value.lower()].append(mention)
    return {
        mention.name: mention.claims.trial.registry_ids
        for mention in mentions
        if len(mention.claims.trial.registry_ids) > 1
        and mention.document.kind is not DocumentKind.REGISTRY
        and mention.name not in judged
        and any(_parts(mention, *sides) for sides in _sides(mention, naming))
    }


def _sides(mention: Mention, naming: Naming) -> Iterator[tuple[tuple[str, str], list[Mention], list[Mention]]]:
    """Each two ids of a text, the one of ClinicalTrials.gov first, with what has the first alone, and the second."""
    ids = sorted(
        {value.lower() for value in mention.claims.trial.registry_ids},
        key=lambda value: (numbering_of(value) != FIRST_REGISTRY, numbering_of(value), value),
    )
    for one, other in combinations(ids, 2):
        having, others = naming[one], naming[other]
        both = {n.name for n in having} & {n.name for n in others}
        if not any(n.document.kind is DocumentKind.REGISTRY and n.name in both for n in having):
            apart, others_apart = ([n for n in side if n.name not in both] for side in (having, others))
            yield (one, other), apart, others_apart


def _parts(mention: Mention, ids: tuple[str, str], having: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether what has the first id of a text alone, and what has the second, are of two trials that it speaks of."""
    if not (having and others):
        return False
    own, sides = profile_of([mention]), (profile_of(having), profile_of(others))
    # The other way round an id of ClinicalTrials.gov decides, where groups are joined.
    series = numbering_of(ids[1])
    if any(numbering_of(value) == series for one in having for value in one.claims.trial.registry_ids):
        return not _is_report_of(own, sides[1])
    if _one_name(*sides) or sizes_fit(*sides):
        return False
    named = [_names(own, side) for side in sides]
    return all(named) or not (any(named) or any(_is_report_of(own, side) for side in sides))


def _is_report_of(own: Profile, side: Profile) -> bool:
    """Whether a text has the acronym or the size of a side."""
    return bool(own.acronyms & side.acronyms or (own.counted and side.counted and sizes_fit(own, side)))


def _one_name(one: Profile, other: Profile) -> bool:
    """Whether two sides may have one acronym: it is not said on both, or the one of a part begins with the whole's."""
    pairs = [(a, b) for a in one.acronyms for b in other.acronyms]
    return not pairs or any(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _names(own: Profile, side: Profile) -> bool:
    """Whether a text has the acronym of a side."""
    names = (name.casefold() for name in side.written_acronyms if acronym_key(name))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?![\w-])", own.text) for name in names)
