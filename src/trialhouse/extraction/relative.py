"""Values of no arm: what is left without the control's effect, how much a risk is cut, falls against a control.

Each compares an arm with its control, and none says in a way that is sure which measure of comparison it is. They are
not said.
"""

import re

from trialhouse.extraction.arm_table import is_control
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.compared import is_difference_list
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.movement import movement
from trialhouse.extraction.set_against import of_list_against
from trialhouse.extraction.statistics_said import change_sign
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_CONTROL = r"\b(?:placebo|pbo|control|sham|vehicle)\b"
_TAKEN_OFF = Cued(
    "deduct|net|subtract|taken off",
    rf"\b(?:subtract(?:ed|ing|ion)?|deduct(?:ed|ing|ion)?|net)\b(?: of| from)?[^.;,]{{0,20}}{_CONTROL}"
    rf"|{_CONTROL}[^.;,]{{0,20}}\b(?:is|was|were|been) (?:subtracted|deducted|taken off)\b",
    re.I,
)
_SET_AGAINST = lazy_compile(
    rf"\W*(?:relative to|(?:as )?compared (?:with|to)|versus|in comparison (?:with|to))\s+(?:the\s+)?{_CONTROL}"
    r"[^,]{0,12},",
    re.I,
)
_CONTROL_BEHIND = lazy_compile(r"[),t]{0,4}v[t]{0,2}A(?![pt,]{0,3}[(]?V)")
_RISK_CUT = Cued(
    "by",
    r"\b(?:reduced|decreased|lowered|cut|cuts|raised|increased|halved)\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:risks?|odds|hazards?|likelihood|chances?)\s+(?:of|for)\b[^.;\d]{0,60}\bby\s+"
    r"(?:about |almost |nearly |some )?\Z",
    re.I,
)


def without_relative(line: Line, bounds: list[Bound], table: ArmTable) -> list[Bound]:
    """The bindings of a sentence that are values of arms."""
    words = line.said.sentence.words
    if not bounds or _TAKEN_OFF.search_words(words):
        return []
    kept = [one for one in bounds if not _is_risk_cut(line, one) and not _is_set_against(line, one, table)]
    return [one for one in kept if is_difference_list(line, one, table) or not _is_distance(line, one)]


def _is_distance(line: Line, bound: Bound) -> bool:
    """Whether a value in percentage points is no change: it is how far two shares are apart."""
    cell = bound.pairs[0][1]
    points = cell.numbers[-1].unit in ("percentage points", "percentage point")
    return points and not change_sign(line.text, line.said.sentence, cell)[0]


def _is_set_against(line: Line, bound: Bound, table: ArmTable) -> bool:
    """Whether values without the control's are falls or rises against it: "compared with placebo, X fell by 40 % …"."""
    begin, end = line.said.sentence.start, line.said.sentence.end
    cell = bound.pairs[0][1]
    if any(arm is None or is_control(table.drafts[arm]) for arm, _ in bound.pairs):
        return False
    if of_list_against(line, bound):
        return True
    if not movement(line.text[begin : cell.start][-90:], line.text[cell.end : end]):
        return False
    behind = _CONTROL_BEHIND.match(line.symbols, bound.last + 1)
    ref = line.items[behind.end() - 1].ref if behind else None
    return bool(_SET_AGAINST.match(line.text, begin, end)) or bool(ref and is_control(table.drafts[ref.arms[0]]))


def _is_risk_cut(line: Line, bound: Bound) -> bool:
    """Whether the first value says by how many percent a risk was cut."""
    cell = bound.pairs[0][1]
    percent = cell.numbers[-1].kind is Kind.PERCENT
    return percent and bool(_RISK_CUT.search(line.text[line.said.sentence.start : cell.start]))
