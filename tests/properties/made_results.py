"""Results of made-up trials: a *frame* writes one in a sentence, and says which numbers it gave to which arm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.properties.made_trials import MadeTrial, series, trials


@dataclass(frozen=True)
class Comparison:
    """What is said of the first arm against the second: an estimate with its interval, a p-value, or both."""

    effect: str
    estimate: float | None
    low: float | None
    high: float | None
    p_value: float
    p_modifier: str


@dataclass(frozen=True)
class Written:
    """A result in words, and what it says: numbers are (place of the arm, statistic, value).

    `spreads` are (place of the arm, value, kind, size or None, low end or None, high end or None).
    """

    sentence: str
    numbers: frozenset[tuple[int, str, float]]
    comparison: Comparison | None = None
    spreads: frozenset[tuple[int, float, str, float | None, float | None, float | None]] = frozenset()


Frame = Callable[[st.DrawFn, MadeTrial], Written]


def _tenths(draw: st.DrawFn, trial: MadeTrial, least: int = 11, most: int = 989) -> list[float]:
    """A number of one decimal for each arm, no two alike."""
    count = len(trial.arms)
    return [n / 10 for n in draw(st.lists(st.integers(least, most), min_size=count, max_size=count, unique=True))]


def _order(draw: st.DrawFn, trial: MadeTrial) -> list[int]:
    """The order in which a sentence names the arms: not always the one in which they were assigned."""
    return list(draw(st.permutations(range(len(trial.arms)))))


def _said(statistic: str, values: Sequence[float]) -> frozenset[tuple[int, str, float]]:
    return frozenset((place, statistic, value) for place, value in enumerate(values))


def _signed(value: float) -> str:
    return f"−{-value}" if value < 0 else str(value)


def _noun(score: str) -> str:
    return score.removeprefix("the ")


def shares(opening: str, part: str, close: str = ".", last: str = "and") -> Frame:
    """A frame of one percentage an arm: `part` says it once for each arm, in any order of the arms."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values = _tenths(draw, trial)
        parts = [
            part.format(v=values[n], called=trial.called(trial.arms[n]), given=trial.arms[n].given)
            for n in _order(draw, trial)
        ]
        begin = opening.format(event=trial.event, Event=trial.event.capitalize(), weeks=trial.weeks)
        return Written(
            begin + series(parts, last) + close.format(event=trial.event, weeks=trial.weeks), _said("PERCENT", values)
        )

    return frame


def means(opening: str, part: str, close: str = ".", sign: int = 1) -> Frame:
    """A frame of one mean (or, with a sign of -1, one fall) an arm."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values = _tenths(draw, trial, most=899)
        parts = [
            part.format(v=values[n], called=trial.called(trial.arms[n]), given=trial.arms[n].given)
            for n in _order(draw, trial)
        ]
        begin = opening.format(score=trial.score, noun=_noun(trial.score), weeks=trial.weeks)
        return Written(begin + series(parts, "and") + close, _said("MEAN", [sign * v for v in values]))

    return frame


def with_spread(opening: str, part: str) -> Frame:
    """A frame of a mean and its standard deviation an arm."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values, deviations = _tenths(draw, trial, most=899), _tenths(draw, trial, 3, 99)
        parts = [
            part.format(v=values[n], s=deviations[n], given=trial.arms[n].given, called=trial.called(trial.arms[n]))
            for n in _order(draw, trial)
        ]
        begin = opening.format(noun=_noun(trial.score), weeks=trial.weeks)
        spread = {(n, v, "SD", s, None, None) for n, (v, s) in enumerate(zip(values, deviations, strict=True))}
        return Written(begin + series(parts, "and") + ".", _said("MEAN", values), spreads=frozenset(spread))

    return frame


def with_range(kind: str, statistic: str, opening: str, part: str) -> Frame:
    """A frame of a value and an interval around it an arm."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values = _tenths(draw, trial, 120, 880)
        ends = [
            (round(v - draw(st.integers(1, 99)) / 10, 1), round(v + draw(st.integers(1, 99)) / 10, 1)) for v in values
        ]
        parts = [
            part.format(
                v=values[n],
                low=ends[n][0],
                high=ends[n][1],
                given=trial.arms[n].given,
                called=trial.called(trial.arms[n]),
            )
            for n in _order(draw, trial)
        ]
        begin = opening.format(noun=_noun(trial.score), event=trial.event, weeks=trial.weeks)
        spread = {(n, v, kind, None, *end) for n, (v, end) in enumerate(zip(values, ends, strict=True))}
        return Written(begin + series(parts, "and") + ".", _said(statistic, values), spreads=frozenset(spread))

    return frame


def counts(part: str) -> Frame:
    """A frame of a count, its denominator and its share an arm."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        found = [draw(st.integers(1, arm.n - 1)) for arm in trial.arms]
        percents = [round(100 * count / arm.n, 1) for count, arm in zip(found, trial.arms, strict=True)]
        parts = []
        for n in _order(draw, trial):
            arm = trial.arms[n]
            parts.append(part.format(c=found[n], n=arm.n, v=percents[n], given=arm.given, called=trial.called(arm)))
        sentence = f"By week {trial.weeks}, {trial.event} had occurred in {series(parts, 'and')}."
        return Written(sentence, _said("COUNT", [float(count) for count in found]) | _said("PERCENT", percents))

    return frame


