"""The state of every table as of an earlier release: which release a moment names, and the plain names set back to it.

The newest file holds the history of all releases before it, so that it answers also for those that were pruned. Which
release a moment names is told by the register, since tags and withdrawals may be newer than the file.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path

from trialhouse.model.tables import SINCE, UNTIL
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.catalog import NoSuchRelease, Release, list_releases, named_release
from trialhouse.store.connection import Connection, attach_in_memory
from trialhouse.store.schema import HISTORY

AS_OF = "as_of"
"""The catalog of the tables set back."""

TABLES_WITH_HISTORY = f"""
SELECT schema_name, table_name, list(column_name ORDER BY column_index) FILTER (column_name <> '{SINCE.name}')
FROM duckdb_columns() AS now
WHERE database_name = 'release' AND schema_name <> '{HISTORY}'
  AND EXISTS (
      FROM duckdb_columns() AS ended
      WHERE ended.database_name = 'release' AND ended.schema_name = '{HISTORY}'
        AND ended.table_name = now.table_name AND ended.column_name = '{UNTIL.name}'
  )
GROUP BY ALL
ORDER BY ALL
"""

VIEWS = "SELECT sql FROM duckdb_views() WHERE database_name = 'release' AND NOT internal ORDER BY view_oid"


def release_at(warehouse: Path, moment: str) -> Release:
    """The release of an id, a tag or a number, else the last one published by the end of a day (UTC) that stands.

    Raises NoSuchRelease for a moment that names none, and DamagedRegister.
    """
    try:
        found = named_release(warehouse, moment)
    except NoSuchRelease:
        found = _at_the_end_of(list_releases(warehouse), moment)
    if found.rows_are_lost:
        raise NoSuchRelease(f"the rows of release {moment} are lost: its file was damaged, and so was the ledger")
    return found


def file_for(warehouse: Path, moment: Release) -> Release:
    """The newest release whose file is there, since it knows all before it; one that stands, if that is as new.

    Raises NoSuchRelease if none is as new as the moment, and DamagedRegister.
    """
    known = [release for release in list_releases(warehouse) if release.release_no >= moment.release_no]
    there = [release for release in known if release.folder is not None and release.damage is None]
    if not there:
        raise NoSuchRelease(f"no release as new as {moment.release_id} has its file: restore one from a copy")
    return max(there, key=lambda release: (release.status is ReleaseStatus.PUBLISHED, release.release_no))


def set_back(connection: Connection, release_no: int) -> None:
    """Let the plain names of tables and views mean their state in a release of this number.

    Raises NoSuchRelease for a file without history, which an older version wrote.
    """
    tables = connection.execute(TABLES_WITH_HISTORY).fetchall()
    views = connection.execute(VIEWS).fetchall()
    if not tables:
        raise NoSuchRelease(
            "the newest release has no history, since an older version wrote it: run `trialhouse refresh`"
        )
    attach_in_memory(connection, AS_OF)
    connection.execute(f"USE {AS_OF}")
    for schema in sorted({schema for schema, _, _ in tables} - {"main"}):
        connection.execute(f"CREATE SCHEMA {schema}")
    for schema, table, columns in tables:
        connection.execute(_view_sql(schema, table, columns, release_no))
    # A view's SQL names its tables plainly, and they are looked for in the catalog of the view.
    for (sql,) in views:
        connection.execute(sql)


def _view_sql(schema: str, table: str, columns: Sequence[str], release_no: int) -> str:
    """The rows of a table that held in a release: those of today that held then, and those that ended since.

    It says the same as the table's macro. Within a macro, though, a table is looked for where the query is asked.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f"CREATE VIEW {schema}.{table} AS\n"
        f"SELECT {names} FROM release.{schema}.{table} WHERE {SINCE.name} <= {release_no}\n"
        f"UNION ALL\n"
        f"SELECT {names} FROM release.{HISTORY}.{table} "
        f"WHERE {SINCE.name} <= {release_no} AND {UNTIL.name} > {release_no}"
    )


def _at_the_end_of(releases: Sequence[Release], moment: str) -> Release:
    """The last release published by the end of a day and not withdrawn."""
    standing = [release for release in releases if release.status is ReleaseStatus.PUBLISHED]
    if not standing:
        raise NoSuchRelease("there is no release yet: run `trialhouse refresh`")
    try:
        # As the macros of a release read it: 20261122 is a date elsewhere, and here a slip.
        day = datetime.datetime.strptime(moment, "%Y-%m-%d").date()
    except ValueError:
        known = ", ".join(release.tag or release.release_id for release in releases[-5:])
        raise NoSuchRelease(
            f"{moment!r} names no release: give the id or the tag of one (the latest are {known}), or a date such as "
            f"{_day_of(standing[-1])}"
        ) from None
    by_then = [release for release in standing if _day_of(release) <= day]
    if not by_then:
        raise NoSuchRelease(f"no release was published by the end of {moment}: the first is of {_day_of(standing[0])}")
    return by_then[-1]


def _day_of(release: Release) -> datetime.date:
    """The day of publishing, in UTC."""
    return release.published_at.astimezone(datetime.UTC).date()
