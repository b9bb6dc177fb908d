"""How long the review page takes: its start, an inbox of 10,000 alerts, an alert in it, a document of 1 MB.

    python bench/review.py [ROUNDS]

A release of one made paper gets 10,000 alerts and a text of 1 MB written into its file; the application answers without
a network between. "cold" is the first answer of a server that is ready, as `trialhouse ui` is before it says where it
is ("start", templates and alerts read), "published" the first one after a release took the place of another and nobody
watched for it, "decided" the first one after somebody decided, "warm" the median of the others. Beside each time stands
its ratio to a loop of a million additions on this machine, since both depend on the machine alike: 60 ms where nothing
else runs. Figures go to bench/results.json as they would be there, with their bounds.
"""

import asyncio
import datetime
import gc
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from results_file import add_results

from trialhouse.model.words import DecisionAction
from trialhouse.pipeline import Assignment, refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.quality.decisions import Decisions, decision_on
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.review.app import build_app, get_ready
from trialhouse.review.guard import Guard, Guarded
from trialhouse.settings import load_settings

ALERTS, CHARACTERS = 10_000, 1_000_000

BOUNDS = {"start": 1500, "inbox": 200, "alert": 200, "document": 500}
"""Milliseconds where a loop takes 60, by how a figure's name begins."""

PAPER = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

METHODS: We randomly assigned 200 adults to quenosartan 40 mg once daily (n = 100) or placebo (n = 90) for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group.
"""

MORE_ALERTS = f"""
INSERT INTO dq.alerts BY NAME
SELECT a.* REPLACE (
    'alert-' || i AS alert_id, 'print-' || i AS fingerprint, 'row-' || i AS row_id,
    (a.check_id || (i % 40)) AS check_id, replace(a.message, '200', (200 + i)::VARCHAR) AS message,
    ['info', 'warn', 'error'][1 + i % 3] AS severity,
    if(i % 5 = 0, 'resolved', 'open') AS state
) FROM (FROM dq.alerts LIMIT 1) AS a, range({ALERTS} - 1) AS r(i);
INSERT INTO dq.alert_events BY NAME
SELECT e.* REPLACE ('alert-' || i AS alert_id)
FROM (FROM dq.alert_events LIMIT 1) AS e, range({ALERTS} - 1) AS r(i);
"""

LONG_TEXT = f"""
DELETE FROM document_texts WHERE span_start > (SELECT min(span_start) FROM document_texts);
UPDATE document_texts SET span_start = 0, span_end = {CHARACTERS}, is_whole = true,
    text = left(repeat('The response was 60.0% & 40.0% < 100% of those treated. ', {CHARACTERS} // 50), {CHARACTERS});
"""


def made_warehouse(folder: Path) -> Path:
    """A warehouse of one release with as many alerts and as long a text as are measured."""
    (folder / "texts").mkdir()
    (folder / "texts" / "paper.txt").write_text(PAPER)
    settings = load_settings(warehouse=folder / "warehouse", environ={}).settings
    refresh(settings, Assignment(files=(folder / "texts",)))
    database = find_release(settings.warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute(MORE_ALERTS)
        connection.execute(LONG_TEXT)
    return settings.warehouse


def document_of(warehouse: Path) -> str:
    """The id of its only document."""
    with duckdb.connect(find_release(warehouse, None).database, read_only=True) as connection:
        return str(connection.execute("SELECT document_id FROM document_texts").fetchone()[0])  # type: ignore[index]


def asked(app: Guarded, target: str) -> tuple[float, bytes]:
    """The seconds that an answer takes, and the answer."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(b"host", b"bench")], "scheme": "http", "server": ("bench", 80), "http_version": "1.1",
    }  # fmt: skip
    parts, status = list[bytes](), list[int]()

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])  # type: ignore[arg-type]
        parts.append(message.get("body", b""))  # type: ignore[arg-type]

    started = time.perf_counter()
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    assert status == [200], (target, status)
    return seconds, b"".join(parts)


def loop_seconds() -> float:
    """A loop of a million additions, the measure of the machine at this moment."""
    started, total = time.perf_counter(), 0
    for number in range(1_000_000):
        total += number * number
    return time.perf_counter() - started


def decide_one(warehouse: Path, number: int) -> None:
    """Somebody acknowledges an alert."""
    layout, release = Layout(warehouse), find_release(warehouse, None)
    alerts = [alert for alert in live_alerts(layout, release).books.alerts if alert.state.value == "open"]
    now = datetime.datetime.now(datetime.UTC)
    Decisions(layout.decisions).add([decision_on(alerts[number], DecisionAction.ACKNOWLEDGE, actor="a", now=now)])


def start_seconds(warehouse: Path) -> float:
    """The seconds from the start of `trialhouse ui` until it listens and says where."""
    command = [sys.executable, "-m", "trialhouse", "ui", "--port", "0", "--warehouse", str(warehouse)]
    started = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline() if process.stderr else ""
        seconds = time.perf_counter() - started
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert "http://127.0.0.1:" in said, said
    return seconds


def measure(name: str, take: Callable[[], float], rounds: int) -> float:
    """Print the median of some rounds, with the machine's loop measured beside each.

    Returns the milliseconds that it would be where a loop takes 60.
    """
    pairs = [(take(), loop_seconds()) for _ in range(rounds)]
    median = statistics.median(seconds for seconds, _ in pairs)
    ratio = statistics.median(seconds / loop for seconds, loop in pairs)
    print(f"{name:<44} {median * 1000:7.0f} ms  {ratio:6.2f} loops  {ratio * 60:6.0f} ms where a loop takes 60")
    return round(ratio * 60, 1)


def main(rounds: int) -> None:
    """Measure each page cold, after a decision, and warm."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = made_warehouse(Path(folder))

        def served() -> Guarded:
            app = build_app(warehouse, Guard(frozenset({"bench"})), "ada")
            get_ready(app)
            return app

        gc.freeze()  # as `trialhouse ui` does
        found = {"start": measure("start", lambda: start_seconds(warehouse), max(rounds // 3, 1))}
        app = served()
        document = document_of(warehouse)
        pages = {
            "inbox": "/",
            "inbox, by trial, filtered": "/?group=trial&text=enrollment&severity=error&page=3",
            "alert": "/alerts/alert-77",
            f"document of {CHARACTERS:,} characters": f"/documents/{document}?start=500000&end=500060",
        }
        for name, target in pages.items():
            _, body = asked(app, target)
            cold = measure(f"{name}, cold", lambda target=target: asked(served(), target)[0], max(rounds // 3, 1))
            found[f"{name}, cold"] = cold
            found[f"{name}, warm"] = measure(f"{name}, warm", lambda target=target: asked(app, target)[0], rounds)
            print(f"{'':<44} {len(body):,} bytes")
        numbers = iter(range(1000))

        def after_a_decision() -> float:
            decide_one(warehouse, next(numbers))
            return asked(app, "/")[0]

        def after_a_release() -> float:
            app.app.state.shelf.forget()
            return asked(app, "/")[0]

        found["inbox, published"] = measure("inbox, published", after_a_release, max(rounds // 3, 1))
        found["inbox, decided"] = measure("inbox, decided", after_a_decision, max(rounds // 3, 1))
    add_results("review", {"alerts": ALERTS, "characters": CHARACTERS, "ms_at_loop_60": found, "bounds_ms": BOUNDS})
    over = [name for name, ms in found.items() if ms > next(b for start, b in BOUNDS.items() if name.startswith(start))]
    if over:
        sys.exit(f"over their bounds: {', '.join(over)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
