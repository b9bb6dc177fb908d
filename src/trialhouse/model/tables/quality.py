"""The tables of schema `dq`: checks, what they found, and the alerts made of it."""

import datetime
from typing import ClassVar

from pydantic import Field

from trialhouse.model.enums import Severity
from trialhouse.model.tables.declaration import Row
from trialhouse.model.words import (
    AlertState,
    CheckStatus,
    DecisionAction,
    JudgementSubject,
    Verdict,
    WaiverReason,
)


class CheckRow(Row):
    """A data-quality check: a query for the bad rows."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "checks"
    KEY: ClassVar[tuple[str, ...]] = ("check_id",)

    check_id: str = Field(description="The check's name: table and file name, 'arms/sum_is_enrollment'.")
    table_name: str = Field(description="The table that it looks at.")
    severity: Severity = Field(description="What a failure does.")
    message: str = Field(description="What is wrong with a row that fails, in a sentence.")
    action: str = Field(description="What to do about it.")
    owner: str = Field(description="Who decides.")
    sql: str = Field(description="The query.")


class CheckRunRow(Row):
    """One run of one check over one build. 'not_evaluated' is not a pass."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "check_runs"
    KEY: ClassVar[tuple[str, ...]] = ("run_id", "check_id")
    REFERENCES: ClassVar[dict[str, str]] = {"check_id": "dq.checks.check_id"}

    run_id: str = Field(description="The refresh run.")
    check_id: str = Field(description="The check.")
    status: CheckStatus = Field(description="passed, failed or not_evaluated.")
    failing_rows: int | None = Field(None, description="How many rows failed; null when it was not evaluated.")
    why: str | None = Field(None, description="Why it was not evaluated.")
    checked_at: datetime.datetime = Field(description="When (UTC).")


class FailingRow(Row):
    """A row that fails a check in this release."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "failing_rows"
    KEY: ClassVar[tuple[str, ...]] = ("check_id", "row_number")
    REFERENCES: ClassVar[dict[str, str]] = {"check_id": "dq.checks.check_id"}
    HAS_HISTORY: ClassVar[bool] = False
    """Its rows are numbered anew in each build; what fails for long is an alert, which has a history."""

    check_id: str = Field(description="The check.")
    row_number: int = Field(description="From 1, in the order of the check's rows.")
    table_name: str = Field(description="The table of the row.")
    row_id: str | None = Field(None, description="The id of the row.")
    column_name: str | None = Field(None, description="The column, where one is to blame.")
    trial_id: str | None = Field(None, description="The trial, where there is one.")
    document_id: str | None = Field(None, description="The document, where there is one.")
    message: str = Field(description="What is wrong, with the values.")


class AlertRow(Row):
    """A failing row with a life: one per check, entity and column, the same id as long as it is the same matter."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "alerts"
    KEY: ClassVar[tuple[str, ...]] = ("alert_id",)
    REFERENCES: ClassVar[dict[str, str]] = {"check_id": "dq.checks.check_id"}
    NOT_COMPARED: ClassVar[frozenset[str]] = frozenset({"last_seen"})

    alert_id: str = Field(description="The alert's id.")
    fingerprint: str = Field(description="What it is about: check, table, row and column, without values or message.")
    check_id: str = Field(description="The check that raised it.")
    severity: Severity = Field(description="The check's severity.")
    state: AlertState = Field(description="Where in its life it is.")
    table_name: str = Field(description="The table of the row.")
    row_id: str | None = Field(None, description="The row.")
    column_name: str | None = Field(None, description="The column, where one is to blame.")
    trial_id: str | None = Field(None, description="The trial, where there is one.")
    document_id: str | None = Field(None, description="The document, where there is one.")
    message: str = Field(description="What is wrong, with the values.")
    evidence_hash: str = Field(description="A hash of the message with its values, and of the quotes.")
    first_seen: datetime.datetime = Field(description="When it was first raised (UTC).")
    last_seen: datetime.datetime = Field(description="When its check last failed on it (UTC).")
    waived_until: datetime.date | None = Field(None, description="The end of its waiver.")
    reason: str | None = Field(
        None,
        description="Why it is in this state: of a waived one a word (false_positive, accepted, …), else a sentence.",
    )
    comment: str | None = Field(None, description="What the person said who brought it into this state.")
    decided_by: str | None = Field(None, description="The person who brought it into this state; null when none did.")


