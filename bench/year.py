"""A year of nightly refreshes on a small warehouse: seconds and bytes a night, and whether they drift.

    python bench/year.py [NIGHTS]

The nights are those of `tests/year`: new, changed, withdrawn and retracted records, outages, nights without the
machine, deaths and a migration. Every night is one call of the plain function, with a clock that is told the time.

Printed: the medians of the first and the last quarter; on stderr, where it stands, every ten nights. A whole year
writes bench/results.json and the plot docs/pictures/year.svg, fewer nights the plot build/year.svg. Nothing here fails
on a slow machine; tests/year says what must hold.
"""

import pathlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.results_file import add_results, loop_ms  # noqa: E402
from tests.replay.server import ReplayServer  # noqa: E402
from tests.replay.world import World  # noqa: E402
from tests.year.calendar_of_nights import Year  # noqa: E402
from tests.year.nights import Night, Sleeper  # noqa: E402
from trialhouse.review.axis import linear_axis  # noqa: E402
from trialhouse.settings import load_settings  # noqa: E402

YEAR = 365
PLOT, TRIED = ROOT / "docs" / "pictures" / "year.svg", ROOT / "build" / "year.svg"
TOLD_EVERY = 10
WIDTH, HEIGHT, LEFT, RIGHT, TOP, GAP = 720, 150, 60, 12, 24, 46


def main(nights: int = YEAR) -> None:
    """Sleep through the nights, print what they came to."""
    before = loop_ms()
    slept = sleep_through(nights)
    after = loop_ms()
    figures = {"nights": nights, "runs": len(slept), "minutes": round(sum(night.seconds for night in slept) / 60, 1)}
    figures |= {
        "releases": len({night.result.release_id for night in slept} - {None}),
        "trials": len(slept[-1].trial_of),
    }
    for name, value in MEASURES.items():
        first, last = quarters([value(night) for night in slept])
        figures |= {f"{name}_first_quarter": round(first, 2), f"{name}_last_quarter": round(last, 2)}
    idle = [night.seconds for night in slept if night.result.release_id is None]
    figures |= {"idle_nights": len(idle), "idle_seconds_median": round(statistics.median(idle), 2) if idle else None}
    figures |= {"loop_ms_before": round(before), "loop_ms_after": round(after)}
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    if nights == YEAR:
        add_results("year", figures)
    drawn = PLOT if nights == YEAR else TRIED
    drawn.parent.mkdir(exist_ok=True)
    drawn.write_text(plot(slept), encoding="utf-8")
    print(f"The plot is {drawn.relative_to(ROOT)}.")


MEASURES: dict[str, Callable[[Night], float]] = {
    "seconds": lambda night: night.seconds,
    "cpu_seconds": lambda night: night.cpu_seconds,
    "warehouse_mb": lambda night: night.warehouse_bytes / 1e6,
    "release_mb": lambda night: night.release_bytes / 1e6,
}


def sleep_through(nights: int) -> list[Night]:
    """Run the nights on a warehouse of their own; those on which the machine is off are left out."""
    with tempfile.TemporaryDirectory() as folder, ReplayServer() as server:
        world = World(server, query="apple")
        environ = world.configuration(pathlib.Path(folder) / "config")
        warehouse = pathlib.Path(folder) / "warehouse"
        settings = load_settings(profile="live", warehouse=warehouse, environ=environ).settings
        sleeper = Sleeper(Year(world), settings, environ)
        began, slept = time.perf_counter(), []
        for number in range(nights):
            night = sleeper.run(number)
            slept += [night] if night is not None else []
            if (number + 1) % TOLD_EVERY == 0 or number + 1 == nights:
                took = f"{(time.perf_counter() - began) / 60:.1f} minutes, the last refresh {slept[-1].seconds:.1f} s"
                print(f"night {number + 1} of {nights}: {took}", file=sys.stderr, flush=True)
    return slept


def quarters(values: Sequence[float]) -> tuple[float, float]:
    """The medians of the first and of the last quarter."""
    quarter = max(1, len(values) // 4)
    return statistics.median(values[:quarter]), statistics.median(values[-quarter:])


def plot(slept: Sequence[Night]) -> str:
    """Three panels one above the other, each over the nights; the colours are readable on light and on dark."""
    panels = [
        panel(slept, "CPU seconds a refresh", MEASURES["cpu_seconds"], 0),
        panel(slept, "MB of the warehouse, pruned to five releases every twenty nights", MEASURES["warehouse_mb"], 1),
        panel(slept, "trials", lambda night: len(night.trial_of), 2),
    ]
    height = len(panels) * (HEIGHT + GAP) + TOP
    title = "A year of nightly refreshes: CPU seconds, size and trials by night"
    style = "text { font: 12px sans-serif; fill: #777 } path { fill: none; stroke: #3a7ca5 } line { stroke: #8885 }"
    body = "\n".join(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n{body}\n</svg>\n"
    )


def panel(slept: Sequence[Night], label: str, value: Callable[[Night], float], row: int) -> str:
    """One panel: its label, the ticks of both axes, and a line through the nights."""
    values, top = [value(night) for night in slept], TOP + row * (HEIGHT + GAP)
    axis = linear_axis([0, *values])
    last, high = slept[-1].night or 1, axis.high

    def x(night: int) -> float:
        return LEFT + night / last * (WIDTH - LEFT - RIGHT)

    def y(of: float) -> float:
        return top + HEIGHT - of / high * HEIGHT

    lines = [f'<text x="{LEFT}" y="{top - 8}">{label}</text>']
    for tick in axis.at:
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for night in range(0, last + 1, 60):
        lines.append(f'<text x="{x(night):.1f}" y="{top + HEIGHT + 16}" text-anchor="middle">night {night}</text>')
    points = " L ".join(f"{x(night.night):.1f} {y(of):.1f}" for night, of in zip(slept, values, strict=True))
    return "\n".join([*lines, f'<path d="M {points}"/>'])


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
