"""Bulk loads: files to a store that can be asked, against pubmed-parser, which stores nothing; memory; growth; a join.

    python bench/pubmed_load.py [--pairs 5] [--records 30000] [--citations 1000000]

Seconds are of CPU, on one core, each run in a process of its own, the two sides in turns; ratios are medians of pairs.
pubmed-parser is measured where it is installed (extra `bench`). Memory is the peak of a fresh process that makes a
shard, as a worker does: of the real file, and of a modern one of 400 MB in which no name or title repeats. Fails only
for a wrong answer.
"""

import argparse
import datetime
import gzip
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import pyarrow as pa

from bench.results_file import add_results, loop_ms
from trialhouse.bulk.file_shard import make_shard
from trialhouse.bulk.merge import loaded_files
from trialhouse.bulk.source_files import source_file
from trialhouse.bulk.store_files import DATABASE
from trialhouse.bulk.store_tables import STORE_TABLES
from trialhouse.pipeline.bulk_catalog import bulk_catalog
from trialhouse.pipeline.bulk_load import load_pubmed
from trialhouse.releases.layout import Layout
from trialhouse.resources import data_root
from trialhouse.settings import load_settings
from trialhouse.store.connection import new_database, release_reader
from trialhouse.store.schema import plain_schema_sql

RECORDED = pathlib.Path(__file__).parents[2] / "shared" / "recorded" / "pubmed"
BASELINE = RECORDED / "baseline" / "pubmed20n0014.xml.gz"
MODERN = RECORDED / "fatcat" / "pubmedsample_2019.xml.gz"
SINGLE = RECORDED / "metapub_pmid_xml"
LARGE = 14_000
"""Citations of the modern file of 400 MB."""

BOUND = 2.4
GROWTH_BOUND = 1.10
JOIN_BOUND_SECONDS = 1.0
MEMORY_BOUND_MB = 350

_RECORD = re.compile(rb"<PubmedArticle>.*?</PubmedArticle>", re.S)
_PMID = re.compile(rb"(<PMID Version=\"\d+\">)(\d+)")
_WORDS = re.compile(rb"(<(?:LastName|ForeName|Affiliation|ArticleTitle|Keyword[^>]*)>)")

CITATIONS = """
INSERT INTO citations BY NAME
SELECT 30000000 + i AS pmid, 1 AS version, 'Title ' || i AS title, 'Journal ' || i % 5000 AS journal_title,
    DATE '2000-01-01' + (i % 9000)::INTEGER AS pub_date, [] AS languages, [] AS citation_subsets,
    [] AS gene_symbols, [] AS space_flight_missions
FROM range($citations) AS t(i);
INSERT INTO citation_databanks
SELECT 30000000 + i, 1, 1, 'ClinicalTrials.gov', 'NCT' || lpad((i // 20)::VARCHAR, 8, '0')
FROM range(0, $citations, 20) AS t(i);
"""

TRIALS = """
CREATE TABLE trials AS SELECT 'trial-' || i AS trial_id, 'NCT' || lpad(i::VARCHAR, 8, '0') AS registry_id
FROM range(100000) AS t(i);
CREATE TABLE documents AS SELECT 'doc-' || i AS document_id, (30000000 + i * 7)::VARCHAR AS pmid
FROM range(100000) AS t(i);
"""

JOIN = """
SELECT count(*), count(DISTINCT t.trial_id), max(c.pub_date)
FROM trials AS t
JOIN pubmed.citation_databanks AS b ON b.accession_number = t.registry_id
JOIN pubmed.citations AS c USING (pmid, version)
LEFT JOIN documents AS d ON d.pmid::BIGINT = c.pmid
"""


