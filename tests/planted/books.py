"""The books of a made-up warehouse: its runs and releases, and what each source was asked for and gave."""

import datetime
import random
from collections import Counter
from collections.abc import Iterable

from trialhouse.model.tables import (
    AccountingCauseRow,
    AccountingRow,
    DocumentRow,
    ReleaseRow,
    Row,
    RunRow,
    SourceRow,
)

NOW = datetime.datetime(2026, 1, 2, 4, tzinfo=datetime.UTC)
RUNS = 12
"""Nightly runs, of which every third one published a release."""

TOPIC = "interleukin-inhibitors"


def run_id(number: int) -> str:
    """The id of a run; ids sort by start."""
    return f"{started(number):%Y%m%dT%H%M%S}"


def started(number: int) -> datetime.datetime:
    """When a run began; the last one is RUNS."""
    return NOW - datetime.timedelta(days=RUNS - number, hours=1)


def made_books(rng: random.Random, documents: Iterable[DocumentRow]) -> list[Row]:
    """Runs, releases, sources and accounting: what is missing has a cause, and everything adds up."""
    held = Counter(document.source for document in documents)
    rows: list[Row] = [
        SourceRow(source=source, publisher=f"The publisher of {source}", license=None, may_be_passed_on=True)
        for source in sorted(held)
    ]
    for number in range(1, RUNS + 1):
        rows += _run(number)
        for source, matched in sorted(held.items()):
            rows += _slice(rng, number, source, matched)
    return rows


def _run(number: int) -> list[Row]:
    begun = started(number)
    release_id = f"{begun:%Y.%m.%d}.01" if number % 3 == 0 and number < RUNS else None
    run = RunRow(
        run_id=run_id(number),
        started_at=begun,
        finished_at=None if number == RUNS else begun + datetime.timedelta(minutes=20),
        profile="live",
        status="running" if number == RUNS else "published" if release_id else "unchanged",
        release_id=release_id,
        code_version="1",
    )
    if release_id is None:
        return [run]
    return [run, ReleaseRow(release_no=number // 3, release_id=release_id, published_at=begun, status="published")]


def _slice(rng: random.Random, number: int, source: str, matched: int) -> list[Row]:
    """What one run asked one source for: some records do not come or cannot be parsed, each with its cause."""
    # Two nights the source was down, which the nights after made good.
    is_down = source == "pubmed" and number in (5, 6)
    missing = matched if is_down else rng.randint(0, 2)
    received = matched - missing
    dropped, landed = min(received, rng.randint(0, 1)), rng.randint(0, received)
    kept = {"run_id": run_id(number), "source": source}
    books = AccountingRow(
        **kept,
        topic=TOPIC,
        matched=matched,
        asked=matched,
        received=received,
        missing=missing,
        landed=landed,
        unchanged=received - landed,
        parsed=received - dropped,
        dropped=dropped,
    )
    causes: list[Row] = []
    if is_down:
        causes.append(
            AccountingCauseRow(
                **kept, record_id="*", stage="fetch", cause="unreachable: it did not answer", times=missing
            )
        )
    else:
        causes += [
            AccountingCauseRow(
                **kept,
                record_id=f"{source}-{i}",
                stage="fetch",
                cause="withdrawn: the source says so",
                is_explained=True,
            )
            for i in range(missing)
        ]
    causes += [
        AccountingCauseRow(**kept, record_id=f"{source}-x{i}", stage="parse", cause="damaged: no such format")
        for i in range(dropped)
    ]
    return [books, *causes]
