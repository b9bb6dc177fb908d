"""All that a reviewer sees of one alert, as one record: sentences, both sides, values, the check, and the history."""

from collections.abc import Callable, Iterable, Sequence

from trialhouse.model.record import Record
from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRow, DocumentRow, QuarantineRow
from trialhouse.model.words import DecisionAction
from trialhouse.quality.concerned import Concerned, ShownRow, rows_concerned
from trialhouse.quality.disagreements import Disagreement, conflicts_of, disagreement_of, one_of
from trialhouse.quality.life import refusal
from trialhouse.quality.numbers_read import CHECKS, numbers_read_from, readings_of_numbers
from trialhouse.quality.passages import Passage
from trialhouse.quality.quoted_cells import Texts, cells_set_aside, placed, readings_of, readings_set_aside
from trialhouse.quality.set_aside import SOURCE as SET_ASIDE
from trialhouse.store.connection import Connection
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted
from trialhouse.text.numbers import find_numbers

MOST_PASSAGES = 6


class Step(Record):
    """An event of the alert's life; `is_in_release` is false for what the next refresh carries into a release."""

    event: AlertEventRow
    is_in_release: bool


class TrialName(Record):
    """What tells a trial from another."""

    trial_id: str
    registry_id: str | None
    acronym: str | None
    title: str | None


