"""The ledger of what people decided: one SQLite file that they write to while a refresh runs.

It is only ever added to; triggers in the file refuse anything else. It lies beside the releases and not in them, so
that a rollback or a rebuild takes nothing away, and each release carries a copy of it. A decision is named by what it
says: to take the same one in again, from a file or after a crash, changes nothing.
"""

import contextlib
import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from trialhouse.model.ids import stable_id
from trialhouse.model.tables import AlertDecisionRow, AlertRow, JudgementRow, Row, table_of
from trialhouse.model.words import DecisionAction, JudgementSubject, Verdict, WaiverReason

R = TypeVar("R", AlertDecisionRow, JudgementRow)

VERSION = 1
"""The version of the file's tables, kept as SQLite's user_version."""

PATIENCE_SECONDS = 30.0
"""How long one writer waits for another; each writes for milliseconds."""

_SQLITE_TYPES = {"VARCHAR": "TEXT", "TIMESTAMP": "TEXT", "DATE": "TEXT"}

_KINDS: tuple[type[Row], ...] = (AlertDecisionRow, JudgementRow)


LONGEST_WAIVER = datetime.timedelta(days=5 * 366)
"""Five years: what was waived for longer would never be looked at again."""


class DecisionsUnreadable(Exception):
    """The file of decisions cannot be used; the message says which, why and what to do."""


class Overtaken(Exception):
    """Somebody else decided meanwhile; the message is the id of the alert."""


