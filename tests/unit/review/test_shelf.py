"""What the pages read is what stands now; and a warehouse that is empty or damaged is said with what to do."""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.unit.review.serving import ONE_MORE, Served, alert_ids, refreshed, serving
from trialhouse.cli.app import main
from trialhouse.model.words import AlertState, DecisionAction, RunStatus
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.quality.decisions import Decisions, decision_on
from trialhouse.releases.catalog import Release, find_release
from trialhouse.releases.layout import Layout
from trialhouse.review import shelf as shelves
from trialhouse.review.listed import Listed
from trialhouse.review.shelf import MOST_OPEN, Shelf, Standing

PAGES = ("/", "/releases", "/sources", "/checks", "/checks/arms/sum_is_enrollment", "/dictionary", "/trials",
         "/documents/doc-x", "/alerts/alert-x", "/releases/difference?from=1&to=2")  # fmt: skip


def acknowledge(warehouse: Path, alert_id: str, actor: str = "ada") -> None:
    """What the command line does while the page is open."""
    from tests.unit.review.serving import NOW

    shelf = Shelf(warehouse)
    alert = shelf.rows(shelf.standing(), [alert_id])[alert_id]
    Decisions(shelf.layout.decisions).add([decision_on(alert, DecisionAction.ACKNOWLEDGE, actor=actor, now=NOW)])
    shelf.close()


