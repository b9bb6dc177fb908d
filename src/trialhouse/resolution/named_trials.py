"""Documents that name a trial which is known by that name from others.

Papers on other trials have the name in their titles too: only drug, condition, years and as many participants make the
document one of that trial. Else a person is told, where the document is about the same thing: a drug, or words of the
title.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.groups import Groups
from trialhouse.resolution.in_brief import drugs_of
from trialhouse.resolution.known_names import Known, known_names, named_in_text, names_in
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.profiles import CONTROLS, Profile, acronym_key, against, drugs_told, missing
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import FIRST_REGISTRY
from trialhouse.resolution.title_words import in_words, words_about

METHOD = "acronym_drug_size"
CONFIDENCE = 0.85
"""Of a link by the name of a known trial, drug and number of participants."""

UNSIZED, OPPOSED = 0.4, 0.2
"""How likely a document is of the trial in its title where their sizes are not the same, where more differs."""

WORDS = 2
"""Words that the titles of a document and of the trial that it names have in common, where no drug is."""

Pair = tuple[int, int]


class Naming(NamedTuple):
    """A known trial that a document names, and where: "the title", "the text"."""

    known: Known
    place: str


def named_trials(
    mentions: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
    groups: Groups,
    profile: Callable[[int], Profile],
) -> tuple[list[tuple[Pair, Link]], list[Doubt]]:
    """The groups that name a known trial: those joined with it, which have no registry id, and pairs in doubt.

    Of `profile` only that of groups that name one is asked, since it reads their texts.
    """
    joining: list[tuple[Pair, Link]] = []
    doubtful: list[Doubt] = []
    asked = {root: ids for root in members if FIRST_REGISTRY not in (ids := groups.ids(root))}
    known = known_names(mentions, members) if asked else {}
    for root, ids in asked.items() if known else ():
        own = [mentions[number] for number in members[root]]
        named = [one for one in namings(own, known) if one.known.trial != root]
        for naming in named:
            name, trial, is_sure = naming.known
            others = [mentions[number] for number in members[trial]]
            if groups.are_apart(root, trial) or groups.contradict(root, trial) or _both_claim(name, own, others):
                continue
            one, other = profile(root), profile(trial)
            drugs, sizes = sorted(one.drugs & other.drugs), one.counted & (other.counted | other.planned)
            opposed = [*_registered_as(ids), *against(one, other)]
            unsaid = [f"{what} was not found on both sides" for what in missing(one, other)]
            if drugs and sizes and not (opposed or unsaid) and len(named) == 1 and is_sure and naming.place == "title":
                shared = f"same drug {', '.join(drugs)}, {max(sizes)} participants"
                reason = f"the title names {name}, {shared}, years {other.years} and {one.years}"
                joining.append(((root, trial), Link(METHOD, CONFIDENCE, reason)))
            elif about := same_subject(own, others, name, drugs):
                alone = "its title does not" if naming.place == "text" else "no report is known by that name alone"
                more = "others too" if len(named) > 1 else alone
                but = next(iter((*opposed, *unsaid)), more if sizes else "not the same number of participants")
                score = OPPOSED if opposed else UNSIZED
                reason = f"the {naming.place} names {name}, {about}, but {but}"
                doubtful.append(Doubt.of(mentions[root], mentions[trial], METHOD, score, reason))
    return joining, doubtful


def namings(mentions: Sequence[Mention], known: Mapping[str, Known]) -> list[Naming]:
    """The known trials that documents name in their titles; where none does, in their texts, and one only."""
    titled = names_in([mention.document.title for mention in mentions], known)
    if titled:
        return [Naming(one, "title") for one in titled]
    told = {one for mention in mentions for one in named_in_text(mention, known)}
    return [Naming(one, "text") for one in told] if len(told) == 1 else []


def same_subject(own: Sequence[Mention], others: Sequence[Mention], name: str, drugs: Sequence[str] = ()) -> str | None:
    """What documents and those of a trial that they name are both about, in words; None where nothing was found.

    `drugs` are those that were read on both sides. Where others were read, a text tells of the trial's in passing.
    """
    if drugs:
        return f"same drug {', '.join(drugs)}"
    words = words_about((mention.document.title for mention in own), [name])
    both = words & words_about((mention.document.title for mention in others), [name])
    if len(both) >= WORDS:
        return f"both titles have {in_words(both)}"
    if any(drugs_of(mention.claims) - CONTROLS for mention in own):
        return None
    told = frozenset[str]().union(*(drugs_told(others, mention.document) for mention in own))
    return f"it tells of {', '.join(sorted(told))}" if told else None


def _registered_as(ids: Mapping[str, Collection[str]]) -> list[str]:
    """The registry ids of a group, by their numberings, as what speaks against its being of another trial."""
    return (
        [f"it is registered as {', '.join(sorted(one.upper() for own in ids.values() for one in own))}"] if ids else []
    )


def _both_claim(name: str, one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    """Whether the name was read as the acronym on both sides, which are then compared by that."""
    return all(acronym_key(name) in set(_claimed(side)) for side in (one, other))


def _claimed(mentions: Sequence[Mention]) -> Iterator[str | None]:
    return (acronym_key(mention.claims.trial.acronym) for mention in mentions)
