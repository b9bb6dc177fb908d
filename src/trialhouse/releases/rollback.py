"""Rollback: an earlier release stands again, and all later ones are withdrawn with a reason."""

import datetime

from trialhouse.releases.layout import Layout
from trialhouse.releases.manifest import file_faults
from trialhouse.releases.publish import point_to
from trialhouse.releases.register import Entry, read_entries, write_register
from trialhouse.releases.tags import Refused


def roll_back(layout: Layout, release_id: str, reason: str, by: str, now: datetime.datetime) -> list[Entry]:
    """Make a release current again. Returns the releases that are withdrawn by it, oldest first; none are touched.

    Every file of the release is compared with its hash first. The register is written before the link moves, so that
    a death between the two is put right by `recover`. Call it under the writers' lock, after `recover`. Raises Refused
    for a release that is withdrawn, pruned or damaged.
    """
    entries = read_entries(layout)
    (target,) = [entry for entry in entries if entry.release_id == release_id]
    _refuse(layout, target)
    later = [e.withdrawn(reason, by, now) for e in entries if e.release_no > target.release_no and e.is_published]
    changed = {entry.release_id: entry for entry in later}
    write_register(layout, [changed.get(entry.release_id, entry) for entry in entries])
    point_to(layout, release_id)
    return later


def _refuse(layout: Layout, target: Entry) -> None:
    name = target.release_id
    if not target.is_published:
        raise Refused(f"release {name} was itself withdrawn ({target.reason}): choose one that stands")
    folder = layout.releases / name
    if target.pruned_at is not None and not folder.is_dir():
        raise Refused(f"the files of release {name} were pruned: choose one whose files are there")
    faults = [fault.says for fault in file_faults(folder, target.manifest_sha256) if fault.is_harmful]
    if faults:
        raise Refused(f"release {name} is damaged ({'; '.join(faults)}): choose another, or restore it from a copy")
