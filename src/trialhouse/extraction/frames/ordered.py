"""Values set against each other in a sentence that names no arm: whose they are, the order of the document says.

Three orders are trusted, each less than the one before: an order kept to twice or more in the document, one seen once,
and the order in which the arms were last named with their values or, before that, listed when they were assigned.
"""

import itertools
import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.extraction.subgroups import sets_parts_apart
from trialhouse.model.enums import Effect
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_RUN = lazy_compile(r"V(?:(?:\(P\)|,?P)?[,;)]{0,2}v[pt]{0,2}V)+|V(?:,?[pt]?V)*,?a[pt]{0,2}V(?=[^VAE;]{0,10}r)")
_LISTED = lazy_compile(r"V(?:t?(?:\(P\))?,[pt]{0,2}V)*t?(?:\(P\))?,?a[pt]{0,2}V")
_WITH_RATIO = lazy_compile(r"Va[pt]{0,2}V[pt]{0,4}\((?:P,)?w{0,6},?E")
_RATIOS = (Effect.HAZARD_RATIO, Effect.RISK_RATIO, Effect.ODDS_RATIO, Effect.RATE_RATIO)
_OF_GROUP = lazy_compile(r"V(?=p(?!V))")
_GROUP_OF = lazy_compile(r"V[pt]{1,5}w?[AG]")
_ARMS_LISTED = lazy_compile(r"A(?:[,;]{0,2}[pt]{0,3}[ao]?[pt]{0,5}A)+")
_RESPECTIVE = lazy_compile(r"[^.;\d]{0,24}\brespective (?:\w+ ){0,2}?(?:groups|arms|treatments)\b", re.I)
_ALIKE = Cued(
    "alike|comparable|didn|not differ|similar",
    r"\b(?:did not|didn['’]t|not) differ\b|\b(?:was|were) (?:similar|comparable|alike|not different)\b",
    re.I,
)
_DIFFERENCES = lazy_compile(
    r"\bdifferences?\b(?! (?:was|were) (?:seen|found|observed|noted))[^.;]{0,160}\b(?:was|were)\s+\Z", re.I
)
_OF_PARTS = lazy_compile(
    r"[^.;\d)]{0,20}\b(?:for|in|among)\s+(?:the\s+)?(?:patients|those|subjects|participants|women|men|eyes|boys|girls|smokers)\b"
    r"(?!\s+(?:randomi[sz]ed|assigned|treated|receiving|given|on)\b)[^.;]{0,40}\b(?:with|who|reaching|aged|vs\.?|versus|and|without)\b",
    re.I,
)


def states_differences(line: Line, first: int) -> bool:
    """Whether the values from an item on are differences between arms: "the differences in X and Y were V and W"."""
    return bool(_DIFFERENCES.search(line.text, line.said.sentence.start, line.items[first].start))


def by_order(
    line: Line,
    known: list[Bound],
    orders: list[tuple[int, ...]],
    arm_count: int,
    named: tuple[int, ...] = (),
    *,
    as_listed: bool = True,
) -> list[Bound]:
    """Runs of as many values as there are arms, bound in the order of the document.

    A list without "versus" or "respectively" counts where every value of the sentence stands in such a list, and the
    arms are three or more, the document has shown its order, a ratio behind them agrees with it, or each value is a
    count with its share. `named` is the
    order in which a sentence before has named all arms with their values: it goes before that of the list of arms,
    and where it is contrary to an order seen once, nothing is bound. Without `as_listed` the order of the list of arms
    says nothing: a sentence before named them in another order (`lists_other_order`).
    """
    if "A" in line.symbols or sets_parts_apart(line.said.sentence.words):
        return []
    listed = tuple(range(arm_count))
    out = [
        _bound(line, match, listed, "frame.respective_groups")
        for match in _LISTED.finditer(line.symbols)
        if _RESPECTIVE.match(line.text, line.items[match.end() - 1].end, line.said.sentence.end)
    ]
    contrary = named and any(named != one for one in (orders if arm_count >= 3 else orders if len(orders) == 1 else ()))
    if not out and len(set(orders)) <= 1 and not contrary and (as_listed or orders or named):
        out = _unnamed(line, orders, named, listed)
    kept = [one for one in out if one and not any(one.first <= other.first <= one.last for other in known)]
    return [one for one in kept if not states_differences(line, one.first) and not _is_of_parts(line, one)]


