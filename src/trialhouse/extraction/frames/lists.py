"""Frames that name each value's arm beside it: "respectively", "V for A, W for B", "A (V) and B (W)"."""

import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound, counted
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

_VALUES = r"V(?:[,;]?[aov]?[pt]{0,2}V)+"
_ARMS = r"A(?:[,;]{0,2}[pt]{0,3}[aov]?[pt]{0,5}A)+"
_VALUES_THEN_ARMS = lazy_compile(rf"(?P<v>{_VALUES})[ptwT,]{{0,8}}?(?P<a>{_ARMS})(?P<r>[^VA;b]{{0,12}}?r)?")
_ARMS_THEN_VALUES = lazy_compile(rf"(?P<a>{_ARMS})(?P<g>[^VAEb;]{{0,24}}?)(?P<v>{_VALUES})(?P<r>[^VA;b]{{0,8}}?r)")
_AHEAD = lazy_compile(rf"(?P<a>{_ARMS}),?r(?:[,:]|(?=[pt]*V))")
_IN_ORDER = lazy_compile(
    rf"(?:^|[,;b(w])p[t]{{0,3}}(?P<a>{_ARMS})[t,wp]{{0,4}}?t[t]{{0,2}}(?P<v>{_VALUES})(?=[,;.(Pb)]|$)"
)
_AGAIN = lazy_compile(rf"(?P<v>{_VALUES})(?:[^VAE;]{{0,8}}?r|(?![^;b]*A))")
_UNIT = lazy_compile(r"V(?:[(;,]P\))?(?:(?P<gap>[pt]{1,9})|(?P<bracket>\([pt]{0,2}))A")
_DIRECT = lazy_compile("VA")
_GIVEN = lazy_compile(r"(?:given|receiving|taking)\b", re.I)
_WITHOUT = lazy_compile(r"without\b", re.I)
"""An arm that begins with its own preposition: "0.2 points without exercise"."""
_BRACKET = lazy_compile(r"\(A[,:]?V|A[tT,]{0,2}\((?:[wpt:,]{0,3})V[^VA()]*(?:\)|(?=;))")
_APART = lazy_compile(r"[),tT]{0,4}[va,(]{1,3}(?P<unit>V[pt]{1,6}A|[pt]{0,2}A[t,]{0,2}(?:\(|[,:;])V)")
_SURPASSED = lazy_compile(r"\b(?:superior|inferior|preferable) to (?:the )?\Z", re.I)
"""What makes the value behind an arm the distance to it: "A was superior to B (-8.7) and to C (-4.0)"."""
_SAYS = lazy_compile(r"A(?:[:,]|[tTwp,]{0,5}t[pt]{0,2}|[tp]?)V")


def respectively(line: Line) -> list[Bound]:
    """Values and arms in the same order, with "respectively", or side by side ("5 and 7 in the A and B groups")."""
    out = []
    for pattern in (_VALUES_THEN_ARMS, _ARMS_THEN_VALUES):
        for match in pattern.finditer(line.symbols):
            values = [i for i in range(*match.span("v")) if line.symbols[i] == "V"]
            arms = [i for i in range(*match.span("a")) if line.symbols[i] == "A"]
            if _pairs_up(line, values, arms):
                cells = tuple((_arm(line, a), line.items[v].cell) for a, v in zip(arms, values, strict=True))
                out.append(_bound("frame.respectively", cells, match.start(), match.end() - 1))
    return [one for one in out if one]


def respectively_ahead(line: Line) -> list[Bound]:
    """ "With A and B, respectively, V and W at week 12, and X and Y at week 24": the order told before the values."""
    out = []
    for match in _AHEAD.finditer(line.symbols):
        arms = [i for i in range(*match.span("a")) if line.symbols[i] == "A"]
        stop = line.symbols.find("A", match.end())
        for run in re.compile(_VALUES).finditer(line.symbols, match.end(), stop if stop >= 0 else len(line.symbols)):
            values = [i for i in range(*run.span()) if line.symbols[i] == "V"]
            if _pairs_up(line, values, arms):
                cells = tuple((_arm(line, a), line.items[v].cell) for a, v in zip(arms, values, strict=True))
                out.append(_bound("frame.respectively_ahead", cells, run.start(), run.end() - 1))
    return [one for one in out if one]


def in_order(line: Line) -> list[Bound]:
    """ "For A and B, the figures were V and W": arms named together, then as many values and nothing else."""
    out = []
    for match in _IN_ORDER.finditer(line.symbols):
        values = [i for i in range(*match.span("v")) if line.symbols[i] == "V"]
        arms = [i for i in range(*match.span("a")) if line.symbols[i] == "A"]
        if _pairs_up(line, values, arms):
            cells = tuple((_arm(line, a), line.items[v].cell) for a, v in zip(arms, values, strict=True))
            out.append(_bound("frame.in_order", cells, match.start(), match.end() - 1))
    return [one for one in out if one]


def respectively_again(line: Line, known: list[Bound]) -> list[Bound]:
    """Values without arms of their own, "V and W" or with "respectively": in the order of the frame before them."""
    out = []
    for match in _AGAIN.finditer(line.symbols):
        before = [one for one in known if one.last < match.start()]
        order = before[-1].pairs if before else ()
        values = [i for i in range(*match.span("v")) if line.symbols[i] == "V"]
        goes_on = match[0].endswith("r") or ("a" in match[0] and line.symbols[match.start() - 1] != "(")
        if len(order) == len(values) >= 2 and goes_on:
            cells = tuple((arm, line.items[v].cell) for (arm, _), v in zip(order, values, strict=True))
            out.append(_bound("frame.respectively_again", cells, match.start(), match.end() - 1))
    return [one for one in out if one]


