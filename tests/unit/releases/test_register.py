import json
from pathlib import Path

import pytest

from tests.unit.releases.made import built, moment, name_of, published
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.catalog import find_release, list_releases, named_release
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.manifest import Fault, file_faults
from trialhouse.releases.publish import publish, recover
from trialhouse.releases.register import (
    REGISTER_LOST,
    DamagedRegister,
    next_release_id,
    read_entries,
    register_path,
    registered,
    release_rows,
)
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import Refused, put_words


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


def test_the_next_release_gets_what_became_of_those_before(layout: Layout) -> None:
    published(layout, 1, 2, 3)
    put_words(layout, name_of(1), "first-paper", "as submitted")
    roll_back(layout, name_of(2), "a wrong source", "somebody", moment(4))
    told = [(row.release_no, row.tag, row.message, row.status, row.reason) for row in release_rows(layout)]
    assert told == [
        (1, "first-paper", "as submitted", ReleaseStatus.PUBLISHED, None),
        (2, None, None, ReleaseStatus.PUBLISHED, None),
        (3, None, None, ReleaseStatus.WITHDRAWN, "a wrong source"),
    ]
    assert {row.content_hash for row in release_rows(layout)} == {"content 1", "content 2", "content 3"}


def test_every_changed_byte_of_the_register_is_found_or_changes_nothing(layout: Layout) -> None:
    published(layout, 1, 2)
    whole, entries = register_path(layout).read_bytes(), registered(layout)
    found = 0
    for place in range(0, len(whole), 7):
        register_path(layout).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            assert registered(layout) == entries
        except DamagedRegister:
            found += 1
    assert found > len(whole) / 7 / 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"entries": []}', b'{"entries": 1, "sha256": 2}', b"\xff"])
def test_a_damaged_register_is_said_to_readers_and_made_anew_by_the_next_writer(layout: Layout, content: bytes) -> None:
    published(layout, 1, 2)
    register_path(layout).write_bytes(content)
    with pytest.raises(DamagedRegister, match=r"register\.json is damaged.*trialhouse refresh"):
        list_releases(layout.warehouse)
    assert "made anew" in recover(layout).sentences[0]
    assert [release.release_id for release in list_releases(layout.warehouse)] == [name_of(1), name_of(2)]


def test_a_lost_register_is_made_anew_from_the_newest_whole_release(layout: Layout) -> None:
    """Tags and withdrawals up to that release, and releases whose folders are gone, are in its meta.releases."""
    published(layout, 1, 2, 3, real=True)
    put_words(layout, name_of(1), "kept", None)
    roll_back(layout, name_of(2), "a wrong source", "somebody", moment(4))
    publish(layout, built(layout, 4, tag="from-its-manifest", real=True))
    (layout.releases / name_of(2)).rename(layout.warehouse / "taken away")
    register_path(layout).write_bytes(b"nothing")
    recover(layout)
    entries = read_entries(layout)
    assert [entry.tag for entry in entries] == ["kept", None, None, "from-its-manifest"]
    assert [entry.reason for entry in entries] == [None, None, "a wrong source", None]
    assert [entry.pruned_at is None for entry in entries] == [True, False, True, True]
    assert find_release(layout.warehouse, None).release_id == name_of(4)


def test_without_a_register_readers_keep_the_release_that_the_link_names(layout: Layout) -> None:
    """A rollback whose register is lost is not undone by that."""
    published(layout, 1, 2, 3)
    roll_back(layout, name_of(2), "a wrong source", "somebody", moment(4))
    register_path(layout).unlink()
    assert [entry.reason for entry in read_entries(layout)] == [None, None, REGISTER_LOST]
    assert recover(layout).current == name_of(2)
    assert [entry.reason for entry in registered(layout) or []] == [None, None, REGISTER_LOST]


def test_a_register_of_a_newer_version_is_read(layout: Layout) -> None:
    published(layout, 1)
    content = json.loads(register_path(layout).read_text())
    assert set(content) == {"entries", "sha256"}
    (entry,) = registered(layout) or []
    more = entry.model_dump(mode="json") | {"seen_by": ["somebody"]}
    assert type(entry).model_validate(more) == entry


def test_releases_are_found_by_id_tag_number_and_as_current(layout: Layout) -> None:
    published(layout, 1, 2, 3)
    put_words(layout, name_of(2), "paper", None)
    for name in (name_of(2), "paper", "2"):
        assert find_release(layout.warehouse, name).release_no == 2
    for name in (None, "current", "3"):
        assert find_release(layout.warehouse, name).is_current
    assert named_release(layout.warehouse, "paper").tag == "paper"


@pytest.mark.parametrize(
    "tag", ["2026.11.21.01", "2026-11-21", "20261121", "3", "current", "Today", "", "a b", "-x", "ä" * 65, "a\n"]
)
def test_a_tag_that_could_be_something_else_is_refused(layout: Layout, tag: str) -> None:
    published(layout, 1)
    with pytest.raises(Refused, match="cannot be a tag"):
        put_words(layout, name_of(1), tag, None)


def test_a_tag_is_on_one_release_and_moves_only_when_asked_to(layout: Layout) -> None:
    published(layout, 1, 2)
    put_words(layout, name_of(1), "Überblick-v1.0", "said")
    with pytest.raises(Refused, match=name_of(1)):
        put_words(layout, name_of(2), "Überblick-v1.0", None)
    with pytest.raises(Refused, match=r"has the tag 'Überblick-v1\.0'"):
        put_words(layout, name_of(1), "other", None)
    put_words(layout, name_of(2), "Überblick-v1.0", None, move=True)
    assert [entry.tag for entry in read_entries(layout)] == [None, "Überblick-v1.0"]
    put_words(layout, name_of(1), None, "said anew")
    assert [entry.message for entry in read_entries(layout)] == ["said anew", None]


def test_an_id_is_never_used_twice_even_if_its_folder_is_gone(layout: Layout) -> None:
    published(layout, 1, 2)
    (layout.releases / name_of(2)).rename(layout.warehouse / "taken away")
    assert next_release_id(layout, moment(2)) == "2026.11.02.02"
    assert next_release_id(layout, moment(1)) == "2026.11.02.02"
    (layout.rejected / "2026.11.02.99").mkdir(parents=True)
    assert next_release_id(layout, moment(2)) == "2026.11.02.100"
    (layout.rejected / "2026.11.02.100").mkdir()
    assert next_release_id(layout, moment(2)) == "2026.11.02.101"


def test_every_kind_of_fault_of_a_file_is_told(layout: Layout) -> None:
    published(layout, 1)
    folder = layout.releases / name_of(1)
    (entry,) = read_entries(layout)
    assert file_faults(folder, entry.manifest_sha256) == []
    (folder / DATABASE).unlink()
    (folder / "changes.json").chmod(0o644)
    (folder / "changes.json").write_text("[ ]\n")
    (folder / "more").mkdir()
    faults = {(fault.name, fault.fault) for fault in file_faults(folder, entry.manifest_sha256)}
    assert faults == {
        (DATABASE, Fault.MISSING),
        ("changes.json", Fault.CHANGED),
        ("more", Fault.UNEXPECTED),
    }
    (folder / MANIFEST).chmod(0o644)
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text() + " ")
    assert [fault.name for fault in file_faults(folder, entry.manifest_sha256)] == [MANIFEST]
    (folder / MANIFEST).write_text("{")
    assert [fault.fault for fault in file_faults(folder, None)] == [Fault.UNREADABLE]
