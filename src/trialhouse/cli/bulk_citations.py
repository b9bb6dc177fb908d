"""The citations of bulk loads beside a release, for a command that asks in SQL."""

from dataclasses import replace
from pathlib import Path

from trialhouse.cli.options import warehouse_folder
from trialhouse.cli.reading import State
from trialhouse.pipeline.bulk_catalog import PUBMED, bulk_catalog
from trialhouse.releases.layout import Layout
from trialhouse.store.connection import Connection, DatabaseError
from trialhouse.terminal import say


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
