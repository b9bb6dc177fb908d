"""What the current release gave ids to, so that the next one keeps them."""

import sys
from collections.abc import Collection, Iterator

from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    DocumentRow,
    OutcomeRow,
    TrialDocumentRow,
    TrialKeyRow,
    TrialRedirectRow,
    TrialRegistrationRow,
)
from trialhouse.releases.catalog import Release
from trialhouse.resolution.published import Published, TrialKey, keys_without_table
from trialhouse.store.connection import Connection, release_reader
from trialhouse.store.read import has_table, read_rows

TRIALS = "SELECT trial_id FROM trials"
KEYS = "SELECT trial_id, scheme, value FROM trial_keys ORDER BY scheme, value"
MERGED = """
(SELECT trial_id AS merged_id, max(until_release_no) AS release_no FROM history.trial_keys
WHERE scheme <> 'trial' AND trial_id IN (SELECT value FROM trial_keys WHERE scheme = 'trial' AND value <> trial_id)
GROUP BY trial_id)
"""
GIVEN_AWAY = f"""
SELECT trial_id, scheme, value FROM history.trial_keys
JOIN {MERGED} ON trial_id = merged_id AND until_release_no = release_no
WHERE scheme <> 'trial' ORDER BY ALL
"""
BROUGHT = f"""
SELECT DISTINCT k.trial_id, k.scheme, k.value FROM trial_keys AS k
JOIN trial_keys AS merged ON merged.trial_id = k.trial_id AND merged.scheme = 'trial'
JOIN {MERGED} ON merged.value = merged_id AND k.since_release_no = release_no
WHERE k.scheme <> 'trial' ORDER BY ALL
"""


def published_of(last: Release | None) -> Published:
    """The trials, keys and redirects of a release; nothing where there is none yet."""
    if last is None:
        return Published()
    with release_reader(last.database) as connection:
        return Published(
            trials=frozenset(trial_id for (trial_id,) in _rows(connection, TRIALS)),
            keys=_keys(connection),
            redirects=tuple(read_rows(connection, TrialRedirectRow)),
            given_away=_remembered(connection, GIVEN_AWAY),
            brought=_remembered(connection, BROUGHT),
        )


def designs_of(connection: Connection, release: str, trial_ids: Collection[str]) -> Published:
    """The arms and outcomes of trials of a release that is attached under a name."""
    listed = ", ".join("'" + trial_id.replace("'", "''") + "'" for trial_id in trial_ids)
    of_trials = f"trial_id IN ({listed})"
    of_arms = f"arm_id IN (SELECT arm_id FROM {release}.arms WHERE {of_trials})"
    return Published(
        arms=tuple(read_rows(connection, ArmRow, of_trials, release)),
        interventions=tuple(read_rows(connection, ArmInterventionRow, of_arms, release)),
        outcomes=tuple(read_rows(connection, OutcomeRow, of_trials, release)),
    )


def _keys(connection: Connection) -> tuple[TrialKey, ...]:
    """The table of keys; a release of schema version 1 has none, and they are made from its rows."""
    if has_table(connection, TrialKeyRow):
        ids: dict[str, str] = {}  # a trial has some keys, and one string for its id
        return tuple(
            TrialKey(ids.setdefault(trial_id, trial_id), sys.intern(scheme), value)
            for trial_id, scheme, value in _rows(connection, KEYS)
        )
    return keys_without_table(
        read_rows(connection, TrialRegistrationRow),
        read_rows(connection, TrialDocumentRow),
        read_rows(connection, DocumentRow),
    )


def _remembered(connection: Connection, query: str) -> tuple[TrialKey, ...]:
    """The keys that one of the queries above finds; a release of schema version 1 remembers none."""
    if not has_table(connection, TrialKeyRow):
        return ()
    return tuple(TrialKey(*cells) for cells in _rows(connection, query))


def _rows(connection: Connection, query: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query, some thousands at a time."""
    result = connection.execute(query)
    while rows := result.fetchmany(10_000):
        yield from rows
