"""A death between any two steps, and damage found later: what the next writer makes of it."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from tests.unit.releases.made import built, moment, name_of, published
from trialhouse.releases import prune as pruning_room
from trialhouse.releases import publish as publishing_room
from trialhouse.releases import rollback as rollback_room
from trialhouse.releases.catalog import NoSuchRelease, current_folder, find_release, list_releases
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.prune import plan_pruning, prune
from trialhouse.releases.publish import publish, recover
from trialhouse.releases.register import read_entries, register_path, registered
from trialhouse.releases.rollback import roll_back


class Killed(BaseException):
    """A death at a step: nothing after it runs, not even the handling of errors."""


def dies(*_: object) -> None:
    raise Killed


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


def current(layout: Layout) -> str | None:
    folder = current_folder(layout)
    return folder.name if folder else None


def flip(path: Path) -> None:
    """Change one byte, which modes do not hinder root from."""
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("step", ["rename", "point_to", "write_register"])
@pytest.mark.parametrize("earlier", [0, 1])
def test_a_death_while_publishing_is_put_right(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, step: str, earlier: int
) -> None:
    published(layout, *range(1, earlier + 1))
    name = built(layout, earlier + 1)
    if step == "rename":
        monkeypatch.setattr(Path, "rename", dies)
    else:
        monkeypatch.setattr(publishing_room, step, dies)
    with pytest.raises(Killed):
        publish(layout, name)
    monkeypatch.undo()
    recovery = recover(layout)
    stands = earlier if step == "rename" else earlier + 1
    assert current(layout) == recovery.current == (name_of(stands) if stands else None)
    assert [entry.release_id for entry in read_entries(layout)] == [name_of(n) for n in range(1, stands + 1)]
    assert recovery.sentences == ()
    assert not recovery.must_publish
    if stands:
        assert registered(layout) == read_entries(layout)


def test_a_release_whose_bytes_were_lost_with_the_power_never_becomes_current(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(layout, 1)
    monkeypatch.setattr(publishing_room, "point_to", dies)
    with pytest.raises(Killed):
        publish(layout, built(layout, 2))
    monkeypatch.undo()
    (layout.releases / name_of(2) / DATABASE).chmod(0o644)
    (layout.releases / name_of(2) / DATABASE).write_bytes(b"")
    recovery = recover(layout)
    assert current(layout) == name_of(1)
    assert recovery.must_publish
    assert name_of(2) in recovery.sentences[0]


def test_a_death_between_withdrawal_and_link_ends_as_the_rollback_would_have(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(layout, 1, 2, 3)
    monkeypatch.setattr(rollback_room, "point_to", dies)
    with pytest.raises(Killed):
        roll_back(layout, name_of(1), "wrong source", "somebody", moment(4))
    monkeypatch.undo()
    assert current(layout) == name_of(3)
    recover(layout)
    assert current(layout) == name_of(1)
    assert [entry.is_published for entry in read_entries(layout)] == [True, False, False]


def test_a_death_while_pruning_leaves_nothing_that_looks_like_a_release(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(layout, 1, 2, 3)
    monkeypatch.setattr(pruning_room, "write_register", dies)
    with pytest.raises(Killed):
        prune(layout, plan_pruning(layout, 1), moment(4))
    monkeypatch.undo()
    # The room is made before anything is written: the disk may be full.
    assert [list(place.iterdir()) for place in layout.releases.glob(".pruned-*")] == [[], []]
    assert [release.folder is None for release in list_releases(layout.warehouse)] == [True, True, False]
    recover(layout)
    assert [entry.pruned_at is None for entry in read_entries(layout)] == [False, False, True]
    assert sorted(path.name for path in layout.releases.iterdir()) == [name_of(3), "current", "register.json"]


@pytest.mark.parametrize("name", [DATABASE, MANIFEST, "changes.json"])
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_a_damaged_current_release_is_withdrawn_and_the_one_before_stands(layout: Layout, name: str, how: str) -> None:
    published(layout, 1, 2)
    path = layout.releases / name_of(2) / name
    flip(path) if how == "changed" else path.unlink()
    first, second = recover(layout), recover(layout)
    assert first.current == second.current == current(layout) == name_of(1)
    assert name in first.sentences[0]
    assert second.sentences == ()
    # It is kept in mind until a whole release is published, also after a death.
    assert first.must_publish
    assert second.must_publish
    (entry,) = [entry for entry in read_entries(layout) if entry.release_no == 2]
    assert (entry.reason or "").startswith(f"damaged: {name}")
    publish(layout, built(layout, 3))
    assert not recover(layout).must_publish


def test_a_damaged_release_whose_folder_is_gone_gives_way_too(layout: Layout) -> None:
    published(layout, 1, 2)
    (layout.releases / name_of(2)).rename(layout.warehouse / "taken away")
    assert recover(layout).current == name_of(1)
    assert find_release(layout.warehouse, None).release_id == name_of(1)


def test_where_no_release_is_whole_none_is_current(layout: Layout) -> None:
    published(layout, 1)
    flip(layout.releases / name_of(1) / DATABASE)
    recovery = recover(layout)
    assert (recovery.current, current(layout), recovery.must_publish) == (None, None, True)
    with pytest.raises(NoSuchRelease, match=r"no release .* is current"):
        find_release(layout.warehouse, None)


def test_a_stray_file_harms_only_where_duckdb_would_read_it(layout: Layout) -> None:
    published(layout, 1, 2)
    (layout.releases / name_of(2) / "notes.txt").write_text("mine")
    assert recover(layout).current == name_of(2)
    (layout.releases / name_of(2) / f"{DATABASE}.wal").write_bytes(b"rows that nobody checked")
    assert recover(layout).current == name_of(1)


def test_a_pruned_release_that_was_brought_back_can_be_read_again(layout: Layout) -> None:
    published(layout, 1, 2)
    copy = shutil.copytree(layout.releases / name_of(1), layout.warehouse / "copy")
    prune(layout, plan_pruning(layout, 1), moment(4))
    with pytest.raises(NoSuchRelease, match=r"were pruned.*--as-of"):
        find_release(layout.warehouse, name_of(1))
    copy.rename(layout.releases / name_of(1))
    assert recover(layout).current == name_of(2)
    assert find_release(layout.warehouse, name_of(1)).folder == layout.releases / name_of(1)
    assert all(entry.pruned_at is None for entry in registered(layout) or [])


def test_a_disk_that_is_full_after_the_link_moved_undoes_no_release(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    published(layout, 1)
    monkeypatch.setattr(publishing_room, "write_register", full)
    publish(layout, built(layout, 2))
    monkeypatch.undo()
    assert find_release(layout.warehouse, None).release_no == 2
    assert [entry.release_no for entry in registered(layout) or []] == [1]
    recover(layout)
    assert [entry.release_no for entry in registered(layout) or []] == [1, 2]


def test_a_whole_warehouse_is_left_alone(layout: Layout) -> None:
    published(layout, 1, 2)
    before = register_path(layout).stat().st_mtime_ns
    assert recover(layout).sentences == ()
    assert register_path(layout).stat().st_mtime_ns == before
