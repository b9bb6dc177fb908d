"""A message as the outbox keeps it."""

import datetime
from enum import StrEnum

from trialhouse.model.record import Record


class MessageKind(StrEnum):
    """What a message is."""

    DIGEST = "digest"
    """What became of alerts in one build."""
    BASELINE = "baseline"
    """The alerts that the first release of a warehouse has, counted."""
    BLOCKED = "blocked"
    """A build was stopped at the gate."""


class MessageState(StrEnum):
    """How far a message has come."""

    PREPARED = "prepared"
    """Its build has not ended: it is sent when that was published or stopped at the gate, else thrown away."""
    PENDING = "pending"
    """To be sent, or sent in vain so far."""
    DELIVERED = "delivered"
    """Its service took it."""
    GAVE_UP = "gave_up"
    """It could not be delivered for too long."""


class Message(Record):
    """One message to one route. Times are UTC.

    Whoever gets two of one `idempotency_key` got one of them twice. `last_error` says why the last attempt failed,
    without anything of the address.
    """

    idempotency_key: str
    route: str
    kind: MessageKind
    run_id: str
    release_id: str
    title: str
    body: str
    created_at: datetime.datetime
    state: MessageState = MessageState.PREPARED
    attempts: int = 0
    last_error: str | None = None
    last_attempt_at: datetime.datetime | None = None
    delivered_at: datetime.datetime | None = None