class AlertEventRow(Row):
    """A step in an alert's life; rows are only ever added."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "alert_events"
    KEY: ClassVar[tuple[str, ...]] = ("alert_id", "event_no")
    REFERENCES: ClassVar[dict[str, str]] = {"alert_id": "dq.alerts.alert_id"}

    alert_id: str = Field(description="The alert.")
    event_no: int = Field(description="From 1 within the alert.")
    occurred_at: datetime.datetime = Field(description="When (UTC).")
    actor: str = Field(description="Who: a person's name, or 'refresh'.")
    from_state: AlertState | None = Field(None, description="The state before; null when it was raised.")
    to_state: AlertState = Field(description="The state after.")
    reason: str | None = Field(None, description="Why.")
    comment: str | None = Field(None, description="What the person said.")
    waived_until: datetime.date | None = Field(None, description="The last day of the waiver that was given.")
    decision_id: str | None = Field(None, description="The decision of a person that it carries out.")


class AlertDecisionRow(Row):
    """What a person decided of an alert; rows are only ever added. They are made in the ledger of decisions."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "alert_decisions"
    KEY: ClassVar[tuple[str, ...]] = ("decision_id",)

    decision_id: str = Field(description="The decision's id.")
    decided_at: datetime.datetime = Field(description="When (UTC).")
    actor: str = Field(description="Who.")
    alert_id: str = Field(description="The alert.")
    fingerprint: str = Field(description="What the alert is about: check, table, row and column.")
    action: DecisionAction = Field(description="What was done.")
    reason: WaiverReason | None = Field(None, description="Why it is waived.")
    comment: str | None = Field(None, description="In the person's words.")
    waived_until: datetime.date | None = Field(None, description="The last day of the waiver.")
    evidence_hash: str = Field(description="The alert's hash of values and quotes when it was decided.")
    message: str = Field(description="What the alert said when it was decided.")


class JudgementRow(Row):
    """What a person judged of two documents or two trials; rows are only ever added, and the last one counts."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "judgements"
    KEY: ClassVar[tuple[str, ...]] = ("judgement_id",)

    judgement_id: str = Field(description="The judgement's id.")
    decided_at: datetime.datetime = Field(description="When (UTC).")
    actor: str = Field(description="Who.")
    subject: JudgementSubject = Field(description="Whether documents or trials are judged.")
    left_id: str = Field(description="One of them; the one whose id sorts first.")
    right_id: str = Field(description="The other.")
    verdict: Verdict = Field(description="Whether they are the same.")
    comment: str | None = Field(None, description="Why, in the person's words.")


class QuarantineRow(Row):
    """What was set aside, and why: a received record that gave no row, or a row or cell that failed a check."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "quarantine"
    KEY: ClassVar[tuple[str, ...]] = ("source", "record_id", "sha256")

    source: str = Field(description="The source of the record; 'build' for a row or cell that a check set aside.")
    record_id: str = Field(description="The record's id at the source; of a row table/row, of a cell table/row/column.")
    sha256: str = Field(description="The SHA-256 of the record's bytes, or of `content`.")
    stage: str = Field(description="Where on the way it was set aside.")
    cause: str = Field(description="The cause, a word for counting; the check that failed.")
    message: str = Field(description="What went wrong and what to do.")
    table_name: str | None = Field(None, description="The table of the row that was set aside.")
    row_id: str | None = Field(None, description="The row, or the row of the cell.")
    column_name: str | None = Field(None, description="The column of the cell.")
    trial_id: str | None = Field(None, description="The trial, where there is one.")
    document_id: str | None = Field(None, description="The document, where there is one.")
    content: str | None = Field(
        None,
        description="What was set aside, as JSON: the row or the cell, its evidence, and rows that referred to it.",
    )
