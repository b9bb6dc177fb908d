"""Small line plots: how a number went from run to run."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 160, 28, 3


@dataclass(frozen=True)
class Spark:
    """A line through some numbers, oldest first, for a template to draw; `words` say the same to who cannot see it."""

    points: str
    last_x: float
    last_y: float
    nought_y: float
    first: float
    last: float
    words: str


def spark(numbers: Sequence[float], what: str) -> Spark | None:
    """The plot of a few numbers of something; None of fewer than two. The axis begins with nought."""
    if len(numbers) < 2:
        return None
    most = max(*numbers, 1)
    step = (WIDTH - 2 * EDGE) / (len(numbers) - 1)
    places = [
        (round(EDGE + number * step, 1), round(HEIGHT - EDGE - value / most * (HEIGHT - 2 * EDGE), 1))
        for number, value in enumerate(numbers)
    ]
    return Spark(
        points=" ".join(f"{x},{y}" for x, y in places),
        last_x=places[-1][0],
        last_y=places[-1][1],
        nought_y=HEIGHT - EDGE,
        first=numbers[0],
        last=numbers[-1],
        words=f"{what} of the last {len(numbers)} runs: from {numbers[0]:,g} to {numbers[-1]:,g}, "
        f"at most {max(numbers):,g}",
    )
