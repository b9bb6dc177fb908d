"""Reading a file of PubMed in memory, all fields: the plain and the fast parser against pubmed-parser and bare expat.

    python bench/pubmed_bulk.py [--pairs 5] [--records 30000]

Seconds are of CPU, on one core, each run in a process of its own, the sides in turns; ratios are medians of as many
rounds. Files: the recorded one of the baseline, and a modern one: the recorded single citations of 2020 to 2025,
repeated under new ids. Those repeat what no real file repeats (authors, titles, MeSH), so the modern file is read a
second time with caches that forget after every 160 records, as if each citation were new. pubmed-parser is measured
where it is installed (extra `bench`). Fails only for a wrong answer.
"""

import argparse
import gzip
import importlib
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import xml.parsers.expat
from collections.abc import Callable, Iterator

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import pyarrow as pa
from isal import isal_zlib

from bench.results_file import add_results, loop_ms
from trialhouse.bulk import fast_parser, plain_parser
from trialhouse.bulk.caches import Caches
from trialhouse.bulk.tables import TABLES

RECORDED = pathlib.Path(__file__).parents[2] / "shared" / "recorded" / "pubmed"
BASELINE = RECORDED / "baseline" / "pubmed20n0014.xml.gz"
MODERN = RECORDED / "metapub_pmid_xml"
CHUNK = 1 << 18
BOUNDS = {"plain": 2.5, "fast": 4.5}
GOAL, EXPAT_BOUND, MEMORY_BOUND_MB, TWO_BOUND = 6.0, 2.0, 350, 1.6

_RECORD = re.compile(rb"<PubmedArticle>.*?</PubmedArticle>", re.S)


