"""The floors and goals of `bounds.toml`, and how a score stands to them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bench.evaluation.scores import Score

FILE = Path(__file__).with_name("bounds.toml")
GOAL, FLOOR, WITHIN, MISSED = "goal", "floor", "within", "missed"
MARKS = {GOAL: "★", FLOOR: "✓", WITHIN: "~", MISSED: "✗"}
"""★ the goal is met, ✓ the floor, ~ the floor within one standard error, ✗ it is missed by more."""


@dataclass(frozen=True)
class Bound:
    """What is asked of a field."""

    floor: float
    goal: float

    def standing(self, score: Score) -> str:
        """Goal, floor, within (one standard error below the floor) or missed."""
        if score.f1 >= self.goal:
            return GOAL
        if score.f1 >= self.floor:
            return FLOOR
        return WITHIN if score.f1 + score.error >= self.floor else MISSED


def read_bounds() -> dict[str, dict[str, Bound]]:
    """The bounds by kind of set (labelled, domain) and for context, each by field."""
    loaded = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {kind: {f: Bound(**b) for f, b in loaded[kind].items()} for kind in ("labelled", "domain", "context")}


def least_precision() -> dict[str, float]:
    """The precision that is asked of a field on every set."""
    return dict(tomllib.loads(FILE.read_text(encoding="utf-8"))["precision"])


def kind_of(name: str) -> str:
    """The kind of bounds that a set has."""
    return "domain" if name == "domain" else "labelled"
