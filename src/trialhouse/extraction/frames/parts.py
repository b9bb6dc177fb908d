"""Counts of arms that a total or a pair of shares explains: "60 relapsed: 31 on A and 29 on B", "… (4 % vs 3 %)"."""

from trialhouse.extraction.frames.bound import Bound, counted
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

_SHARES = lazy_compile(r"t{0,2}\((?P<v>V(?:,?[va,]t?V)+)(?=[,;)(])")


def parts_of_total(line: Line, bounds: list[Bound]) -> list[Bound]:
    """The bindings, bare numbers that add up to a count of participants told before them made counts too."""
    return [_counted(line, one) for one in bounds]


def _counted(line: Line, bound: Bound) -> Bound:
    """A binding whose bare whole numbers are the parts of the count before them, as counts."""
    before = line.symbols.rfind("V", 0, bound.first)
    cell = line.items[before].cell if before >= 0 else None
    if cell is None or cell.numbers[0].kind is not Kind.COUNT or len(bound.pairs) < 2:
        return bound
    values = [one.numbers[0] for _, one in bound.pairs if len(one.numbers) == 1]
    if len(values) < len(bound.pairs) or sum(n.value for n in values) != cell.numbers[0].value:
        return bound
    return bound._replace(pairs=tuple((arm, counted(one, cell.numbers[0])) for arm, one in bound.pairs))


def shares_again(line: Line, known: list[Bound]) -> list[Bound]:
    """The shares of counts in a bracket behind them all, in their order: "3 with A and 6 with B (2 % vs 4 %)"."""
    out = []
    for one in known:
        match = _SHARES.match(line.symbols, one.last + 1)
        cells = [line.items[i].cell for i in range(*match.span("v")) if line.symbols[i] == "V"] if match else []
        whole = all(c.numbers[0].kind is Kind.COUNT and len(c.numbers) == 1 for _, c in one.pairs)
        if not match or not whole or len(cells) != len(one.pairs):
            continue
        pairs = tuple((arm, cell) for (arm, _), cell in zip(one.pairs, cells, strict=True) if cell)
        if all([n.kind for n in cell.numbers] == [Kind.PERCENT] for _, cell in pairs):
            first = one.pairs[0][1]
            told = (line.said.sentence.start, first.start)
            out.append(Bound("frame.respectively_again", pairs, match.start("v"), match.end("v") - 1, window=told))
    return out
