"""Choosing alerts: by ids, which may be cut short, or by what they are about; worst first."""

from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase

from trialhouse.model.enums import Severity
from trialhouse.model.record import Record
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.quality.life import SETTLED

WORST_FIRST = (Severity.BLOCK, Severity.ERROR, Severity.WARN, Severity.INFO)

NEWS_FIRST = (
    AlertState.REOPENED,
    AlertState.OPEN,
    AlertState.ACKNOWLEDGED,
    AlertState.WAIVED,
    AlertState.RESOLVED,
)

ASKING = frozenset(AlertState) - SETTLED
"""States in which somebody is asked to do something."""

PREFIX = "alert-"


class NoSuchAlert(ValueError):
    """An id that no alert has, or several; the message says what to do."""


class Wanted(Record):
    """What alerts have to be; None is anything. `check` is a pattern as shells have them: 'arms/*'."""

    states: frozenset[AlertState] | None = None
    severity: Severity | None = None
    check: str | None = None
    trial_id: str | None = None
    document_id: str | None = None

    def takes(self, alert: AlertRow) -> bool:
        """Whether an alert is wanted."""
        return (
            (self.states is None or alert.state in self.states)
            and self.severity in (None, alert.severity)
            and (self.check is None or fnmatchcase(alert.check_id, self.check))
            and self.trial_id in (None, alert.trial_id)
            and self.document_id in (None, alert.document_id)
        )


def chosen(alerts: Iterable[AlertRow], wanted: Wanted) -> list[AlertRow]:
    """The wanted alerts, worst first."""
    return sorted(filter(wanted.takes, alerts), key=_order)


def named(alerts: Sequence[AlertRow], names: Collection[str]) -> list[AlertRow]:
    """The alerts of these ids, each once, in their order. An id may be cut short, and may leave out 'alert-'.

    Raises NoSuchAlert, with all that is wrong.
    """
    found: dict[str, AlertRow] = {}
    wrong = []
    for name in names:
        fitting = [alert for alert in alerts if alert.alert_id == name] or _beginning(alerts, name.strip())
        if len(fitting) == 1:
            found[fitting[0].alert_id] = fitting[0]
        elif fitting:
            some = ", ".join(alert.alert_id for alert in fitting[:5])
            wrong.append(f"{name!r} begins the ids of {len(fitting)} alerts ({some}): write more of it")
        else:
            wrong.append(f"there is no alert {name!r}: `trialhouse alerts list --all` has every id")
    if wrong:
        raise NoSuchAlert("; ".join(wrong))
    return list(found.values())


def _beginning(alerts: Sequence[AlertRow], name: str) -> list[AlertRow]:
    if not name or PREFIX.startswith(name):
        return []
    return [alert for alert in alerts if alert.alert_id.startswith((name, PREFIX + name))]


def _order(alert: AlertRow) -> tuple[int, int, str, str]:
    return WORST_FIRST.index(alert.severity), NEWS_FIRST.index(alert.state), alert.check_id, alert.alert_id