def test_alerts_are_read_once_and_again_when_somebody_decides_elsewhere(
    own_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    rows = shelves.read_rows
    monkeypatch.setattr(
        shelves,
        "read_rows",
        lambda file, row_class, *where: read.append(row_class.NAME) or rows(file, row_class, *where),
    )
    shelf = Shelf(own_warehouse)
    first, second, *_ = alert_ids(own_warehouse)
    before = shelf.standing()
    assert shelf.standing() is before
    assert read == []  # of what nobody decided on, rows and events stay in the file
    acknowledge(own_warehouse, first)
    read.clear()
    after = shelf.standing()
    assert after is not before
    assert after.by_id[first].state is AlertState.ACKNOWLEDGED
    assert after.by_id[second].state is AlertState.OPEN
    assert [event.event_no for event in after.live.books.events] == [1, 2]
    assert {event.alert_id for event in after.live.books.events} == {first}
    assert read == ["alerts", "alert_events"]
    assert [row.alert_id for row in after.live.books.alerts] == [first]
    read.clear()
    assert shelf.rows(after, [second, first])[first].decided_by == "ada"
    assert read == ["alerts"]  # of the one that was not read before
    shelf.close()


def test_a_new_release_is_seen_without_a_restart_and_ready_before_anybody_asks(
    own_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And read with few events the alerts stand as the commands say, which read all."""
    monkeypatch.setattr(shelves, "WATCH_SECONDS", 0.001)
    shelf, ready = Shelf(own_warehouse), threading.Event()
    work_out, shown = shelf._worked_out, shelf.standing()

    def worked_out(release: Release | None) -> Standing:
        standing = work_out(release)
        if release is not None and release.release_no == 2:
            ready.set()
        return standing

    monkeypatch.setattr(shelf, "_worked_out", worked_out)
    first, second, third, _ = alert_ids(own_warehouse)
    acknowledge(own_warehouse, first)
    acknowledge(own_warehouse, second)
    with shelf.watched():
        (own_warehouse.parent / "texts").mkdir(exist_ok=True)
        assert refreshed(own_warehouse, day=21) is RunStatus.PUBLISHED
        assert ready.wait(60)
        assert len(shelf.standing().alerts) == len(shown.alerts)
        assert shelf.standing().live.pending == frozenset()
        acknowledge(own_warehouse, third)
        live = live_alerts(shelf.layout, shelf.current())
        listed = sorted(map(Listed.of, live.books.alerts), key=lambda one: one.order)
        assert shelf.standing().alerts == tuple(listed)
        rows = shelf.rows(shelf.standing(), [row.alert_id for row in live.books.alerts])
        assert tuple(rows.values()) == live.books.alerts
        assert shelf.standing().live.pending == live.pending == {third}
        assert set(shelf.standing().live.books.events) < set(live.books.events)
    assert shelf._opened == {}


def test_a_waiver_that_ended_asks_again_though_its_decision_is_lost(own_warehouse: Path) -> None:
    """It stands in the release alone, and the rows that nobody decided on are not read."""
    database = find_release(own_warehouse, None).database
    database.chmod(0o644)
    first, *_ = alert_ids(own_warehouse)
    with duckdb.connect(database) as connection:
        connection.execute(
            "UPDATE dq.alerts SET state = 'waived', waived_until = DATE '2026-01-01' WHERE alert_id = ?", [first]
        )
    shelf = Shelf(own_warehouse)
    assert shelf.standing().by_id[first].state is AlertState.REOPENED
    shelf.close()


def test_a_release_without_newer_columns_is_listed(own_warehouse: Path) -> None:
    database = find_release(own_warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("ALTER TABLE dq.alerts DROP COLUMN decided_by")
    shelf = Shelf(own_warehouse)
    assert [one.decided_by for one in shelf.standing().alerts] == [None] * 4
    shelf.close()


def test_one_file_is_read_by_many_at_once(reviewed: Path) -> None:
    shelf, release = Shelf(reviewed), find_release(reviewed, None)
    found, together = list[int](), threading.Barrier(6)

    def count() -> None:
        together.wait()
        with shelf.reading(release) as connection:
            found.append(connection.execute("SELECT count(*) FROM dq.alerts").fetchall()[0][0])

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [4] * 6
    assert len(shelf._opened) == 1 <= MOST_OPEN
    shelf.close()
    assert not shelf._opened


def test_without_a_release_every_page_says_so(tmp_path: Path) -> None:
    with serving(tmp_path / "warehouse") as served:
        for path in PAGES:
            answer = served.get(path)
            assert answer.status in (200, 404), path
            assert "<h1>" in answer.text
        assert "no release yet" in served.get("/").text
        assert "trialhouse refresh" in served.get("/releases").text
    assert not (tmp_path / "warehouse").exists()


def cut_database(warehouse: Path) -> Path:
    path = find_release(warehouse, None).database
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:5000])
    return path


def no_database(warehouse: Path) -> Path:
    path = find_release(warehouse, None).database
    path.parent.chmod(0o755)
    path.unlink()
    return path


def other_bytes(warehouse: Path) -> Path:
    path = find_release(warehouse, None).database
    path.chmod(0o644)
    path.write_bytes(b"this is no database")
    return path


def manifest_changed(warehouse: Path) -> Path:
    path = find_release(warehouse, None).place / "manifest.json"
    path.chmod(0o644)
    said = json.loads(path.read_text())
    path.write_text(json.dumps(said | {"release_id": "2020.01.01.01"}))
    return path


def damaged_decisions(warehouse: Path) -> Path:
    path = Layout(warehouse).decisions
    path.write_bytes(b"this is no database, and is longer than a header of SQLite is" * 20)
    return path


@pytest.mark.parametrize("damage", [cut_database, no_database, other_bytes, manifest_changed, damaged_decisions])
def test_damage_is_said_with_what_to_do(
    own_warehouse: Path, damage: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    damage(own_warehouse)
    with serving(own_warehouse) as served:
        said = served.get("/")
        assert said.status == 500
        assert "That did not work" in said.text
        _says_what_to_do(said.text)
        for path in PAGES:
            answer = served.get(path)
            assert answer.status in (200, 404, 500), path
            assert "<h1>" in answer.text, path
            assert "Traceback" not in answer.text
    assert caplog.records == []


def test_a_release_that_is_gone_is_named_with_what_to_do(own_warehouse: Path) -> None:
    assert refreshed(own_warehouse, (ONE_MORE,), day=21) is RunStatus.PUBLISHED
    shutil.move(find_release(own_warehouse, None).place, own_warehouse.parent / "elsewhere")
    with serving(own_warehouse) as served:
        said = served.get("/")
        assert said.status == 500
        assert "no release yet" not in said.text
        assert "release 2026.11.21.01, the current one, is missing" in said.text
        _says_what_to_do(said.text)
        assert "2026.11.20.01" in served.get("/releases").text
        # As it says: an earlier one can be made current.
        arguments = ["releases", "rollback", "2026.11.20.01", "--warehouse", str(own_warehouse), "--reason", "gone"]
        assert main([*arguments]) == 0
        assert _count(served) == 4


def _says_what_to_do(text: str) -> None:
    assert any(word in text for word in ("verify", "rollback", "restore", "refresh", "copy", "rebuild")), text


def test_what_is_mended_is_shown_without_a_restart(own_warehouse: Path) -> None:
    decisions = Layout(own_warehouse).decisions
    with serving(own_warehouse) as served:
        assert _count(served) == 4
        damaged_decisions(own_warehouse)
        assert served.get("/").status == 500
        decisions.unlink()
        assert _count(served) == 4


def _count(served: Served) -> int:
    return served.get("/").text.count('<li class="alert">')
