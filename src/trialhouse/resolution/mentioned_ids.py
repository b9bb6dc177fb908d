"""Registry ids of other trials: a text may compare its findings with those of a trial whose id it gives, or cite it.

Such an id links nothing. The pair is told to a person, who sees whose id it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.doubts import MOST_PARTS, Doubt
from trialhouse.resolution.groups import Groups
from trialhouse.resolution.link_reasons import stands_in_text_only
from trialhouse.resolution.profiles import against, are_clearly_others, profile_of
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import Key

SCORE = 0.2
"""How likely a text is of the trial whose id it gives, where drug and size are others than the registry's."""

CITED = "cited_registry_id"
"""The method of pairs of a text and the trial whose id stands in its list of references only."""

CITED_AGAINST = 0.1
"""How likely those are one trial where more than the place of the id speaks against it; else `SCORE`."""

_OWN = re.compile(r"\bregist(?:ered|ration)\b|\bidentifier\b|\bnumber\b|\bfunded\b", re.I)
"""Words before an id by which a text says that it is its own."""
_READ_BEFORE = 120


def without_ids_of_others(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Doubt]]:
    """The same mentions, each without the registry ids of trials that are clearly others, and the pairs to look at.

    An id counts as another trial's where it stands in running text only, no word before it says that it is the
    registration, and both drug and size of the mention are others than those of each registry record with that id.
    """
    records: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.document.kind is DocumentKind.REGISTRY:
            for value in mention.claims.trial.registry_ids:
                records[value.lower()].append(mention)
    kept, doubts = [], []
    for mention in mentions:
        others = dict(_of_others(mention, records))
        doubts += list(others.values())
        kept.append(_without(mention, others) if others else mention)
    return kept, doubts


def cited_trials(
    mentions: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
    groups: Groups,
    owners: Mapping[Key, Sequence[int]],
) -> Iterator[Doubt]:
    """The pairs of a text and a trial whose registry id its list of references has.

    A paper cites the record of its own trial as it does that of another one. `members` are the mentions of each group,
    `owners` those that have a key. A text that cites many tells nothing of any; one with another id of the same
    numbering, or with the trial itself, leaves no doubt.
    """
    for number, mention in enumerate(mentions):
        cited = mention.document.cited_registry_ids if mention.number is None else ()
        for one in cited if len(cited) <= MOST_PARTS else ():
            trials = sorted({groups.find(other) for other in owners.get(("registry", one.value.lower()), ())})
            for trial in trials:
                own = groups.find(number)
                if own == trial or own not in members or groups.contradict(own, trial):
                    continue
                profiles = [profile_of([mentions[n] for n in members[root]]) for root in (own, trial)]
                opposed = against(*profiles)
                said = f"{mention.name} has {one.value} in its list of references only" + (
                    f", but {'; '.join(opposed)}" if opposed else ""
                )
                yield Doubt.of(mention, mentions[trial], CITED, CITED_AGAINST if opposed else SCORE, said)


def _of_others(mention: Mention, records: Mapping[str, Sequence[Mention]]) -> Iterator[tuple[str, Doubt]]:
    """The ids of other trials that a mention has, each with the doubt about it."""
    if mention.document.kind is DocumentKind.REGISTRY:
        return
    for value in mention.claims.trial.registry_ids:
        registered = records.get(value.lower(), ())
        if not registered or not _is_only_told(mention, value):
            continue
        opposed = [are_clearly_others([mention], [record]) for record in registered]
        if all(opposed):
            said = f"{mention.name} names {value} in its text, but {'; '.join(opposed[0])}"
            yield value, Doubt.of(mention, registered[0], "registry_id", SCORE, said)


def _is_only_told(mention: Mention, value: str) -> bool:
    """Whether an id stands in running text only, and never where the text says that it is its own."""
    document = mention.document
    if not stands_in_text_only(document, value):
        return False
    for one in document.registry_ids:
        if one.value.lower() == value.lower():
            sentence = re.split(r"[.;]\s", document.text[max(0, one.start - _READ_BEFORE) : one.start])[-1]
            if _OWN.search(sentence):
                return False
    return True


def _without(mention: Mention, others: Mapping[str, Doubt]) -> Mention:
    trial = mention.claims.trial
    own = tuple(value for value in trial.registry_ids if value not in others)
    claims = mention.claims.model_copy(update={"trial": trial.model_copy(update={"registry_ids": own})})
    return replace(mention, claims=claims)