def lists_other_order(line: Line, bounds: list[Bound], arm_count: int) -> bool:
    """Whether a sentence gives values to as many groups as there are arms, of which those read are not in their order.

    Where all are read, the order is known.
    """
    if arm_count < 3 or any(len({arm for arm, _ in one.pairs} - {None}) == arm_count for one in bounds):
        return False
    behind = [line.items[match.end() - 1].ref for match in _GROUP_OF.finditer(line.symbols)]
    said = list(dict.fromkeys(ref.arms for ref in behind if ref))
    return said != sorted(said) and len(_OF_GROUP.findall(line.symbols)) >= arm_count


def order_told(line: Line, arm_count: int) -> tuple[tuple[int, ...], bool]:
    """The order in which a sentence names every arm of three or more, and whether it lists them so.

    They are listed where each stands once, all together or each with values beside it; "compared with placebo, both
    doses of X" names them without a list. Nothing where an arm is not named.
    """
    at = [i for i in line.places("A") if (ref := line.items[i].ref) and ref.single]
    said = tuple(ref.arms[0] for i in at if (ref := line.items[i].ref))
    if arm_count < 3 or len(set(said)) != arm_count:
        return (), False
    gaps = [line.symbols[a:b] for a, b in itertools.pairwise(at)]
    beside = all("V" in gap for gap in gaps)
    against = line.symbols[: at[0]].rstrip("pt").endswith("v")
    together = not against and _ARMS_LISTED.fullmatch(line.symbols, at[0], at[-1] + 1)
    listed = len(said) == arm_count and bool(beside or together)
    return tuple(dict.fromkeys(said)), listed


def is_unnamed_list(line: Line, arm_count: int) -> bool:
    """Whether a sentence that names no arm lists as many values as there are arms."""
    if "A" in line.symbols:
        return False
    return any(match[0].count("V") == arm_count for match in _LISTED.finditer(line.symbols))


def _is_of_parts(line: Line, bound: Bound) -> bool:
    """Whether values are of participants who differ in something else than their arm: "(V vs W for men vs women)"."""
    return bool(_OF_PARTS.match(line.text, bound.end, line.said.sentence.end))


def _unnamed(
    line: Line, orders: list[tuple[int, ...]], named: tuple[int, ...], listed: tuple[int, ...]
) -> list[Bound | None]:
    """The runs of a sentence whose words say nothing of the order."""
    order, rule = named or listed, "frame.versus_as_listed"
    if orders:
        order, rule = orders[0], "frame.versus_by_order" if len(orders) >= 2 else "frame.versus_by_order_once"
    lists = [_bound(line, match, order, rule) for match in _LISTED.finditer(line.symbols)]
    whole = sum(len(one.pairs) for one in lists if one) == line.symbols.count("V")
    shown = (
        len(listed) >= 3
        or bool(orders or named == listed)
        or _agrees_with_ratio(line)
        or all(_is_share_of_arm(cell) for one in lists if one for _, cell in one.pairs)
    )
    alike = _ALIKE.search(line.text, line.said.sentence.start, line.said.sentence.end) is not None
    closed = "r" in line.symbols or ("G" not in line.symbols and (shown or alike))
    return lists if whole and closed else [_bound(line, match, order, rule) for match in _RUN.finditer(line.symbols)]


def _agrees_with_ratio(line: Line) -> bool:
    """Whether two values with a ratio in a bracket behind them are larger and smaller as the ratio says."""
    match = _WITH_RATIO.search(line.symbols)
    if match is None or line.symbols.count("V") != 2:
        return False
    first, second = (line.items[i].cell for i in line.places("V"))
    ratio = line.items[match.end() - 1].estimate
    if first is None or second is None or ratio is None or ratio.effect not in _RATIOS or ratio.value == 1:
        return False
    one, two = first.numbers[-1].value, second.numbers[-1].value
    return one > two if ratio.value > 1 else one < two


def _is_share_of_arm(cell: Cell) -> bool:
    """Whether a cell counts participants and says their share, as is done for each arm: "90 (24.2%) and 16 (4.3%)"."""
    return len(cell.numbers) == 2 or cell.denominator is not None


def _bound(line: Line, match: re.Match[str], order: tuple[int, ...], rule: str) -> Bound | None:
    """The values of a run with the arms of an order, if there are as many."""
    cells: list[Cell] = [cell for i in range(*match.span()) if (cell := line.items[i].cell)]
    if len(cells) != len(order) or len({tuple(n.kind for n in cell.numbers) for cell in cells}) > 1:
        return None
    return Bound(rule, tuple(zip(order, cells, strict=True)), match.start(), match.end() - 1)