def whole_percents(draw: st.DrawFn, trial: MadeTrial) -> Written:
    """Percentages without decimals, from none to all."""
    count = len(trial.arms)
    values = draw(st.lists(st.integers(0, 100), min_size=count, max_size=count, unique=True))
    parts = [f"{values[n]}% of patients receiving {trial.arms[n].given}" for n in _order(draw, trial)]
    sentence = f"At week {trial.weeks}, {trial.event} occurred in {series(parts, 'and')}."
    return Written(sentence, _said("PERCENT", [float(v) for v in values]))


def respectively(draw: st.DrawFn, trial: MadeTrial) -> Written:
    """ "V, W and X in the A, B and C groups, respectively"."""
    values, order = _tenths(draw, trial), _order(draw, trial)
    listed = series([f"{values[n]}%" for n in order], "and")
    names = series([trial.called(trial.arms[n]) for n in order], "and")
    sentence = (
        f"{trial.event.capitalize()} at week {trial.weeks} occurred in {listed} of patients in the {names} groups, "
        "respectively."
    )
    return Written(sentence, _said("PERCENT", values))


def respectively_with(draw: st.DrawFn, trial: MadeTrial) -> Written:
    """ "V and W with A 10 mg and B, respectively"."""
    values, order = _tenths(draw, trial), _order(draw, trial)
    listed = series([f"{values[n]}%" for n in order], "and")
    names = series([trial.arms[n].given for n in order], "and")
    sentence = f"{trial.event.capitalize()} at week {trial.weeks} occurred in {listed} with {names}, respectively."
    return Written(sentence, _said("PERCENT", values))


def against_control(draw: st.DrawFn, trial: MadeTrial) -> Written:
    """ "V and W in the A and B groups, respectively, versus X in the C group"."""
    values, *treated, control = _tenths(draw, trial), *range(len(trial.arms))
    listed = series([f"{values[n]}%" for n in treated], "and")
    names = series([trial.called(trial.arms[n]) for n in treated], "and")
    sentence = (
        f"At week {trial.weeks}, {trial.event} occurred in {listed} of patients in the {names} groups, respectively, "
        f"versus {values[control]}% in the {trial.called(trial.arms[control])} group."
    )
    return Written(sentence, _said("PERCENT", values))


def more_than(draw: st.DrawFn, trial: MadeTrial) -> Written:
    """ "more often with A than with B (V vs W)"."""
    values, (one, two) = _tenths(draw, trial), trial.arms
    often = "more" if values[0] > values[1] else "less"
    sentence = (
        f"{trial.event.capitalize()} at week {trial.weeks} occurred {often} often with {one.given} than with "
        f"{two.given} ({values[0]}% vs {values[1]}%)."
    )
    return Written(sentence, _said("PERCENT", values))


def _p(draw: st.DrawFn) -> tuple[str, float]:
    return draw(st.sampled_from((("<", 0.001), ("=", 0.03), ("=", 0.21), ("<", 0.05))))


def compared(text: str) -> Frame:
    """Percentages of two arms, and how likely the difference was by chance."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values, (one, two), (modifier, p) = _tenths(draw, trial), trial.arms, _p(draw)
        sentence = text.format(
            v=values[0],
            w=values[1],
            a=trial.called(one),
            b=trial.called(two),
            event=trial.event,
            weeks=trial.weeks,
            p=f"P{modifier}{p}",
        )
        return Written(sentence, _said("PERCENT", values), Comparison("P_VALUE_ONLY", None, None, None, p, modifier))

    return frame


def with_ratio(effect: str, words: str, text: str, *, of_values: bool = True) -> Frame:
    """A ratio with its interval and p-value, behind the percentages of two arms unless not `of_values`."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values, (one, two), (modifier, p) = _tenths(draw, trial), trial.arms, _p(draw)
        low, middle, high = sorted(draw(st.lists(st.integers(11, 399), min_size=3, max_size=3, unique=True)))
        sentence = text.format(
            v=values[0],
            w=values[1],
            a=trial.called(one),
            b=trial.called(two),
            event=trial.event,
            weeks=trial.weeks,
            ratio=f"{words}, {middle / 100}; 95% CI, {low / 100} to {high / 100}; P{modifier}{p}",
            plain=f"{middle / 100} (95% CI, {low / 100} to {high / 100}; P{modifier}{p})",
        )
        found = Comparison(effect, middle / 100, low / 100, high / 100, p, modifier)
        return Written(sentence, _said("PERCENT", values) if of_values else frozenset(), found)

    return frame


def with_difference(effect: str, words: str, text: str, statistic: str) -> Frame:
    """Values of two arms and their difference, which may be negative."""

    def frame(draw: st.DrawFn, trial: MadeTrial) -> Written:
        values, (one, two), (modifier, p) = _tenths(draw, trial), trial.arms, _p(draw)
        difference = round(values[0] - values[1], 1)
        low, high = (round(difference + draw(st.integers(1, 99)) * side / 10, 1) for side in (-1, 1))
        sentence = text.format(
            v=values[0],
            w=values[1],
            a=trial.called(one),
            b=trial.called(two),
            event=trial.event,
            noun=_noun(trial.score),
            weeks=trial.weeks,
            ratio=f"{words.format(_signed(difference))}; 95% CI, {_signed(low)} to {_signed(high)}; P{modifier}{p}",
        )
        return Written(sentence, _said(statistic, values), Comparison(effect, difference, low, high, p, modifier))

    return frame


@st.composite
def results(draw: st.DrawFn, frame: Frame, most: int) -> tuple[MadeTrial, Written]:
    """A trial of two to `most` arms and its result in the words of one frame."""
    trial = draw(trials(most=most))
    return trial, frame(draw, trial)
