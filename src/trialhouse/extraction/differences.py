"""Values that are differences from a control, no results of an arm: placebo-adjusted, "exceeded by", "minus placebo".

A sentence that goes on ("it was 13.9% in the per-protocol population", a line below a heading "A minus placebo") takes
the pair of arms from the one before.
"""

import re
from dataclasses import dataclass, replace

from trialhouse.extraction.arm_refs import Ref, controls_of
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.context import populations
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.heads import PValue
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import PEOPLE
from trialhouse.model.enums import DispersionType
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_ADJUSTED = Cued(
    "adjusted|corrected|subtracted",
    r"\b(?:placebo|pbo|control|sham|vehicle)[\s-](?:adjusted|corrected|subtracted)\b",
    re.I,
)
_LEADS_ON = lazy_compile(r"(?:\s+[a-z-]+){1,6}?(?:\s+(?:was|were|of))?[\s,:=]*[-−–]?\d", re.I)
"""What makes the words behind a value the head of the next: "-0.14% (placebo-corrected difference -0.52%)"."""
_OF_PART = lazy_compile(rf"\b(?:in|among|for)\s+(?:the\s+|those\s+)*(?:{PEOPLE}\s+)?(?:with|whose|who|aged)\b", re.I)
_MINUS = Cued("minus", r"\bminus\s+(?:the\s+)?(?:placebo|pbo|control|sham|vehicle)\b", re.I)
_OVER = Cued(
    "advantage|benefit|bettered|difference|edge|exce|gain|gap|lead|margin|outdid|outpaced|outperformed|surpassed|topped",
    r"\bdifferences?\s+(?:from|to|against|over|versus|vs\.?)\s+(?:the\s+)?(?:placebo|pbo|control|sham|vehicle)\b"
    r"|\b(?:exceed(?:ed|s|ing)?|outdid|outperformed|surpassed|topped|bettered|outpaced)\b"
    r"|\b(?:advantage|edge|gain|lead|margin|excess|gap|benefit)\s+(?:over|versus|vs\.?|against|relative to"
    r"|compared with)\b",
    re.I,
)
_POINTS_OFF = lazy_compile(
    r"percentage points?\s+(?:(?P<more>more|higher|greater|above|over|larger)|(?P<less>less|fewer|lower|below|under"
    r"|smaller))\b(?:\s+(?:frequent|frequently|common|commonly|often|likely))?",
    re.I,
)
_GOES_ON = lazy_compile(
    r"\b(?:it|they|the (?:corresponding |respective )?(?:gap|difference|advantage|margin|edge|lead|excess"
    r"|figure|value)s?)"
    r"\s+(?:was|were|came to|amounted to|stood at|reached|outdid|exceeded)\b|\b(?:its|their|the) (?:advantage"
    r"|edge|lead|margin)\b",
    re.I,
)
_ARM_BEHIND = lazy_compile(r"(?:[(;,]?[^VA()]{0,12}\))?[pt]{1,4}A")
_INTERVAL_BEHIND = lazy_compile(r"[pt]{1,4}A\(C")
_POINTS = ("%", "percentage points", "percentage point", "points")


@dataclass(frozen=True, slots=True)
class Gap:
    """One difference: the item that states it, the arms, and its population where a list of populations gives it."""

    index: int
    arm: int
    comparator: int
    population: tuple[str, int, int] | None = None
    sign: int = 1
    """-1 where words make the difference one below the control: "8 percentage points lower on A than on placebo"."""


_NO_GAP = lazy_compile(
    r"\beffect sizes?\s*(?:[=:,]|of|was|were)?\s*\Z|\bbut not (?:for|with|in|on|by|at)\b[^.;]*\Z"
    r"|Cohen['’]?s d\s*[=:]?\s*\Z",
    re.I,
)
"""Before a value that is no difference, or one of an arm that is not read: "effect size=0.33", "but not for 20 mg"."""


@dataclass(slots=True)
class Pair:
    """The pair of arms that differences were read of last, and where."""

    arm: int
    comparator: int
    sentence: int
    is_heading: bool = False
    order: tuple[tuple[str, int, int], ...] = ()


