import shutil
from pathlib import Path

import pytest

import trialhouse.releases.ledger as ledger_module
from tests.unit.releases.made_releases import MIGRATIONS, build, publish_all, publish_next, release_row
from trialhouse.model.tables import SCHEMA_VERSION, DocumentRow, TrialRow
from trialhouse.releases.content import sums_of_ledger
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.ledger import ensure_ledger, is_whole, last_release_no
from trialhouse.releases.migrations import CannotMigrate
from trialhouse.releases.publish import publish
from trialhouse.releases.register import read_entries
from trialhouse.store.connection import (
    Connection,
    DatabaseError,
    MemoryIsFull,
    new_database,
    release_reader,
    scratch_database,
)

STATES = (
    [TrialRow(trial_id="a", enrollment=1), TrialRow(trial_id="b")],
    [TrialRow(trial_id="a", enrollment=2), TrialRow(trial_id="c")],
    [TrialRow(trial_id="a", enrollment=1), TrialRow(trial_id="b"), TrialRow(trial_id="c")],
)

Version = tuple[str, int | None, int, int | None]

VERSIONS: list[Version] = [
    ("a", 1, 1, 2),
    ("a", 1, 3, None),
    ("a", 2, 2, 3),
    ("b", None, 1, 2),
    ("b", None, 3, None),
    ("c", None, 2, None),
]
"""What the three states make of the trials: id, enrollment, since and until which release."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Warehouses as they were after one, two and three releases."""
    folder = tmp_path_factory.mktemp("published")
    layout, copies = Layout(folder / "warehouse"), {}
    for number, rows in enumerate(STATES, start=1):
        publish_next(layout, number, rows)
        copies[number] = folder / str(number)
        shutil.copytree(layout.warehouse, copies[number], symlinks=True)
    return copies


@pytest.fixture
def layout(published: dict[int, Path], tmp_path: Path) -> Layout:
    """A warehouse of three releases to break."""
    return Layout(shutil.copytree(published[3], tmp_path / "warehouse", symlinks=True))


def versions(layout: Layout) -> list[Version]:
    with release_reader(layout.ledger) as ledger:
        return ledger.execute(
            "SELECT trial_id, enrollment, since_release_no, until_release_no FROM trials ORDER BY ALL"
        ).fetchall()


@pytest.mark.parametrize("is_behind", [True, False])
def test_a_release_that_does_not_fit_into_little_memory_is_taken_in_more(
    published: dict[int, Path], layout: Layout, monkeypatch: pytest.MonkeyPatch, is_behind: bool
) -> None:
    take, limits = ledger_module._take_dated, list[str]()

    def take_in_enough(ledger: Connection, known: int) -> None:
        take(ledger, known)
        (limit,) = ledger.execute("SELECT current_setting('memory_limit')").fetchall()[0]
        limits.append(limit)
        if limit == limits[0]:
            raise MemoryIsFull("could not allocate block")

    monkeypatch.setattr(ledger_module, "_take_dated", take_in_enough)
    layout.ledger.unlink()
    if is_behind:
        shutil.copy(Layout(published[1]).ledger, layout.ledger)
    ensure_ledger(layout, MIGRATIONS)
    assert versions(layout) == VERSIONS
    assert len(limits) == len(set(limits)) == 2
    assert not list(layout.warehouse.glob(".ledger*"))


def test_the_ledger_holds_each_version_of_a_row_once(layout: Layout) -> None:
    assert versions(layout) == VERSIONS
    assert last_release_no(layout) == 3


def test_a_lost_ledger_is_made_anew_from_the_newest_release(layout: Layout) -> None:
    layout.ledger.unlink()
    assert ensure_ledger(layout, MIGRATIONS) == [
        "The ledger was not there: it was made anew from the newest whole release."
    ]
    assert versions(layout) == VERSIONS
    assert ensure_ledger(layout, MIGRATIONS) == []


def test_a_ledger_that_is_behind_catches_up_over_several_releases(layout: Layout, published: dict[int, Path]) -> None:
    shutil.copy(Layout(published[1]).ledger, layout.ledger)
    ensure_ledger(layout, MIGRATIONS)
    assert versions(layout) == VERSIONS


def test_a_build_that_is_not_published_leaves_the_ledger_as_it_was(layout: Layout) -> None:
    build(layout, STATES[0], release_row(4))
    ensure_ledger(layout, MIGRATIONS)
    assert versions(layout) == VERSIONS
    assert last_release_no(layout) == 3


