"""The catalog `pubmed` beside a release: the citations of bulk loads, for SQL."""

from collections.abc import Callable

from trialhouse.bulk.store_files import DATABASE
from trialhouse.releases.layout import Layout
from trialhouse.store.connection import Connection, attach_read_only

PUBMED = "pubmed"


def bulk_catalog(layout: Layout) -> Callable[[Connection], None] | None:
    """What attaches the store to a connection, read-only; None where nothing was loaded.

    A load that goes on disturbs nobody: it puts another file in the place of the one that is open. Raises
    DatabaseError, when called, for a store that cannot be read.
    """
    path = layout.pubmed / DATABASE
    return (lambda connection: attach_read_only(connection, path, PUBMED)) if path.is_file() else None
