"""Whether a page reserves text and data mining, and by which words or signal.

The right to reserve it is that of Directive (EU) 2019/790, article 4(3). Signals for machines are the TDM Reservation
Protocol (a header or meta element `tdm-reservation: 1`) and `noai` or `noimageai` among what robots are told; people
are told in a sentence, mostly in the footer.
"""

import re
from collections.abc import Iterable, Mapping

from trialhouse.model.evidence import Evidence
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_TDM = Cued(
    "mining|tdm|fouille",
    r"\btext[\s-](?:and|&|und)[\s-]data[\s-]mining|\bTDM[\s-]reserv|\bfouille de textes et de donn[ée]es",
    re.I,
)
_RESERVED = lazy_compile(
    r"\brights? (?:(?:are|is) )?(?:expressly )?reserved|\breserv(?:es?|ed|ation|ing)\b|\bvorbehalten\b|"
    r"\br[ée]serv[ée]e?s?\b|\bprohibited\b|\b(?:not|without)\b.{0,40}\b(?:permi(?:tted|ssion)|allowed|consent)\b",
    re.I,
)
_SENTENCE_END = lazy_compile(r"[.!?](?=\s|\Z)|\n")
_LONGEST = 500
"""Characters of a sentence on either side of the words; a longer one is cut there."""

_NOT_AGENTS = frozenset(("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"))
_PRODUCT = "trialhouse"


def signalled_reservation(headers: Mapping[str, str], metas: Mapping[str, list[str]]) -> str | None:
    """The signal for machines that reserves mining, as "name: value", or None.

    `headers` are those of the answer, `metas` the contents of meta elements by lower-case name.
    """
    headers = {name.lower(): value for name, value in headers.items()}
    for name, values in (
        ("tdm-reservation", [headers.get("tdm-reservation", "")]),
        ("meta tdm-reservation", metas.get("tdm-reservation", [])),
    ):
        if any(value.strip() == "1" for value in values):
            return f"{name}: 1"
    for name, values in (
        ("x-robots-tag", [headers.get("x-robots-tag", "")]),
        ("meta robots", metas.get("robots", [])),
        (f"meta {_PRODUCT}", metas.get(_PRODUCT, [])),
    ):
        told = _told_to_robots(values)
        if told:
            return f"{name}: {', '.join(told)}"
    return None


def _told_to_robots(values: Iterable[str]) -> list[str]:
    """`noai` and `noimageai` among rules for all robots or for this one ("otherbot: noai" is for another)."""
    told: list[str] = []
    for value in values:
        agent = None
        for rule in value.lower().split(","):
            name, colon, rest = (part.strip() for part in rule.partition(":"))
            if colon and name not in _NOT_AGENTS:
                agent, name = name, rest
            if name in ("noai", "noimageai") and agent in (None, "*", _PRODUCT) and name not in told:
                told.append(name)
    return told


def reserving_sentence(text: str) -> Evidence | None:
    """The sentence of a text that reserves text and data mining, or None. A text about mining reserves nothing."""
    for found in _TDM.finditer(text):
        ends = [end.end() for end in _SENTENCE_END.finditer(text, max(0, found.start() - _LONGEST), found.start())]
        start = ends[-1] if ends else max(0, found.start() - _LONGEST)
        stop = _SENTENCE_END.search(text, found.end(), found.end() + _LONGEST)
        end = stop.end() if stop else min(len(text), found.end() + _LONGEST)
        sentence = text[start:end]
        if _RESERVED.search(sentence):
            start += len(sentence) - len(sentence.lstrip(" \t\n•*-|"))
            return Evidence.of(text, start, start + len(text[start:end].rstrip()))
    return None
