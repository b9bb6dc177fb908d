"""How well and how fast records of one document are found.

    python bench/duplicates.py [--records N] [--peer PYTHON] [--rounds N]

First the labelled search exports of the shared folder (skipped where it is absent): precision and recall over pairs,
and CPU seconds; and bib-dedupe 0.11 on the same files, where it can be imported: here (`pip install -e .[bench]`) or by
the interpreter that --peer names. The two take turns, three times (--rounds), each time in a process of their own, in
which what they read and import is not counted; the ratio is the median of those of the rounds. Then N made records
(20,000; a million takes minutes) with a tenth of noisy copies: precision, recall, seconds, and the most memory that the
process held. Seconds mean little without the loop printed beside them. Nothing here fails on a slow machine. The
figures are kept in bench/results.json with the bounds: those of each number of records under a name of their own.
"""

import argparse
import csv
import itertools
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.made_citations import as_row, made_records
from bench.results_file import add_results, loop_ms
from trialhouse.model.citation import Citation
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.resolution.duplicates import Duplicates, find_duplicates, find_duplicates_in
from trialhouse.resolution.duplicates.engine import limited_database
from trialhouse.resources import data_root

SHARED = Path(__file__).parents[2] / "shared" / "dedup"
SETS = ("stroke", "cytology_screening", "diabetes")
SQL = data_root() / "warehouse" / "duplicates"
KEPT, MANY = 100_000, 1_000_000
"""The made records from which on the figures are kept, and those of the bound in seconds and memory."""
_GLUED = re.compile(r"(?<=[A-Z]\.)(?=[A-Z][^.])")

PEER = """
import contextlib, io, sys, time, warnings
warnings.simplefilter("ignore")
import pandas
from bib_dedupe.bib_dedupe import block, cluster, match, prep
for path in sys.argv[1:]:
    records = pandas.read_csv(path)
    begin = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        cluster(match(block(prep(records, cpu=1), cpu=1), cpu=1))
    print(time.process_time() - begin)
"""


def read_export(path: Path) -> list[Citation]:
    """The records of a labelled set; its columns differ from set to set."""
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as lines:
        return [_citation(row) for row in csv.DictReader(lines)]


def _citation(row: dict[str, str]) -> Citation:
    said = {name.lower(): value.strip() for name, value in row.items() if value and value.strip()}
    authors = said.get("author", "")
    split = authors.split(" and ") if " and " in authors else _GLUED.split(authors)
    return Citation(
        record_id=row["ID"],
        entry_type=said.get("entrytype"),
        year=int(said["year"]) if said.get("year", "").isdigit() else None,
        authors=tuple(author.strip() for author in split if author.strip()),
        **{name: said.get(name) for name in "title journal volume number pages doi isbn abstract url".split()},
    )


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """The pairs of records within groups."""
    return {pair for group in groups for pair in itertools.combinations(sorted(set(group)), 2)}


def scores(found: set[tuple[str, str]], truth: set[tuple[str, str]]) -> dict[str, Any]:
    """Precision and recall over pairs."""
    hit = len(found & truth)
    return {
        "pairs": len(truth),
        "false": len(found) - hit,
        "missed": len(truth) - hit,
        "precision": round(hit / max(1, len(found)), 4),
        "recall": round(hit / max(1, len(truth)), 4),
    }


