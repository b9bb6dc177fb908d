"""The releases that a command names by its options."""

from collections.abc import Callable
from pathlib import Path

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import warehouse_folder
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.catalog import (
    DamagedRelease,
    NoSuchRelease,
    Release,
    find_release,
    list_releases,
    named_release,
)
from trialhouse.releases.register import DamagedRegister
from trialhouse.terminal import say


def all_releases(folder: Path) -> list[Release]:
    """All releases ever published, oldest first. Raises CommandError for a damaged register."""
    try:
        return list_releases(folder)
    except DamagedRegister as error:
        raise CommandError(str(error)) from error


def chosen_release(warehouse: Path | None, name: str | None = None) -> Release:
    """The release of a name, to read from; else the current one. Raises CommandError that says what there is."""
    release = _found(find_release, warehouse_folder(warehouse), name)
    say_if_withdrawn(release)
    return release


def say_if_withdrawn(release: Release) -> None:
    """A line on stderr that a release does not stand, and why."""
    if release.status is ReleaseStatus.WITHDRAWN:
        say(f"Release {release.release_id} was withdrawn: {release.reason}")


def any_release(warehouse: Path | None, name: str | None = None) -> Release:
    """The release of a name, even if it was pruned or is damaged; else the current one. Raises CommandError."""
    return _found(named_release, warehouse_folder(warehouse), name)


def _found(find: Callable[[Path, str | None], Release], folder: Path, name: str | None) -> Release:
    try:
        return find(folder, name)
    except NoSuchRelease as error:
        raise CommandError(str(error), Exit.FAILED if name is None else Exit.WRONG_USE) from error
    except (DamagedRelease, DamagedRegister) as error:
        raise CommandError(str(error)) from error
