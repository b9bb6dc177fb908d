"""A night on a warehouse of many documents of which one in a hundred changed: seconds, CPU and memory.

    python bench/many_documents.py [--documents 2500] [--folder FOLDER]

Records of PubMed are made (bench/made_papers.py) and served on loopback. The first night takes them all, which takes
the better part of an hour for 100,000; on the second a hundredth has changed, and on the third nothing has. Each night
is one call of the plain function in a process of its own, whose memory is the most that it and its children had.

With --folder the warehouse of the first night is kept there, and the others work on a copy of it: they can be measured
again. Where it lies there already, the first night takes only what code that changed since has to read or make anew.

Written to bench/results.json under the number of documents. The bounds are for 100,000 of them on two cores. Crossref
is not asked: it is told every DOI each night, at its own rate.
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.made_papers import made_paper, made_papers  # noqa: E402
from bench.results_file import add_results, loop_ms  # noqa: E402
from tests.replay.pubmed import Simulated  # noqa: E402
from tests.replay.server import ReplayServer  # noqa: E402
from tests.replay.world import World  # noqa: E402
from trialhouse.pipeline import Assignment, refresh  # noqa: E402
from trialhouse.settings import load_settings  # noqa: E402

FIRST = datetime.date(2026, 3, 1)
DOCUMENTS, BOUND_DOCUMENTS = 2_500, 100_000
"""So many fit into the time of a benchmark; the bounds are for more."""

EVERY = 100
"""One record of so many changes."""

BOUND_SECONDS, BOUND_MB = 180, 1000


def main() -> None:
    """Make the records, run the nights, print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--night", nargs=2, metavar=("WAREHOUSE", "MOMENT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.night:
        print(json.dumps(night(pathlib.Path(chosen.night[0]), datetime.datetime.fromisoformat(chosen.night[1]))))
        return
    with contextlib.ExitStack() as kept, ReplayServer() as server:
        folder = chosen.folder or pathlib.Path(kept.enter_context(tempfile.TemporaryDirectory()))
        found = measured(server, folder, chosen.documents)
    print(json.dumps(found, indent=1))
    add_results(f"one in {EVERY} of {chosen.documents:,} documents changed", found)


def measured(server: ReplayServer, folder: pathlib.Path, documents: int) -> dict[str, object]:
    """The figures of the three nights."""
    world = World(server, query="apple", searches=())
    records = world.pubmed.records
    records.clear()
    for number, (pmid, data) in enumerate(made_papers(documents).items()):
        day = FIRST + datetime.timedelta(days=number % 200)
        records[pmid] = Simulated(data, day, day, frozenset({"apple"}))
    environ = world.configuration(folder / "config")
    found: dict[str, object] = {"documents": documents}
    kept, later = folder / "warehouse", folder / "later"
    done = len(list((kept / "runs").glob("*.json")))
    for number, name in enumerate(("first", "changed", "nothing_new"), done):
        today = datetime.date(2026, 11, 20) + datetime.timedelta(days=number)
        if name == "changed":
            change(world, today, number + 1)
            shutil.rmtree(later, ignore_errors=True)
            shutil.copytree(kept, later, symlinks=True)
        before = loop_ms()
        took = refreshed(kept if name == "first" else later, today, environ)
        found[name] = took | {"loop_ms": [round(before), round(loop_ms())]}
        print(f"{name}: {found[name]}", file=sys.stderr, flush=True)
    shutil.rmtree(later)
    found["bounds"] = {"documents": BOUND_DOCUMENTS, "seconds": BOUND_SECONDS, "peak_mb": BOUND_MB}
    return found


def change(world: World, today: datetime.date, version: int) -> None:
    """Let one record of a hundred say other numbers since yesterday."""
    for number, (pmid, record) in enumerate(world.pubmed.records.items()):
        if number % EVERY == 0:
            title = f"Study {number}, corrected, in what it was about"
            about = {"volume": 1, "issue": version, "year": 2026, "journal": "Journal of Corrections"}
            record.data = made_paper(
                number, int(pmid), title=title, version=version, authors="", pages=f"{number}-{number + 5}", **about
            )
            record.updated = today - datetime.timedelta(days=1)


def refreshed(warehouse: pathlib.Path, today: datetime.date, environ: dict[str, str]) -> dict[str, object]:
    """What `night` took, in a process of its own."""
    moment = datetime.datetime.combine(today, datetime.time(2, 30), datetime.UTC)
    command = [sys.executable, __file__, "--night", str(warehouse), moment.isoformat()]
    ended = subprocess.run(command, env=os.environ | environ, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    answer: dict[str, object] = json.loads(ended.stdout)
    return answer


def night(warehouse: pathlib.Path, moment: datetime.datetime) -> dict[str, object]:
    """Refresh, and tell what it took; `began` holds the seconds at which each stage did."""
    start = time.perf_counter()
    began: dict[str, float] = {}

    def progress(stage: str, done: int, total: int) -> None:
        began.setdefault(stage, round(time.perf_counter() - start, 1))

    settings = load_settings(profile="live", warehouse=warehouse).settings
    result = refresh(settings, Assignment(sources=("pubmed",)), progress=progress, clock=lambda: moment)
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(sum(one.ru_utime + one.ru_stime for one in used), 1),
        "peak_mb": round(sum(one.ru_maxrss for one in used) / 1024),
        "status": result.status.value,
        "landed": sum(row.landed for row in result.accounting),
        "trials": result.counts["trials"],
        "evidence": result.counts["evidence"],
        "began": began,
    }


if __name__ == "__main__":
    main()
