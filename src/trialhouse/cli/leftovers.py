"""What lies in a warehouse and tells nothing: a file cut short, a folder that is no release."""

from pathlib import Path

from trialhouse.releases.layout import MANIFEST, Layout, named_folders, release_folders
from trialhouse.releases.run_files import damaged_runs


def left_out(warehouse: Path) -> list[str]:
    """Damaged files of runs, and folders named as releases without a manifest, each in a few words."""
    releases = Layout(warehouse).releases
    published = release_folders(releases)
    strays = [folder for folder in named_folders(releases) if folder not in published]
    return [f"{path} is damaged, its run is left out" for path in damaged_runs(warehouse)] + [
        f"{folder} has no {MANIFEST} and is no release" for folder in strays
    ]