def read_gaps(
    line: Line, bounds: list[Bound], table: ArmTable, lead: Ref | None, last: Pair | None
) -> tuple[list[Gap], Pair | None]:
    """The differences that a sentence states as such, and the pair that the next sentence may go on with."""
    controls = controls_of(table)
    if len(controls) != 1:
        return [], None
    control = controls[0]
    at = line.said.sentence.index
    words = line.said.sentence.words
    near = last if last and (last.is_heading or at - last.sentence <= 1) else None
    start = line.said.sentence.start
    if near and near.is_heading and re.search(r"\n[ \t]*\n\s*\Z", line.text[max(0, start - 8) : start]):
        near = None
    off = _points_off(line, control)
    if off:
        return off, None
    others = {i.ref.arms[0] for i in line.refs if i.symbol == "A" and i.ref} - {control}
    if len(others) > 1:
        return _one_each(line, bounds, words, control), None
    if "G" in line.symbols:
        return [], None
    places = _places(line, words, near, bool(others))
    if "V" not in line.symbols and near and others == {near.arm} and not _MINUS.search_words(words):
        return [], replace(near, sentence=at)
    if places is None:
        return [], near if near and near.is_heading and not others else None
    arm = min(others) if others else lead.arms[0] if lead and lead.arms[0] != control else near.arm if near else None
    if arm is None and len(table.drafts) == 2 and _ADJUSTED.search_words(words) and not _OF_PART.search(words):
        arm = 1 - control
    if arm is None:
        return [], None
    if not places:
        return [], Pair(arm, control, at, is_heading=True) if _MINUS.search_words(words) else None
    listed = _listed(line, places, near)
    pair = Pair(
        arm, control, at, bool(near and near.is_heading and not others), tuple(p for p in listed if p) or _order(near)
    )
    return [Gap(i, arm, control, population) for i, population in zip(places, listed, strict=True)], pair


def behind_gap(line: Line, at: int, cell: Cell, stop: int) -> tuple[Cell, PValue | None]:
    """A difference with the interval behind it, and its p-value: the first ones before the next value."""
    interval, found = cell.interval, None
    for item in line.items[at + 1 :]:
        if item.start >= stop or item.symbol in "VEb":
            break
        interval = interval or item.interval
        if item.p:
            found = item.p
            break
    return (cell if cell.interval else cell._replace(interval=interval)), found


def pair_said(words: str) -> bool:
    """Whether a sentence without values sets an arm against its control, as a heading: "A minus placebo"."""
    return _MINUS.search_words(words) is not None


def _points_off(line: Line, control: int) -> list[Gap]:
    """ "12 percentage points more frequent with A than with placebo": by how much a share is above or below it."""
    begin, end = line.said.sentence.start, line.said.sentence.end
    found = list(_POINTS_OFF.finditer(line.text, begin, end))
    named = [i.ref.arms[0] for i in line.refs if i.symbol == "A" and i.ref]
    if len(found) != 1 or "G" in line.symbols or len(named) != 2 or named.count(control) != 1:
        return []
    match, arm = found[0], next(one for one in named if one != control)
    behind = line.text[match.end() : end]
    places = [
        i for i, item in enumerate(line.items) if item.cell and item.start < match.start() and item.end >= match.start()
    ]
    refs = [i for i in line.refs if i.symbol == "A" and i.ref and i.start >= match.end()]
    set_against = re.match(r"[^.;,]{0,60}?\bthan\b", behind) if len(refs) == 2 else None
    beside = match[0].lower().endswith(("above", "over", "below", "under")) and refs and refs[0].ref
    than = len(refs) == 1 and refs[0].ref and re.match(r"\s*than\b", behind)
    if len(places) != 1 or line.symbols.count("V") != 1 or not (set_against or beside or than):
        return []
    first = refs[0].ref.arms[0] if refs and refs[0].ref else control
    is_turned = first == control if set_against else first != control
    sign = (1 if match["more"] else -1) * (-1 if is_turned else 1)
    return [Gap(places[0], arm, control, None, sign)]


