"""Options that several commands share, and what they come to."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
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
    str | None,
    Parameter(name="--release", help="A release: id, tag, number or 'current' (default: the current one)."),
]
ProfileOption = Annotated[
    str | None, Parameter(name="--profile", help="A profile of config/trialhouse.toml (default: seeds).")
]
TopicsOption = Annotated[
    list[str],
    Parameter(name="--topic", negative=(), help="A topic of config/topics instead of the profile's; may be repeated."),
]
SourcesOption = Annotated[
    list[str],
    Parameter(name="--source", negative=(), help="Only this source of config/sources; may be repeated."),
]
JsonOption = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON, for a script.")]


def warehouse_place(warehouse: Path | None) -> Path:
    """The place that the option names, or the default one, whatever is there."""
    return (warehouse or default_warehouse()).expanduser().absolute()


def warehouse_folder(warehouse: Path | None) -> Path:
    """The folder that the option names, or the default one. Raises CommandError for what is no folder."""
    folder = warehouse_place(warehouse)
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file: a warehouse is a folder, choose another --warehouse", Exit.WRONG_USE)
    return folder


def loaded_settings(profile: str | None, warehouse: Path | None) -> LoadedSettings:
    """The settings. Raises CommandError for one that cannot be used."""
    try:
        return load_settings(profile=profile, warehouse=warehouse)
    except SettingsError as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
