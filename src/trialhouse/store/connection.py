"""Opening DuckDB files: one writer while a release is built, any number of readers of a published one."""

import contextlib
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb

log = logging.getLogger(__name__)

T = TypeVar("T")

STORAGE_VERSION = "v1.2.0"
"""The oldest storage that carries comments and table macros; DuckDB 1.2 and every newer one open it."""

Connection = duckdb.DuckDBPyConnection
DatabaseError = duckdb.Error
MISSING = duckdb.BinderException, duckdb.CatalogException
"""A statement that names a table, column or function that is not there."""
MemoryIsFull = duckdb.OutOfMemoryException
"""A statement that needs more memory than it may take: nothing is wrong with any file."""

_WANT_OF_MEMORY = re.compile(r"(?is)checkpoint\w* failed\b.*\b(failed to (pin|allocate)|could not allocate)")


@contextmanager
def new_database(path: Path) -> Iterator[Connection]:
    """A new file under construction, as the default database of the connection; closed and checkpointed at the end."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"ATTACH {_literal(path)} AS release (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE release")
        yield connection
        connection.execute("CHECKPOINT release")
        connection.execute("USE memory")
        connection.execute("DETACH release")
    finally:
        connection.close()


@contextmanager
def working_database(path: Path) -> Iterator[Connection]:
    """A file that is written over several runs, as the default database: each transaction that was committed stays.

    It is made where there is none. Closed as it is at the end; checkpointed only where the block ends without error.
    """
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"ATTACH {_literal(path)} AS store (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE store")
        yield connection
        connection.execute("CHECKPOINT store")
        connection.execute("USE memory")
        connection.execute("DETACH store")
    finally:
        connection.close()


@contextmanager
def release_reader(path: Path | None, prepare: Callable[[Connection], None] | None = None) -> Iterator[Connection]:
    """A published release, read-only as the default database, with no file access and a locked configuration; without
    one (None) what `prepare` attaches alone.

    The file is attached to a database in memory, so that temporary work is possible and nothing can be written.
    `prepare` may attach and set what else there shall be, before file access ends and the configuration is locked.
    """
    connection = duckdb.connect(":memory:")
    try:
        if path is not None:
            connection.execute(f"ATTACH {_literal(path)} AS release (READ_ONLY)")
            connection.execute("USE release")
        if prepare is not None:
            prepare(connection)
        # A query is of the release alone: neither files nor variables of the program are tables.
        connection.execute("SET enable_external_access = false")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


@contextmanager
def scratch_database() -> Iterator[Connection]:
    """An empty database in memory, to try statements on."""
    connection = duckdb.connect(":memory:")
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """What the block does is done as a whole, or not at all."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def with_enough_memory(megabytes: int, work: Callable[[int | None], T]) -> T:
    """What `work` returns, which is given how many megabytes it may take: so many, or four times as many where these
    were too few, or None at last, for what DuckDB takes by itself.

    A limit holds down what a night takes. It must never end one: part of what a statement holds cannot be written to
    the disk, and how much that is only shows when it runs. So what does not fit is done anew with more. What writes has
    to begin with opening its database: of a deletion that did not fit there is left in memory what the next one
    collides with, and a checkpoint that did not fit makes the open file useless. Neither harms what is on the disk.

    Raises MemoryIsFull, or what a checkpoint raises instead, where even the last attempt does not fit.
    """
    for most in (megabytes, 4 * megabytes):
        try:
            return work(most)
        except DatabaseError as error:
            if not is_want_of_memory(error):
                raise
            log.warning("%d MB of memory were too little: it is done again in more", most, exc_info=True)
    return work(None)


def is_want_of_memory(error: DatabaseError) -> bool:
    """Whether a statement failed for want of memory. That a checkpoint did is told by its words alone."""
    return isinstance(error, MemoryIsFull) or _WANT_OF_MEMORY.search(str(error)) is not None


def limit_memory(connection: Connection, megabytes: int | None, spill: Path) -> None:
    """Let DuckDB take no more than so much memory, and write what it needs beyond that below a folder.

    What cannot be written there may be too much all the same: see with_enough_memory, which says what None is.
    """
    _set_memory(connection, megabytes)
    connection.execute(f"SET temp_directory = {_literal(spill)}")


@contextmanager
def memory_for(connection: Connection, megabytes: int | None) -> Iterator[None]:
    """Let DuckDB take so much memory for what needs it, and afterwards as much as before, if it can give the rest back.

    None is what it takes by itself. A published release is read with a locked configuration, and takes what it takes.
    """
    settings = "SELECT current_setting('memory_limit'), current_setting('lock_configuration')"
    before, is_locked = connection.execute(settings).fetchall()[0]
    if is_locked:
        yield
        return
    _set_memory(connection, megabytes)
    try:
        yield
    finally:
        with contextlib.suppress(MemoryIsFull):
            connection.execute(f"SET memory_limit = '{before}'")


def _set_memory(connection: Connection, megabytes: int | None) -> None:
    connection.execute("RESET memory_limit" if megabytes is None else f"SET memory_limit = '{megabytes}MB'")


def leave_small_row_groups(connection: Connection) -> None:
    """Let checkpoints write what is new and leave the small row groups before it as they are.

    By itself DuckDB melts the last small ones into one at each checkpoint, which takes longer than writing the new.
    """
    connection.execute("SET max_vacuum_tasks = 0")


def attach_read_only(connection: Connection, path: Path, name: str) -> None:
    """Attach another file to look at under a name, read-only."""
    connection.execute(f"ATTACH {_literal(path)} AS {name} (READ_ONLY)")


def attach_to_write(connection: Connection, path: Path, name: str) -> None:
    """Attach another file to work on under a name; it is made where there is none."""
    connection.execute(f"ATTACH {_literal(path)} AS {name} (STORAGE_VERSION '{STORAGE_VERSION}')")


def read_files_of(connection: Connection, file_system: Any) -> None:
    """Let the connection read files of a file system of fsspec, by addresses with its protocol."""
    connection.register_filesystem(file_system)


def attach_in_memory(connection: Connection, name: str) -> None:
    """Attach an empty database in memory under a name."""
    connection.execute(f"ATTACH ':memory:' AS {name}")


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