class Evidence(Record):
    """What a release knows beside an alert. `more_passages` are not shown.

    `numbers` is how many numbers were read from the document, where the alert is about these; rows have the first ones.
    """

    trial: TrialName | None = None
    rows: tuple[ShownRow, ...] = ()
    failing_rows: int = 0
    numbers: int = 0
    passages: tuple[Passage, ...] = ()
    more_passages: int = 0
    disagreements: tuple[Disagreement, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    quarantined: tuple[QuarantineRow, ...] = ()


class AlertView(Record):
    """One alert for a reviewer.

    `release_id` names the release that the evidence is of. `rejected` is the sentence of the gate when the alert is of
    a build that was stopped there; `quotes` are then those of the build, which has no tables to look into. Where the
    build's evidence was kept, it is the one shown, and `is_of_build` says so.
    """

    alert: AlertRow
    check: CheckRow | None
    may: tuple[DecisionAction, ...]
    history: tuple[Step, ...]
    release_id: str | None
    rejected: str | None = None
    quotes: tuple[str, ...] = ()
    evidence: Evidence = Evidence()
    is_of_build: bool = False


def allowed(alert: AlertRow) -> tuple[DecisionAction, ...]:
    """What a person may do with an alert as it stands."""
    return tuple(action for action in DecisionAction if refusal(alert, action) is None)


def steps_of(alert_id: str, events: Iterable[AlertEventRow], published: Iterable[AlertEventRow]) -> tuple[Step, ...]:
    """The events of one alert in their order, and whether each is among the published ones."""
    known = {(event.event_no, event.occurred_at) for event in published if event.alert_id == alert_id}
    return tuple(
        Step(event=event, is_in_release=(event.event_no, event.occurred_at) in known)
        for event in events
        if event.alert_id == alert_id
    )


def evidence_of(connection: Connection, alert: AlertRow, landed: Callable[[str], str | None]) -> Evidence:
    """What the release, the connection's default database, holds beside an alert.

    `landed` gives the text of bytes by their SHA-256, for sentences of texts that the release may not hold; or None.
    """
    texts = Texts(connection, landed)
    quarantined = _quarantined(connection, alert)
    concerned = _with_set_aside(rows_concerned(connection, alert), quarantined)
    columns = _columns_of_interest(alert, concerned.rows)
    readings = readings_of(connection, concerned.rows, columns, _numbers_named(alert))
    readings += readings_set_aside(quarantined, concerned.rows, columns)
    conflicts = conflicts_of(connection, alert, concerned.rows, columns)
    disagreements = [disagreement_of(connection, texts, conflict) for conflict in conflicts]
    numbers, total = _numbers_of(connection, alert)
    if numbers:
        readings = readings_of_numbers(connection, str(alert.document_id), numbers)
    own = [*placed(texts, readings), *_own_quotes(concerned.rows)]
    passages = [] if disagreements and alert.table_name == "conflicts" else _blamed_first(own)
    named = {passage.document_id for passage in passages}
    named |= {side.document_id for one in disagreements for side in (one.kept, one.other)}
    named |= {alert.document_id} if alert.document_id else set()
    return Evidence(
        trial=_trial(connection, alert.trial_id, concerned.rows),
        rows=(*concerned.rows, *numbers),
        failing_rows=concerned.failing,
        numbers=total,
        passages=tuple(passages[:MOST_PASSAGES]),
        more_passages=max(0, len(passages) - MOST_PASSAGES),
        disagreements=tuple(disagreements),
        documents=tuple(read_rows(connection, DocumentRow, one_of("document_id", named))) if named else (),
        quarantined=tuple(quarantined),
    )


def _trial(connection: Connection, trial_id: str | None, rows: Sequence[ShownRow]) -> TrialName | None:
    """What the trial is called; one that is gone, as it last was called."""
    if trial_id is None:
        return None
    query = "SELECT trial_id, registry_id, acronym, title FROM trials WHERE trial_id = ?"
    found = connection.execute(query, [trial_id]).fetchone()
    names = tuple(TrialName.model_fields)
    if found is None:
        gone = [row.cells for row in rows if (row.role, row.table_name, row.row_id) == ("gone", "trials", trial_id)]
        found = next((tuple(cells.get(name) for name in names) for cells in gone), None)
    return TrialName(**dict(zip(names, found, strict=True))) if found else None


def _numbers_of(connection: Connection, alert: AlertRow) -> tuple[list[ShownRow], int]:
    """The numbers that an alert counts, and how many these are."""
    if alert.check_id not in CHECKS or alert.document_id is None:
        return [], 0
    return numbers_read_from(connection, alert.document_id)


def _quarantined(connection: Connection, alert: AlertRow) -> list[QuarantineRow]:
    """What the check set aside of the row."""
    if alert.row_id is None:
        return []
    where = f"source = {quoted(SET_ASIDE)} AND table_name = {quoted(alert.table_name)}"
    return read_rows(connection, QuarantineRow, f"{where} AND row_id = {quoted(alert.row_id)}")


def _with_set_aside(concerned: Concerned, quarantined: Sequence[QuarantineRow]) -> Concerned:
    """With the failing rows as they were before they were set aside."""
    gone = [
        ShownRow(role="set_aside", table_name=str(one.table_name), row_id=str(one.row_id), cells=cells)
        for one in quarantined
        if one.column_name is None and (cells := cells_set_aside(one))
    ]
    if not gone:
        return concerned
    others = [row for row in concerned.rows if row.role != "gone"]
    return Concerned(rows=(*gone, *others), failing=len(gone))


def _columns_of_interest(alert: AlertRow, rows: Sequence[ShownRow]) -> frozenset[str]:
    """The column that is to blame, and those that the message names; all, where none is."""
    said = alert.message.lower()
    named = {name for row in rows for name in row.cells if name.replace("_", " ") in said and not name.endswith("_id")}
    return frozenset(named | ({alert.column_name} if alert.column_name else set()))


def _numbers_named(alert: AlertRow) -> frozenset[float]:
    """The numbers that the message names in its own words, before what it quotes."""
    return frozenset(float(number.value) for number in find_numbers(alert.message.partition("“")[0]))


def _own_quotes(rows: Sequence[ShownRow]) -> list[Passage]:
    """The words of failing rows that hold their own, as candidates do."""
    return [
        Passage(
            document_id=row.cells["document_id"],
            locator=None,
            start=row.cells["span_start"],
            end=row.cells["span_end"],
            text=row.cells["quote"],
            before=None,
            after=None,
            marks=(),
            columns=("quote",),
        )
        for row in rows
        if row.role == "failing" and {"document_id", "span_start", "span_end", "quote"} <= row.cells.keys()
    ]


def _blamed_first(passages: Sequence[Passage]) -> list[Passage]:
    """Those that hold what is to blame; all where none does."""
    blamed = [passage for passage in passages if any(mark.is_blamed for mark in passage.marks)]
    return blamed or list(passages)
