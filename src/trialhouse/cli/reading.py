"""Opening a release for a command."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.chosen_releases import chosen_release, say_if_withdrawn
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import warehouse_folder
from trialhouse.model.tables import SCHEMA_VERSION, TABLES
from trialhouse.pipeline.review_catalog import review_catalog
from trialhouse.quality.decisions import DecisionsUnreadable
from trialhouse.releases.as_of import file_for, release_at, set_back
from trialhouse.releases.catalog import NoSuchRelease, Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.register import DamagedRegister
from trialhouse.store.connection import MISSING, Connection, DatabaseError, release_reader
from trialhouse.terminal import say

AsOfOption = Annotated[
    str | None,
    Parameter(
        name="--as-of",
        help="The tables as they were: a date (the last release published by the end of that day, UTC), a release id "
        "or a tag, also of a release that was pruned.",
    ),
]

WITHOUT_HISTORY = tuple(table.qualified_name for table in TABLES if not table.has_history)
"""Tables whose rows are kept in the release's own file alone."""

MISSING_MACRO = re.compile(r"(?:Table|Scalar) Function with name (\w+) does not exist")
MISSING_TABLE = re.compile(r"Table with name (\w+) does not exist")


@contextmanager
def opened(release: Release) -> Iterator[Connection]:
    """The release to read from. Raises CommandError when its file is gone or damaged."""
    try:
        with release_reader(release.database) as connection:
            yield connection
    except DatabaseError as error:
        raise CommandError(f"{release.database} cannot be read: restore it from a copy ({error})") from error


@dataclass(frozen=True)
class State:
    """What a command reads: a release, or the tables as they were in it, from the file of a newer one."""

    release: Release
    database: Path
    prepare: Callable[[Connection], None] | None = None
    is_as_of: bool = False

    def why_absent(self, name: str) -> str | None:
        """Why a table of this qualified name is not there as of a moment, and what to do; None for any that is."""
        if not self.is_as_of or name not in WITHOUT_HISTORY:
            return None
        own = self.release.release_id
        if self.release.folder is None:
            return f"{name} has no history: as of release {own} it is not there, since it went with its files"
        return f"{name} has no history: --release {own} instead of --as-of reads it in the file of that release"

    def in_words(self, error: DatabaseError) -> str:
        """An error of the database for people. DuckDB's advice would be to look into the table of another release."""
        missing = MISSING_TABLE.search(str(error))
        known = [name for name in WITHOUT_HISTORY if missing and name.rpartition(".")[2] == missing[1]]
        if self.is_as_of and (macro := MISSING_MACRO.search(str(error))):
            said = f"{macro[1]} is a macro of a release's file, and not there with --as-of"
            return f"{said}: leave that out, or name a release by --release"
        return next(filter(None, map(self.why_absent, known)), str(error) + self._why_older(error))

    def _why_older(self, error: DatabaseError) -> str:
        """To follow on an error: that tables and columns may be newer than the release; nothing where they are not."""
        own = self.release.schema_version
        # As of a moment the file of a newer release is asked, whose tables are not the moment's.
        if self.is_as_of or own is None or own >= SCHEMA_VERSION or not isinstance(error, MISSING):
            return ""
        told = f"release {self.release.release_id} has the tables of schema version {own}, and today's are of"
        return f"\n{told} {SCHEMA_VERSION}: what came later is not there (CHANGELOG.md says what did)"


def chosen_state(warehouse: Path | None, release: str | None, moment: str | None) -> State:
    """The release of an id or tag, or the state as of a moment; the current release without either.

    Raises CommandError. It is said which release a moment comes to.
    """
    if moment is None:
        chosen = chosen_release(warehouse, release)
        return State(chosen, chosen.database)
    if release is not None:
        raise CommandError("give --release or --as-of, not both", Exit.WRONG_USE)
    folder = warehouse_folder(warehouse)
    try:
        named = release_at(folder, moment)
        database = file_for(folder, named).database
    except NoSuchRelease as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except DamagedRegister as error:
        raise CommandError(str(error)) from error
    say(f"As of release {named.release_id}, published {named.published_at:%Y-%m-%d %H:%M} UTC.")
    say_if_withdrawn(named)
    return State(named, database, partial(_set_back, release_no=named.release_no), is_as_of=True)


def with_review(state: State, warehouse: Path | None) -> State:
    """The state with the catalog `review` beside it: what people decided to this moment. If that cannot be read, it is
    said, and the release can be asked without it.
    """
    try:
        add_review = review_catalog(Layout(warehouse_folder(warehouse)), state.release)
    except (DecisionsUnreadable, DamagedRegister, DatabaseError) as error:
        say(f"The catalog review is not there: {error}")
        return state

    def prepare(connection: Connection) -> None:
        add_review(connection)
        if state.prepare is not None:
            state.prepare(connection)

    return replace(state, prepare=prepare)


def _set_back(connection: Connection, release_no: int) -> None:
    try:
        set_back(connection, release_no)
    except NoSuchRelease as error:
        raise CommandError(str(error)) from error
