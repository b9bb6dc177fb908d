"""`trialhouse refresh`: the main job, as a Prefect flow."""

import os
import shlex
import sys
import textwrap
import traceback
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from trialhouse.cli.accounting import cause_lines, print_accounting
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.holder import lock_holder
from trialhouse.cli.options import JsonOption, ProfileOption, WarehouseOption, loaded_settings
from trialhouse.cli.prefect_runner import prepare_prefect, run_flow
from trialhouse.cli.writable import why_not_writable
from trialhouse.pipeline import RefreshResult
from trialhouse.resources import default_warehouse
from trialhouse.settings import Settings, SettingsError
from trialhouse.terminal import print_json, say, watched

FilesOption = Annotated[
    list[Path],
    Parameter(
        name="--files", consume_multiple=1, negative=(), help="Files and folders to take instead of the sources."
    ),
]

LINE_WIDTH = 80

COUNTED = ("trials", "arms", "outcomes", "outcome_measurements", "outcome_analyses", "documents", "evidence")


def refresh(
    *,
    profile: ProfileOption = None,
    files: FilesOption = [],  # noqa: B006 - never changed, and the command line knows a list by its default
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Fetch or take files, rebuild what is touched, check, publish a release."""
    settings = loaded_settings(profile, warehouse).settings
    _look_before(settings, files)
    prepare_prefect(settings.warehouse, os.environ)
    parameters = {
        "profile": profile,
        "files": [str(path.expanduser().absolute()) for path in files],
        "warehouse": str(settings.warehouse),
    }
    with watched() as watcher:
        watcher("start", 0, 1)
        state = run_flow(settings.root / "flows" / "refresh.py", "refresh", parameters)
    result = _result(state)
    _summarize(result, settings)
    if json:
        print_json(result.model_dump(mode="json") | {"exit_code": result.exit_code})
    return result.exit_code


def _look_before(settings: Settings, files: list[Path]) -> None:
    """What is wrong already is said now, and not after the seconds that Prefect takes to start."""
    for path in files:
        if not path.expanduser().exists():
            raise CommandError(f"there is no file or folder {path}", Exit.WRONG_USE)
    obstacle = why_not_writable(settings.warehouse)
    if obstacle:
        raise CommandError(f"{obstacle}: make it a folder that can be written, or choose another --warehouse")
    holder = lock_holder(settings.warehouse)
    if holder:
        raise CommandError(f"{holder} is refreshing {settings.warehouse}: wait until it has ended", Exit.LOCKED)


def _result(state: Any) -> RefreshResult:
    """What the flow came to. Raises CommandError when it came to nothing, after the trace of what nobody foresaw."""
    if state.name == "LockHeld":
        raise CommandError(state.message, Exit.LOCKED)
    answer = state.result(raise_on_failure=False)
    if isinstance(answer, SettingsError | FileNotFoundError):
        raise CommandError(str(answer), Exit.WRONG_USE)
    if isinstance(answer, OSError):
        raise answer
    if isinstance(answer, BaseException):
        traceback.print_exception(answer)
        raise CommandError(f"the refresh failed: {answer}")
    return RefreshResult.model_validate(answer)


def _summarize(result: RefreshResult, settings: Settings) -> None:
    """The end of the run for people, on stderr."""
    say()
    for sentence in result.sentences:
        say(sentence)
    counts = [f"{result.counts[table]:,} {table.replace('_', ' ')}" for table in COUNTED if table in result.counts]
    if counts:
        say(textwrap.fill(f"It holds {', '.join(counts)}.", width=LINE_WIDTH))
    say()
    print_accounting(result.accounting, sys.stderr)
    for line in cause_lines(result.causes):
        say(f"  {line}")
    say(f"Open alerts: {result.open_alerts:,}" + (" (`trialhouse alerts list`)" if result.open_alerts else ""))
    say("Ask it:      trialhouse sql 'FROM results'" + _warehouse_words(settings))
    say("Elsewhere:   trialhouse open" + _warehouse_words(settings))


def _warehouse_words(settings: Settings) -> str:
    """How the next command finds this warehouse."""
    is_default = settings.warehouse == default_warehouse().expanduser().absolute()
    return "" if is_default else f" --warehouse {shlex.quote(str(settings.warehouse))}"
