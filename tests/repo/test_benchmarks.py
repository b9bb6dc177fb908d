"""The benchmarks of generated rows follow the tables: each runs, small, and finds nothing wrong, whatever it took."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench"


def printed_by(name: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, BENCH / name, *arguments], check=False, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_versions_are_published_and_compared() -> None:
    printed = printed_by("warehouse.py", "--measurements", "1000", "--releases", "2")
    # Exit code 1 is for ratios, which so few rows break and no test asks.
    assert "after the checks, until the link moved" in printed
    assert "`releases diff" in printed


def test_readers_meet_no_error_while_releases_are_published() -> None:
    printed = printed_by("readers.py", "--readers", "1", "--publishes", "2", "--trials", "100")
    assert printed.count(" 0 errors") == 2


def test_the_checks_find_nothing_in_right_numbers() -> None:
    printed = printed_by("checks.py", "--measurements", "1000")
    assert "checks (bound: 20 s" in printed
    assert " rows: " not in printed
