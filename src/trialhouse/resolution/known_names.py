"""What trials are called: by their registry records, their reports, or in a title that calls one a trial by a name.

"BELFRY: finerolone in heart failure", "… slows decline: AURIGA-CKD", "nested in the PEBBLE trial": that a trial is
known by the word makes it a name there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.in_brief import HEAD, names_of_page, text_before
from trialhouse.resolution.profiles import acronym_key
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.short_names import SHORT_NAME, is_named_in
from trialhouse.text.lazy_patterns import lazy_compile

MOST_CALLED = 3
"""So many trials without a number of their own may be called alike, and be one; what more have in common is no name."""

_NAME = lazy_compile(SHORT_NAME)
_DESIGN = (
    r"(?:cluster|randomi[sz]ed|controlled|clinical|pilot|feasibility|pragmatic|multi-?cent(?:re|er)|phase|[IVab\d/]{1,4}"
    r"|double-blind|open-label|placebo-controlled|factorial|crossover|platform|main|extension|follow-up)"
)
_CALLED_A_TRIAL = lazy_compile(
    rf"\b[Tt]he (?:(?:[a-z][a-z-]*|\d[ab]?) ){{0,4}}?({SHORT_NAME}) (?:{_DESIGN}[ -]){{0,4}}?"
    r"(?:trial|study|extension)\b"
)
_BEFORE_NUMBER = lazy_compile(
    rf"[(;.]\s*({SHORT_NAME})(?: trial| study)?,? [A-Z][\w.]+(?: registry)? (?:number|identifier|registration),?:? ?\Z"
)

_RECORD, _REGISTERED, _UNREGISTERED, _TITLED = range(4)
"""The ranks of what says a name: a record, reports with and without a number, and last a title alone."""

_HEADLINE = 5
"""Words of a title that may be names, one and all ("ACC 2024: HORIZON-AF")."""


class Known(NamedTuple):
    """The name of a trial as it is written, the trial (its group), and whether more than a title has the name."""

    name: str
    trial: int
    is_sure: bool = True


def known_names(mentions: Sequence[Mention], members: Mapping[int, Sequence[int]]) -> dict[str, Known]:
    """By its key each name that one trial has.

    A registry record that has the name says more than a report with a number, and that more than one without; of those
    without a number, which may be of one trial, the first stands for all.
    """
    found: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for root, numbers in members.items():
        for rank, name in _names(mentions, numbers):
            if _NAME.fullmatch(name) and (key := acronym_key(name)):
                found[key][root] = min((rank, name), found[key].get(root, (rank, name)))
    return {key: known for key, named in found.items() if (known := _of_one(named)) is not None}


def _of_one(named: Mapping[int, tuple[int, str]]) -> Known | None:
    """The trial of a name, of those that have it with their ranks."""
    best = min(rank for rank, _ in named.values())
    roots = sorted(root for root, (rank, _) in named.items() if rank == best)
    if len(roots) > (1 if best < _UNREGISTERED else MOST_CALLED):
        return None
    return Known(named[roots[0]][1], roots[0], best < _TITLED)


def _names(mentions: Sequence[Mention], numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The names of a group, each with the rank of what says it."""
    is_registered = any(mentions[number].claims.trial.registry_ids for number in numbers)
    for number in numbers:
        mention = mentions[number]
        acronym = mention.claims.trial.acronym
        if mention.document.kind is DocumentKind.REGISTRY:
            rank = _RECORD
        elif mention.document.kind is DocumentKind.NEWS and not is_registered:
            continue  # a page names trials beside its own
        else:
            rank = _REGISTERED if is_registered else _UNREGISTERED
        if acronym:
            yield rank, acronym
        elif name := _name_before_number(mention):
            yield rank, name
        elif mention.document.kind is not DocumentKind.REGISTRY:
            for called in _CALLED_A_TRIAL.findall(mention.document.title or ""):
                yield _TITLED, called


def _name_before_number(mention: Mention) -> str | None:
    """The name that stands before the trial's own number ("WHITEBEAM 5 ISRCTN number, ISRCTN…")."""
    document = mention.document
    if document.kind is DocumentKind.REGISTRY or not document.registry_ids:
        return None
    own = {value.lower() for value in mention.claims.trial.registry_ids}
    for one in document.registry_ids:
        if one.value.lower() in own and (found := _BEFORE_NUMBER.search(text_before(document, one.start, HEAD))):
            return found[1]
    return None


def names_in(titles: Iterable[str | None], known: Mapping[str, Known]) -> list[Known]:
    """The known trials that titles name. In a sentence all in capitals no word is a name."""
    said = [title for title in titles if title and not (title.isupper() and len(title.split()) > _HEADLINE)]
    keys = {key for title in said for word in _NAME.findall(title) if (key := acronym_key(word))}
    found = {known[key] for key in keys if key in known}
    return sorted(one for one in found if any(is_named_in(title, one.name) for title in said))


def named_in_text(mention: Mention, known: Mapping[str, Known]) -> list[Known]:
    """The known trials that a text names as what it is on, or a page of news at all."""
    said = (mention.claims.trial.acronym, *names_of_page(mention.document))
    return sorted({known[key] for name in said if (key := acronym_key(name)) and key in known})
