"""What the current release gave ids to, so that the next one keeps them."""

from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    DocumentRow,
    OutcomeRow,
    TrialDocumentRow,
    TrialKeyRow,
    TrialRedirectRow,
    TrialRegistrationRow,
    TrialRow,
)
from trialhouse.releases.catalog import Release
from trialhouse.resolution.published import Published, keys_without_table
from trialhouse.store.connection import Connection, release_reader
from trialhouse.store.read import has_table, read_rows


def published_of(last: Release | None) -> Published:
    """The keys, redirects, arms and outcomes of a release; nothing where there is none yet."""
    if last is None:
        return Published()
    with release_reader(last.database) as connection:
        return Published(
            trials=frozenset(row.trial_id for row in read_rows(connection, TrialRow)),
            keys=_keys(connection),
            redirects=tuple(read_rows(connection, TrialRedirectRow)),
            arms=tuple(read_rows(connection, ArmRow)),
            interventions=tuple(read_rows(connection, ArmInterventionRow)),
            outcomes=tuple(read_rows(connection, OutcomeRow)),
        )


def _keys(connection: Connection) -> tuple[TrialKeyRow, ...]:
    """The table of keys; a release of schema version 1 has none, and they are made from its rows."""
    if has_table(connection, TrialKeyRow):
        return tuple(read_rows(connection, TrialKeyRow))
    return keys_without_table(
        read_rows(connection, TrialRegistrationRow),
        read_rows(connection, TrialDocumentRow),
        read_rows(connection, DocumentRow),
    )
