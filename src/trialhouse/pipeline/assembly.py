"""The rows of a release, unit by unit: what is as it was is copied, only the rest is made.

The file of made rows lies with what was read, and what the one may hold is true of the other: it may be deleted at any
time, and a rebuild throws it away and makes every row anew.
"""

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from trialhouse.model.tables import SCHEMA_VERSION, RowSet, TrialKeyRow
from trialhouse.pipeline.published import designs_of
from trialhouse.releases.catalog import Release
from trialhouse.resolution.documents import text_rows
from trialhouse.resolution.made_rows import QUOTED, WANTED, MadeRows, MadeUnit, Missing, UnitKind, made_rows
from trialhouse.resolution.published import NO_ROWS, NOTHING_PUBLISHED, Published
from trialhouse.resolution.remembering import forget_answers
from trialhouse.resolution.trials import Cluster, Key
from trialhouse.resolution.units import Units
from trialhouse.store.connection import Connection, DatabaseError, attach_read_only, is_want_of_memory
from trialhouse.store.insert import insert_columns

log = logging.getLogger(__name__)

BATCH = 200
"""Units that are made at once: their rows are in memory together."""

BEFORE = "before"
"""The name under which the release is attached whose ids are kept."""


def write_units(connection: Connection, surveyed: Callable[[], Units], made: Path, last: Release | None) -> RowSet:
    """Insert the rows of all trials and documents, and what names each trial, into a build, the default database of a
    connection. Returns the rows that are of no one unit, which are not written yet.

    `surveyed` looks at all documents. What it finds is let go before rows are copied: each takes much memory. `made` is
    the file of those that were made before; one that is damaged is made anew. `last` is the release whose ids are kept.
    """
    if last is not None and last.schema_version != SCHEMA_VERSION:
        _forget(made)  # its arms and outcomes cannot be compared with those that were made
    published = last.database if last is not None else None
    rows = _make(connection, surveyed(), made, published)
    forget_answers()
    gc.collect()  # some of what was surveyed refers to itself
    pa.default_memory_pool().release_unused()
    try:
        _copy(connection, made)
    except DatabaseError as error:
        if is_want_of_memory(error):
            raise
        _forget_damaged(made)
        _make_missing(connection, surveyed(), made, published)
        _copy(connection, made)
    return rows


def _make(connection: Connection, units: Units, made: Path, published: Path | None) -> RowSet:
    """Let the file hold all rows of units, and insert the keys of trials; returns the rows that are of no one unit."""
    _write_keys(connection, units.survey.keys)
    try:
        _make_missing(connection, units, made, published)
    except DatabaseError as error:
        if is_want_of_memory(error):
            raise
        _forget_damaged(made)
        _make_missing(connection, units, made, published)
    return units.survey.rows


def _copy(connection: Connection, made: Path) -> None:
    with made_rows(connection, made) as rows:
        rows.copy()


def _write_keys(connection: Connection, keys: Mapping[Key, str]) -> None:
    """Insert what names each trial."""
    named = sorted(keys)
    columns = {
        "trial_id": [keys[key] for key in named],
        "scheme": [scheme for scheme, _ in named],
        "value": [value for _, value in named],
    }
    insert_columns(connection, TrialKeyRow, columns)


def _forget_damaged(made: Path) -> None:
    log.warning("%s is damaged: all rows are made again", made, exc_info=True)
    _forget(made)


def _forget(made: Path) -> None:
    for path in (made, made.with_name(f"{made.name}.wal")):
        path.unlink(missing_ok=True)


def _make_missing(connection: Connection, units: Units, path: Path, published: Path | None) -> None:
    """Let the file hold the rows of these units, and of no others."""
    readings, trials = units.survey.readings, {trial.trial_id: trial for trial in units.survey.trials}
    with _beside(connection, published) as before, made_rows(connection, path) as made:
        connection.register("wanted", _wanted(units, trials))
        missing = made.keep_only("wanted", (UnitKind.TRIAL, UnitKind.DOCUMENT), before)
        connection.unregister("wanted")
        missing = _each_beside_its_trial(missing, trials)
        log.info("%d of %d trials and documents are made", len(missing), len(trials) + len(readings))
        for batch in _batches(missing):
            made.add(list(_made(units, trials, batch, _designs(connection, before, batch))))
        for batch in _batches(_missing_texts(connection, units, made)):
            spans = made.spans([document_id for _, document_id, _ in batch])
            made.add([_made_text(units, document_id, name, spans[document_id]) for _, document_id, name in batch])


