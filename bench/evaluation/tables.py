"""The tables of a run for the terminal."""

from collections.abc import Iterator, Mapping

from bench.evaluation.bounds import MARKS, kind_of, least_precision, read_bounds
from bench.evaluation.rules import RuleScore
from bench.evaluation.scores import Score
from bench.evaluation.shared import Json

HEAD = f"{'field':<12}{'P':>6}{'R':>7}{'F1':>7}{'±':>7}{'gold':>6}{'said':>6}{'floor':>7}{'goal':>6}"


def score_table(name: str, documents: int, table: Mapping[str, Score]) -> Iterator[str]:
    """The fields of one set, each with its bounds and how it stands to them."""
    bounds, precision = read_bounds()[kind_of(name)], least_precision()
    yield f"{name}: {documents} documents"
    yield HEAD
    for field, score in table.items():
        bound = bounds.get(field)
        asked = f"{bound.floor:7.2f}{bound.goal:6.2f}  {MARKS[bound.standing(score)]}" if bound else ""
        low = f"  precision below {precision[field]:.2f}" if score.precision < precision.get(field, 0.0) else ""
        yield (
            f"{field:<12}{score.precision:6.3f}{score.recall:7.3f}{score.f1:7.3f}{score.error:7.3f}"
            f"{score.gold:6d}{score.said:6d}{asked}{low}"
        )


def share_table(title: str, table: Mapping[str, Score]) -> Iterator[str]:
    """Shares: of numbers on the right arm, of trial facts."""
    bounds = read_bounds()["context"]
    yield f"{title:<25}{'share':>7}{'±':>7}{'of':>6}{'floor':>13}{'goal':>6}"
    for name, score in table.items():
        bound = bounds.get(name)
        asked = f"{bound.floor:13.2f}{bound.goal:6.2f}  {MARKS[bound.standing(score)]}" if bound else ""
        yield f"  {name:<23}{score.f1:7.3f}{score.error:7.3f}{score.gold:6d}{asked}"


def rule_table(rules: list[RuleScore]) -> Iterator[str]:
    """Precision and coverage by rule."""
    yield f"{'rule':<34}{'said':>6}{'right':>7}{'precision':>11}{'of all right':>14}"
    for one in rules:
        yield f"{one.rule:<34}{one.said:6d}{one.right:7d}{one.precision:11.3f}{100 * one.share:13.1f}%"


def as_json(table: Mapping[str, Score], name: str | None = None) -> Json:
    """A table of scores for scripts; with the bounds of a set where it is named."""
    bounds = read_bounds()[kind_of(name) if name else "context"]
    printed = {}
    for field, score in table.items():
        printed[field] = {**vars(score)}
        if field in bounds:
            bound = bounds[field]
            printed[field] |= {"floor": bound.floor, "goal": bound.goal, "standing": bound.standing(score)}
    return printed
