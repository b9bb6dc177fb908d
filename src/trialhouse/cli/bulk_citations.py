"""The citations of bulk loads, beside a release or alone, for a command that asks in SQL."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from trialhouse.cli.options import warehouse_folder
from trialhouse.cli.reading import State
from trialhouse.pipeline.bulk_catalog import PUBMED, bulk_catalog
from trialhouse.releases.layout import Layout
from trialhouse.releases.register import DamagedRegister, read_entries
from trialhouse.store.connection import MISSING, Connection, DatabaseError
from trialhouse.terminal import say

_ASKED = re.compile(rf'(?:\b(?:from|join)|,)\s*(?:{PUBMED}|"{PUBMED}")\s*\.', re.IGNORECASE)
"""What names a table of the catalog in a query."""


def with_pubmed(state: State, warehouse: Path | None) -> State:
    """The state with the catalog `pubmed` beside it, where something was loaded. If that cannot be read, it is said,
    and the release can be asked without it.
    """
    attach = bulk_catalog(Layout(warehouse_folder(warehouse)))
    if attach is None:
        return state

    def prepare(connection: Connection) -> None:
        try:
            attach(connection)
        except DatabaseError as error:
            say(f"The catalog {PUBMED} is not there: {error}")
        if state.prepare is not None:
            state.prepare(connection)

    return replace(state, prepare=prepare)


def only_pubmed(warehouse: Path | None) -> Callable[[Connection], None] | None:
    """What attaches the catalog `pubmed` where there is no release yet that it could stand beside; else None."""
    return bulk_catalog(Layout(warehouse_folder(warehouse))) if has_no_release(warehouse) else None


def nothing_loaded(query: str, warehouse: Path | None) -> str | None:
    """What to do for a query that names a table of the catalog `pubmed` where nothing was loaded; None for others."""
    folder = warehouse_folder(warehouse)
    if bulk_catalog(Layout(folder)) is not None or not _ASKED.search(query):
        return None
    return f"{folder} holds no citations of PubMed yet: run `trialhouse load-pubmed` with PubMed's files"


def has_no_release(warehouse: Path | None) -> bool:
    """Whether nothing was published yet. A damaged register is none: who looks for the release says what is wrong."""
    try:
        return not read_entries(Layout(warehouse_folder(warehouse)))
    except DamagedRegister:
        return False


def without_release(error: DatabaseError) -> str:
    """An error of the database for people who asked where there is the catalog `pubmed` alone."""
    if not isinstance(error, MISSING):
        return str(error)
    return f"{error}\nThere is no release yet, only the catalog {PUBMED}: `trialhouse refresh` makes one"
