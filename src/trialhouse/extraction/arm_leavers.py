"""Those who were left of the groups as formed: completers, the analysed, those still there at the end."""

import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

ASSIGNED = Cued("random|assign|allocat", r"\brandom|\bassign|\ballocat|\bunderwent randomi", re.I)
_WERE_LEFT = Cued(
    "complete|analy|evaluable|remain|leaving|withdr|discontinu|lost to follow",
    r"\b(?:complete(?:d|rs)|were (?:included in the (?:[\w-]+ ){0,3})?analy\w+|evaluable|remained|leaving|withdr\w+"
    r"|discontinued|lost to follow)\b",
    re.I,
)
LEFT_OVER = lazy_compile(r"\s*(?:[a-z]+\s+)?(?:analy[sz]ed|analy[sz]able|evaluable|evaluated|complet\w+)\b", re.I)
"""Behind a size of those who were left of an arm: "(n = 123 analysed)"."""


def is_of_left_over(line: Line, bound: Bound) -> bool:
    """Whether brackets behind arms count those who were left of them: "to A (42 completed) or B (44 completed)"."""
    numbers = [cell.numbers[0] for _, cell in bound.pairs]
    opened = [one for one in numbers if line.text[one.start - 1 : one.start] in ("(", "[")]
    return any(LEFT_OVER.match(line.text, one.raw_end) for one in opened)


def left_from(line: Line) -> int | None:
    """Where a sentence, having told who was assigned, goes on with those who completed or were analysed."""
    begin, end = line.said.sentence.start, line.said.sentence.end
    left = _WERE_LEFT.search(line.text, begin, end) if _WERE_LEFT.may_match(line.said.sentence.words) else None
    assigned_behind = left and ASSIGNED.search(line.text, left.end(), end)
    return left.start() if left and not assigned_behind and ASSIGNED.search(line.text, begin, left.start()) else None
