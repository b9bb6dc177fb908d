"""Abstracts that say in their methods that they put trials together, where neither type nor title says so."""

import re

from trialhouse.model.document import Document, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.text.cues import holds
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.sentences import sentences

POOLED = "a pooled analysis"
INDIRECT = "an indirect comparison"

_CUES = (
    "pooled",
    "integrated",
    "combined",
    "merged",
    "aggregated",
    "indirect",
    "matching",
    "anchored",
)
_SEVERAL = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|[1-9]\d|several|multiple|these|both|all)"
)
_TRIALS = r"\b(?:trials|studies)\b"
_PUT_TOGETHER = r"(?:pooled|integrated|combined|merged|aggregated)"
_OF_SEVERAL = lazy_compile(rf"\b{_SEVERAL}\b[^.;]{{0,80}}?{_TRIALS}", re.I)
_WHAT_IS_POOLED = lazy_compile(
    r"\b(?:data|results|patients|participants|individuals|populations|outcomes) (?:[\w-]+ ){0,6}?(?:from|of|in|across)"
    r" [^.;]{0,40}\Z",
    re.I,
)
_IS_POOLED = lazy_compile(rf"[^;]{{0,200}}?\b(?:were|was) (?:then )?{_PUT_TOGETHER}\b", re.I)
_POOLED_ANALYSIS = lazy_compile(
    rf"\bwe {_PUT_TOGETHER}\b[^.;]{{0,80}}\Z"
    r"|\b(?:pooled|integrated) (?:[\w-]+ ){0,3}?(?:analys[ei]s|data) (?:[\w-]+ ){0,3}?(?:of|from|across)"
    r" (?:[\w-]+ ){0,3}\Z",
    re.I,
)
_PART_OF_ONE = (
    r"(?:extension|parent|core|feeder|main|original|lead-in|sub-?study|open-label|long-term|follow-up|roll-?over)"
)
_SHORT_NAME = r"[A-Z][\w-]*[A-Z0-9][\w-]*"
_CALLED = (
    rf"(?:(?:the |an? )?(?:(?!(?:of|from|in|and|or|with|{_PART_OF_ONE})\b)[\w-]+ ){{1,4}}?(?:trial|study)\b"
    rf"(?: \([^()]*\))?|{_SHORT_NAME} \([^()]*\d{{5}}[^()]*\))"
)
"""A trial by that word or by its number; the core study and its extension are one trial."""
_TWO = rf"(?:{_CALLED} and (?:of |from |in )?(?:{_CALLED}|{_SHORT_NAME})|{_SHORT_NAME} and (?:of |from |in )?{_CALLED})"
_TWO_POOLED = lazy_compile(
    r"\b(?i:data|results|patients|participants|individuals|populations|outcomes) (?:[\w-]+ ){0,6}?(?:from|of|in)"
    rf" {_TWO}(?=[^;]{{0,80}}?\b(?:were|was) (?:then )?{_PUT_TOGETHER}\b)"
    rf"|\b(?i:{_PUT_TOGETHER}) (?:[\w-]+ ){{0,3}}?(?:data|results|findings|patients|participants|analys[ei]s)"
    rf" (?:of|from|across|in) {_TWO}",
)
"""Two trials that are put together, each named by itself ("Data of SUN (NCT…) and of a Japanese trial were pooled")."""
_COMPARES = lazy_compile(
    r"\bmatching[\s-]adjusted\b|\b(?:un)?anchored comparison|\bindirect (?:treatment )?comparisons?\b",
    re.I,
)
_OF_OTHERS = lazy_compile(
    r"\b(?:previous|prior|earlier|preceding|sample size|power|assum\w+|based on|hypothes\w+|suggest\w*)\b",
    re.I,
)
FARTHEST = 120
"""Characters before the trials in which it is said what is pooled."""
_READ = (DocumentKind.ABSTRACT, DocumentKind.PREPRINT)
_POOLING = (Section.OBJECTIVE, Section.METHODS, Section.RESULTS, Section.UNASSIGNED)
_COMPARING = (Section.OBJECTIVE, Section.METHODS)
"""The sections in which an abstract says what it does."""


def pooling_in_text(document: Document) -> str | None:
    """What an abstract is that pools trials or compares them indirectly, in words; None for any other document.

    Only what is said of its own methods counts: a background may tell of pooled data, and so may a sample size.
    """
    if document.kind not in _READ:
        return None
    prose = document.prose
    text, zones = (document.text, document.zones) if prose is None else (prose.text, prose.zones)
    if not holds(text.lower(), _CUES):
        return None
    for zone in zones or (Zone(kind=ZoneKind.BODY, start=0, end=len(text)),):
        for start, end in sentences(text, zone.start, zone.end) if zone.kind is ZoneKind.BODY else ():
            said = text[start:end]
            if zone.section in _POOLING and _pools(said) and not _OF_OTHERS.search(said):
                return POOLED
            if zone.section in _COMPARING and _COMPARES.search(said):
                return INDIRECT
    return None


def pools_two(said: str) -> bool:
    """Whether a title or a sentence says that two trials are put together, each of which it names."""
    return bool(_TWO_POOLED.search(said))


def _pools(said: str) -> bool:
    """Whether a sentence says that several trials are put together."""
    if pools_two(said):
        return True
    for trials in _OF_SEVERAL.finditer(said):
        before = said[max(0, trials.start() - FARTHEST) : trials.start()]
        if _POOLED_ANALYSIS.search(before):
            return True
        if _WHAT_IS_POOLED.search(before) and _IS_POOLED.match(said, trials.end()):
            return True
    return False
