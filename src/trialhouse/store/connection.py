"""Opening DuckDB files: one writer while a release is built, any number of readers of a published one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

STORAGE_VERSION = "v1.2.0"
"""The oldest storage that carries comments and table macros; DuckDB 1.2 and every newer one open it."""

Connection = duckdb.DuckDBPyConnection
DatabaseError = duckdb.Error
MISSING = duckdb.BinderException, duckdb.CatalogException
"""A statement that names a table, column or function that is not there."""
MemoryIsFull = duckdb.OutOfMemoryException
"""A statement that needs more memory than it may take: nothing is wrong with any file."""


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


def limit_memory(connection: Connection, most: str, spill: Path) -> None:
    """Let DuckDB take no more than so much memory ("300MB"), and write what it needs beyond that below a folder."""
    connection.execute(f"SET memory_limit = '{most}'; SET temp_directory = {_literal(spill)}")


@contextmanager
def memory_for(connection: Connection, most: str) -> Iterator[None]:
    """Let DuckDB take so much memory for what needs it, and as much as before after it."""
    before = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
    connection.execute(f"SET memory_limit = '{most}'")
    try:
        yield
    finally:
        connection.execute(f"SET memory_limit = '{before}'")


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
