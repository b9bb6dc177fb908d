"""Whether a text is a preprint or tells of one: both name a server of preprints and say that nobody reviewed it."""

import re
from enum import Enum

from trialhouse.model.document import Zone, ZoneKind
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

HEAD = 3000
"""Characters at the beginning of a text among which it says so."""

_SIGN = Cued(
    "rxiv|research square|preprint|peer",
    r"\b(?:med|bio|chem)rxiv\b|\bresearch square\b|\bpreprints?\b|"
    r"\bnot (?:yet )?(?:been )?(?:certified by |undergone )?peer[- ]review|\byet to be peer[- ]reviewed",
    re.I,
)
_OF_ITSELF = lazy_compile(
    r"\b(?:this|the present) (?:article|paper|study|work|manuscript|(?:\w+ )?preprint|is)\b|\bnot (?:yet )?(?:been )?"
    r"certified by peer|\bpreprint (?:version|doi)\b|\A\W*preprint\W*(?:[\]):|–—]|\Z)",
    re.I,
)
"""What a preprint says of itself: "This article is a preprint and has not been certified by peer review"."""

_TELLS = Cued(
    "posted|published|released|uploaded|shared|appear|according|peer|report",
    r"\b(?:posted|published|released|uploaded|shared|appear(?:s|ed)|reported?|according to)\b|\bpeer[- ]review",
    re.I,
)
_SEARCHED = lazy_compile(r"\bsearch", re.I)
_BESIDE = frozenset({ZoneKind.CITATION, ZoneKind.MENU, None})
_SENTENCE_END = lazy_compile(r"[.!?](?=\s|\Z)|\n")
_LINE = 60
"""Characters of a line that is no sentence: "medRxiv preprint", "Posted 3 May 2026 on SampleRxiv"."""

_DOI = lazy_compile(
    r"10\.1101/(?:20\d\d\.\d\d\.\d\d\.)?\d{6,8}(?:v\d+)?|10\.64898/20\d\d\.|10\.21203/rs\.|10\.2139/ssrn\.|"
    r"10\.(?:31234|31219|31222|31235)/osf\.io/|10\.20944/preprints|10\.26434/chemrxiv|10\.48550/arxiv\.|"
    r"10\.22541/au\.|10\.36227/techrxiv|10\.12688/\w+research\.preprint",
    re.I,
)
"""DOIs of bioRxiv and medRxiv, Research Square, SSRN, the servers of the Open Science Framework, Preprints.org,
ChemRxiv, arXiv, Authorea, TechRxiv, as these build them. The prefix 10.1101 is also that of the journals of Cold Spring
Harbor."""


class Preprint(Enum):
    """What a text has to do with a preprint."""

    IS_ONE = "is one"
    TOLD_OF = "told of"


def preprint_in(text: str, zones: list[Zone]) -> Preprint | None:
    """What the beginning of a text has to do with a preprint; None where it names none, or only searched for some.

    It is one where a line beside its prose says so ("medRxiv preprint") or a sentence about itself. In its prose a
    server or a missing review is told of: "in a study posted on medRxiv that has not been peer reviewed".
    """
    head = text[:HEAD]
    found = None
    for sign in _SIGN.finditer(head):
        zone = next((one for one in zones if one.start <= sign.start() < one.end), None)
        kind = zone.kind if zone is not None else None
        said = _sentence(head, sign.start())
        is_short = kind is ZoneKind.BODY and len(said) < _LINE and not said.endswith((".", "!", "?"))
        says_more = sign[0].lower() != "preprints"  # the name of a part of many sites
        if (says_more and (is_short or kind in _BESIDE)) or (
            kind in (ZoneKind.BODY, ZoneKind.TITLE) and _OF_ITSELF.search(said)
        ):
            return Preprint.IS_ONE
        if kind is ZoneKind.BODY and _TELLS.search(said) and not _SEARCHED.search(said):
            found = Preprint.TOLD_OF
    return found


def _sentence(text: str, at: int) -> str:
    """The sentence, or the line, around a place."""
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)
    end = _SENTENCE_END.search(text, at)
    return text[start : end.end() if end else len(text)].strip()


def is_doi_of_preprint(doi: str) -> bool:
    """Whether a DOI is one of those that a server of preprints gives."""
    return _DOI.match(doi) is not None
