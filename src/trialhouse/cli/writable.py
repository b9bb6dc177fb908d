"""Whether a refresh can write a warehouse, found out without writing."""

import os
from pathlib import Path

from trialhouse.releases.layout import Layout


def why_not_writable(warehouse: Path) -> str | None:
    """What stands in the way of a refresh, in words: a file where a folder is needed, or a folder without permission.

    None when nothing does. A warehouse that is not there yet needs a folder above it in which it can be made.
    """
    layout = Layout(warehouse)
    for folder in (nearest(warehouse), layout.landing, layout.derived, layout.runs, layout.releases):
        if folder.exists() and not folder.is_dir():
            return f"{folder} is a file"
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            return f"{folder} cannot be written"
    return None


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())
