"""`trialhouse releases diff`: what differs between two releases, cell by cell, and why."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.change_lines import print_changes
from trialhouse.cli.chosen_releases import say_if_withdrawn
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.folded import print_folded
from trialhouse.cli.options import JsonOption, WarehouseOption, warehouse_folder
from trialhouse.cli.reading import opened
from trialhouse.model.tables import TABLES
from trialhouse.releases.as_of import release_at
from trialhouse.releases.catalog import NoSuchRelease
from trialhouse.releases.difference_report import difference_html
from trialhouse.releases.differences import Difference, difference, file_of_both
from trialhouse.releases.register import DamagedRegister
from trialhouse.releases.review_difference import review_difference
from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial_ever
from trialhouse.terminal import print_json, print_table, say

TRIALS_SHOWN = 20
"""Trials that are listed unless told otherwise; JSON and HTML give all."""


def print_difference(
    old: str,
    new: str,
    *,
    trial: Annotated[str | None, Parameter(help="Only this trial: a trial_id or a registry's number.")] = None,
    table: Annotated[str | None, Parameter(help="Only what changed in this table.")] = None,
    html: Annotated[Path | None, Parameter(help="Write a report to this file, to open in a browser.")] = None,
    limit: Annotated[int, Parameter(help="Trials to list at most; 0: all.")] = TRIALS_SHOWN,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """What differs between two releases, cell by cell, by trial, and why.

    Parameters
    ----------
    old
        A release: its id, tag or number, 'current', or a date (the last release published by the end of that day, UTC).
    new
        Another, older or newer.
    """
    if limit < 0:
        raise CommandError(f"--limit {limit}: give a number of trials, or 0 for all", Exit.WRONG_USE)
    names = [declared.name for declared in TABLES if declared.schema == "main"]
    if table is not None and table not in names:
        raise CommandError(f"--table {table}: the tables compared are {', '.join(names)}", Exit.WRONG_USE)
    found = read_difference(warehouse_folder(warehouse), old, new, trial, table)
    if html is not None:
        _write(html, difference_html(found))
    if json:
        print_json(found.as_json())
    elif html is None:
        _print(found, limit)
    return Exit.DONE


def read_difference(
    warehouse: Path, old: str, new: str, trial: str | None = None, table: str | None = None
) -> Difference:
    """What changed from one moment to another. Raises CommandError for a name of no release, or of no trial."""
    try:
        one, other = (release_at(warehouse, moment) for moment in (old, new))
        for release in (one, other):
            say_if_withdrawn(release)
        with opened(file_of_both(warehouse, one, other)) as connection:
            found = find_trial_ever(connection, trial) if trial is not None else None
            for sentence in found.told if found else ():
                say(sentence)
            trial_ids = found.all_ids if found else ()
            ids = one.release_id, other.release_id
            differing = difference(connection, *ids, trial_ids=trial_ids, table_name=table)
            reviewed = review_difference(connection, *ids, trial_ids=trial_ids, table_name=table)
            tags = {release.release_id: release.tag for release in (one, other) if release.tag}
            return replace(differing, reviewed=reviewed, tags=tags)
    except (NoSuchRelease, NoSuchTrial) as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except DamagedRegister as error:
        raise CommandError(str(error)) from error


def _print(found: Difference, limit: int) -> None:
    """What differs in main, and how much of what is not shown here: alerts and judgements."""
    if found.changes:
        _print_changes(found, limit)
    else:
        old, new = found.span
        read = " in what was read of trials" if found.reviewed.sentences() else ""
        print_folded(f"Nothing differs{read}{found.within} between {old} and {new}.")
        if found.within:
            say("Nothing else was compared: leave out --table and --trial to see all that differs.")
    for sentence in found.reviewed.sentences():
        say(sentence)


def _print_changes(found: Difference, limit: int) -> None:
    """Counts, then trial by trial."""
    old, new = found.span
    print_folded(f"From {old} to {new}{',' if found.within else ''}{found.within}")
    print()
    print_table(
        ("table", "change", "cause", "rows", "cells"),
        [(c.table_name, c.change.value, c.cause.value, c.rows, c.cells or None) for c in found.counts()],
    )
    parts = found.by_trial()
    for trial, changes in parts[: limit or None]:
        print()
        print_folded(str(trial) if trial else "Of no one trial")
        print_changes(found, changes)
    if limit and len(parts) > limit:
        say(f"Only the first {limit:,} of {len(parts):,} trials are listed: --limit 0 lists all, --json or --html too.")


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error
    say(f"The report is in {path}.")
