"""Several processes that ask one host through polite sessions of their own, and how near their requests came.

Run as a program it is one of these processes: URL FOLDER COUNT RATE; it prints the moments at which it had its turns.
"""

import json
import pathlib
import subprocess
import sys

from trialhouse.sources.rates import Rates
from trialhouse.sources.session import Manners, PoliteSession

CHECKOUT = pathlib.Path(__file__).parents[2]


class _WrittenDown(Rates):
    """Rates that write down every turn."""

    moments: list[float]

    def wait(self, *args: object, **keywords: object) -> float:
        moment = super().wait(*args, **keywords)  # type: ignore[arg-type]
        self.moments.append(moment)
        return moment


def ask_from_processes(url: str, folder: pathlib.Path, *, processes: int, count: int, rate: float) -> list[float]:
    """Let processes ask so many times each, all at once; the moments of their turns in seconds, sorted."""
    command = [sys.executable, "-m", "tests.replay.arrivals", url, str(folder), str(count), str(rate)]
    running = [subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    moments: list[float] = []
    for process in running:
        printed, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"a process that asked ended with {process.returncode}")
        moments += json.loads(printed)
    return sorted(moments)


def most_in_a_second(moments: list[float]) -> int:
    """The largest number of moments, sorted, that lie within any one second (its end is not part of it)."""
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def main(url: str, folder: str, count: str, rate: str) -> None:
    """Ask."""
    rates = _WrittenDown(pathlib.Path(folder))
    rates.moments = []
    session = PoliteSession(Manners(allow_loopback=True), rates, requests_per_second=float(rate))
    for _ in range(int(count)):
        session.get(url)
    print(json.dumps(rates.moments))


if __name__ == "__main__":
    main(*sys.argv[1:])
