"""The outbox: every message to be sent, being sent and sent, in one SQLite file of the warehouse.

A message is written here before the build that it tells of is published, and sent after. So a death in between loses
none, and tells of nothing that was not published.
"""

import contextlib
import datetime
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from trialhouse.notification.message import Message, MessageState

VERSION = 1
"""The version of the file's tables, kept as SQLite's user_version."""

PATIENCE_SECONDS = 10.0
"""How long one writer waits for another; each writes for milliseconds."""

_COLUMNS = tuple(Message.model_fields)

_TABLES = """
CREATE TABLE IF NOT EXISTS messages (
    idempotency_key TEXT NOT NULL PRIMARY KEY, route TEXT NOT NULL, kind TEXT NOT NULL, run_id TEXT NOT NULL,
    release_id TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, created_at TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, last_error TEXT, last_attempt_at TEXT, delivered_at TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS told (
    route TEXT NOT NULL, subject TEXT NOT NULL,
    idempotency_key TEXT NOT NULL REFERENCES messages (idempotency_key) ON DELETE CASCADE,
    PRIMARY KEY (route, subject)
) STRICT;
"""
"""`told`: what stopped a build and is told once, by route."""


class OutboxUnreadable(Exception):
    """The outbox cannot be used; the message says which file, why and what to do."""


class Outbox:
    """The outbox of one warehouse. The file is made when the first message is prepared.

    Every method raises OutboxUnreadable.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def exists(self) -> bool:
        """Whether a message was ever prepared."""
        return self._path.exists()

    def messages(self, *states: MessageState) -> list[Message]:
        """All messages, or those in these states, in the order in which they were made."""
        if not self.exists():
            return []
        chosen = [state.value for state in states or tuple(MessageState)]
        marks = ", ".join("?" for _ in chosen)
        sql = (
            f"SELECT {', '.join(_COLUMNS)} FROM messages WHERE state IN ({marks}) "
            "ORDER BY created_at, route, idempotency_key"
        )
        with self._opened("rw") as connection:
            if not _version_of(connection):
                return []  # its first writer has not come further than to make the file
            found = connection.execute(sql, chosen).fetchall()
        return [Message.model_validate(dict(zip(_COLUMNS, values, strict=True))) for values in found]

    def told(self, route: str) -> frozenset[str]:
        """The subjects that a route was told of, or will be."""
        if not self.exists():
            return frozenset()
        with self._opened("rw") as connection:
            if not _version_of(connection):
                return frozenset()
            return frozenset(
                subject for (subject,) in connection.execute("SELECT subject FROM told WHERE route = ?", (route,))
            )

    def prepare(self, messages: Mapping[Message, Collection[str]]) -> None:
        """Write messages, all or none, each with the subjects that it tells of; they are on the disk when it returns.

        A message of a known key is the same message, and is left as it is.
        """
        if not messages:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        marks = ", ".join("?" for _ in _COLUMNS)
        with self._writing("rwc") as connection:
            for message, subjects in messages.items():
                values = message.model_dump(mode="json")
                connection.execute(
                    f"INSERT OR IGNORE INTO messages ({', '.join(_COLUMNS)}) VALUES ({marks})",
                    [values[name] for name in _COLUMNS],
                )
                connection.executemany(
                    "INSERT OR IGNORE INTO told (route, subject, idempotency_key) VALUES (?, ?, ?)",
                    [(message.route, subject, message.idempotency_key) for subject in subjects],
                )

    def release(self, keys: Iterable[str]) -> None:
        """Let prepared messages be sent: their build was published, or stopped at the gate."""
        self._change(
            "UPDATE messages SET state = 'pending' WHERE idempotency_key = ? AND state = 'prepared'",
            [(key,) for key in keys],
        )

    def drop(self, keys: Iterable[str]) -> None:
        """Throw prepared messages away: their build came to nothing."""
        self._change("DELETE FROM messages WHERE idempotency_key = ? AND state = 'prepared'", [(key,) for key in keys])

    def delivered(self, key: str, now: datetime.datetime) -> None:
        """Note that a message was taken; `now` is in UTC."""
        self._change(
            "UPDATE messages SET state = 'delivered', attempts = attempts + 1, last_error = NULL, "
            "last_attempt_at = ?, delivered_at = ? WHERE idempotency_key = ?",
            [(_written(now), _written(now), key)],
        )

    def failed(self, key: str, error: str, now: datetime.datetime) -> None:
        """Note that a message could not be sent; `now` is in UTC."""
        self._change(
            "UPDATE messages SET state = 'pending', attempts = attempts + 1, last_error = ?, last_attempt_at = ? "
            "WHERE idempotency_key = ?",
            [(error, _written(now), key)],
        )

    def give_up(self, keys: Iterable[str]) -> None:
        """Try no longer to send these."""
        self._change("UPDATE messages SET state = 'gave_up' WHERE idempotency_key = ?", [(key,) for key in keys])

    def _change(self, sql: str, values: list[tuple[str, ...]]) -> None:
        if values:
            with self._writing("rw") as connection:
                connection.executemany(sql, values)

    @contextlib.contextmanager
    def _writing(self, mode: str) -> Iterator[sqlite3.Connection]:
        with self._opened(mode) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            # The lock is taken before anything is read, so that two writers come one after the other.
            connection.execute("BEGIN IMMEDIATE")
            if not _version_of(connection):
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            yield connection

    @contextlib.contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        """The file. It keeps SQLite's plain journal: a reader needs to write nothing beside it."""
        try:
            uri = f"{self._path.absolute().as_uri()}?mode={mode}"
            connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
            with contextlib.closing(connection):
                version = _version_of(connection)
                if version > VERSION:
                    raise sqlite3.DatabaseError(f"it is of version {version}, and this Trialhouse knows {VERSION}")
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
        except sqlite3.Error as error:
            raise OutboxUnreadable(
                f"{self._path}: {error}: look whether it may be written and the disk has room; if it is damaged, move "
                "it away (what was not delivered yet is lost with it: `trialhouse alerts list` has the alerts)"
            ) from error


def _version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _written(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat()
