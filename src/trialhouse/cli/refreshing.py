"""Running a flow that makes a release, and saying how it ended: what `refresh` and `backfill` share."""

import os
import shlex
import sys
import textwrap
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

from trialhouse.cli.accounting import cause_lines, print_accounting
from trialhouse.cli.disk import why_no_room
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.prefect_runner import prepare_prefect, run_flow
from trialhouse.cli.writable import why_not_writable
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import RefreshResult
from trialhouse.pipeline.curated_judgements import FILE as CURATED
from trialhouse.pipeline.curated_judgements import UnusableJudgements, read_curated
from trialhouse.pipeline.lock import held_sentence, lock_holder
from trialhouse.quality.checks import load_checks
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable
from trialhouse.releases.layout import Layout
from trialhouse.releases.migrations import CannotMigrate
from trialhouse.releases.tags import Refused
from trialhouse.resolution.constraints import ContradictoryJudgements
from trialhouse.resources import default_warehouse
from trialhouse.settings import Settings, SettingsError
from trialhouse.sources.landing import DamagedObject
from trialhouse.sources.landing_index import DamagedReceipts
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import print_json, say, watched

LINE_WIDTH = 80

COUNTED = {
    "trials": "trial",
    "arms": "arm",
    "outcomes": "outcome",
    "outcome_measurements": "outcome measurement",
    "outcome_analyses": "outcome analysis",
    "documents": "document",
    "evidence": "piece of evidence",
}
"""The tables whose rows are counted for people, and what one row is called."""


def run_and_tell(settings: Settings, flow: str, parameters: Mapping[str, object], *, json: bool) -> int:
    """Run the flow of that name, tell people how it ended, and return the exit code."""
    _look_before(settings)
    prepare_prefect(settings.warehouse, os.environ)
    with watched() as watcher:
        watcher("start", 0, 1)
        state = run_flow(settings.root / "flows" / f"{flow}.py", flow, parameters)
    result = _result(state)
    _summarize(result, settings)
    if json:
        print_json(result.model_dump(mode="json") | {"exit_code": result.exit_code})
    return result.exit_code


def check_choices(settings: Settings, topics: Sequence[str], sources: Sequence[str]) -> None:
    """Raise CommandError for a topic or source that the configuration does not have."""
    for kind, asked, known in (("topic", topics, settings.topics), ("source", sources, settings.sources)):
        unknown = [name for name in asked if name not in known]
        if unknown:
            there = ", ".join(sorted(known)) or "none"
            raise CommandError(f"there is no {kind} {unknown[0]!r}; there are: {there}", Exit.WRONG_USE)


def _look_before(settings: Settings) -> None:
    """What is wrong already is said now, and not after the seconds that Prefect takes to start."""
    obstacle = why_not_writable(settings.warehouse)
    if obstacle:
        raise CommandError(f"{obstacle}: make it a folder that can be written, or choose another --warehouse")
    no_room = why_no_room(settings.warehouse)
    if no_room:
        raise CommandError(no_room)
    if lock_holder(settings.warehouse):
        raise CommandError(held_sentence(settings.warehouse), Exit.LOCKED)
    try:
        load_checks(settings.root / "warehouse" / "checks", settings.checks)
    except ValueError as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    try:
        Decisions(Layout(settings.warehouse).decisions).alert_decisions()
    except DecisionsUnreadable as error:
        raise CommandError(str(error)) from error
    try:
        read_curated(settings.root / "seeds" / CURATED)
    except UnusableJudgements as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error


def _result(state: Any) -> RefreshResult:
    """What the flow came to. Raises CommandError when it came to nothing, after the trace of what nobody foresaw."""
    if state.name == "LockHeld":
        raise CommandError(state.message, Exit.LOCKED)
    answer = state.result(raise_on_failure=False)
    if isinstance(answer, SettingsError | FileNotFoundError | Refused | UnusableJudgements):
        raise CommandError(str(answer), Exit.WRONG_USE)
    if isinstance(answer, OSError):
        raise answer
    # Of batches that failed, the first one's error is the cause; the message names all.
    if isinstance(answer, CannotMigrate | DecisionsUnreadable | ContradictoryJudgements) or _is_landing_damaged(answer):
        raise CommandError(str(answer))
    if isinstance(answer, DatabaseError):
        raise CommandError(
            f"the release could not be written ({answer}): what was published before still stands; "
            "`trialhouse doctor` looks for the cause, and the next refresh goes on from here"
        )
    if isinstance(answer, BaseException):
        traceback.print_exception(answer)
        raise CommandError(f"the refresh failed: {answer}")
    return RefreshResult.model_validate(answer)


def _is_landing_damaged(answer: Any) -> bool:
    damage = DamagedObject | DamagedReceipts
    return isinstance(answer, damage) or isinstance(getattr(answer, "__cause__", None), damage)


def _summarize(result: RefreshResult, settings: Settings) -> None:
    """The end of the run for people, on stderr."""
    say()
    for sentence in result.sentences:
        say(sentence)
    counts = _counts(result.counts)
    is_blocked = result.status is RunStatus.BLOCKED
    if counts and not is_blocked:
        say(textwrap.fill(f"It holds {', '.join(counts)}.", width=LINE_WIDTH))
    say()
    print_accounting(result.accounting, sys.stderr)
    for line in cause_lines(result.causes):
        say(f"  {line}")
    if is_blocked:
        say("What was published before is still current; what this build would have held is not kept, its report is.")
        where = _warehouse_words(settings)
        say(f"Look: trialhouse alerts list --severity block{where}; to publish what an alert stops all the same:")
        say(f"trialhouse alerts waive ID --reason … --comment … --until …{where}, then refresh again.")
        return
    if result.release_folder is None:
        # There is no release yet: nothing to ask, and nothing to look at.
        return
    say(f"Open alerts: {result.open_alerts:,}" + (" (`trialhouse alerts list`)" if result.open_alerts else ""))
    say("Ask it:      trialhouse sql 'FROM results'" + _warehouse_words(settings))
    say("Elsewhere:   trialhouse open" + _warehouse_words(settings))


def _counts(rows: Mapping[str, int]) -> list[str]:
    """How many rows each table has, in words."""
    there = [(table, one, rows[table]) for table, one in COUNTED.items() if table in rows]
    return [f"{number:,} {one if number == 1 else table.replace('_', ' ')}" for table, one, number in there]


def _warehouse_words(settings: Settings) -> str:
    """How the next command finds this warehouse."""
    is_default = settings.warehouse == default_warehouse().expanduser().absolute()
    return "" if is_default else f" --warehouse {shlex.quote(str(settings.warehouse))}"
