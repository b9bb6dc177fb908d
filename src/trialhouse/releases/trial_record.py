"""All that a release says of one trial, as one record: design, arms, outcomes with numbers and quotes, documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialhouse.model.enums import ArmType
from trialhouse.model.tables import (
    AlertRow,
    ArmInterventionRow,
    ArmRow,
    ConflictRow,
    DocumentRow,
    DoubtfulPairRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    Row,
    TrialDocumentRow,
    TrialRegistrationRow,
    TrialRow,
    table_of,
)
from trialhouse.model.words import AlertState
from trialhouse.store.connection import Connection
from trialhouse.store.read import has_table

Cells = dict[str, Any]
"""A row: its columns by name."""

COMPARATORS = (
    ArmType.ACTIVE_COMPARATOR.value,
    ArmType.PLACEBO_COMPARATOR.value,
    ArmType.SHAM_COMPARATOR.value,
    ArmType.NO_INTERVENTION.value,
)

SETTLED = (AlertState.RESOLVED.value, AlertState.WAIVED.value)

QUOTES = """
SELECT
    table_name,
    row_id,
    any_value(quote ORDER BY column_name) FILTER (is_main) AS quote,
    any_value(document_id ORDER BY column_name) FILTER (is_main) AS document_id,
    list(DISTINCT document_id ORDER BY document_id) AS documents
