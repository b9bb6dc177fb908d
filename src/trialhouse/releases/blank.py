"""A release without rows: its tables, views and macros with all comments, made once and copied from then on.

Planning hundreds of comments and macros takes longer than all that is done with the rows of a small release.
"""

from pathlib import Path

from trialhouse.model.tables import SINCE, TABLES
from trialhouse.releases.build import create_tables
from trialhouse.releases.history import create_macros
from trialhouse.store.connection import Connection, new_database
from trialhouse.store.sql_files import read_sql_files

_Key = tuple[tuple[str, str], ...]

_newest: list[tuple[_Key, bytes]] = []
"""The bytes of the file that was made last in this process, with the names and texts of the SQL it was made from."""


def write_blank(path: Path, views: Path, macros: Path) -> None:
    """Write the database of a release without rows to a new path, with the views and macros of two folders.

    Raises OSError and DatabaseError where it cannot be written.
    """
    key = tuple((file.name, file.sql) for folder in (views, macros) for file in read_sql_files(folder))
    known = next((content for made_from, content in _newest if made_from == key), None)
    if known is not None:
        path.write_bytes(known)
        return
    with new_database(path) as connection:
        create_tables(connection, views)
        create_macros(connection, macros, TABLES)
    _newest[:] = [(key, path.read_bytes())]


def hold_since(connection: Connection, release_no: int) -> None:
    """Let the rows that are inserted into a release without rows, the default database, hold since a release."""
    wanted = (f"ALTER TABLE {table.qualified_name} ALTER {SINCE.name} SET DEFAULT {release_no};" for table in TABLES)
    connection.execute(f"BEGIN; {''.join(wanted)} COMMIT")
