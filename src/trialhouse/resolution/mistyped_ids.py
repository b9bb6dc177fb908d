"""Registry ids with a slip: a digit too many or too few, a letter for a digit, two letters of the registry turned.

Such an id is that of no trial, so that nothing is linked by it; a person is told, with the ids that may be meant.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialhouse.model.document import Document, ZoneKind
from trialhouse.model.identifiers import normalise_registry_id
from trialhouse.text.lazy_patterns import lazy_compile

LENGTHS = {"NCT": 8, "ISRCTN": 8, "DRKS": 8, "KCT": 7}
"""How many digits a number of these registries has; those of the others are of several lengths."""

TURNED = {"NTC": "NCT", "ISCRTN": "ISRCTN", "ISRTCN": "ISRCTN", "DKRS": "DRKS", "KTC": "KCT"}
"""What people write for the letters of a registry."""

_WRITTEN = lazy_compile(
    rf"(?<![A-Za-z0-9])({'|'.join((*LENGTHS, *TURNED))})[ \u00a0:#\-–]{{0,2}}([0-9OoIl]{{6,10}})(?![A-Za-z0-9])"
)
_MAYBE = lazy_compile(r"[NIDK][A-Z]{2,6}[ \u00a0:#\-–]{0,2}[0-9OoIl]{5}")
"""What all of these begin with, looked for first: it is found several times as fast."""
_AS_DIGITS = str.maketrans("OoIl", "0011")
_ELSEWHERE = frozenset({ZoneKind.RELATED, ZoneKind.ADVERTISEMENT, ZoneKind.MENU, ZoneKind.FOOTER})
"""Parts of a page that are not what the document says."""


@dataclass(frozen=True)
class MistypedId:
    """What is written as a registry id and is none, at its place in the document's text, with what may be meant."""

    quote: str
    start: int
    end: int
    meant: tuple[str, ...]


def mistyped_ids(document: Document) -> list[MistypedId]:
    """The registry ids with a slip in a document, each once; none that is a slip of one that the document has too."""
    prose = document.prose
    text, zones = (prose.text, prose.zones) if prose is not None else (document.text, document.zones)
    own = {one.value for one in (*document.registry_ids, *document.cited_registry_ids)}
    found: dict[str, MistypedId] = {}
    for match in filter(None, (_WRITTEN.match(text, begun.start()) for begun in _MAYBE.finditer(text))):
        letters, written = match.groups()
        registry, digits = TURNED.get(letters, letters), written.translate(_AS_DIGITS)
        is_number = sum(sign.isdigit() for sign in written) >= len(written) / 2
        if not is_number or normalise_registry_id(match.group()) is not None:
            continue
        if any(zone.start <= match.start() < zone.end and zone.kind in _ELSEWHERE for zone in zones):
            continue
        meant = tuple(dict.fromkeys(_ids(registry, digits)))
        if own.isdisjoint(meant):
            start, end = match.span() if prose is None else prose.in_file(*match.span())[:2]
            found.setdefault(match.group(), MistypedId(match.group(), start, end, meant))
    return list(found.values())


def _ids(registry: str, digits: str) -> Iterator[str]:
    """The well-formed ids that these digits are but for one slip; one alone where only the letters were wrong."""
    length = LENGTHS[registry]
    whole = [digits] if len(digits) == length else []
    for number in itertools.chain(whole, _one_slip_away(digits, length)):
        known = normalise_registry_id(f"{registry}{number}")
        if known is not None:
            yield known[1]
            if number == digits:
                return


def _one_slip_away(digits: str, length: int) -> Iterator[str]:
    """The numbers of a length that are made of digits by leaving one out, adding one, or exchanging one."""
    places: Sequence[int] = range(len(digits) + 1)
    match len(digits) - length:
        case 1:
            yield from (digits[:at] + digits[at + 1 :] for at in places[:-1])
        case -1:
            yield from (digits[:at] + new + digits[at:] for at in places for new in "0123456789")
        case 0:
            yield from (digits[:at] + new + digits[at + 1 :] for at in places[:-1] for new in "0123456789")