FROM evidence
WHERE table_name IN ('outcome_measurements', 'outcome_analyses') AND row_id IN (SELECT unnest(?))
GROUP BY table_name, row_id
"""

PROOFS = """
SELECT table_name, row_id, column_name, quote, document_id
FROM evidence
WHERE is_main AND table_name IN ('trials', 'arms', 'arm_interventions') AND row_id IN (SELECT unnest(?))
ORDER BY ALL
"""


@dataclass(frozen=True)
class TrialRecord:
    """Rows of one trial. Arms hold their `interventions`, outcomes their `measurements` and `analyses`, and those the
    `quote` and `document_id` that they were read from, and all `documents` that say so. Documents hold what links them.
    `doubtful` are pairs with what is of the trial, which may be one and were kept apart. `proofs` are the words that
    the cells of the design, of arms and of interventions were read from: table, row and column, quote and document.
    """

    trial: Cells
    registrations: Sequence[Cells]
    arms: Sequence[Cells]
    outcomes: Sequence[Cells]
    documents: Sequence[Cells]
    conflicts: Sequence[Cells]
    alerts: Sequence[Cells]
    doubtful: Sequence[Cells] = ()
    proofs: Sequence[Cells] = ()

    def label_of(self, arm_id: str | None) -> str:
        """The label of an arm; an empty text for the whole trial."""
        return next((arm["label"] for arm in self.arms if arm["arm_id"] == arm_id), arm_id or "")


def read_trial(connection: Connection, trial_id: str) -> TrialRecord:
    """The record of a trial that is there."""
    (trial,) = _rows(connection, TrialRow, "trial_id", [trial_id])
    arms = _rows(connection, ArmRow, "trial_id", [trial_id])
    interventions = _rows(connection, ArmInterventionRow, "arm_id", _ids(arms, "arm_id"))
    outcomes = _rows(connection, OutcomeRow, "trial_id", [trial_id])
    measurements = _rows(connection, OutcomeMeasurementRow, "outcome_id", _ids(outcomes, "outcome_id"))
    analyses = _rows(connection, OutcomeAnalysisRow, "outcome_id", _ids(outcomes, "outcome_id"))
    _add_quotes(connection, measurements, analyses)
    arms = sorted((arm | {"interventions": _of(interventions, "arm_id", arm)} for arm in arms), key=_lowest_dose_first)
    place = {arm["arm_id"]: number for number, arm in enumerate(arms)}
    for numbers in (measurements, analyses):
        numbers.sort(key=lambda number: place.get(number["arm_id"], len(place)))
    documents = _documents(connection, trial_id)
    of_trial = [
        trial_id,
        *_ids(arms, "arm_id"),
        *_ids(interventions, "arm_intervention_id"),
        *_ids(outcomes, "outcome_id"),
        *_ids(measurements, "measurement_id"),
        *_ids(analyses, "analysis_id"),
    ]
    return TrialRecord(
        trial=trial,
        registrations=_rows(connection, TrialRegistrationRow, "trial_id", [trial_id]),
        arms=arms,
        outcomes=[
            outcome
            | {
                "measurements": _of(measurements, "outcome_id", outcome),
                "analyses": _of(analyses, "outcome_id", outcome),
            }
            for outcome in outcomes
        ],
        documents=documents,
        conflicts=_rows(connection, ConflictRow, "row_id", of_trial),
        doubtful=_doubtful(connection, [*of_trial, *_ids(documents, "document_id")]),
        proofs=_proofs(connection, of_trial),
        alerts=[a for a in _rows(connection, AlertRow, "trial_id", [trial_id]) if a["state"] not in SETTLED],
    )


def _rows(connection: Connection, row_class: type[Row], column: str, values: Sequence[str]) -> list[Cells]:
    """The rows of a table whose column holds one of the values, in the order of the key.

    A column that an older release does not have is null.
    """
    table = table_of(row_class)
    query = f"SELECT * FROM {table.qualified_name} WHERE {column} IN (SELECT unnest(?)) ORDER BY {', '.join(table.key)}"
    if not values:
        return []
    found = connection.execute(query, [list(values)])
    names = [description[0] for description in found.description or ()]
    declared = dict.fromkeys(column.name for column in table.columns)
    return [
        declared | {name: cell for name, cell in zip(names, row, strict=True) if name in declared}
        for row in found.fetchall()
    ]


def _add_quotes(connection: Connection, measurements: Sequence[Cells], analyses: Sequence[Cells]) -> None:
    """Give each number the words that it was read from."""
    ids = [*_ids(measurements, "measurement_id"), *_ids(analyses, "analysis_id")]
    found = connection.execute(QUOTES, [ids]).fetchall() if ids else []
    quotes = {(table, row_id): proof for table, row_id, *proof in found}
    for table, key, rows in (
        ("outcome_measurements", "measurement_id", measurements),
        ("outcome_analyses", "analysis_id", analyses),
    ):
        for row in rows:
            row["quote"], row["document_id"], row["documents"] = quotes.get((table, row[key]), (None, None, []))


def _proofs(connection: Connection, ids: Sequence[str]) -> list[Cells]:
    """What the cells of a trial, its arms and their interventions were read from."""
    names = ("table_name", "row_id", "column_name", "quote", "document_id")
    return [dict(zip(names, row, strict=True)) for row in connection.execute(PROOFS, [list(ids)]).fetchall()]


def _doubtful(connection: Connection, ids: Sequence[str]) -> list[Cells]:
    """The pairs of which one side is among these, each once; an older release has none."""
    if not has_table(connection, DoubtfulPairRow):
        return []
    key = table_of(DoubtfulPairRow).key
    sides = (_rows(connection, DoubtfulPairRow, side, ids) for side in ("left_id", "right_id"))
    found = {tuple(row[name] for name in key): row for rows in sides for row in rows}
    return [found[one] for one in sorted(found)]


def _documents(connection: Connection, trial_id: str) -> list[Cells]:
    """The documents of a trial, each with what links it."""
    links = {row["document_id"]: row for row in _rows(connection, TrialDocumentRow, "trial_id", [trial_id])}
    documents = _rows(connection, DocumentRow, "document_id", list(links))
    return [document | links[document["document_id"]] for document in documents]


def _lowest_dose_first(arm: Cells) -> tuple[int, bool, float, str]:
    """The order in which people list arms: by factor, what is tested before what it is compared with, by dose."""
    doses = [one["dose_value"] for one in arm["interventions"] if one["dose_value"] is not None]
    return arm["factor"] or 0, arm["arm_type"] in COMPARATORS, min(doses, default=0.0), arm["label"]


def _ids(rows: Sequence[Cells], column: str) -> list[str]:
    return [row[column] for row in rows]


def _of(rows: Sequence[Cells], column: str, owner: Cells) -> list[Cells]:
    return [row for row in rows if row[column] == owner[column]]
