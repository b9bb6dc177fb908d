"""`trialhouse refresh`: the main job, as a Prefect flow."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import (
    JsonOption,
    ProfileOption,
    SourcesOption,
    TopicsOption,
    WarehouseOption,
    loaded_settings,
)
from trialhouse.cli.refreshing import check_choices, run_and_tell

FilesOption = Annotated[
    list[Path],
    Parameter(
        name="--files", consume_multiple=1, negative=(), help="Files and folders to take instead of the sources."
    ),
]


def refresh(
    *,
    profile: ProfileOption = None,
    topic: TopicsOption = [],  # noqa: B006 - never changed, and the command line knows a list by its default
    source: SourcesOption = [],  # noqa: B006
    files: FilesOption = [],  # noqa: B006
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Fetch or take files, rebuild what is touched, check, publish a release."""
    for path in files:
        if not path.expanduser().exists():
            raise CommandError(f"there is no file or folder {path}", Exit.WRONG_USE)
    if files and (topic or source):
        raise CommandError("--files are taken instead of the sources: leave out --topic and --source", Exit.WRONG_USE)
    settings = loaded_settings(profile, warehouse).settings
    check_choices(settings, topic, source)
    parameters = {
        "profile": profile,
        "files": [str(path.expanduser().absolute()) for path in files],
        "topics": topic,
        "sources": source,
        "warehouse": str(settings.warehouse),
    }
    return run_and_tell(settings, "refresh", parameters, json=json)
