"""Frames for a trial of one arm: what its results say is of this arm, whether they name it or not."""

import itertools
import re

from trialhouse.extraction.frames.bound import Bound, counted
from trialhouse.extraction.frames.single import is_no_value
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_ENTRY = Cued(
    "age|baseline|male|men|previous|prior|enrolled|screened|follow|were treated|naive|naïve|entry|excluded|history"
    "|evaluable|white|stage|ecog|lines",
    r"\b(?:median|mean|average)\s+age\b|\baged\b|\b(?:fe)?males?\b|\b(?:wo)?men\b|\bprevious(?:ly)?\b|\bprior\b"
    r"|\b(?:enrolled|screened|excluded|evaluable|na[iï]ve|history)\b|\bfollow-?up (?:time |duration )?was\b|\bECOG\b"
    r"|\bat (?:baseline|entry|study entry)\b|\bwhite\b|\bstage [IV\d]|\bwere treated\b|\btreatment lines\b",
    re.I,
)
"""Who took part, and for how long, which is no result."""
_PART = Cued(
    "patients|participants|subjects|those|tumor|tumour|subgroup|among|of whom|of these|of them",
    r"\b(?:patients|participants|subjects|those|tumou?rs)\s+(?:with(?:out)?|whose|aged|carrying|having)\b|\bsubgroup"
    r"|\bof (?:whom|these|them)\b|\bamong\b(?! (?:the|all)\b)",
    re.I,
)
"""Some of those who took part."""
_OF_ALL = lazy_compile(
    r"(?:Of|Among)\s+(?:the\s+|all\s+)*[\w-]+\s+(?:(?:evaluable|enrolled|treated|assessable)\s+)?"
    r"(?:patients|participants|subjects|individuals)"
    r"(?:\s+(?:who\s+)?(?:(?:were|was)\s+)?(?:evaluable|enrolled|treated|assessed|evaluated|assessable)"
    r"(?:\s+for\s+(?:response|efficacy|safety))?)?,\s*"
)
"""Who was looked at, ahead of what became of them: "of 43 patients, 17 responded"."""
_DID = lazy_compile(r"\s+(?:had|achieved|experienced|showed|developed|remained|responded|relapsed|progressed|died)\b")
_AND_PARTS = lazy_compile(r"t{0,2}[,)]{0,2}p")
"""Behind a share, parts of it: "58% (29 of 50), with 30% complete and 28% partial responses"."""


def only_arm(line: Line) -> list[Bound]:
    """Every value of a sentence that sets nothing against anything: "the response rate was 38.6%"."""
    start, end = line.said.sentence.start, line.said.sentence.end
    whole = _OF_ALL.match(line.text, start, end)
    start = whole.end() if whole else start
    words = line.text[start:end]
    if any(sign in line.symbols for sign in "vEr") or _ENTRY.search(words) or _PART.search(words):
        return []
    out: list[Bound] = []
    values = [at for at in line.places("V") if line.items[at].start >= start]
    ahead = bool(values) and "w" in line.symbols[: values[0]]
    starts, ends = [line.items[at].start for at in values], [line.items[at].end for at in values]
    edges = [line.items[0].start, *ends[:-1]] if ahead else starts
    stops = ends if ahead else [*starts[1:], line.items[-1].end]
    gaps = [line.symbols[a + 1 : b] for a, b in itertools.pairwise(values)]
    unnamed = next((i for i, gap in enumerate(gaps) if "w" not in gap), None)
    if unnamed is not None and not (unnamed == 0 and ahead and _AND_PARTS.fullmatch(gaps[0])):
        return []
    told = len(values) if unnamed is None else 1
    first = line.items[values[0]].cell if values else None
    for at, low, high in zip(values[:told], edges, stops, strict=False):
        cell = line.items[at].cell
        if cell is None or is_no_value(line, cell):
            return []
        if first is not None and _DID.match(line.text, cell.end):
            cell = counted(cell, first.numbers[0])
        bare = cell.numbers[0].kind is Kind.VALUE and cell.numbers[0].unit is None and len(values) > 1
        if not bare:
            window = (low, high) if len(values) > 1 else None
            out.append(Bound("frame.only_arm", ((0, cell),), at, at, window=window))
    return out
