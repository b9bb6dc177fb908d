"""A death at every single change of the disk: what a reader finds, and what the next writer makes of it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.releases.made import built, moment, name_of, published
from trialhouse.releases.catalog import find_release, list_releases
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.manifest import is_unharmed
from trialhouse.releases.prune import plan_pruning, prune
from trialhouse.releases.publish import publish, recover
from trialhouse.releases.register import read_entries
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import put_words

CHANGES = ("rename", "replace", "symlink", "unlink", "rmdir", "mkdir", "chmod", "fsync")
"""Everything by which the disk is changed, and the moment when it is certain to be; bytes are written in between."""


class Killed(BaseException):
    """The death: the change at which it comes is not made, and nothing is after it."""


def damage_current(layout: Layout) -> None:
    database = layout.releases / name_of(3) / DATABASE
    if database.read_bytes():
        database.chmod(0o644)
        database.write_bytes(b"")


OPERATIONS: dict[str, Callable[[Layout], object]] = {
    "publish": lambda layout: publish(layout, name_of(4)),
    "roll back": lambda layout: roll_back(layout, name_of(1), "wrong", "somebody", moment(9)),
    "prune": lambda layout: prune(layout, plan_pruning(layout, 1), moment(9)),
    "tag": lambda layout: put_words(layout, name_of(1), "other", "said", move=True),
    "recover": recover,
}


def prepared(folder: Path, operation: str) -> Layout:
    """Three releases, of which one is tagged, and what the operation needs."""
    layout = Layout(folder)
    published(layout, 1, 2, 3)
    put_words(layout, name_of(2), "paper", None)
    if operation == "publish":
        built(layout, 4)
    if operation == "recover":
        damage_current(layout)
    return layout


def killed_at(monkeypatch: pytest.MonkeyPatch, change: int, work: Callable[[], object]) -> bool:
    """Do the work and die at the change of this number. Returns whether there were as many."""
    done = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal done
            done += 1
            if done >= change:
                raise Killed
            return real(*arguments, **options)

        return call

    with monkeypatch.context() as patched:
        for name in CHANGES:
            patched.setattr(os, name, counted(getattr(os, name)))
        try:
            work()
        except Killed:
            return True
    return False


def state(layout: Layout) -> list[tuple[object, ...]]:
    """All that people can tell of the releases, without the times."""
    return [
        (release.release_no, release.status, release.tag, release.message, release.folder is None, release.is_current)
        for release in list_releases(layout.warehouse)
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_death_at_any_change_leaves_the_state_before_or_the_state_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    work = OPERATIONS[operation]
    undisturbed = prepared(tmp_path / "undisturbed", operation)
    if operation != "recover":
        recover(undisturbed)
    before = state(undisturbed)
    work(undisturbed)
    after = state(undisturbed)
    assert before != after
    change, killed = 0, True
    while killed:
        change += 1
        layout = prepared(tmp_path / str(change), operation)
        killed = killed_at(monkeypatch, change, lambda layout=layout: work(layout))
        if operation != "recover":
            current = find_release(layout.warehouse, None)
            assert is_unharmed(current.place, None)
        recover(layout)
        assert state(layout) in ([after] if operation == "recover" else [before, after])
        assert [entry.release_no for entry in read_entries(layout)] == [row[0] for row in state(layout)]
        assert recover(layout).sentences == ()
        assert {path.name for path in layout.releases.glob(".*")} <= {".building"}
    assert change > 3
    assert state(layout) == after
