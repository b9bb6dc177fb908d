"""Plots of the numbers of arms: a dot with its spread where there is one.

One plot holds one statistic in one unit, at baseline, at its end or as a change. Counts, percentages, rates and numbers
without a spread begin with 0 and a change shows where no change is; geometric means stand on a logarithmic axis.
"""

import re
from collections.abc import Callable, Sequence

from trialhouse.model.enums import DispersionType, Statistic
from trialhouse.review.axis import fits, linear_axis, log_axis
from trialhouse.review.number_words import SPREADS, sentence_case, value_said, with_unit
from trialhouse.review.plot import Cells, Line, LinkOf, Plot, Span, mark_of

TABLE = "outcome_measurements"

VALUE = ("value", "dispersion_value", "dispersion_low", "dispersion_high", "statistic")
"""Columns whose words are looked up for a number of an arm, the first that was read first."""

FROM_NOUGHT = frozenset({Statistic.COUNT.value, Statistic.PERCENT.value, Statistic.RATE.value})

GEOMETRIC = frozenset({Statistic.GEOMETRIC_MEAN.value, Statistic.GEOMETRIC_LEAST_SQUARES_MEAN.value})

AROUND = frozenset({DispersionType.SD.value, DispersionType.SE.value})
"""Spreads to both sides of a value. Of a geometric mean they are factors or not told, and not drawn."""

BETWEEN = frozenset({DispersionType.CI.value, DispersionType.IQR.value, DispersionType.RANGE.value})

_DIGITS = re.compile(r"(\d+)")


def arm_plots(measurements: Sequence[Cells], label_of: Callable[[str | None], str], link_of: LinkOf) -> list[Plot]:
    """The plots of the numbers of one outcome, in the order of the first of each; arms stay in their order."""
    groups: dict[tuple[object, ...], list[Cells]] = {}
    for one in measurements:
        known = one["statistic"]
        kind = (known, None if known else one["statistic_raw"], one["unit"])
        groups.setdefault((*kind, one["is_change_from_baseline"], one["is_baseline"]), []).append(one)
    return [_plot(sorted(group, key=_place), label_of, link_of) for group in groups.values()]


def span_of(measurement: Cells) -> Span | None:
    """The number and the spread that can be drawn; None for a number that has no place on an axis."""
    value, kind = measurement["value"], measurement["dispersion_type"]
    low = high = None
    if kind in BETWEEN:
        low, high = measurement["dispersion_low"], measurement["dispersion_high"]
    elif kind in AROUND and measurement["statistic"] not in GEOMETRIC and measurement["dispersion_value"] is not None:
        low, high = value - abs(measurement["dispersion_value"]), value + abs(measurement["dispersion_value"])
    if low is not None and high is not None and low > high:
        low = high = None
    is_bound = measurement["value_modifier"] in ("<", ">")
    span = Span(value, low, high, is_bound)
    return span if all(map(fits, span.numbers())) else None


def _plot(group: Sequence[Cells], label_of: Callable[[str | None], str], link_of: LinkOf) -> Plot:
    first = group[0]
    spans = [span_of(one) for one in group]
    kinds = {
        (one["dispersion_type"], one["ci_pct"])
        for one, span in zip(group, spans, strict=True)
        if span and (span.low is not None or span.high is not None)
    }
    if len(kinds) > 1:
        spans = [span and Span(span.value, is_bound=span.is_bound) for span in spans]
    numbers = [number for span in spans if span for number in span.numbers()]
    is_log = first["statistic"] in GEOMETRIC and not first["is_change_from_baseline"] and min(numbers, default=0) > 0
    # Where no spread tells what a difference is worth, the distance from 0 does.
    is_bare = all(span.low is None and span.high is None for span in spans if span) and not is_log
    has_nought = first["is_change_from_baseline"] or first["statistic"] in FROM_NOUGHT or is_bare
    if has_nought and numbers:
        numbers.append(0.0)
    # A single number without a spread has nothing to be compared with.
    is_drawn = bool(numbers) and (len(group) > 1 or bool(kinds))
    axis = (log_axis(numbers) if is_log else linear_axis(numbers)) if is_drawn else None
    lines = tuple(
        Line(
            label=_label(one, label_of),
            value=value_said(one),
            value_link=link_of(TABLE, one["measurement_id"], VALUE),
            second="" if one["n_analyzed"] is None else f"{one['n_analyzed']:,}",
            second_link=link_of(TABLE, one["measurement_id"], ("n_analyzed",)),
            more=one.get("remark", ""),
            note="",
            mark=mark_of(span, axis) if span and axis else None,
        )
        for one, span in zip(group, spans, strict=True)
    )
    return Plot(
        title=_title(first),
        words=_words(kinds, is_log, bool(first["is_change_from_baseline"])) if axis else "",
        heads=("arm", "value", "n"),
        axis=axis,
        nothing_at=axis.place(0.0) if axis and first["is_change_from_baseline"] else None,
        lines=lines,
    )


def _title(one: Cells) -> str:
    name = sentence_case(one["statistic"] or one["statistic_raw"] or "number")
    when = "change from baseline" if one["is_change_from_baseline"] else "at baseline" if one["is_baseline"] else ""
    unit = (
        "" if one["statistic"] == Statistic.PERCENT.value and one["unit"] == "%" else one["unit"] or "unit not stated"
    )
    return ", ".join(text for text in (name, unit, when) if text)


def _words(kinds: set[tuple[str | None, float | None]], is_log: bool, is_change: bool) -> str:
    """What is not said by the numbers of a plot: its scale, and what its lines are."""
    said = ["logarithmic axis"] if is_log else []
    said += ["the dashed line is no change"] if is_change else []
    if len(kinds) > 1:
        said.append("spreads of different kinds are not drawn together")
    elif kinds:
        ((kind, level),) = kinds
        name = f"{with_unit(level, '%')} {SPREADS.get(kind or '', 'spread')}".strip()
        said.append(f"lines are one {name} to either side" if kind in AROUND else f"lines are the {name}")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _label(one: Cells, label_of: Callable[[str | None], str]) -> str:
    arm = label_of(one["arm_id"]) or one["group_title"] or "whole trial"
    return " · ".join(text for text in (one["classification"], one["category"], arm) if text)


def _place(one: Cells) -> tuple[list[tuple[bool, int, str]], list[tuple[bool, int, str]]]:
    """The order of lines: as the rows of a table are read, 'Week 4' before 'Week 12'; arms stay as they were."""
    return _natural(one["classification"] or ""), _natural(one["category"] or "")


def _natural(text: str) -> list[tuple[bool, int, str]]:
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _DIGITS.split(text)]
