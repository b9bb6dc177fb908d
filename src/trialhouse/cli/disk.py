"""The room on the disk of a warehouse: what a refresh surely needs, and below what `trialhouse doctor` warns."""

import shutil
from pathlib import Path

from trialhouse.cli.writable import nearest
from trialhouse.releases.layout import DATABASE, Layout, release_folders

LEAST_FREE_BYTES = 1_000_000_000
"""Below this a refresh may stop half-way: a release and its copy under construction lie side by side."""

BESIDE_BYTES = 60_000_000
"""What a refresh of anything takes beside the copy: Prefect's own files, a release without rows, logs, the ledger."""


def free_bytes(warehouse: Path) -> int:
    """What is free for the user on the disk where a warehouse lies, or will lie."""
    return shutil.disk_usage(nearest(warehouse)).free


def why_no_room(warehouse: Path) -> str | None:
    """In words, that a refresh cannot come to its end, since the next release finds no room beside the current one;
    None where it does. What will be fetched nobody knows yet.
    """
    free, needed = free_bytes(warehouse), BESIDE_BYTES + _current_bytes(warehouse)
    if free >= needed:
        return None
    old = len(release_folders(Layout(warehouse).releases)) > 1
    room = "make room" + (" (`trialhouse releases prune` removes files of old releases)" if old else "")
    return (
        f"the disk of {warehouse} has {free / 1e6:,.0f} MB free, and a refresh needs {needed / 1e6:,.0f} MB: "
        f"{room}, or choose another --warehouse"
    )


def _current_bytes(warehouse: Path) -> int:
    try:
        return (Layout(warehouse).current / DATABASE).stat().st_size
    except OSError:
        return 0