def main() -> int:
    """Measure all, print the ratios, and keep them. Returns 1 for a wrong answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--records", type=int, default=30_000, help="of the real file of the baseline")
    parser.add_argument("--citations", type=int, default=1_000_000, help="of the store that is joined")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(_measured(chosen.one[0], [pathlib.Path(path) for path in chosen.one[1].split(",")]))
        return 0
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        if BASELINE.is_file():
            figures |= _against(_cut(pathlib.Path(folder), chosen.records), chosen.pairs)
            figures |= _growth(pathlib.Path(folder), chosen.pairs)
            figures |= _memory(pathlib.Path(folder))
        joined, is_right = _join(pathlib.Path(folder), chosen.citations)
    add_results("pubmed_load", figures | joined)
    return 0 if is_right else 1


def _measured(how: str, paths: list[pathlib.Path]) -> str:
    """CPU seconds of one way to read files, citations, and peak memory in MB."""
    if how == "parser":
        import pubmed_parser  # noqa: PLC0415

        began = _cpu()
        options = {"author_list": True, "year_info_only": False, "parse_downto_mesh_subterms": True}
        count = sum(sum(1 for _ in pubmed_parser.parse_medline_xml(str(path), **options)) for path in paths)
        return f"{_cpu() - began} {count} {_peak()}"
    if how == "worker":
        return _shards(paths)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(warehouse=pathlib.Path(folder), environ={}).settings
        began = _cpu()
        result = load_pubmed(settings, paths)
        seconds = _cpu() - began
        assert sum(row.citations_read for row in loaded_files(result.store)) == result.citations_read
        return f"{seconds} {result.citations_read} {_peak()}"


def _shards(paths: list[pathlib.Path]) -> str:
    """The same of a worker: files to their shards, with the memory that a worker's processes have."""
    pa.set_memory_pool(pa.system_memory_pool())
    now, sql, count = datetime.datetime.now(datetime.UTC), data_root() / "warehouse" / "bulk", 0
    with tempfile.TemporaryDirectory() as folder:
        began = _cpu()
        for path in paths:
            made = make_shard(source_file(path), folder, sql, now).manifest
            assert made is not None, path
            count += made.citations_read
        return f"{_cpu() - began} {count} {_peak()}"


def _memory(folder: pathlib.Path) -> dict[str, object]:
    """The peak of a worker: of the real file, of a large modern one, and of both one after the other."""
    modern = _large(folder / "pubmed26n2001.xml.gz")
    peaks = {}
    for name, paths in {"real": [BASELINE], "modern": [modern], "both": [BASELINE, modern]}.items():
        seconds, count, peaks[name] = _run("worker", paths)
        print(f"worker, {name}: {count:,} citations, {peaks[name]:.0f} MB (bound: {MEMORY_BOUND_MB}), {seconds:.1f} s")
    return {"worker_peak_mb": {name: round(peak) for name, peak in peaks.items()}, "bound_worker_mb": MEMORY_BOUND_MB}


def _run(how: str, paths: list[pathlib.Path]) -> tuple[float, int, float]:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--one", how, ",".join(map(str, paths))]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, count, peak = ended.stdout.split()
    return float(seconds), int(count), float(peak)


def _against(path: pathlib.Path, pairs: int) -> dict[str, object]:
    """xml.gz to a database that can be asked, against pubmed-parser."""
    try:
        import pubmed_parser  # noqa: F401, PLC0415
    except ImportError:
        print("pubmed-parser is not installed (extra `bench`): our load alone is measured")
        seconds, count, peak = _run("load", [path])
        print(f"load: {seconds:.2f} s of CPU, {count:,} citations, {peak:.0f} MB at most")
        return {"load_seconds": seconds, "citations": count, "load_peak_mb": peak}
    ratios, ours, theirs, peaks = [], [], [], []
    for _ in range(pairs):
        other, known, _ = _run("parser", [path])
        own, count, peak = _run("load", [path])
        assert count == known, f"{count} citations loaded, {known} parsed"
        ratios.append(other / own)
        ours.append(own)
        theirs.append(other)
        peaks.append(peak)
    ratio = statistics.median(ratios)
    print(f"xml.gz to DuckDB, {count:,} citations: {ratio:.2f} times as fast as pubmed-parser (bound: {BOUND})")
    return {
        "load_against_pubmed_parser": round(ratio, 2),
        "load_ratios": [round(one, 2) for one in ratios],
        "load_seconds": round(statistics.median(ours), 2),
        "pubmed_parser_seconds": round(statistics.median(theirs), 2),
        "citations": count,
        "load_peak_mb": round(max(peaks)),
    }


