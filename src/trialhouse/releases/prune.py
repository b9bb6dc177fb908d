"""Pruning: the files of old releases are removed; their rows stay in the ledger and in the history of later ones.

With them go the logs of the runs before; what a run came to stays (`runs/RUN_ID.json`).
"""

import datetime
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.whole_file import sync
from trialhouse.releases.catalog import current_folder
from trialhouse.releases.layout import Layout, named_folders
from trialhouse.releases.manifest import read_manifest
from trialhouse.releases.publish import pruning_place
from trialhouse.releases.register import Entry, read_entries, write_register


@dataclass(frozen=True)
class Removal:
    """A folder or a log that is removed, and the bytes of its files."""

    name: str
    size: int


@dataclass(frozen=True)
class Pruning:
    """The releases, the reports of rejected builds and the logs of runs that are removed, and the releases that stay,
    oldest first.
    """

    releases: tuple[Removal, ...]
    reports: tuple[Removal, ...]
    logs: tuple[Removal, ...]
    kept: tuple[str, ...]

    @property
    def size(self) -> int:
        """All bytes that are removed."""
        return sum(removal.size for removal in (*self.releases, *self.reports, *self.logs))


def plan_pruning(layout: Layout, keep: int) -> Pruning:
    """What a pruning would remove. It keeps the `keep` newest releases that are not withdrawn, all that have a tag,
    and the current one; of reports of rejected builds the `keep` newest, and the logs since the run that made the
    oldest of those `keep` releases.

    The newest whole release stays too, even if it is withdrawn: it carries the history of all others, from which a
    lost ledger is made anew. Raises DamagedRegister.
    """
    there = [entry for entry in read_entries(layout) if (layout.releases / entry.release_id).is_dir()]
    kept = _kept(layout, there, keep)
    return Pruning(
        releases=tuple(_removal(layout.releases / e.release_id) for e in there if e.release_id not in kept),
        reports=tuple(_removal(folder) for folder in named_folders(layout.rejected)[:-keep]),
        logs=tuple(_old_logs(layout, there, keep)),
        kept=tuple(entry.release_id for entry in there if entry.release_id in kept),
    )


def prune(layout: Layout, pruning: Pruning, now: datetime.datetime) -> None:
    """Remove what was planned. Readers that have a file open keep it until they close it.

    Each folder leaves its name in one step, so that a death leaves nothing that looks like a release and is none. The
    files go before the register is written, since the disk may be full; the empty folder tells `recover` so long what
    was pruned. Call it under the writers' lock, after `recover`.
    """
    names = {removal.name for removal in pruning.releases}
    entries = read_entries(layout)
    for name in sorted(names):
        (layout.releases / name).rename(pruning_place(layout, name))
    sync(layout.releases)
    for place in (pruning_place(layout, name) for name in sorted(names)):
        for path in place.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    write_register(layout, [e.model_copy(update={"pruned_at": now}) if e.release_id in names else e for e in entries])
    for name in sorted(names):
        pruning_place(layout, name).rmdir()
    for removal in pruning.reports:
        shutil.rmtree(layout.rejected / removal.name)
    for removal in pruning.logs:
        (layout.runs / removal.name).unlink(missing_ok=True)


def _kept(layout: Layout, there: Sequence[Entry], keep: int) -> set[str]:
    current = current_folder(layout)
    standing = [entry.release_id for entry in there if entry.is_published]
    kept = {*standing[-keep:], *(entry.release_id for entry in there if entry.tag is not None)}
    kept |= {current.name} if current is not None else set()
    return kept | {entry.release_id for entry in [entry for entry in there if not entry.is_damaged][-1:]}


def _old_logs(layout: Layout, there: Sequence[Entry], keep: int) -> Iterator[Removal]:
    """The logs of runs before the one that made the oldest of the newest releases; none where that cannot be told."""
    newest = [entry.release_id for entry in there if entry.is_published][-keep:]
    if len(newest) < keep:
        return
    try:
        first = read_manifest(layout.releases / newest[0]).run_id
    except (OSError, ValueError):
        return
    for path in sorted(layout.runs.glob("run-*.jsonl")):  # ids of runs sort as the runs followed each other
        if path.stem < first:
            yield Removal(path.name, path.stat().st_size)


def _removal(folder: Path) -> Removal:
    return Removal(folder.name, sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))
