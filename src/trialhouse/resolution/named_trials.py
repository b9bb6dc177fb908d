"""Documents whose title names a registered trial in no form by which a name is known for one.

"BELFRY: finerolone in heart failure", "… slows decline: AURIGA-CKD", "the DOVETAIL-MI substudy": that a registry record
has the word as its acronym makes it a name. Papers on other trials have it in their titles too: only drug, condition,
years and as many participants make the document one of that trial.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.groups import Groups
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.profiles import Profile, acronym_key, against, missing
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.short_names import SHORT_NAME, is_named_in

METHOD = "acronym_drug_size"
CONFIDENCE = 0.85
"""Of a link by the name of a registered trial, drug and number of participants."""

UNSIZED, OPPOSED = 0.4, 0.2
"""How likely a document is of the trial in its title where their sizes are not the same, where more differs."""

_NAME = re.compile(SHORT_NAME)

Pair = tuple[int, int]
Named = tuple[str, int]
"""The acronym of a trial as its registry record writes it, and the trial's group."""


def named_trials(
    mentions: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
    groups: Groups,
    profile: Callable[[int], Profile],
) -> tuple[list[tuple[Pair, Link]], list[Doubt]]:
    """The groups without a registry id whose title names a registered trial: those joined with it, and pairs in doubt.

    Of `profile` only that of groups that name one is asked, since it reads their texts.
    """
    joining: list[tuple[Pair, Link]] = []
    doubtful: list[Doubt] = []
    registered = registered_names(mentions, members)
    for root, numbers in members.items():
        named = () if groups.ids(root) else _named([mentions[number] for number in numbers], registered)
        for name, trial in named:
            if groups.are_apart(root, trial) or groups.contradict(root, trial):
                continue
            one, other = profile(root), profile(trial)
            drugs, sizes = sorted(one.drugs & other.drugs), one.counted & (other.counted | other.planned)
            unsaid = [f"{what} was not found on both sides" for what in missing(one, other)]
            opposed = against(one, other) or unsaid
            said = f"the title names {name}, same drug {', '.join(drugs)}"
            if drugs and sizes and not opposed and len(named) == 1:
                reason = f"{said}, {max(sizes)} participants, years {other.years} and {one.years}"
                joining.append(((root, trial), Link(METHOD, CONFIDENCE, reason)))
            elif drugs:
                but = opposed[0] if opposed else "not the same number of participants" if not sizes else "others too"
                score = OPPOSED if opposed else UNSIZED
                doubtful.append(Doubt.of(mentions[root], mentions[trial], METHOD, score, f"{said}, but {but}"))
    return joining, doubtful


def registered_names(mentions: Sequence[Mention], members: Mapping[int, Sequence[int]]) -> dict[str, Named]:
    """By its key each acronym that registry records of one trial alone have."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for root, numbers in members.items():
        for number in numbers:
            if mentions[number].document.kind is DocumentKind.REGISTRY:
                name = mentions[number].claims.trial.acronym or ""
                if (key := acronym_key(name)) and _NAME.fullmatch(name):
                    found[key][root] = name
    return {key: (name, root) for key, names in found.items() if len(names) == 1 for root, name in names.items()}


def _named(mentions: Sequence[Mention], registered: Mapping[str, Named]) -> list[Named]:
    """The registered trials that titles name and no claim has as the acronym, which is compared otherwise."""
    known = {acronym_key(mention.claims.trial.acronym) for mention in mentions}
    found = names_in([mention.document.title or "" for mention in mentions], registered)
    return [(name, trial) for name, trial in found if acronym_key(name) not in known]


def names_in(titles: Sequence[str], registered: Mapping[str, Named]) -> list[Named]:
    """The registered trials that titles name."""
    keys = {key for title in titles for said in _NAME.findall(title) if (key := acronym_key(said))}
    found = {registered[key] for key in keys if key in registered}
    return sorted((name, trial) for name, trial in found if any(is_named_in(title, name) for title in titles))