def labelled(peer: str | None, rounds: int) -> dict[str, Any]:
    """The labelled sets, and bib-dedupe on them."""
    if not SHARED.is_dir():
        print("the labelled search exports are not here: skipped")
        return {}
    own: list[dict[str, Any]] = []
    theirs: list[float] = []
    for number in range(rounds):
        mine = _ran(sys.executable, __file__, "--one")
        mine.check_returncode()
        own.append(json.loads(mine.stdout))
        seconds = [own[-1][name]["cpu_seconds"] for name in SETS]
        said = f"round {number + 1} of {rounds}: CPU {' + '.join(f'{one:.2f}' for one in seconds)} s"
        found = _ran(peer or sys.executable, "-c", PEER, *(str(SHARED / name / "records.csv") for name in SETS))
        if found.returncode == 0:
            theirs.append(sum(map(float, found.stdout.split())))
            said += f", bib-dedupe 0.11 {theirs[-1]:.2f} s: {theirs[-1] / sum(seconds):.1f} times less"
        print(f"{said}; loop {loop_ms():.0f} ms")
    figures: dict[str, Any] = {}
    for name in SETS:
        seconds = [one[name]["cpu_seconds"] for one in own]
        figures[name] = own[0][name] | {"cpu_seconds": round(statistics.median(seconds), 2)}
        print(f"{name}: {_said(figures[name])}")
    totals = [sum(one[name]["cpu_seconds"] for name in SETS) for one in own]
    figures |= {"bound_false": 1, "bound_recall": 0.99, "cpu_seconds": round(statistics.median(totals), 2)}
    if len(theirs) < rounds:
        print("bib-dedupe cannot be imported here: name an interpreter that has it by --peer; no ratio")
        return figures
    times = round(statistics.median(b / a for a, b in zip(totals, theirs, strict=True)), 1)
    print(f"CPU of the three: {times} times less than bib-dedupe 0.11, the median of {rounds} rounds")
    return figures | {
        "bib_dedupe_cpu_seconds": round(statistics.median(theirs), 2),
        "times_less_cpu_than_bib_dedupe": times,
        "bound_times_less_cpu": 20,
    }


def _ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def own_figures() -> dict[str, Any]:
    """By set the scores of find_duplicates and its CPU seconds, in this process."""
    figures = {}
    for name in SETS:
        records = read_export(SHARED / name / "records.csv")
        begin = time.process_time()
        result = find_duplicates(records, SQL)
        seconds = time.process_time() - begin
        with (SHARED / name / "duplicate_groups.csv").open(encoding="utf-8", newline="") as lines:
            truth = pairs(row["merged_ids"].split(";") for row in csv.DictReader(lines))
        figures[name] = scores(pairs(result.clusters.values()), truth) | {"cpu_seconds": seconds}
    return figures


def _said(figures: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())


def made(count: int) -> dict[str, Any]:
    """Made records, from a Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        documents = write_made(count, path)
        begin, cpu = time.perf_counter(), time.process_time()
        with limited_database() as connection:
            connection.execute(f"CREATE VIEW made AS FROM read_parquet('{path}')")
            result = find_duplicates_in(connection, "made", SQL)
        wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = _of_documents(result, documents) | {
        "seconds": round(wall, 1),
        "cpu_seconds": round(cpu, 1),
        "peak_mb": round(memory),
        "compared_pairs": result.compared,
        "loop_ms": round(loop_ms()),
    }
    print(f"{count} made records: {_said(figures)}")
    return figures


def write_made(count: int, path: Path) -> list[int]:
    """Write made records as Parquet, fifty thousand at a time; returns each one's document."""
    documents = []
    rows = enumerate(made_records(count))
    with pq.ParquetWriter(path, CITATION_SCHEMA) as writer:
        while chunk := list(itertools.islice(rows, 50_000)):
            documents.extend(one.document for _, one in chunk)
            table = [as_row(n, one) for n, one in chunk]
            columns = [pa.array([row.get(field.name) for row in table], type=field.type) for field in CITATION_SCHEMA]
            writer.write_table(pa.Table.from_arrays(columns, schema=CITATION_SCHEMA))
    return documents


def _of_documents(result: Duplicates, documents: list[int]) -> dict[str, Any]:
    groups: dict[int, list[str]] = {}
    for n, document in enumerate(documents):
        groups.setdefault(document, []).append(f"r{n:07d}")
    return scores(pairs(result.clusters.values()), pairs(groups.values()))


def main() -> None:
    """Measure, tell, and keep the figures."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--records", type=int, default=20_000)
    ask.add_argument("--peer", help="an interpreter that has bib-dedupe 0.11")
    ask.add_argument("--rounds", type=int, default=3, help="turns of the two on the labelled exports")
    ask.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = ask.parse_args()
    if asked.one:
        print(json.dumps(own_figures()))
        return
    print(f"loop of a million: {loop_ms():.0f} ms (60 at best)")
    if figures := labelled(asked.peer, asked.rounds):
        add_results("duplicates in the labelled search exports", figures)
    bounds = {"bound_precision": 0.99, "bound_recall": 0.97}
    goals = {"goal_seconds": 60, "goal_peak_mb": 2000} if asked.records == MANY else {}
    figures = made(asked.records) | bounds | goals
    if asked.records >= KEPT:
        add_results(f"duplicates among {asked.records:,} made records", figures)


if __name__ == "__main__":
    main()
