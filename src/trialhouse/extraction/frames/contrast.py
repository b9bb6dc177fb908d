"""Two clauses set against each other: "V if given A, and W if not", and "A cut it by V, B by W" without its verb."""

import re

from trialhouse.extraction.frames.bound import Bound, counted
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import PERSONS
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_VALUE_FIRST = lazy_compile(r"V[ptw]{1,14}$")
_VALUE_LAST = lazy_compile(r"[,;]?[avb]?[ptw]{0,5}V[ptw]{0,2}$")
_AFTER_ARM = lazy_compile(r"[ptw,]{0,8}V[,;]?[avb]?[ptw]{0,4}$")
_BEHIND = lazy_compile(r",?[ptw]{0,4}V(?=[,;.)(Pb]|$)")
_BETWEEN = lazy_compile(r"[ptw,]{0,4}V[ptw,]{0,5}[avb][ptw]{0,5}V[ptw]{1,3}$")
_GAPPED = Cued("ApV", r"A[wtpT]{1,7}pV(?:[,;]?a?t{0,2}ApV)+(?![^.;,]?[pt]{0,3}A)")
_NOUN_ONCE = lazy_compile(r"Vw{1,2}pt{0,3}A(?:[,;]?a?VpA|[,;]?a?Vpt{1,3}A)+")
_PEOPLE = lazy_compile(rf"\s+(?:\w+\s+)?(?:{PERSONS}|deaths?)\b", re.I)
_PREPOSITIONS = {"by", "to", "in"}
_SAME = lazy_compile(r"\bthe same\s+(?:median\s+|mean\s+|average\s+|number of\s+)?\Z", re.I)


def gapped(line: Line) -> list[Bound]:
    """ "A cut it by V, B by W": the verb said once, and the same preposition before every value."""
    out = []
    for match in _GAPPED.finditer(line.symbols):
        arms = [i for i in range(*match.span()) if line.symbols[i] == "A"]
        values = [i for i in range(*match.span()) if line.symbols[i] == "V"]
        refs = [line.items[i].ref for i in arms]
        pairs = tuple(
            (ref.arms[0], cell) for ref, i in zip(refs, values, strict=True) if ref and (cell := line.items[i].cell)
        )
        said = {line.text[line.items[i - 1].start : line.items[i - 1].end].lower() for i in values}
        shapes = {tuple(n.kind for n in cell.numbers) for _, cell in pairs}
        whole = len(pairs) == len(values) == len({arm for arm, _ in pairs})
        if whole and len(said) == len(shapes) == 1 and said <= _PREPOSITIONS:
            out.append(Bound("frame.gapped", pairs, match.start(), match.end() - 1))
    return out


def noun_once(line: Line) -> list[Bound]:
    """ "4 deaths with A and 9 with B": what was counted is said once, and the same preposition before every arm."""
    out = []
    for match in _NOUN_ONCE.finditer(line.symbols):
        values = [i for i in range(*match.span()) if line.symbols[i] == "V"]
        refs = [line.items[i].ref for i in range(*match.span()) if line.symbols[i] == "A"]
        cells = [line.items[i].cell for i in values]
        said = {
            line.text[item.start : item.end].lower()
            for item in line.items[match.start() : match.end()]
            if item.symbol == "p"
        }
        first = cells[0].numbers[0] if cells[0] else None
        if first is None or not _PEOPLE.match(line.text, first.raw_end) or len(said) != 1:
            continue
        pairs = tuple(
            (ref.arms[0], counted(cell, first)) for ref, cell in zip(refs, cells, strict=True) if ref and cell
        )
        whole = len(pairs) == len(values) == len({arm for arm, _ in pairs})
        if whole and all(cell.numbers[0].value == int(cell.numbers[0].value) >= 0 for _, cell in pairs):
            out.append(Bound("frame.noun_once", pairs, match.start(), match.end() - 1))
    return out


def given_or_not(line: Line) -> list[Bound]:
    """ "V for those given A and W for those who were not", the values before their arms or behind them.

    "The same W" has to be the number that was said before; where it is another, nothing is bound.
    """
    out = []
    for denial, item in enumerate(line.items):
        if item.ref is None or not item.ref.denies:
            continue
        arm = line.symbols.rfind("A", 0, denial)
        places = _places(line.symbols, arm, denial) if arm >= 0 else None
        if places is None:
            continue
        (first, second), given = places, line.items[arm].ref
        one, two = line.items[first].cell, line.items[second].cell
        alike = one and two and [n.kind for n in one.numbers] == [n.kind for n in two.numbers]
        if one and two and given and alike and _is_as_said(line, first, second):
            pairs = ((given.arms[0], one), (item.ref.arms[0], two))
            out.append(Bound("frame.given_or_not", pairs, min(first, arm), max(second, denial)))
    return out


def _places(symbols: str, arm: int, denial: int) -> tuple[int, int] | None:
    """The items of the two values: each before its arm, each behind it, or both between the arms."""
    first = symbols.rfind("V", 0, arm)
    if first >= 0 and _VALUE_FIRST.match(symbols[first:arm]):
        between = _VALUE_LAST.match(symbols[arm + 1 : denial])
        return (first, symbols.rfind("V", 0, denial)) if between else None
    if _BETWEEN.match(symbols[arm + 1 : denial]):
        return symbols.find("V", arm), symbols.rfind("V", 0, denial)
    between = _AFTER_ARM.match(symbols[arm + 1 : denial])
    behind = _BEHIND.match(symbols, denial + 1)
    return (symbols.rfind("V", 0, denial), behind.end() - 1) if between and behind else None


def _is_as_said(line: Line, first: int, second: int) -> bool:
    """Whether "the same" number, where it is called so, is the one said before."""
    one, two = line.items[first].cell, line.items[second].cell
    if one is None or two is None or not _SAME.search(line.text, line.items[first].end, two.start):
        return True
    return [n.value for n in one.numbers] == [n.value for n in two.numbers]
