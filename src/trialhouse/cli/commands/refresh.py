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
from trialhouse.releases.layout import Layout
from trialhouse.releases.tags import Refused, check_free_tag

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
    tag: Annotated[str | None, Parameter(help="A name for the release, by which it is never pruned.")] = None,
    message: Annotated[str | None, Parameter(help="What to say of the release.")] = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Fetch or take files, rebuild what is touched, check, publish a release.

    When nothing changed, the tag and the message are given to the current release.
    """
    for path in files:
        if not path.expanduser().exists():
            raise CommandError(f"there is no file or folder {path}", Exit.WRONG_USE)
    if files and (topic or source):
        raise CommandError("--files are taken instead of the sources: leave out --topic and --source", Exit.WRONG_USE)
    settings = loaded_settings(profile, warehouse).settings
    check_choices(settings, topic, source)
    if tag is not None:
        _refuse_tag(Layout(settings.warehouse), tag)
    parameters = {
        "profile": profile,
        "files": [str(path.expanduser().absolute()) for path in files],
        "topics": topic,
        "sources": source,
        "tag": tag,
        "message": message,
        "warehouse": str(settings.warehouse),
    }
    return run_and_tell(settings, "refresh", parameters, json=json)


def _refuse_tag(layout: Layout, tag: str) -> None:
    """Say at once what is wrong with a tag. Raises CommandError."""
    try:
        check_free_tag(layout, tag)
    except Refused as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
