"""Abstracts that say in their methods that they put trials together, where neither type nor title says so."""

import re

from trialhouse.model.document import Document, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.text.cues import holds
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
_POOLS = re.compile(
    rf"\b(?:data|results|patients|participants|individuals|populations|outcomes)\b[^.;]{{0,60}}\b(?:from|of|in|across)\b"
    rf"[^.;]{{0,40}}\b{_SEVERAL}\b[^.;]{{0,80}}{_TRIALS}[^;]{{0,200}}\b(?:were|was) (?:then )?{_PUT_TOGETHER}\b"
    rf"|\bwe {_PUT_TOGETHER}\b[^.;]{{0,80}}\b{_SEVERAL}\b[^.;]{{0,60}}{_TRIALS}"
    rf"|\b(?:pooled|integrated) (?:[\w-]+ ){{0,3}}?(?:analys[ei]s|data)\b[^.;]{{0,40}}\b(?:of|from|across) (?:the )?"
    rf"(?:[\w-]+ ){{0,2}}?{_SEVERAL}\b[^.;]{{0,60}}{_TRIALS}",
    re.I,
)
_COMPARES = re.compile(
    r"\bmatching[\s-]adjusted\b|\b(?:un)?anchored comparison|\bindirect (?:treatment )?comparisons?\b",
    re.I,
)
_OF_OTHERS = re.compile(
    r"\b(?:previous|prior|earlier|preceding|sample size|power|assum\w+|based on|hypothes\w+|suggest\w*)\b",
    re.I,
)
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
            if zone.section in _POOLING and _POOLS.search(said) and not _OF_OTHERS.search(said):
                return POOLED
            if zone.section in _COMPARING and _COMPARES.search(said):
                return INDIRECT
    return None
