"""The alerts as lists show them: of ten thousand only what a line, a filter and a count need, in the inbox's order."""

import datetime
from typing import NamedTuple

from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.store.connection import Connection

WORST_FIRST = (Severity.BLOCK, Severity.ERROR, Severity.WARN, Severity.INFO)

_RANK = {severity: rank for rank, severity in enumerate(WORST_FIRST)}
_SEVERITIES = {severity.value: severity for severity in Severity}
_STATES = {state.value: state for state in AlertState}

ALL = f"""
SELECT {{columns}} FROM dq.alerts
ORDER BY
    list_position({[severity.value for severity in WORST_FIRST]}, severity), check_id, coalesce(trial_id, ''), alert_id
"""


class Listed(NamedTuple):
    """An alert as a line of a list; the row has more."""

    alert_id: str
    check_id: str
    severity: Severity
    state: AlertState
    trial_id: str | None
    message: str
    first_seen: datetime.datetime
    waived_until: datetime.date | None
    decided_by: str | None

    @classmethod
    def of(cls, row: AlertRow) -> "Listed":
        """The line of a row."""
        return cls(*(getattr(row, name) for name in cls._fields))

    @property
    def rank(self) -> int:
        """From 0, worst first."""
        return _RANK[self.severity]

    @property
    def order(self) -> tuple[int, str, str, str]:
        """The place in the inbox: worst first, then by check, then by trial."""
        return self.rank, self.check_id, self.trial_id or "", self.alert_id


def listed_in(connection: Connection) -> list[Listed]:
    """All alerts of a release in the order of the inbox. What an older one has no column for is None."""
    known = {column[0] for column in connection.execute("SELECT * FROM dq.alerts LIMIT 0").description or ()}
    columns = (name if name in known else f"NULL AS {name}" for name in Listed._fields)
    return [
        Listed(alert_id, check_id, _SEVERITIES[severity], _STATES[state], *more)
        for alert_id, check_id, severity, state, *more in connection.execute(
            ALL.format(columns=", ".join(columns))
        ).fetchall()
    ]
