"""The frame "A led to V of …, compared with W for B": two values set against each other, each with its own arm.

The first arm stands before its value, as the one the sentence is about; the second one right behind its value. Nothing
but these two values and arms stands in the clause.
"""

import itertools

from trialhouse.extraction.frames.bound import Bound, counted
from trialhouse.extraction.frames.versus import direction_holds
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "frame.apart"
_CLAUSE = lazy_compile(r"[b;]")
_SHAPE = lazy_compile(r"A(?P<led>[^VAGEv]{0,14})V(?P<rest>[^VAGEv]{0,14})v[ptw]{0,3}V[ptw]{0,6}p[ptw]{0,4}A")
MOST_WORDS = 9
"""Words between an arm and its value, or between the value and what it is set against."""


def apart(line: Line) -> list[Bound]:
    """Bind "A led to V of …, compared with W for B" clause by clause; a comparative must not be contradicted."""
    out = []
    edges = [-1, *(match.start() for match in _CLAUSE.finditer(line.symbols)), len(line.symbols)]
    for begin, end in itertools.pairwise(edges):
        match = _SHAPE.search(line.symbols, begin + 1, end)
        clause = line.symbols[begin + 1 : end]
        if match is None or clause.count("V") != 2 or clause.count("A") != 2:
            continue
        if max(match["led"].count("w"), match["rest"].count("w")) > MOST_WORDS:
            continue
        first, last = match.start(), match.end() - 1
        values = [i for i in range(first, last) if line.symbols[i] == "V"]
        arms = [ref.arms[0] for i in (first, last) if (ref := line.items[i].ref)]
        cells = [cell for i in values if (cell := line.items[i].cell)]
        if len(set(arms)) != 2 or len(cells) != 2 or not direction_holds(line, values):
            continue
        cells = [cells[0], counted(cells[1], cells[0].numbers[0])]
        if len({tuple(n.kind for n in cell.numbers) for cell in cells}) == 1:
            out.append(Bound(RULE, tuple(zip(arms, cells, strict=True)), first, last))
    return out
