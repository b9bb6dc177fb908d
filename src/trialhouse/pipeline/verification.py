"""Verifying releases from file to number: hashes, content, the release's own checks, and its history; and the bytes
that they were made from.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.tables import CheckRow, FailingRow
from trialhouse.model.words import CheckStatus
from trialhouse.pipeline.lock import lock_holder
from trialhouse.pipeline.result import Progress, silent
from trialhouse.quality.checks import Check
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable, decision_id_of, judgement_id_of
from trialhouse.quality.run import run_checks
from trialhouse.releases.catalog import current_folder
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.register import Entry
from trialhouse.releases.verify import (
    Finding,
    earlier_releases,
    entries_to_verify,
    examine_content,
    examine_files,
    examine_history,
    examine_warehouse,
    unreadable,
)
from trialhouse.sources.landing import ADVICE
from trialhouse.sources.landing_damage import PackDamage, damaged_packs
from trialhouse.sources.landing_index import DamagedReceipts
from trialhouse.store.connection import Connection, DatabaseError, release_reader
from trialhouse.store.read import read_rows

MOVING = frozenset({"link_differs", "ledger_missing", "ledger_damaged", "ledger_behind"})
"""What may be found while another process writes, and means nothing."""

NEEDS_LAST = "-- needs: last"
"""The header of a check that compares with the release before, which is not there any more."""


RECORDS_NAMED = 20
"""Lost records of a pack that a finding names; of more it says how many."""

PARTS = 3
"""What is looked at in a release beside its history: files, content, checks."""


@dataclass(frozen=True)
class Verification:
    """The releases that were looked at, those that could not be since they were pruned, and what was found."""

    verified: tuple[str, ...]
    pruned: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not any(finding.is_problem for finding in self.findings)


def verify(layout: Layout, release_ids: Sequence[str] | None = None, progress: Progress = silent) -> Verification:
    """Verify the named releases, or all, and then the landing store and what people decided too.

    Nothing is written, and one that is damaged does not stop the others.
    """
    entries = [e for e in entries_to_verify(layout) if release_ids is None or e.release_id in release_ids]
    there = [entry for entry in entries if (layout.releases / entry.release_id).is_dir()]
    current = current_folder(layout)
    # While somebody publishes, the newest release is there before the link points to it and the ledger knows it.
    is_moving = lock_holder(layout.warehouse) is not None
    findings = [f for f in examine_warehouse(layout) if not (is_moving and f.what in MOVING)]
    # The state as of an earlier release takes as long as the release's own: progress counts them alike.
    shares = [PARTS + entry.release_no - 1 for entry in there]
    done = 0
    for entry, share in zip(there, shares, strict=True):
        is_current = current is not None and current.name == entry.release_id
        for part, found in enumerate(_examined(layout, entry, is_current), start=1):
            findings += found
            progress("verify", done + min(part, share), sum(shares))
        done += share
        progress("verify", done, sum(shares))
    if release_ids is None:
        findings += _examine_landing(layout, progress)
        findings += _examine_decisions(layout)
    pruned = [entry.release_id for entry in entries if entry.pruned_at is not None and entry not in there]
    return Verification(tuple(entry.release_id for entry in there), tuple(pruned), tuple(findings))


def _examine_landing(layout: Layout, progress: Progress) -> Iterator[Finding]:
    """Every pack of landed bytes against the receipts that name it: the next release is made from them."""
    try:
        for damage in damaged_packs(layout.landing, lambda done, total: progress("landing", done, total)):
            yield _of_pack(damage)
    except DamagedReceipts as error:
        where = str(layout.landing / "receipts")
        advice = "what is landed cannot be compared before that"
        yield Finding(release_id=None, what="receipts_damaged", where=where, says=str(error), advice=advice)


def _examine_decisions(layout: Layout) -> Iterator[Finding]:
    """What people decided: each decision and judgement is named by what it says, so that a change shows."""
    decisions, where = Decisions(layout.decisions), str(layout.decisions)
    try:
        names = [(row.decision_id, decision_id_of(row)) for row in decisions.alert_decisions()]
        names += [(row.judgement_id, judgement_id_of(row)) for row in decisions.judgements()]
    except DecisionsUnreadable as error:
        advice = "what people decided cannot be compared before that"
        yield Finding(release_id=None, what="decisions_unreadable", where=where, says=str(error), advice=advice)
        return
    for name, own in names:
        if name != own:
            says = f"{name} was changed after it was written"
            advice = "restore the file from a copy; `trialhouse decisions list` shows what it says now"
            yield Finding(release_id=None, what="decision_changed", where=where, says=says, advice=advice)


def _of_pack(damage: PackDamage) -> Finding:
    """A damaged pack as a finding; it is a problem where bytes are lost with it."""
    named = ", ".join(damage.lost[:RECORDS_NAMED])
    more = len(damage.lost) - RECORDS_NAMED
    lost = f"lost: {named}" + (f" and {more:,} more" if more > 0 else "")
    return Finding(
        release_id=None,
        what="landing_damaged",
        where=str(damage.path),
        says=f"a pack of the landing store {damage.says}; {lost if damage.lost else 'no record is lost'}",
        advice=ADVICE if damage.lost else "nothing, if its records were landed again; else look after the disk",
        is_problem=bool(damage.lost),
    )


def _examined(layout: Layout, entry: Entry, is_current: bool) -> Iterator[list[Finding]]:
    """What is wrong with one release, part by part. A database that is not as published is not opened: its rows mean
    nothing.
    """
    files = examine_files(layout, entry, is_current=is_current)
    yield files
    if any(finding.what != "file_unexpected" or DATABASE in finding.where for finding in files):
        return
    yield examine_content(layout, entry)
    try:
        yield _examine_checks(layout, entry)
        for earlier in earlier_releases(layout, entry):
            yield examine_history(layout, entry, earlier)
    except DatabaseError as error:
        yield [unreadable(layout, entry, error)]


def _examine_checks(layout: Layout, entry: Entry) -> list[Finding]:
    """The rows that fail the release's own blocking checks: keys, references, quotes at their offsets.

    Those that it was published with, as `dq.checks` holds them: a check that came later says nothing against it.
    """
    with release_reader(layout.releases / entry.release_id / DATABASE) as connection:
        rows = [row for row in read_rows(connection, CheckRow) if row.severity == Severity.BLOCK]
        checks = [_check(connection, row) for row in rows if NEEDS_LAST not in row.sql]
        report = run_checks(connection, checks, run_id="", now=datetime.datetime.now(datetime.UTC), has_last=False)
    failing: dict[str, list[FailingRow]] = defaultdict(list)
    for row in report.failing:
        failing[row.check_id].append(row)
    actions = {check.check_id: check.action for check in checks}
    found = [(check, f"{len(rows):,} rows fail; {rows[0].message}") for check, rows in sorted(failing.items())]
    found += [
        (run.check_id, f"could not be run: {run.why}") for run in report.runs if run.status is CheckStatus.NOT_EVALUATED
    ]
    return [
        Finding(release_id=entry.release_id, what="check_fails", where=check, says=says, advice=actions[check])
        for check, says in found
    ]


def _check(connection: Connection, row: CheckRow) -> Check:
    """A check as a release keeps it: its query is the last statement, before it are the macros that it uses."""
    *macros, query = (statement.query for statement in connection.extract_statements(row.sql))
    return Check(
        check_id=row.check_id,
        table_name=row.table_name,
        severity=row.severity,
        message=row.message,
        action=row.action,
        owner=row.owner,
        needs_last=False,
        sql=query.rstrip().rstrip(";"),
        macros=";\n".join(macro.strip().rstrip(";") for macro in macros),
    )
