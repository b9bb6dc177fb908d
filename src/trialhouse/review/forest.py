"""Forest plots of the comparisons of an outcome: estimates with their intervals beside the line of no effect.

Ratios stand on a logarithmic axis, where 1/2 and 2 are equally far from no effect (1); differences, slopes and
logarithms of ratios on a linear one, where no effect is 0 (Lewis and Clarke, BMJ 2001;322:1479). One plot holds one
kind of effect in one unit. What has no place on its axis is said in words and not drawn.
"""

import math
from collections.abc import Callable, Sequence

from trialhouse.model.enums import Effect
from trialhouse.review.axis import Axis, fits, linear_axis, log_axis, round_text
from trialhouse.review.number_words import effect_said, p_said, sentence_case
from trialhouse.review.plot import Cells, Line, LinkOf, Plot, Span, mark_of

RATIOS = frozenset(
    {
        Effect.HAZARD_RATIO.value,
        Effect.RISK_RATIO.value,
        Effect.ODDS_RATIO.value,
        Effect.RATE_RATIO.value,
        Effect.GEOMETRIC_MEAN_RATIO.value,
    }
)

TABLE = "outcome_analyses"

MOST_OVERVIEW = 40
"""So many lines an overview has; all are with their outcomes."""

NOT_ABOVE_NOUGHT = "Not drawn: a number that is not above 0 has no place on a logarithmic axis."
TURNED_ROUND = "Not drawn: its interval ends before it begins."
OUTSIDE = "Not drawn: the estimate lies outside its interval."
NO_PLACE = "Not drawn: a number is too large or too small for an axis."


def forests(analyses: Sequence[Cells], label_of: Callable[[str | None], str], link_of: LinkOf) -> list[Plot]:
    """The plots of the comparisons of one outcome, one for each kind of effect and unit, in the order of the first."""
    groups: dict[tuple[str | None, ...], list[Cells]] = {}
    for analysis in analyses:
        known = analysis["effect"]
        key = (known, None if known else analysis["effect_raw"], analysis["unit"] if _is_drawn(analysis) else None)
        groups.setdefault(key, []).append(analysis)
    return [_forest(group, label_of, link_of) for group in groups.values()]


def overview(outcomes: Sequence[Cells], label_of: Callable[[str | None], str], link_of: LinkOf) -> list[Plot]:
    """The ratios of all outcomes, one plot for each kind that several outcomes have. Ratios have no unit, so that those
    of different outcomes may stand together; outcomes are in the order given.
    """
    groups: dict[str, list[Cells]] = {}
    for outcome in outcomes:
        about = ", ".join(outcome[name] for name in ("measure", "time_frame", "subgroup") if outcome[name])
        for analysis in outcome["analyses"]:
            if analysis["effect"] in RATIOS and span_of(analysis)[0] is not None:
                groups.setdefault(analysis["effect"], []).append(analysis | {"of": about})
    several = [group for group in groups.values() if len({analysis["outcome_id"] for analysis in group}) > 1]
    return [_forest(group[:MOST_OVERVIEW], label_of, link_of) for group in several]


def compared(analysis: Cells, label_of: Callable[[str | None], str]) -> str:
    """Which arms are compared."""
    arms = [label_of(analysis[name]) for name in ("arm_id", "comparator_arm_id") if analysis[name]]
    titles = list(analysis["group_titles"] or ())
    if len(arms) == 2 or not titles:
        return " against ".join(arms) or "comparison"
    return " against ".join(titles) if len(titles) == 2 else ", ".join(titles)


def _is_drawn(analysis: Cells) -> bool:
    return any(analysis[name] is not None for name in ("estimate", "ci_low", "ci_high"))


def span_of(analysis: Cells) -> tuple[Span | None, str]:
    """What of a comparison can be drawn, or else why not; neither where it has no estimate and no interval."""
    span = Span(analysis["estimate"], analysis["ci_low"], analysis["ci_high"])
    if not span.numbers():
        return None, ""
    if not all(map(fits, span.numbers())):
        return None, NO_PLACE
    if analysis["effect"] in RATIOS and min(span.numbers()) <= 0:
        return None, NOT_ABOVE_NOUGHT
    if span.low is not None and span.high is not None and span.low > span.high:
        return None, TURNED_ROUND
    low, high = (-math.inf if span.low is None else span.low), (math.inf if span.high is None else span.high)
    if span.value is not None and not low <= span.value <= high:
        return None, OUTSIDE
    return span, ""


def _forest(analyses: Sequence[Cells], label_of: Callable[[str | None], str], link_of: LinkOf) -> Plot:
    effect, unit = analyses[0]["effect"], analyses[0]["unit"]
    is_ratio, is_known = effect in RATIOS, effect is not None and effect != Effect.P_VALUE_ONLY.value
    spans = [span_of(analysis) for analysis in analyses]
    numbers = [number for span, _ in spans if span for number in span.numbers()]
    nothing = (1.0 if is_ratio else 0.0) if is_known else None
    axis = _axis(numbers, is_ratio, nothing) if numbers else None
    name = sentence_case(effect or analyses[0]["effect_raw"] or "comparison")
    if effect == Effect.P_VALUE_ONLY.value:
        name = "P-value without an effect"
    lines = tuple(
        Line(
            label=": ".join(text for text in (analysis.get("of"), compared(analysis, label_of)) if text),
            value=effect_said(analysis),
            value_link=link_of(TABLE, analysis["analysis_id"], ("estimate", "ci_low", "ci_high", "effect")),
            second=p_said(analysis),
            second_link=link_of(TABLE, analysis["analysis_id"], ("p_value", "p_raw")),
            more=" · ".join(
                text for text in (analysis["method"], analysis["groups_description"], analysis.get("remark")) if text
            ),
            note=note,
            mark=mark_of(span, axis) if span and axis else None,
        )
        for analysis, (span, note) in zip(analyses, spans, strict=True)
    )
    return Plot(
        title=name + (f", {unit}" if unit and numbers else ""),
        words=_words(is_ratio, nothing, axis is not None),
        heads=("compared", "effect", "p"),
        axis=axis,
        nothing_at=axis.place(nothing) if axis and nothing is not None else None,
        lines=lines,
    )


def _axis(numbers: Sequence[float], is_ratio: bool, nothing: float | None) -> Axis:
    """The axis of some numbers, with the line of no effect within it and not at its edge."""
    if nothing is None:
        return linear_axis(numbers)
    if is_ratio:
        return log_axis([*numbers, 1 / 1.1, 1.1])
    beyond = max(map(abs, numbers)) / 50
    return linear_axis([*numbers, -beyond, beyond])


def _words(is_ratio: bool, nothing: float | None, is_drawn: bool) -> str:
    if not is_drawn:
        return ""
    scale = "Logarithmic axis" if is_ratio else "Linear axis"
    if nothing is None:
        return f"{scale}; what no effect would be is not known of this kind."
    return f"{scale}; the dashed line is no effect ({round_text(nothing)})."
