"""The sources: what each was asked for and gave in the last runs, and how fresh it is."""

import datetime

from starlette.requests import Request
from starlette.responses import Response

from trialhouse.releases.run_files import RunFile, read_runs
from trialhouse.review.render import page
from trialhouse.review.shelf import Shelf
from trialhouse.review.spark import spark
from trialhouse.sources.slices import SliceStore

RUNS = 30

CAUSES = 50
"""So many records that a source did not give, or that could not be read, are named."""


def show(request: Request) -> Response:
    """Every source that a run took something from, with its topics."""
    shelf: Shelf = request.app.state.shelf
    runs = read_runs(shelf.layout.warehouse)[-RUNS:]
    names = sorted({row.source for run in runs for row in run.accounting})
    context = {
        "section": "/sources",
        "title": "Sources",
        "sources": [_of(name, runs) for name in names],
        "topics": SliceStore(shelf.layout.slices).states(),
        "runs": runs[::-1],
        "terms": (terms := _terms(shelf)),
        "silent": sorted(terms.keys() - set(names)),
    }
    return page(request, "sources.html", context)


def _of(name: str, runs: list[RunFile]) -> dict[str, object]:
    """The last runs of a source: what it gave in the newest, when it last answered, and how its numbers went."""
    took = [(run, [row for row in run.accounting if row.source == name]) for run in runs]
    took = [(run, rows) for run, rows in took if rows]
    newest, rows = took[-1]
    received = [float(sum(row.received for row in rows)) for _, rows in took]
    missing = [float(sum(row.missing + row.dropped for row in rows)) for _, rows in took]
    causes = [cause for cause in newest.causes if cause.source == name]
    answered = [run.row.started_at for run, rows in took if any(row.received for row in rows)]
    return {
        "name": name,
        "run": newest.row,
        "rows": rows,
        "answered": answered[-1] if answered else None,
        "days": _days_since(answered[-1]) if answered else None,
        "received": spark(received, "received"),
        "missing": spark(missing, "missing or dropped"),
        "causes": causes[:CAUSES],
        "more": max(0, len(causes) - CAUSES),
    }


def _days_since(moment: datetime.datetime) -> int:
    now = datetime.datetime.now(datetime.UTC)
    return (now - moment.replace(tzinfo=moment.tzinfo or datetime.UTC)).days


def _terms(shelf: Shelf) -> dict[str, tuple[str | None, str | None]]:
    """Publisher and licence of each source of the current release."""
    release = shelf.current()
    if release is None:
        return {}
    with shelf.reading(release) as connection:
        found = connection.execute("SELECT source, publisher, license FROM meta.sources").fetchall()
    return {source: (publisher, licence) for source, publisher, licence in found}
