"""Pages that report several trials, each with a registration of its own: nothing on them is bound to any."""

import re
from collections import defaultdict
from itertools import pairwise

from trialhouse.model.document import Document, Identifier, ZoneKind
from trialhouse.model.extraction import Candidate
from trialhouse.model.identifiers import numbering_of
from trialhouse.text.lazy_patterns import lazy_compile

_ASSIGNED = lazy_compile(r"\brandom(?:i[sz]ed|ly)\b|\bassigned\b|\ballocated\b|\benrolled\b", re.I)
_RESULT = lazy_compile(r"\d\s?%|\bp\s?[=<>‹≤]\s?0?[.·]\d|\bvs?\.?\s+\d", re.I)

REASON = "several_trials"

TOGETHER = "several_registrations"
"""The reason where a text names two ids of one registry and reports on them as one."""


def registered_apart(document: Document) -> list[Identifier]:
    """The ids of one numbering whose trials are each reported in a part of the text of their own; else none.

    The body is cut behind each id's first mention. Two parts that both assign participants and give results are two
    trials; two ids side by side at the end of one report are not.
    """
    by_numbering: dict[str, dict[str, Identifier]] = defaultdict(dict)
    for identifier in document.registry_ids:
        if identifier.registry and _in_body(document, identifier.start):
            by_numbering[numbering_of(identifier.value)].setdefault(identifier.value, identifier)
    for _, ids in sorted(by_numbering.items()):
        ordered = sorted(ids.values(), key=lambda identifier: identifier.start)
        cuts = [0, *(identifier.end for identifier in ordered[:-1]), len(document.text)]
        parts = [_body(document, start, end) for start, end in pairwise(cuts)]
        if sum(bool(_ASSIGNED.search(part) and _RESULT.search(part)) for part in parts) >= 2:
            return ordered
    return []


def sentence_of(ids: list[Identifier]) -> str:
    """Why nothing was bound, for people."""
    names = ", ".join(identifier.value for identifier in ids)
    return f"{REASON}: the page reports several trials ({names}) and none of its numbers were bound to one of them"


def as_candidates(document: Document, ids: list[Identifier], reason: str = REASON) -> list[Candidate]:
    """The registrations, as what was read and not trusted."""
    return [
        Candidate(kind="registry_id", start=i.start, end=i.end, quote=document.text[i.start : i.end], reason=reason)
        for i in ids
    ]


def _in_body(document: Document, at: int) -> bool:
    return any(zone.start <= at < zone.end and zone.kind in (ZoneKind.BODY, ZoneKind.TITLE) for zone in document.zones)


def _body(document: Document, start: int, end: int) -> str:
    """The characters of the body between two places."""
    pieces = [
        document.text[max(zone.start, start) : min(zone.end, end)]
        for zone in document.zones
        if zone.kind is ZoneKind.BODY and zone.start < end and zone.end > start
    ]
    return "\n".join(pieces)
