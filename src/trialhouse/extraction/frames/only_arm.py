"""Frames for a trial of one arm: what its results say is of this arm, whether they name it or not."""

import itertools
import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.frames.single import is_no_value
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued

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


def only_arm(line: Line) -> list[Bound]:
    """Every value of a sentence that sets nothing against anything: "the response rate was 38.6%"."""
    words = line.text[line.said.sentence.start : line.said.sentence.end]
    if any(sign in line.symbols for sign in "vEr") or _ENTRY.search(words) or _PART.search(words):
        return []
    out: list[Bound] = []
    values = line.places("V")
    ahead = bool(values) and "w" in line.symbols[: values[0]]
    starts, ends = [line.items[at].start for at in values], [line.items[at].end for at in values]
    edges = [line.items[0].start, *ends[:-1]] if ahead else starts
    stops = ends if ahead else [*starts[1:], line.items[-1].end]
    if any("w" not in line.symbols[a + 1 : b] for a, b in itertools.pairwise(values)):
        return []
    for at, low, high in zip(values, edges, stops, strict=True):
        cell = line.items[at].cell
        if cell is None or is_no_value(line, cell):
            return []
        bare = cell.numbers[0].kind is Kind.VALUE and cell.numbers[0].unit is None and len(values) > 1
        if not bare:
            window = (low, high) if len(values) > 1 else None
            out.append(Bound("frame.only_arm", ((0, cell),), at, at, window=window))
    return out