def _one_each(line: Line, bounds: list[Bound], words: str, control: int) -> list[Gap]:
    """Placebo-adjusted values of several arms, each told beside its value or in one order."""
    if not _ADJUSTED.search_words(words):
        return []
    by_cell = {cell.start: arm for bound in bounds for arm, cell in bound.pairs if arm is not None}
    out = []
    for index in (i for i in line.places("V") if _is_adjusted(line, i)):
        item = line.items[index]
        match = _ARM_BEHIND.match(line.symbols, index + 1)
        ref = line.items[match.end() - 1].ref if match else None
        arm = ref.arms[0] if ref else by_cell.get(item.start)
        if arm is None or arm == control:
            return []
        out.append(Gap(index, arm, control))
    return out if len({gap.arm for gap in out}) == len(out) else []


def _order(near: Pair | None) -> tuple[tuple[str, int, int], ...]:
    """The populations that the sentence before gave its values for, in their order."""
    return near.order if near else ()


def _places(line: Line, words: str, near: Pair | None, has_arm: bool) -> list[int] | None:
    """The items that state differences; None where the sentence states none."""
    values = [i for i in line.places("V") if line.items[i].cell]
    begin = line.said.sentence.start
    if _ADJUSTED.search_words(words):
        return [i for i in values if _is_adjusted(line, i)]
    values = [i for i in values if _is_share_or_value(line, i)]
    head = _MINUS.search_words(words) or _OVER.search_words(words)
    if head:
        return [i for i in values if line.items[i].start >= begin + head.end()]
    if near is None or has_arm or "v" in line.symbols:
        return None
    if near.is_heading and ":" in line.symbols:
        return values or None
    go = _GOES_ON.search(words)
    if go and values and all(_unit_of(line, i) in _POINTS for i in values):
        return [i for i in values if line.items[i].start >= begin + go.end()] or None
    return None


def _unit_of(line: Line, index: int) -> str | None:
    """The unit of a value."""
    cell = line.items[index].cell
    return cell.numbers[-1].unit if cell else None


def _is_share_or_value(line: Line, index: int) -> bool:
    """Whether an item can be a difference: one number, no count of people, and nothing before it that denies it."""
    cell = line.items[index].cell
    if cell is None or _NO_GAP.search(line.text, max(line.said.sentence.start, cell.start - 60), cell.start):
        return False
    return len(cell.numbers) == 1 and cell.numbers[0].kind is not Kind.COUNT


def _is_adjusted(line: Line, index: int) -> bool:
    """Whether the words around a value call it placebo-adjusted."""
    item = line.items[index]
    behind = line.text[item.end : item.end + 70]
    before = line.text[max(line.said.sentence.start, item.start - 160) : item.start]
    said = _ADJUSTED.search(re.split(r"\bwhereas\b|;", behind)[0])
    own = said is None or not _LEADS_ON.match(line.text, item.end + said.end(), line.said.sentence.end)
    return bool(said and own) or bool(_ADJUSTED.search(before)) or bool(_GOES_ON.search(before))


def _listed(line: Line, places: list[int], near: Pair | None) -> list[tuple[str, int, int] | None]:
    """The population of each value where values and populations are listed in one order ("respectively")."""
    out: list[tuple[str, int, int] | None] = [None] * len(places)
    order = _order(near)
    run: list[int] = []
    for at, index in enumerate(places):
        run.append(at)
        following = places[at + 1] if at + 1 < len(places) else None
        if following is not None and set(line.symbols[index + 1 : following]) <= set("a,"):
            continue
        stop = following if following is not None else len(line.items)
        end = line.items[stop].start if stop < len(line.items) else line.said.sentence.end
        named = populations(line.text, line.items[index].end, end)
        if len(run) >= 2 and "r" in line.symbols[index:stop]:
            if len(named) == len(run):
                order = tuple(named)
            if len(order) == len(run):
                for place, population in zip(run, order, strict=True):
                    out[place] = population
        run = []
    return out


def with_interval(line: Line, cell: Cell) -> Cell:
    """A value with the interval in the bracket behind its arm: "-4.2 points for A (95% CI, -6.6 to -1.8; P<0.001)"."""
    at = next((i for i, item in enumerate(line.items) if item.cell is cell), None)
    behind = _INTERVAL_BEHIND.match(line.symbols, at + 1) if at is not None and cell.interval is None else None
    interval = line.items[behind.end() - 1].interval if behind else None
    if interval is None:
        return cell
    return cell._replace(interval=interval, dispersion_type=DispersionType.CI)
