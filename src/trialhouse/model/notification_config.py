"""What is configured of notifications: who hears of which alerts, and how long delivery may take."""

from typing import TypeVar

from pydantic import Field, field_validator

from trialhouse.model.enums import Severity
from trialhouse.model.record import Record
from trialhouse.model.words import AlertState

W = TypeVar("W", Severity, AlertState)

TOLD_SEVERITIES = (Severity.BLOCK, Severity.ERROR, Severity.WARN)
"""Severities whose checks raise alerts."""

TOLD_STATES = (AlertState.OPEN, AlertState.REOPENED, AlertState.RESOLVED)
"""States that a refresh brings an alert into; what people decide they know already."""


class RouteConfig(Record):
    """One place that is told, and what it hears of.

    The address is no part of it: it holds a password, and the environment variable that `url_from` names has it.
    """

    url_from: str = Field(description="The environment variable that holds the apprise URL.")
    severities: tuple[Severity, ...] = Field(TOLD_SEVERITIES, min_length=1, description="Alerts of these severities.")
    checks: tuple[str, ...] = Field(("*",), min_length=1, description="Of these checks; `arms/*` is all of a table.")
    owners: tuple[str, ...] = Field(("*",), min_length=1, description="Of checks of these owners.")
    states: tuple[AlertState, ...] = Field(TOLD_STATES, min_length=1, description="That came into these states.")

    @field_validator("url_from")
    @classmethod
    def _is_a_name(cls, value: str) -> str:
        # Whoever writes the URL itself here must not find it again in the text of an error.
        if not (value.isascii() and value.isidentifier()):
            raise ValueError(
                "name an environment variable that holds the URL, as in TRIALHOUSE_NOTIFY_TEAM; the URL holds a "
                "password and is not written into the configuration"
            )
        return value

    @field_validator("severities")
    @classmethod
    def _raise_alerts(cls, value: tuple[Severity, ...]) -> tuple[Severity, ...]:
        return _among(value, TOLD_SEVERITIES)

    @field_validator("states")
    @classmethod
    def _are_told(cls, value: tuple[AlertState, ...]) -> tuple[AlertState, ...]:
        return _among(value, TOLD_STATES)


class DeliveryConfig(Record):
    """How long is tried to deliver messages."""

    seconds: float = Field(30, gt=0, le=300, description="So long at most a refresh waits for all of its messages.")
    give_up_after_days: float = Field(7, gt=0, description="A message that could not be delivered for so long is old.")


class NotificationConfig(Record):
    """`config/notifications.toml`."""

    routes: dict[str, RouteConfig] = Field({}, description="Who is told, by name; without any nothing is sent.")
    delivery: DeliveryConfig = Field(DeliveryConfig(), description="How long is tried to deliver messages.")


def _among(value: tuple[W, ...], known: tuple[W, ...]) -> tuple[W, ...]:
    wrong = [word.value for word in value if word not in known]
    if wrong:
        raise ValueError(f"nothing is told of {wrong[0]!r}; there are: {', '.join(word.value for word in known)}")
    return value