@contextmanager
def _beside(connection: Connection, published: Path | None) -> Iterator[str | None]:
    """A release attached to a connection, under the name that the block gets; None where there is none."""
    if published is None:
        yield None
        return
    attach_read_only(connection, published, BEFORE)
    try:
        yield BEFORE
    finally:
        connection.execute(f"DETACH {BEFORE}")


def _wanted(units: Units, trials: Mapping[str, Cluster]) -> pa.Table:
    """Every trial and document, with the names of what their rows are made of."""
    readings = units.survey.readings
    columns = [
        [UnitKind.TRIAL.value] * len(trials) + [UnitKind.DOCUMENT.value] * len(readings),
        [*trials, *readings],
        [units.trial_name(trial) for trial in trials.values()]
        + [units.document_name(reading) for reading in readings.values()],
    ]
    return pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], schema=WANTED)


def _each_beside_its_trial(missing: Sequence[Missing], trials: Mapping[str, Cluster]) -> list[Missing]:
    """The units in an order in which a document is wanted for itself and for its trial at about the same time."""
    trial_of = {mention.document.document_id: trial.trial_id for trial in trials.values() for mention in trial.mentions}
    return sorted(missing, key=lambda unit: (trial_of.get(unit[1], unit[1]), unit))


def _designs(connection: Connection, before: str | None, batch: Sequence[Missing]) -> Published:
    """The arms and outcomes that the trials of a batch had in the release that is attached under a name."""
    asked = [subject for kind, subject, _ in batch if kind == UnitKind.TRIAL]
    return designs_of(connection, before, asked) if before is not None and asked else NOTHING_PUBLISHED


def _made(
    units: Units, trials: Mapping[str, Cluster], batch: Sequence[Missing], published: Published
) -> Iterator[MadeUnit]:
    """The trials and documents of a batch with their rows."""
    for kind, subject, name in batch:
        if kind == UnitKind.TRIAL:
            yield _made_trial(units, trials[subject], name, published)
        else:
            rows = units.document_rows(units.survey.readings[subject])
            yield MadeUnit(UnitKind.DOCUMENT, subject, name, rows)


def _made_trial(units: Units, trial: Cluster, name: str, published: Published) -> MadeUnit:
    """A trial with its rows. Whether it is settled is tried out: it is made again beside its own arms and outcomes.

    Of one that had none before there is nothing to try: its arms and outcomes got ids of their own, and keep those.
    """
    rows = units.trial_rows(trial, published)
    before, own = published.of_trial(trial.trial_id), Published.of(rows).of_trial(trial.trial_id)
    is_settled = before in (own, NO_ROWS) or set(units.trial_rows(trial, Published.of(rows))) == set(rows)
    return MadeUnit(UnitKind.TRIAL, trial.trial_id, name, rows, before == NO_ROWS, is_settled)


def _missing_texts(connection: Connection, units: Units, made: MadeRows) -> list[Missing]:
    """The texts of which other stretches are quoted than before. They are known when all else is made."""
    in_part = [one for one in units.survey.readings.values() if not units.may_be_passed_on(one.document)]
    ids, names = [one.document.document_id for one in in_part], [units.text_name(one) for one in in_part]
    columns = [pa.array(column, pa.string()) for column in (ids, names)]
    connection.register("in_part", pa.Table.from_arrays(columns, names=["document_id", "text_name"]))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE wanted_texts AS SELECT '{UnitKind.TEXT}' AS kind, document_id AS subject, "
        f"concat(text_name, ' ', quoted) AS name FROM in_part JOIN ({QUOTED}) USING (document_id)"
    )
    connection.unregister("in_part")
    missing = made.keep_only("wanted_texts", (UnitKind.TEXT,))
    connection.execute("DROP TABLE wanted_texts")
    return missing


def _made_text(units: Units, document_id: str, name: str, spans: Sequence[tuple[int, int]]) -> MadeUnit:
    document = units.survey.readings[document_id].document
    return MadeUnit(UnitKind.TEXT, document_id, name, RowSet(text_rows(document, spans)))


def _batches(missing: Sequence[Missing]) -> Iterator[Sequence[Missing]]:
    for begin in range(0, len(missing), BATCH):
        yield missing[begin : begin + BATCH]