def _growth(folder: pathlib.Path, pairs: int) -> dict[str, object]:
    """The time a record of ten equal files over that of one."""
    files = [_modern(folder / f"pubmed26n{number:04}.xml.gz", number) for number in range(1, 11)]
    ratios = []
    for _ in range(min(pairs, 3)):
        one, few, _ = _run("load", files[:1])
        ten, many, _ = _run("load", files)
        assert many == 10 * few
        ratios.append((ten / many) / (one / few))
    ratio = statistics.median(ratios)
    print(f"ten files of {few:,} modern citations over one, time a record: {ratio:.2f} (bound: {GROWTH_BOUND})")
    return {"ten_files_over_one": round(ratio, 3), "citations_of_one": few}


def _join(folder: pathlib.Path, citations: int) -> tuple[dict[str, object], bool]:
    """A store of many citations joined to trials and documents, opened as `trialhouse sql` does; the store is made
    by the database itself.
    """
    layout = Layout(folder)
    layout.pubmed.mkdir()
    with new_database(layout.pubmed / DATABASE) as connection:
        connection.execute(plain_schema_sql(STORE_TABLES))
        for statement in CITATIONS.split(";\n")[:2]:
            connection.execute(statement, {"citations": citations})
    with new_database(folder / "trialhouse.duckdb") as connection:
        connection.execute(TRIALS)
    with release_reader(folder / "trialhouse.duckdb", bulk_catalog(layout)) as connection:
        walls, cpus = [], []
        for _ in range(5):
            began, cpu = time.perf_counter(), _cpu()
            ((rows, trials, _),) = connection.execute(JOIN).fetchall()
            walls.append(time.perf_counter() - began)
            cpus.append(_cpu() - cpu)
    wanted = min(100_000, -(-citations // 20))
    print(
        f"join of {citations:,} citations to trials: {min(walls):.2f} s, {statistics.median(cpus):.2f} s of CPU "
        f"(bound: {JOIN_BOUND_SECONDS:g} s; a loop takes {loop_ms():.0f} ms)"
    )
    told = {"join_seconds": round(min(walls), 3), "join_cpu_seconds": round(statistics.median(cpus), 3)}
    return {"joined_citations": citations, **told}, rows == trials == wanted


def _cut(folder: pathlib.Path, records: int) -> pathlib.Path:
    """The real file, or its first records."""
    if records >= 30_000:
        return BASELINE
    whole = gzip.decompress(BASELINE.read_bytes())
    found = [one[0] for one, _ in zip(_RECORD.finditer(whole), range(records), strict=False)]
    path = folder / BASELINE.name
    path.write_bytes(gzip.compress(b"<PubmedArticleSet>" + b"".join(found) + b"</PubmedArticleSet>", 1))
    return path


def _modern(path: pathlib.Path, number: int) -> pathlib.Path:
    """A file of the modern citations, twenty times under new ids."""
    found = [one[0] for one in _RECORD.finditer(gzip.decompress(MODERN.read_bytes()))]
    records = [
        _PMID.sub(rb"\g<1>%d" % (10_000_000 * number + turn * len(found) + place), record, count=1)
        for turn in range(20)
        for place, record in enumerate(found)
    ]
    path.write_bytes(gzip.compress(b"<PubmedArticleSet>" + b"".join(records) + b"</PubmedArticleSet>", 1))
    return path


def _large(path: pathlib.Path) -> pathlib.Path:
    """A file of the single modern citations, each time under a new id and with other names, addresses and titles."""
    found = [one for part in sorted(SINGLE.glob("*.xml")) for one in _RECORD.findall(part.read_bytes())]
    with gzip.open(path, "wb", 1) as file:
        file.write(b"<PubmedArticleSet>")
        for number in range(LARGE):
            mark = rb"\g<1>%x " % (number * 2654435761 % 2**32)
            record = _WORDS.sub(mark, found[number % len(found)])
            file.write(_PMID.sub(rb"\g<1>%d" % (90_000_000 + number), record, count=1))
        file.write(b"</PubmedArticleSet>")
    return path


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    """The peak of this process in MB. What getrusage tells is also that of the process that started this one."""
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return int(peak[1]) / 1024 if peak else 0.0


if __name__ == "__main__":
    sys.exit(main())