def test_a_damaged_release_is_not_taken(layout: Layout) -> None:
    database = layout.releases / release_row(3).release_id / DATABASE
    database.chmod(0o644)
    damaged = bytearray(database.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    database.write_bytes(damaged)
    layout.ledger.unlink()
    _, lost = ensure_ledger(layout, MIGRATIONS)
    assert lost.startswith(f"What only {release_row(3).release_id} held is lost")
    assert last_release_no(layout) == 2
    publish_next(layout, 4, STATES[0])
    with release_reader(layout.current / DATABASE) as release:
        told = release.execute("SELECT release_no FROM meta.releases WHERE rows_are_lost").fetchall()
        with pytest.raises(DatabaseError, match="are lost"):
            release.execute(f"FROM trials_as_of('{release_row(3).release_id}')").fetchall()
    assert told == [(3,)]
    assert versions(layout) == [
        ("a", 1, 1, 2),
        ("a", 1, 4, None),
        ("a", 2, 2, 4),
        ("b", None, 1, 2),
        ("b", None, 4, None),
        ("c", None, 2, 4),
    ]


def test_what_was_lost_once_stays_lost(layout: Layout) -> None:
    for number, later in ((3, (4, 5)), (5, ())):
        database = layout.releases / release_row(number).release_id / DATABASE
        database.chmod(0o644)
        database.write_bytes(b"damaged")
        layout.ledger.unlink()
        ensure_ledger(layout, MIGRATIONS)
        for following in later:
            publish_next(layout, following, STATES[following % 2])
    assert [entry.rows_are_lost for entry in read_entries(layout)] == [False, False, True, False, True]


@pytest.mark.parametrize("damage", ["another sum", "no JSON"])
def test_sums_are_not_taken_from_a_manifest_that_was_changed(layout: Layout, damage: str) -> None:
    with scratch_database() as connection:
        sums = sums_of_ledger(connection, layout)
    assert sums is not None
    path = layout.releases / release_row(3).release_id / MANIFEST
    text = path.read_text(encoding="utf-8")
    path.chmod(0o644)
    path.write_text(text.replace(sums["trials"], "3 1") if damage == "another sum" else text[:-5], encoding="utf-8")
    with scratch_database() as connection:
        assert sums_of_ledger(connection, layout) is None


def test_a_ledger_that_is_none_is_set_aside_and_made_anew(layout: Layout) -> None:
    layout.ledger.write_bytes(b"nonsense" * 1000)
    (told,) = ensure_ledger(layout, MIGRATIONS)
    aside = layout.warehouse / "ledger.damaged-1.duckdb"
    assert str(aside) in told
    assert aside.read_bytes() == b"nonsense" * 1000
    assert versions(layout) == VERSIONS


def test_a_ledger_with_a_changed_byte_is_found_when_a_release_needs_it(layout: Layout) -> None:
    content = layout.ledger.read_bytes()
    place = len(content) - 300_000
    layout.ledger.write_bytes(content[:place] + b"?" * 250_000 + content[place + 250_000 :])
    assert not is_whole(layout.ledger)
    manifest = build(layout, STATES[0], release_row(4))
    publish(layout, manifest.release_id)
    ensure_ledger(layout, MIGRATIONS)
    assert [path.name for path in sorted(layout.warehouse.glob("ledger*.duckdb"))] == [
        "ledger.damaged-1.duckdb",
        "ledger.duckdb",
    ]
    assert versions(layout)[:3] == [("a", 1, 1, 2), ("a", 1, 3, None), ("a", 2, 2, 3)]


def test_when_bytes_came_makes_no_new_version(tmp_path: Path) -> None:
    def document(fetched_at: str) -> DocumentRow:
        return DocumentRow(document_id="d", source="files", fetched_at=fetched_at, sha256="0")

    layout = publish_all(tmp_path, [document("2026-11-01T00:00:00")], [document("2026-11-02T00:00:00")])
    with release_reader(layout.current / DATABASE) as release:
        rows = release.execute("SELECT fetched_at::DATE::VARCHAR, since_release_no FROM documents").fetchall()
        ended = release.execute("SELECT count(*) FROM history.documents").fetchall()
    assert rows == [("2026-11-02", 1)]
    assert ended == [(0,)]


def test_a_ledger_of_newer_code_is_left_alone(layout: Layout) -> None:
    with new_database(layout.ledger) as ledger:
        ledger.execute("UPDATE ledger_state SET schema_version = ?", [SCHEMA_VERSION + 1])
    with pytest.raises(CannotMigrate, match="install the version that wrote it"):
        ensure_ledger(layout, MIGRATIONS)


def test_a_ledger_that_cannot_be_written_is_not_taken_for_a_damaged_one(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:

    def full(*_: object) -> None:
        raise DatabaseError("No space left on device")

    monkeypatch.setattr("trialhouse.releases.ledger._take", full)
    with pytest.raises(DatabaseError, match="No space"):
        ensure_ledger(layout, MIGRATIONS)
    assert [path.name for path in layout.warehouse.glob("ledger*")] == ["ledger.duckdb"]
