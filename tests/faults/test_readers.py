"""Readers are never locked out, whatever is published under their eyes."""

import datetime
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.readers import make_release, publish_copy, read_while_publishing
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, refresh
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import put_words
from trialhouse.settings import load_settings
from trialhouse.store.connection import new_database, release_reader

PUBLISHES = 20

CHANGES = ("rename", "replace", "symlink", "unlink", "rmdir", "mkdir", "chmod", "fsync")
"""Everything by which Python changes the folders of releases, and the moment when it is certain to be."""

LOCKS, OPEN_FILES = Path("/proc/locks"), Path("/proc/self/fdinfo")

TEXT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

METHODS: We randomly assigned {n} adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks.
The trial is registered at ClinicalTrials.gov, NCT09990001.
"""


def test_eight_readers_read_on_while_twenty_releases_are_published(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    template = make_release(layout, trials=1_000)
    publish_copy(layout, template, 1)
    readings = read_while_publishing(layout, template, readers=8, publishes=PUBLISHES)
    assert [error for reading in readings for error in reading.errors] == []
    seen = set().union(*(reading.releases for reading in readings))
    assert len(seen) > 1
    assert seen <= set(range(1, PUBLISHES + 2))


def held_for_writing(database: Path) -> list[str]:
    """What would let a reader wait for a file: a lock for writing that anybody has on it, or that it is open for
    writing here.
    """
    inode = database.stat().st_ino
    locks = [line for line in LOCKS.read_text().splitlines() if f":{inode} " in line and " WRITE " in line]
    held = [f"locked: {line}" for line in locks]
    for number in os.listdir("/proc/self/fd"):
        try:
            is_it = os.stat(f"/proc/self/fd/{number}").st_ino == inode
            flags = int((OPEN_FILES / number).read_text().split("flags:")[1].split()[0], 8)
        except FileNotFoundError:
            continue
        if is_it and flags & os.O_ACCMODE != os.O_RDONLY:
            held.append(f"open for writing: {database}")
    return held


@contextmanager
def watched(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a reader would meet at every single change of the disk meanwhile, before it and after it."""
    wrong: list[str] = []

    def look(where: str) -> None:
        database = layout.current / DATABASE
        if not database.exists():
            wrong.append(f"{where}: {layout.current} leads nowhere")
        for folder in layout.releases.glob("2*"):
            wrong.extend(f"{where}: {held}" for held in held_for_writing(folder / DATABASE))

    def looked_at(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            look(f"before {name} {arguments}")
            try:
                return real(*arguments, **options)
            finally:
                look(f"after {name} {arguments}")

        return call

    with monkeypatch.context() as patched:
        for name in CHANGES:
            patched.setattr(os, name, looked_at(name, getattr(os, name)))
        yield wrong


@pytest.mark.skipif(not LOCKS.exists(), reason="locks are looked for in /proc")
def test_a_file_that_is_written_is_seen_to_be_held(tmp_path: Path) -> None:
    with new_database(tmp_path / "x.duckdb"):
        assert {held.split(":")[0] for held in held_for_writing(tmp_path / "x.duckdb")} == {
            "locked",
            "open for writing",
        }
    with release_reader(tmp_path / "x.duckdb"):
        assert held_for_writing(tmp_path / "x.duckdb") == []


@pytest.mark.skipif(not LOCKS.exists(), reason="locks are looked for in /proc")
def test_no_reader_ever_meets_a_lock_or_a_link_that_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(warehouse=tmp_path / "warehouse", environ={}).settings
    layout, paper = Layout(settings.warehouse), tmp_path / "paper.txt"

    def publish_next(n: int) -> None:
        paper.write_text(TEXT.format(n=n))
        assert refresh(settings, Assignment(files=(paper,))).status is RunStatus.PUBLISHED

    publish_next(200)
    with watched(layout, monkeypatch) as wrong:
        publish_next(202)
        first, _ = list_releases(settings.warehouse)
        put_words(layout, first.release_id, "draft", None)
        roll_back(layout, first.release_id, "a slip", "somebody", datetime.datetime.now(datetime.UTC))
    assert wrong == []
