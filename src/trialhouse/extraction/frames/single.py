"""Frames for one value: of the one arm that a clause names, or of the whole trial."""

import itertools
import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line

_WHOLE = re.compile(r"\b(?:in total|overall|a total of|altogether|in all)\b", re.I)
_EVENT = re.compile(r"\b(?:died|deaths?|discontinued|withdrew|relapsed|hospitali[sz]ed|completed)\b", re.I)


def one_arm(line: Line, known: list[Bound]) -> list[Bound]:
    """The only value of a clause that names exactly one arm and compares nothing."""
    out = []
    for begin, end in _clauses(line.symbols):
        part = line.symbols[begin:end]
        values = [begin + i for i, s in enumerate(part) if s == "V"]
        arms = {line.items[begin + i].ref.arms[0] for i, s in enumerate(part) if s == "A" and line.items[begin + i].ref}  # type: ignore[union-attr]
        if len(values) != 1 or len(arms) != 1 or "G" in part or "v" in part or "E" in part:
            continue
        cell = line.items[values[0]].cell
        if cell and not any(b.first <= values[0] <= b.last for b in known):
            out.append(Bound("frame.one_arm", ((min(arms), cell),), values[0], values[0]))
    return out


def whole_trial(line: Line) -> list[Bound]:
    """A count of events among all participants: "in total, 12 patients died"."""
    words = line.text[line.said.sentence.start : line.said.sentence.end]
    if not _WHOLE.search(words) or not _EVENT.search(words) or "A" in line.symbols:
        return []
    values = [i for i, s in enumerate(line.symbols) if s == "V"]
    cell = line.items[values[0]].cell if len(values) == 1 else None
    if cell and cell.numbers[0].unit == "participants" and len(cell.numbers) == 1:
        behind = line.text[cell.end : cell.end + 60]
        if _EVENT.search(behind):
            return [Bound("frame.whole_trial", ((None, cell),), values[0], values[0])]
    return []


def _clauses(symbols: str) -> list[tuple[int, int]]:
    """The stretches of a line between clause breaks."""
    cuts = [i for i, s in enumerate(symbols) if s in "b;"]
    edges = [-1, *cuts, len(symbols)]
    return [(a + 1, b) for a, b in itertools.pairwise(edges)]
