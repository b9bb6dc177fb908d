"""How many PubMed records a second are fetched, landed and parsed on two cores, and how much memory that takes.

    python bench/pubmed_fetch.py [RECORDS]

A PubMed on this machine, in a process of its own, answers without any limit of rate: 20,000 records listed and fetched
by the real source into the real landing store, and parsed, in batches that two processes take, as the workers of a
refresh do: from the bytes at hand, and where parsing is measured alone, read back from the store. The records are real
ones under new PMIDs: modern ones with their reference lists, small ones of the yearly baseline, and both as often as
makes their mean that of all of PubMed; where the recorded ones are absent, generated ones.

Printed for each step: records a second of this run; CPU milliseconds a record of the two workers together, and the
records a second that two cores of their own reach by that, since whatever else runs here takes its share of the clock;
the same for a machine whose loop of a million steps takes 60 ms, by the loop that each worker runs between its batches;
how often it is the yardstick, which is lxml alone on the same records in two processes; and the most memory that a
worker, and all but the server, have had. The server is no part of what is measured, and its CPU is told apart: it
serves sets that were prepared, in which only the PMIDs are written. The figures of recorded records are kept in
bench/results.json with the bounds: 2,000 a second in 300 MB. Nothing here fails on a slow machine.
"""

import contextlib
import datetime
import functools
import gzip
import itertools
import multiprocessing
import os
import pathlib
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from lxml import etree

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.results_file import add_results, loop_ms  # noqa: E402
from tests.replay.pubmed import TAIL, TODAY, XML, Simulated, SimulatedPubMed, article, article_set, client  # noqa: E402
from tests.replay.server import Answer, ReplayServer, Request  # noqa: E402
from trialhouse.bulk.garbage import made_without_search  # noqa: E402
from trialhouse.documents import parse_document  # noqa: E402
from trialhouse.pipeline.fetching import Warehouse, close_slices, fetch_batch, open_slice  # noqa: E402
from trialhouse.pipeline.planning import RecordBatch, record_batches  # noqa: E402
from trialhouse.sources.asking import Dates, Question, Window  # noqa: E402
from trialhouse.sources.landing import LandingStore  # noqa: E402
from trialhouse.sources.pubmed_records import cut_records  # noqa: E402
from trialhouse.sources.slices import OpenedSlice, Slice, SliceStore  # noqa: E402

RECORDED = ROOT.parent / "shared" / "recorded" / "pubmed"
BASELINE = RECORDED / "baseline" / "pubmed20n0014.xml.gz"
BASELINE_BYTES = 5_000_000
"""Of the file of 30,000 records, enough for a thousand."""

IN_A_FILE = 30_000
"""Citations in each file of the baseline but the last."""

MEAN_GZIPPED = 51_000_000_000 / (1_300 * IN_A_FILE)
"""Bytes of a citation of PubMed in the compressed files of the baseline of 2026: 51 GB in 1,300 of them."""

BOUND_A_SECOND, BOUND_MEGABYTES = 2000, 300

BATCH = 200
"""Records in a batch, and in a request: as configured for PubMed."""

PREPARED = 1000
"""Records after which their texts repeat: five sets that are served."""

LOOP_MS = 60
"""Of a loop of a million steps on a fast machine of its own."""

NOON = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
FIRST_PMID = 40_000_001
FIRST_DAY = TODAY - datetime.timedelta(days=30)
WINDOW = Window(dates=Dates.CREATED, first=FIRST_DAY, last=TODAY)
SLICE = Slice(source="pubmed", question=Question(topic="bench", query="apple", window=WINDOW))
SPAWN = multiprocessing.get_context("spawn")

Step = Callable[[str, pathlib.Path, str, RecordBatch], int]
"""What is done with a batch of records of a kind, in a warehouse, at an address; how many came of it."""


@dataclass(frozen=True)
class Spent:
    """What a batch took in a worker; `megabytes` is the most memory that the worker has had so far."""

    records: int
    cpu_seconds: float
    loop_ms: float
    worker: int
    megabytes: float