class Decisions:
    """The ledger of decisions of one warehouse. The file is made when the first decision is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def alert_decisions(self) -> list[AlertDecisionRow]:
        """All decisions on alerts, in the order in which they were made. Raises DecisionsUnreadable."""
        return self._rows(AlertDecisionRow)

    def judgements(self) -> list[JudgementRow]:
        """All judgements, in the order in which they were made. Raises DecisionsUnreadable."""
        return self._rows(JudgementRow)

    def add(self, rows: Iterable[AlertDecisionRow | JudgementRow], after: Mapping[str, str] | None = None) -> int:
        """Write rows, all or none, and return how many were new; they are on the disk when it returns.

        `after` holds, by alert, the id of the last decision that whoever decides has seen, empty for none: with a later
        one nothing is written. Raises Overtaken, and DecisionsUnreadable, also for a row of a known id that says
        something else.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened() as connection, connection:
            # The lock is taken before anything is read, so that two writers come one after the other.
            connection.execute("BEGIN IMMEDIATE")
            _make_tables(connection)
            for alert_id, seen in (after or {}).items():
                if _last_decision(connection, alert_id) != seen:
                    raise Overtaken(alert_id)
            return sum(_insert(connection, row) for row in rows)

    def _rows(self, row_class: type[R]) -> list[R]:
        if not self._path.exists():
            return []
        table = table_of(row_class)
        columns = ", ".join(column.name for column in table.columns)
        order = f"decided_at, {table.key[0]}"
        with self._opened() as connection:
            if not _version_of(connection):
                return []  # its first writer has not come further than to make the file
            found = connection.execute(f"SELECT {columns} FROM {table.name} ORDER BY {order}").fetchall()
        names = [column.name for column in table.columns]
        try:
            return [row_class.model_validate(dict(zip(names, values, strict=True))) for values in found]
        except ValidationError as error:
            problem = error.errors()[0]
            raise self._unreadable(f"a row of {table.name} has {problem['input']!r} as {problem['loc'][0]}") from error

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file in WAL mode: whoever reads does not wait for whoever writes."""
        try:
            with contextlib.closing(self._connected()) as connection:
                yield connection
        except sqlite3.Error as error:
            raise self._unreadable(str(error)) from error

    def _unreadable(self, why: str) -> DecisionsUnreadable:
        return DecisionsUnreadable(
            f"{self._path}: {why}: look whether it may be written and the disk has room; if it is damaged, "
            "restore it from a copy, or move it away and import the decisions that the newest release carries "
            "(`trialhouse decisions import --from-release`)"
        )

    def _connected(self) -> sqlite3.Connection:
        try:
            return self._writable()
        except sqlite3.OperationalError:
            # In a folder that may only be read there is no place for SQLite's notes about who reads.
            if not self._path.exists():
                raise
            return sqlite3.connect(f"{self._path.absolute().as_uri()}?immutable=1", uri=True)

    def _writable(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            version = _version_of(connection)
            if version > VERSION:
                raise sqlite3.DatabaseError(f"it is of version {version}, and this Trialhouse knows {VERSION}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection


def decision_on(
    alert: AlertRow,
    action: DecisionAction,
    *,
    actor: str,
    now: datetime.datetime,
    reason: WaiverReason | None = None,
    comment: str | None = None,
    waived_until: datetime.date | None = None,
) -> AlertDecisionRow:
    """A person's decision on an alert as it stands; `now` is in UTC.

    Raises ValueError for a waiver that nobody can give (`waiver_fault`).
    """
    fault = waiver_fault(reason, comment, waived_until, now.date()) if action is DecisionAction.WAIVE else None
    if fault:
        raise ValueError(fault)
    decision = AlertDecisionRow(
        decision_id="",
        decided_at=now.replace(tzinfo=None),
        actor=actor,
        alert_id=alert.alert_id,
        fingerprint=alert.fingerprint,
        action=action,
        reason=reason,
        comment=comment,
        waived_until=waived_until,
        evidence_hash=alert.evidence_hash,
        message=alert.message,
    )
    return decision.model_copy(update={"decision_id": decision_id_of(decision)})


def waiver_fault(
    reason: WaiverReason | None, comment: str | None, waived_until: datetime.date | None, given: datetime.date
) -> str | None:
    """Why nobody can give such a waiver on the day `given` (UTC), whether typed or taken in; None when people can."""
    there = {
        "a reason": reason is not None,
        "a comment": bool((comment or "").strip()),
        "the day until which it holds": waived_until is not None,
    }
    missing = [name for name, is_there in there.items() if not is_there]
    if missing:
        return f"a waiver needs {' and '.join(missing)}"
    if waived_until is not None and waived_until < given:
        return f"a waiver until {waived_until} that is given on {given} has ended already: give a day to come"
    if waived_until is not None and waived_until - given > LONGEST_WAIVER:
        return f"a waiver until {waived_until} is too long: it holds for at most 5 years, to {given + LONGEST_WAIVER}"
    return None


def decision_id_of(row: AlertDecisionRow) -> str:
    """The id of a decision: it is named by what it says."""
    at = row.decided_at.isoformat()
    said = (row.alert_id, row.action, row.actor, at, row.reason, row.comment, row.waived_until, row.evidence_hash)
    return stable_id("decision", *said)


def judgement_of(
    subject: JudgementSubject,
    one: str,
    other: str,
    verdict: Verdict,
    *,
    actor: str,
    now: datetime.datetime,
    comment: str | None = None,
) -> JudgementRow:
    """A person's judgement of two documents or trials, given by their ids; `now` is in UTC.

    Raises ValueError for a thing that is compared with itself.
    """
    if one == other:
        raise ValueError(f"{one} is compared with itself")
    left, right = sorted((one, other))
    judgement = JudgementRow(
        judgement_id="",
        decided_at=now.replace(tzinfo=None),
        actor=actor,
        subject=subject,
        left_id=left,
        right_id=right,
        verdict=verdict,
        comment=comment,
    )
    return judgement.model_copy(update={"judgement_id": judgement_id_of(judgement)})


def judgement_id_of(row: JudgementRow) -> str:
    """The id of a judgement: it is named by what it says."""
    said = (row.subject, row.left_id, row.right_id, row.verdict, row.actor, row.decided_at.isoformat(), row.comment)
    return stable_id("judgement", *said)


def _version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _last_decision(connection: sqlite3.Connection, alert_id: str) -> str:
    found = connection.execute(
        "SELECT decision_id FROM alert_decisions WHERE alert_id = ? ORDER BY decided_at DESC, decision_id DESC LIMIT 1",
        (alert_id,),
    ).fetchone()
    return str(found[0]) if found else ""


def _make_tables(connection: sqlite3.Connection) -> None:
    """The tables as the release declares them, and triggers that let rows only be added."""
    for row_class in _KINDS:
        table = table_of(row_class)
        columns = [
            f"{column.name} {_SQLITE_TYPES[column.sql_type]}{'' if column.nullable else ' NOT NULL'}"
            for column in table.columns
        ]
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join(columns)}, PRIMARY KEY ({table.key[0]})) STRICT"
        )
        for event in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER IF NOT EXISTS no_{event.lower()}_of_{table.name} BEFORE {event} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table.name} are only ever added'); END"
            )
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _insert(connection: sqlite3.Connection, row: AlertDecisionRow | JudgementRow) -> bool:
    """Write a row that is not there yet. Returns whether it was new."""
    table = table_of(type(row))
    values = row.model_dump(mode="json")
    key = table.key[0]
    names = list(values)
    known = connection.execute(
        f"SELECT {', '.join(names)} FROM {table.name} WHERE {key} = ?", (values[key],)
    ).fetchone()
    if known is not None:
        if dict(zip(names, known, strict=True)) != values:
            raise DecisionsUnreadable(f"{key} {values[key]} is known, and says something else: nothing was written")
        return False
    marks = ", ".join("?" for _ in names)
    connection.execute(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", tuple(values.values()))
    return True
