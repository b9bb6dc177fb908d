"""How near the requests of two processes come, measured where they arrive, beside the rate that they keep to.

    python bench/politeness.py [SECONDS]

Two processes ask a server on this machine through polite sessions that share one folder, at the rates of E-utilities
without and with a key. Printed is the largest number of arrivals within any one second: it is above the rate only
where the machine held a request up until the next came.
"""

import itertools
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.replay.arrivals import ask_from_processes, most_in_a_second
from tests.replay.server import Answer, ReplayServer

RATES = (3, 10)


def main(seconds: int) -> None:
    """Measure every rate for about so many seconds."""
    print(f"{'allowed a second':>16} {'requests':>9} {'most in a second':>17} {'gaps: shortest':>15} {'median':>7}")
    for rate in RATES:
        with tempfile.TemporaryDirectory() as folder, ReplayServer() as server:
            server.route("/", lambda request: Answer(body=b"here"))
            ask_from_processes(server.url, Path(folder), processes=2, count=max(2, rate * seconds // 2), rate=rate)
            arrivals = sorted(request.at for request in server.requests)
        gaps = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
        most = most_in_a_second(arrivals)
        shortest, median = min(gaps) * 1000, statistics.median(gaps) * 1000
        print(f"{rate:>16} {len(arrivals):>9} {most:>17} {shortest:>12.0f} ms {median:>4.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