@dataclass(frozen=True)
class Taken:
    """What a step took for all batches: seconds of the clock, and what the workers took."""

    seconds: float
    records: int
    cpu_seconds: float
    loop_ms: float
    megabytes: tuple[float, ...]

    @property
    def cpu_milliseconds(self) -> float:
        """CPU milliseconds a record."""
        return 1000 * self.cpu_seconds / self.records

    @property
    def on_a_fast_machine(self) -> float:
        """Records a second that two cores of a machine with the loop of 60 ms reach."""
        return 2000 / self.cpu_milliseconds * self.loop_ms / LOOP_MS


@functools.cache
def templates(kind: str) -> list[list[bytes]]:
    """The records of a kind, each as the pieces between which its PMID stands."""
    if kind == "modern":
        sets = [path.read_bytes() for path in sorted((RECORDED / "metapub_pmid_xml").glob("*.xml"))]
    elif kind == "average":
        return mixed(templates("modern"), templates("baseline"))
    elif kind == "baseline":
        with gzip.open(BASELINE) as file:
            sets = [file.read(BASELINE_BYTES)]
    else:
        sets = [article_set(article(1_000_000 + number, "An apple a day " * 9) for number in range(100))]
    records = itertools.chain.from_iterable(cut_records(data).records for data in sets)
    return [re.split(rb"(?<=>)%b(?=<)" % record.pmid.encode(), record.data) for record in records]