def main() -> int:
    """Measure all, print the ratios, and keep them. Returns 1 for a wrong answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--records", type=int, default=30_000, help="of the real file, and of the modern one a third")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(_measured(chosen.one[0], chosen.one[1:]))
        return 0
    cores = sorted(os.sched_getaffinity(0))
    figures: dict[str, object] = {}
    right = True
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder)
        files = {"baseline": _part(made, chosen.records), "modern": _modern(made, chosen.records // 3)}
        for name, path in files.items():
            os.sched_setaffinity(0, cores[:1])
            figures[name] = _compare(name, path, chosen.pairs)
            right &= _same_rows(name, path)
            os.sched_setaffinity(0, cores)
        figures["two processes against one"] = _two(made, files["baseline"], chosen.pairs)
    add_results("reading PubMed's files", figures)
    return 0 if right else 1


def _part(folder: pathlib.Path, records: int) -> pathlib.Path:
    """The first records of the real file, or the file itself."""
    if records >= 30_000:
        return BASELINE
    return _packed(folder / "baseline.xml.gz", _RECORD.findall(gzip.decompress(BASELINE.read_bytes()))[:records])


def _modern(folder: pathlib.Path, records: int) -> pathlib.Path:
    """The single citations again and again, each time under a new id."""
    found = [one for path in sorted(MODERN.glob("*.xml")) for one in _RECORD.findall(path.read_bytes())]
    made = []
    for number in range(records):
        record = found[number % len(found)]
        pmid = re.search(rb"<PMID Version=\"\d+\">(\d+)", record)
        assert pmid is not None
        made.append(re.sub(rb">%b<" % pmid[1], b">%d<" % (90_000_000 + number), record))
    return _packed(folder / "modern.xml.gz", made)


def _packed(path: pathlib.Path, records: list[bytes]) -> pathlib.Path:
    head, end = b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n', b"\n</PubmedArticleSet>\n"
    path.write_bytes(gzip.compress(head + b"\n".join(records) + end, 6))
    return path


def _chunks(path: pathlib.Path) -> Iterator[bytes]:
    unpacking = isal_zlib.decompressobj(31)
    with path.open("rb") as packed:
        while part := packed.read(CHUNK):
            yield unpacking.decompress(part)
    yield unpacking.flush()


def _expat(path: pathlib.Path) -> int:
    parser = xml.parsers.expat.ParserCreate()
    for chunk in _chunks(path):
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return 0


def _plain(path: pathlib.Path) -> int:
    return sum(len(batch) for batch in plain_parser.parse_file(_chunks(path)))


def _fast(path: pathlib.Path) -> int:
    return sum(len(batch) for batch in fast_parser.parse_file(_chunks(path)))


def _forgetful(path: pathlib.Path) -> int:
    """The fast parser, when no block of one batch comes again in the next and a batch is as long as what repeats."""
    fast_parser.BATCH_RECORDS = 160
    Caches.end_batch = Caches.forget  # type: ignore[method-assign]
    return _fast(path)


def _peer(path: pathlib.Path) -> int:
    parse_medline_xml = importlib.import_module("pubmed_parser").parse_medline_xml  # of the extra `bench`
    chosen = {"year_info_only": False, "author_list": True, "parse_downto_mesh_subterms": True}
    return sum(1 for _ in parse_medline_xml(str(path), **chosen))


SIDES: dict[str, Callable[[pathlib.Path], int]] = {
    "expat": _expat,
    "pubmed-parser": _peer,
    "plain": _plain,
    "fast": _fast,
    "fast, nothing repeated": _forgetful,
}


def _measured(side: str, paths: list[str]) -> str:
    """CPU seconds, seconds, peak megabytes and records of one side, in this process."""
    started, begun = time.process_time(), time.perf_counter()
    records = sum(SIDES[side](pathlib.Path(path)) for path in paths)
    return f"{time.process_time() - started} {time.perf_counter() - begun} {_peak_mb()} {records}"


def _peak_mb() -> float:
    """The peak of this process since its start; getrusage has that of its parent as well."""
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return int(peak[1]) / 1024 if peak else 0.0


def _started(side: str, paths: list[pathlib.Path]) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--one", side, *map(str, paths)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _ended(process: subprocess.Popen[str]) -> list[float] | None:
    said, _ = process.communicate()
    return [float(one) for one in said.split()] if process.returncode == 0 else None


def _compare(name: str, path: pathlib.Path, pairs: int) -> dict[str, object]:
    """All sides in turns on one file, ratios by round."""
    rounds: dict[str, list[list[float]]] = {side: [] for side in SIDES}
    sides = [side for side in SIDES if name == "modern" or side != "fast, nothing repeated"]
    for number in range(pairs):
        for side in sides:
            figures = _ended(_started(side, [path]))
            if figures is not None:
                rounds[side].append(figures)
                print(
                    f"{name} {number + 1}/{pairs} {side}: {figures[0]:.2f} s, {figures[2]:.0f} MB; {loop_ms():.0f} ms"
                )
    seconds = {side: [one[0] for one in found] for side, found in rounds.items() if found}
    parsers = [side for side in sides if side not in ("expat", "pubmed-parser")]
    made: dict[str, object] = {
        "records": int(rounds["fast"][0][3]),
        "cpu_seconds": {side: round(statistics.median(found), 2) for side, found in seconds.items()},
        "peak_mb": {side: round(max(one[2] for one in found)) for side, found in rounds.items() if found},
        "times_expat": {
            s: _ratio(seconds[s], seconds["expat"]) for s in seconds if s not in ("expat", "pubmed-parser")
        },
        "bound_times_expat": EXPAT_BOUND,
        "bound_peak_mb": MEMORY_BOUND_MB,
    }
    if peer := seconds.get("pubmed-parser"):
        made["times_faster_than_pubmed_parser"] = {s: _ratio(peer, seconds[s]) for s in seconds if s in parsers}
        made["bounds_times_faster"] = {**BOUNDS, "goal": GOAL}
    for key, value in made.items():
        print(f"{name}: {key} {value}")
    return made


def _ratio(these: list[float], those: list[float]) -> float:
    return round(statistics.median(a / b for a, b in zip(these, those, strict=True)), 2)


def _two(folder: pathlib.Path, path: pathlib.Path, pairs: int) -> dict[str, object]:
    """Four equal files by one process, and by two at once, by the clock: only a machine at rest says much."""
    found = []
    for _ in range(pairs):
        alone = _ended(_started("fast", [path] * 4))
        begun = time.perf_counter()
        both = [_started("fast", [path] * 2) for _ in range(2)]
        ends = [_ended(process) for process in both]
        if alone and all(ends):
            found.append(alone[1] / (time.perf_counter() - begun))
            print(f"two processes: {found[-1]:.2f} times; load {os.getloadavg()[0]:.1f}")
    return {"times_faster": round(statistics.median(found), 2), "bound": TWO_BOUND}


def _same_rows(name: str, path: pathlib.Path) -> bool:
    """Whether both parsers give the same rows and problems of the whole file."""
    tables, problems = zip(*(_all_rows(parser, path) for parser in (fast_parser, plain_parser)), strict=True)
    differing = [table for table in tables[0] if not tables[0][table].equals(tables[1][table])]
    print(f"{name}: tables that differ between the parsers: {differing or 'none'}")
    return not differing and problems[0] == problems[1]


def _all_rows(parser: object, path: pathlib.Path) -> tuple[dict[str, pa.Table], list[object]]:
    batches = list(parser.parse_file(_chunks(path)))  # type: ignore[attr-defined]
    problems = sorted((problem for batch in batches for problem in batch.problems), key=repr)
    return {
        table.name: pa.concat_tables(batch.tables[table.name] for batch in batches).sort_by(
            [(column, "ascending") for column in table.key]
        )
        for table in TABLES
    }, problems


if __name__ == "__main__":
    sys.exit(main())