def list_per_arm(line: Line) -> list[Bound]:
    """ "V for A, W for B": each value with its arm behind it; at least two, each arm once."""
    units = [
        (m.start(), m.end() - 1)
        for m in _UNIT.finditer(line.symbols)
        if m["bracket"]
        or "p" in m["gap"]
        or len(m["gap"]) >= 2
        or _GIVEN.match(line.text, line.items[m.end() - 2].start)
    ]
    units += [
        (m.start(), m.end() - 1)
        for m in _DIRECT.finditer(line.symbols)
        if _WITHOUT.match(line.text, line.items[m.end() - 1].start)
    ]
    units.sort()
    return _runs(line, units, "frame.list_per_arm", value_first=True)


def arm_brackets(line: Line) -> list[Bound]:
    """ "A (V) and B (W)": each arm with its value in a bracket behind it; at least two, each arm once."""
    units = []
    for match in _BRACKET.finditer(line.symbols):
        arm, value = line.symbols.index("A", match.start()), line.symbols.index("V", match.start())
        if _SURPASSED.search(line.text, line.said.sentence.start, line.items[arm].start):
            return []
        units.append((arm, value))
    return _runs(line, units, "frame.arm_brackets", value_first=False)


def arm_says(line: Line) -> list[Bound]:
    """ "A was V, B was W": each value behind its arm, where no arm stands behind a value."""
    if _UNIT.search(line.symbols):
        return []
    units = [(m.start(), m.end() - 1) for m in _SAYS.finditer(line.symbols)]
    runs = _runs(line, units, "frame.arm_says", value_first=False)
    return [one for one in runs if not _goes_on(line.symbols, one.first)]


def _goes_on(symbols: str, first: int) -> bool:
    """Whether a list without a verb goes on one whose value before stays unread: "A had lost V, B V and C V"."""
    clause = re.split("[;b()]", symbols[:first])[-1]
    return "V" in clause and bool(re.match("A[tp]?V", symbols[first:]))


def extended(line: Line, known: list[Bound]) -> list[Bound]:
    """Known lists with the one value that stands apart behind them: "…, respectively, versus V for A"."""
    out = []
    for i, bound in enumerate(known):
        stop = known[i + 1].first if i + 1 < len(known) else len(line.symbols)
        match = _APART.match(line.symbols, bound.last + 1, stop)
        if match and len(bound.pairs) >= 2:
            places = {
                line.symbols[j]: j for j in range(match.start("unit"), match.end("unit")) if line.symbols[j] in "AV"
            }
            arm, cell = _arm(line, places["A"]), line.items[places["V"]].cell
            if cell and arm not in {a for a, _ in bound.pairs}:
                out.append(Bound(bound.rule, (*bound.pairs, (arm, cell)), bound.first, match.end() - 1))
                continue
        out.append(bound)
    return out


def _runs(line: Line, units: list[tuple[int, int]], rule: str, *, value_first: bool) -> list[Bound]:
    """Join neighbouring units to runs; a run of at least two different arms is bound, all or nothing."""
    out = []
    run: list[tuple[int, int]] = []
    for unit in [*units, None]:
        near = unit and run and _near(line.symbols[run[-1][1] + 1 : unit[0]])
        fresh = unit and _arm(line, unit[1] if value_first else unit[0]) not in {
            _arm(line, b if value_first else a) for a, b in run
        }
        if unit and (not run or (near and fresh)) and not (run and unit[0] <= run[-1][1]):
            run.append(unit)
            continue
        arms = [_arm(line, b if value_first else a) for a, b in run]
        if len(run) >= 2 and len(set(arms)) == len(arms):
            cells = tuple(
                (arm, line.items[a if value_first else b].cell) for arm, (a, b) in zip(arms, run, strict=True)
            )
            bound = _bound(rule, cells, run[0][0], run[-1][1])
            if bound:
                out.append(bound)
        run = [unit] if unit else []
    return out


def _near(gap: str) -> bool:
    """Whether two units belong to one list: no value or arm between, and not a long way."""
    return "V" not in gap and "A" not in gap and len(gap) <= 24


def _pairs_up(line: Line, values: list[int], arms: list[int]) -> bool:
    """Whether values and arms are as many, and every arm another."""
    indices = [_arm(line, a) for a in arms]
    return len(values) == len(arms) >= 2 and len(set(indices)) == len(indices)


def _arm(line: Line, at: int) -> int:
    """The arm that the item at an index names."""
    ref = line.items[at].ref
    assert ref is not None
    assert ref.single
    return ref.arms[0]


def _bound(rule: str, cells: tuple[tuple[int | None, object], ...], first: int, last: int) -> Bound | None:
    """A binding, if every value is there and all are of one kind."""
    pairs = tuple((arm, cell) for arm, cell in cells if isinstance(cell, Cell))
    pairs = tuple((arm, counted(cell, pairs[0][1].numbers[0])) for arm, cell in pairs)
    shapes = {tuple(n.kind for n in cell.numbers) for _, cell in pairs}
    return Bound(rule, pairs, first, last) if len(pairs) == len(cells) and len(shapes) <= 2 else None