def mixed(modern: list[list[bytes]], small: list[list[bytes]]) -> list[list[bytes]]:
    """Modern and small records, spread evenly, so that they have the mean size of PubMed's citations when compressed:
    that is known of all of it, and reference lists make the difference.
    """
    small_gzipped = BASELINE.stat().st_size / IN_A_FILE
    modern_gzipped = len(gzip.compress(b"".join(itertools.chain.from_iterable(modern)))) / len(modern)
    many = round(PREPARED * (MEAN_GZIPPED - small_gzipped) / (modern_gzipped - small_gzipped))
    large = [modern[number * len(modern) // many] for number in range(many)]
    records = [small[number % len(small)] for number in range(PREPARED - many)]
    for number, one in enumerate(large):
        records.insert(number * PREPARED // many, one)
    return records


class RepeatedRecords(SimulatedPubMed):
    """A PubMed whose records are a few, repeated under different PMIDs. The sets of the batches that are asked for are
    prepared with room for the PMIDs, so that to serve one is to copy it; any other set is made when asked for.
    """

    def __init__(self, kind: str, count: int) -> None:
        days = (TODAY - FIRST_DAY).days
        dates = [FIRST_DAY + datetime.timedelta(days=number * days // count) for number in range(count)]
        words = frozenset({"apple"})
        super().__init__(
            {str(FIRST_PMID + number): Simulated(b"", day, day, words) for number, day in enumerate(dates)}
        )
        self._sets = [room_for_pmids(kind, start) for start in range(0, min(PREPARED, count), BATCH)]
        self._kind = kind

    def fetch(self, request: Request) -> Answer:
        """The records of some PMIDs."""
        asked = request.form["id"][0].split(",")
        first = int(asked[0])
        number, in_batch = divmod((first - FIRST_PMID) % PREPARED, BATCH)
        if in_batch or asked != [str(pmid) for pmid in range(first, first + BATCH)]:
            return Answer(headers=XML, body=article_set(record_of(self._kind, pmid) for pmid in asked))
        body, places = self._sets[number]
        served = bytearray(body)
        for pmid, starts in zip(asked, places, strict=True):
            written = pmid.encode()
            for start in starts:
                served[start : start + len(written)] = written
        return Answer(headers=XML, body=bytes(served))


def pieces_of(kind: str, pmid: str) -> list[bytes]:
    """The pieces of the record under a PMID, between which it stands."""
    records = templates(kind)
    return records[(int(pmid) - FIRST_PMID) % PREPARED % len(records)]


def record_of(kind: str, pmid: str) -> bytes:
    """The record under a PMID."""
    return pmid.encode().join(pieces_of(kind, pmid))


def room_for_pmids(kind: str, first: int) -> tuple[bytes, list[list[int]]]:
    """A set of a batch of records, the first of them the so-many'th, and where the PMID of each stands in it."""
    pmids = [str(FIRST_PMID + number) for number in range(first, first + BATCH)]
    records = [record_of(kind, pmid) for pmid in pmids]
    places, at = [], len(article_set([])) - len(b"\n") - len(TAIL)
    for pmid, record in zip(pmids, records, strict=True):
        ends = itertools.accumulate(len(piece) + len(pmid) for piece in pieces_of(kind, pmid)[:-1])
        places.append([at + end - len(pmid) for end in ends])
        at += len(record) + len(b"\n")
    return article_set(records), places


def serve(kind: str, count: int, told: Connection) -> None:
    """Answer until told to stop; tells the address first and the CPU seconds spent last."""
    with ReplayServer() as server:
        told.send(RepeatedRecords(kind, count).serve(server))
        begin = time.process_time()
        told.recv()
        told.send(time.process_time() - begin)


@contextlib.contextmanager
def serving(kind: str, count: int) -> Iterator[tuple[str, Connection]]:
    """A server in a process of its own: its address, and the line to it."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(kind, count, there))
    process.start()
    try:
        yield here.recv(), here
    finally:
        process.join(10)


def stores(folder: pathlib.Path) -> Warehouse:
    """The two stores of a warehouse in a folder."""
    return Warehouse(LandingStore(folder / "landing"), SliceStore(folder / "slices"))


def fetch(kind: str, folder: pathlib.Path, address: str, batch: RecordBatch) -> int:
    """Fetch and land a batch; how many records came."""
    source = client(address, folder, records_per_request=BATCH, ids_per_page=1000)
    return len(fetch_batch(stores(folder), source, batch, BATCH, None).received)


def parse(kind: str, folder: pathlib.Path, address: str, batch: RecordBatch) -> int:
    """Parse the landed records of a batch; how many say their own PMID."""
    return parsed(stores(folder).landing, batch)


def parsed(landing: LandingStore, batch: RecordBatch) -> int:
    """Parse the landed records of a batch as a refresh does; how many say their own PMID."""
    receipts = [landing.last_receipt(batch.source, record_id) for record_id in batch.record_ids]
    documents = (
        parse_document(landing.at_hand(one.sha256) or landing.read(one.sha256), one)
        for one in receipts
        if one is not None
    )
    return sum(document.pmid == document.receipt.record_id for document in made_without_search(documents))


def fetch_and_parse(kind: str, folder: pathlib.Path, address: str, batch: RecordBatch) -> int:
    """Fetch, land and parse a batch; how many records were parsed."""
    source = client(address, folder, records_per_request=BATCH, ids_per_page=1000)
    warehouse = stores(folder)
    fetch_batch(warehouse, source, batch, BATCH, None)
    return parsed(warehouse.landing, batch)


def yardstick(kind: str, folder: pathlib.Path, address: str, batch: RecordBatch) -> int:
    """Nothing but lxml on as many records."""
    for record_id in batch.record_ids:
        etree.fromstring(record_of(kind, record_id))
    return len(batch.record_ids)


def timed(task: tuple[Step, str, pathlib.Path, str, RecordBatch]) -> Spent:
    """One batch in a worker."""
    step, *given = task
    begin = time.process_time()
    records = step(*given)
    spent = time.process_time() - begin
    return Spent(records, spent, loop_ms(), os.getpid(), peak_megabytes())


def peak_megabytes() -> float:
    """The most resident memory that this process has had. What getrusage says begins with that of the parent."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def ready(barrier: Barrier, kind: str | None) -> None:
    """Let a worker begin when all have started, and have the records of a kind where it makes them itself."""
    if kind is not None:
        templates(kind)
    barrier.wait()


def run(step: Step, kind: str, folder: pathlib.Path, address: str, batches: list[RecordBatch]) -> Taken:
    """Let two new workers do a step to all batches."""
    barrier = SPAWN.Barrier(3)
    with SPAWN.Pool(2, ready, (barrier, kind if step is yardstick else None)) as pool:
        barrier.wait()
        begin = time.perf_counter()
        parts = list(pool.imap_unordered(timed, [(step, kind, folder, address, batch) for batch in batches]))
        seconds = time.perf_counter() - begin
    peaks: dict[int, float] = {}
    for part in parts:
        peaks[part.worker] = max(part.megabytes, peaks.get(part.worker, 0))
    records, cpu_seconds = sum(part.records for part in parts), sum(part.cpu_seconds for part in parts)
    loops = [part.loop_ms for part in parts]
    # What the two workers spent with the loop is no part of the step.
    seconds -= sum(loops) / 1000 / len(peaks)
    return Taken(seconds, records, cpu_seconds, sum(loops) / len(loops), tuple(peaks.values()))


def listed(folder: pathlib.Path, address: str) -> tuple[OpenedSlice, list[RecordBatch]]:
    """Search for the records, and the batches of what was found."""
    source = client(address, folder, records_per_request=BATCH, ids_per_page=1000)
    opened = open_slice(stores(folder), source, SLICE, lambda: NOON)
    return opened, record_batches(opened, BATCH)


def measured(kind: str, count: int) -> tuple[dict[str, Taken], float]:
    """What each step took for one kind of records, and the CPU seconds of the server."""
    with tempfile.TemporaryDirectory() as folder, serving(kind, count) as (address, line):
        apart, together = pathlib.Path(folder) / "apart", pathlib.Path(folder) / "together"
        _, batches = listed(apart, address)
        taken = {
            "lxml alone": run(yardstick, kind, apart, address, batches),
            "fetch and land": run(fetch, kind, apart, address, batches),
            "parse": run(parse, kind, apart, address, batches),
        }
        opened, batches = listed(together, address)
        taken["all of it"] = run(fetch_and_parse, kind, together, address, batches)
        left = close_slices(stores(together), [opened], lambda: NOON)
        line.send("stop")
        server = line.recv()
    if left or any(one.records != count for one in taken.values()):
        raise SystemExit(f"of {count} records came: { {name: one.records for name, one in taken.items()} }")
    return taken, server


def told(kind: str, taken: dict[str, Taken], server_ms: float) -> dict[str, Any]:
    """Print the figures of a kind of records, and give those that are kept."""
    sizes = [sum(map(len, pieces)) + 8 * (len(pieces) - 1) for pieces in templates(kind)]
    whole, size = taken["all of it"], sum(sizes) / len(sizes)
    print(f"{whole.records:,} {kind} records of {size:,.0f} bytes")
    print(" " * 18 + "a second   ms CPU each   a second by CPU   with a loop of 60 ms   times lxml   MB a worker")
    for name, one in taken.items():
        each = one.cpu_milliseconds
        print(
            f"{name:<16}{one.records / one.seconds:>10,.0f}{each:>14.3f}{2000 / each:>18,.0f}"
            f"{one.on_a_fast_machine:>22,.0f}{each / taken['lxml alone'].cpu_milliseconds:>13.1f}"
            f"{max(one.megabytes):>14.0f}"
        )
    megabytes = sum(whole.megabytes) + peak_megabytes()
    print(
        f"{megabytes:.0f} MB in all but the server, whose CPU is not counted ({server_ms:.3f} ms each); "
        f"the loop took {whole.loop_ms:.0f} ms"
    )
    return {
        "bytes": round(size),
        **{f"cpu_ms_{name.replace(' ', '_')}": round(one.cpu_milliseconds, 3) for name, one in taken.items()},
        "loop_ms": round(whole.loop_ms),
        "a_second_by_the_clock": round(whole.records / whole.seconds),
        "a_second_by_cpu": round(2000 / whole.cpu_milliseconds),
        "a_second_with_a_loop_of_60_ms": round(whole.on_a_fast_machine),
        "megabytes": round(megabytes),
    }


def main(count: int) -> None:
    """Measure every kind of records, and keep the figures of recorded ones."""
    is_recorded = RECORDED.is_dir()
    figures: dict[str, Any] = {"records": count}
    for kind in ("modern", "baseline", "average") if is_recorded else ("generated",):
        taken, server = measured(kind, count)
        figures[kind] = told(kind, taken, 500 * server / count)
    if is_recorded:
        bounds = {"bound_a_second": BOUND_A_SECOND, "bound_megabytes": BOUND_MEGABYTES}
        add_results("PubMed records fetched, landed and parsed", figures | bounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
