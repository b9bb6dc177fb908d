"""Rows of values whose measures are listed ahead of them: "death and stroke were 2% and 1% on A, 4% and 3% on B".

The name nearest before the values is that of the last row alone, so each row takes the name at its place in the list.
"""

import re

from trialhouse.extraction.context import times_in
from trialhouse.extraction.denied_events import with_denials
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.extraction.terms import Lexicon, Mention, measures

_LISTED = re.compile(r"\s*(?:,|,?\s*and)\s+(?:the\s+|an?\s+)?")


def with_listed_names(line: Line, bounds: list[Bound], words: Lexicon) -> list[Bound]:
    """The rows of a sentence, each told what it is about where as many measures as rows are listed before them."""
    if len(bounds) < 2 or "r" not in line.symbols or any(b.time for b in bounds):
        return bounds
    sentence = line.said.sentence
    first, end = min(b.start for b in bounds), sentence.end
    names = _last_listed(
        line.text, with_denials(line.text, sentence, measures(line.text, sentence.start, first, words))
    )
    arms = {frozenset(arm for arm, _ in b.pairs) for b in bounds}
    others = measures(line.text, first, end, words) or len(times_in(line.text, first, end)) > 1
    if len(names) != len(bounds) or len(arms) > 1 or others:
        return bounds
    rows = sorted(bounds, key=lambda b: b.start)
    return [row._replace(window=(name.start, name.end)) for row, name in zip(rows, names, strict=True)]


def _last_listed(text: str, names: list[Mention]) -> list[Mention]:
    """The names at the end that one list holds."""
    out = list(names[-1:])
    for one in reversed(names[:-1]):
        if not _LISTED.fullmatch(text, one.end, out[0].start):
            break
        out.insert(0, one)
    return out
