"""How much CPU the reading commands take, beside a Python that does nothing, measured in turns in one run.

    python bench/startup.py [ROUNDS]

Prints the median of user and system seconds, and the ratio to the bare interpreter. Nothing here fails on a slow
machine: the ratio is what to compare.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings

BARE = [sys.executable, "-c", "pass"]

COMMANDS = (
    "--help",
    "open",
    "config show",
    "dictionary",
    "dictionary trials",
    "dictionary results",
    "releases list",
    "releases show RELEASE",
    "alerts list",
    "alerts trends",
    "decisions list",
    "status",
    "status --json",
    "doctor",
    "sql FROM(trials)",
    "sql FROM(trials) --format json",
    "extract PAGE",
)
"""Every command that only reads; RELEASE stands for the id of the release that is made here, PAGE for a short text."""


def cpu_seconds(command: list[str], environ: dict[str, str]) -> float:
    """User and system seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _words(command: str, meant: dict[str, str]) -> list[str]:
    return [meant.get(word, word) for word in command.split(" ")]


def main(rounds: int) -> None:
    """Measure every command in turns, so that a busy minute falls on all of them."""
    with tempfile.TemporaryDirectory() as folder:
        made = refresh(load_settings(warehouse=Path(folder)).settings)
        page = Path(folder) / "page.txt"
        page.write_text("Adults were randomly assigned to veltocimab or placebo.\n")
        meant = {"RELEASE": str(made.release_id), "PAGE": str(page)}
        environ = os.environ | {"TRIALHOUSE_WAREHOUSE": folder}
        programs = {"(bare python)": BARE}
        programs |= {name: [sys.executable, "-m", "trialhouse", *_words(name, meant)] for name in COMMANDS}
        seconds: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, command in programs.items():
                seconds[name].append(cpu_seconds(command, environ))
    medians = {name: statistics.median(measured) for name, measured in seconds.items()}
    for name, median in medians.items():
        print(f"{name:<30} {median:6.3f} s CPU  {median / medians['(bare python)']:6.1f} times bare")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
