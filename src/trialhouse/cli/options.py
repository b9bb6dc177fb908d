"""Options that several commands share, and what they come to."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.releases.catalog import NoSuchRelease, Release, find_release
from trialhouse.resources import default_warehouse
from trialhouse.settings import LoadedSettings, SettingsError, load_settings

WarehouseOption = Annotated[
    Path | None,
    Parameter(
        name="--warehouse",
        help="Folder of landing store and releases (default: TRIALHOUSE_WAREHOUSE, else this checkout's warehouse/, "
        "else your data folder).",
    ),
]
ReleaseOption = Annotated[
    str | None, Parameter(name="--release", help="A release id or tag (default: the current release).")
]
ProfileOption = Annotated[
    str | None, Parameter(name="--profile", help="A profile of config/trialhouse.toml (default: seeds).")
]
JsonOption = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON, for a script.")]


def warehouse_folder(warehouse: Path | None) -> Path:
    """The folder that the option names, or the default one."""
    return (warehouse or default_warehouse()).expanduser().absolute()


def chosen_release(warehouse: Path | None, name: str | None = None) -> Release:
    """The release of an id or tag, else the current one. Raises CommandError that says what there is."""
    try:
        return find_release(warehouse_folder(warehouse), name)
    except NoSuchRelease as error:
        raise CommandError(str(error), Exit.FAILED if name is None else Exit.WRONG_USE) from error


def loaded_settings(profile: str | None, warehouse: Path | None) -> LoadedSettings:
    """The settings. Raises CommandError for one that cannot be used."""
    try:
        return load_settings(profile=profile, warehouse=warehouse)
    except SettingsError as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
