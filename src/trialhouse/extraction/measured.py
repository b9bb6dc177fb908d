"""The measurements of one cell: its numbers as claims, with what they are and the sentence that proves them."""

from dataclasses import dataclass

from trialhouse.extraction import directions
from trialhouse.extraction.baselines import RULE, are_characteristics, is_baseline, is_later
from trialhouse.extraction.cell import Cell, dispersion_of
from trialhouse.extraction.cell_changes import is_left
from trialhouse.extraction.context import About
from trialhouse.extraction.frames import aligned, times_listed
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.ledger import quote_span
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.line import Line
from trialhouse.extraction.statistics_said import change_sign, statistic
from trialhouse.model.enums import DispersionType, Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import MeasurementClaim
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_BRACKETS = lazy_compile(r"\([^()]*\)")
_OWN_VERB = Cued(
    "fell|from|had|reached|remained|rose|stayed|to|was|were",
    r"\b(?:rose|fell|was|were|remained|stayed|from|to|reached|had)\b",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the numbers of a binding have in common: their line, what they are about, their rule and how sure it is."""

    line: Line
    what: About
    rule: str
    said_before: str
    """The words that a carried measure comes from."""
    confidence: float
    is_baseline: bool = False
    """Whether the values are known as one row of the baseline."""


def proof(line: Line, start: int, end: int) -> Evidence:
    """The sentence that holds a number."""
    span = quote_span((line.said.sentence.start, line.said.sentence.end), start, end)
    return Evidence.of(line.text, *span)


def alike(claims: list[MeasurementClaim]) -> list[MeasurementClaim]:
    """The measurements of one list, where those in per cent are shares of participants if one of them is said to be.

    "85% and 91% with 5 and 10 mg, and 35% with placebo" are three shares, also where words tell it of the first alone.
    """
    if not any(one.statistic is Statistic.PERCENT for one in claims):
        return claims
    return [one.model_copy(update={"statistic": Statistic.PERCENT}) if _can_be_share(one) else one for one in claims]


def _can_be_share(one: MeasurementClaim) -> bool:
    """Whether a number in per cent that is no share by its words can be one: no change, and nothing told beside it."""
    is_mean = (
        one.statistic in (None, Statistic.MEAN) and one.unit == "%" and one.dispersion_type in (None, DispersionType.CI)
    )
    return is_mean and not one.is_change_from_baseline and not one.is_baseline and 0 <= one.value <= 100


def measured(stated: Stated, arm: str | None, cell: Cell, first: Cell) -> list[MeasurementClaim]:
    """The measurements of a cell: a count and its share are two, an earlier value is one of the baseline.

    `first` is the first cell of the binding, whose words say of the others too whether they are changes.
    """
    line, what = stated.line, stated.what
    text, sentence = line.text, line.said.sentence
    changed, sign = change_sign(text, sentence, cell, stated.said_before)
    kinds = statistic(text, what, cell, sentence, stated.said_before, changed=changed)
    if not changed and cell is not first and not _OWN_VERB.search(_BRACKETS.sub("", text[first.end : cell.start])):
        changed, sign = change_sign(text, sentence, first, stated.said_before)
    baseline = stated.is_baseline or _is_baseline(stated, cell, first)
    changed = changed and not baseline and cell.numbers[0].kind is not Kind.COUNT
    low, high, spread = dispersion_of(cell)
    out = []
    for number, kind in zip(cell.numbers, kinds, strict=True):
        last = number is cell.numbers[-1]
        value = -abs(number.value) if changed and sign < 0 else number.value
        if changed:
            value = directions.signed(text, sentence, cell, what.norm or what.measure, value)
        out.append(
            MeasurementClaim.filled(
                arm=arm,
                statistic=kind,
                value=value,
                unit=number.unit,
                is_baseline=baseline,
                is_change_from_baseline=changed,
                n_analyzed=int(cell.denominator.value) if cell.denominator else None,
                dispersion_type=cell.dispersion_type if last else None,
                dispersion_value=spread if last else None,
                dispersion_low=low if last else None,
                dispersion_high=high if last else None,
                value_raw=text[number.start : number.end],
                rule=stated.rule,
                confidence=stated.confidence,
                evidence=proof(line, number.start, number.end),
                field_evidence={},
            )
        )
    earlier = [_earlier(line, out[0], one) for one in (cell.before, *cell.earlier) if one]
    return out + earlier + [_aside(line, out[0], cell, aside) for aside in cell.asides]


def is_row_of_baseline(line: Line, bound: Bound) -> bool:
    """Whether one value of a row of interleaved or listed values is told to be of the baseline: so are the others."""
    if bound.rule not in (aligned.RULE, aligned.LISTS) or any(cell.before for _, cell in bound.pairs):
        return False
    first, last = bound.pairs[0][1], bound.pairs[-1][1]
    if bound.rule == aligned.LISTS and is_left(line.text, first, last):
        return True
    return any(is_baseline("", line.text[cell.end : cell.end + 40]) for _, cell in bound.pairs)


def _is_baseline(stated: Stated, cell: Cell, first: Cell) -> bool:
    """Whether a cell is from before the treatment, by its own words or those before the first of its list."""
    if cell.before is not None:
        return False
    text, begin = stated.line.text, stated.line.said.sentence.start
    if stated.rule == times_listed.RULE:
        return stated.what.weeks == 0
    if stated.rule == RULE or are_characteristics(text[begin : cell.start]):
        return True
    if is_baseline(text[begin : cell.start], text[cell.end : cell.end + 40]):
        return True
    listed = first.end < cell.start and is_baseline(text[begin : first.start])
    return listed and not is_later(text[first.end : cell.start])


def _earlier(line: Line, later: MeasurementClaim, number: Typed) -> MeasurementClaim:
    """What a value was at baseline, before it became the later one."""
    changes = {
        "value": number.value,
        "unit": number.unit or later.unit,
        "is_baseline": True,
        "is_change_from_baseline": False,
        "value_raw": line.text[number.start : number.end],
        "dispersion_type": None,
        "dispersion_value": None,
        "dispersion_low": None,
        "dispersion_high": None,
        "evidence": proof(line, number.start, number.end),
    }
    return later.model_copy(update=changes)


def _aside(line: Line, said: MeasurementClaim, cell: Cell, aside: Cell) -> MeasurementClaim:
    """What a cell says a second time in a bracket; its sign is that of the value which it repeats."""
    number = aside.numbers[0]
    raw = line.text[number.start : number.end]
    turned = said.value < 0 < number.value and raw[:1] not in "+-−–"
    low, high, spread = dispersion_of(aside)
    level = any(one.unit == number.unit for one in cell.earlier)
    changes = {
        "value": -number.value if turned else number.value,
        "unit": number.unit,
        "value_raw": raw,
        "is_change_from_baseline": said.is_change_from_baseline or (cell.before is not None and not level),
        "is_baseline": said.is_baseline and cell.before is None,
        "dispersion_type": aside.dispersion_type,
        "dispersion_value": spread,
        "dispersion_low": low,
        "dispersion_high": high,
        "evidence": proof(line, number.start, number.end),
    }
    return said.model_copy(update=changes)
