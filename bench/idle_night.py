"""What a night with nothing new takes beyond Prefect's own start.

    python bench/idle_night.py [ROUNDS]

In turns, each in a process of its own: an empty flow, `trialhouse refresh --profile live` of a warehouse that has all
that its sources have (a simulated world on loopback), and the flow `nightly` whose days are done. All three start
Prefect alike, with a temporary server. Printed and written to bench/results.json: medians by the clock and of CPU, and
the difference to the empty flow, which is what the bound is for.
"""

import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.results_file import add_results, loop_ms  # noqa: E402
from tests.replay.server import ReplayServer  # noqa: E402
from tests.replay.world import World  # noqa: E402

BOUND_SECONDS = 10

EMPTY_FLOW = """
from prefect import flow

@flow
def empty():
    return {}
"""

RUN = """
import os, pathlib, sys
from trialhouse.cli.prefect_runner import prepare_prefect, run_flow
file, name, warehouse = sys.argv[1:]
prepare_prefect(pathlib.Path(warehouse), os.environ)
given = {} if name == "empty" else {"profile": "live", "warehouse": warehouse}
state = run_flow(pathlib.Path(file), name, given)
print(state.name)
"""
"""Runs a flow of a file as the command line does, and prints how it ended."""

Took = dict[str, list[tuple[float, float]]]
"""Seconds by the clock and of CPU of each round."""


def main(rounds: int) -> None:
    """Prepare a warehouse, then run all three in turns."""
    before = loop_ms()
    with tempfile.TemporaryDirectory() as folder, ReplayServer() as server:
        place = pathlib.Path(folder)
        environ = os.environ | World(server).configuration(place / "config")
        warehouse = str(place / "warehouse")
        (place / "empty.py").write_text(EMPTY_FLOW)
        refresh = [sys.executable, "-m", "trialhouse", "refresh", "--profile", "live", "--warehouse", warehouse]
        a_flow = [sys.executable, "-c", RUN]
        programs = {
            "empty_flow": ([*a_flow, str(place / "empty.py"), "empty", warehouse], "Completed"),
            "nothing_new": (refresh, "Nothing changed"),
            "days_are_done": ([*a_flow, str(ROOT / "flows" / "nightly.py"), "nightly", warehouse], "AlreadyDone"),
        }
        # The first finds something; the first night is the one after which its days are done.
        for command in (refresh, programs["days_are_done"][0]):
            seconds(command, environ, "")
        took: Took = {name: [] for name in programs}
        for number in range(rounds):
            for name, (command, says) in programs.items():
                took[name].append(seconds(command, environ, says))
            print(f"round {number + 1} of {rounds}: {took}", file=sys.stderr, flush=True)
    tell(took, before, loop_ms())


def seconds(command: list[str], environ: dict[str, str], says: str) -> tuple[float, float]:
    """By the clock and of CPU, with all that the command started; it has to end well and to say some words."""
    used, began = cpu(), time.perf_counter()
    ended = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began, cpu() - used
    if ended.returncode or says not in ended.stdout + ended.stderr:
        raise SystemExit(f"{command} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return took


def cpu() -> float:
    """Seconds of CPU of all processes that were started and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell(took: Took, before: float, after: float) -> None:
    """Print and keep the figures."""
    figures: dict[str, object] = {"rounds": len(took["empty_flow"]), "bound_seconds_beyond": BOUND_SECONDS}
    empty = [statistics.median(of) for of in zip(*took["empty_flow"], strict=True)]
    for name, measured in took.items():
        clock, used = (statistics.median(of) for of in zip(*measured, strict=True))
        figures[name] = {"seconds": round(clock, 2), "cpu_seconds": round(used, 2)}
        if name != "empty_flow":
            beyond = {"seconds": round(clock - empty[0], 2), "cpu_seconds": round(used - empty[1], 2)}
            figures[f"{name}_beyond_prefect"] = beyond
    figures["loop_ms"] = [round(before), round(after)]
    figures["note"] = "where other programs run beside it, only the seconds of CPU say something"
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    add_results("a night with nothing new", figures)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
