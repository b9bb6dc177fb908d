"""How checks went from run to run, and how fast their alerts were settled."""

import datetime
import statistics
from collections.abc import Iterable, Mapping, Sequence

from trialhouse.model.enums import Severity
from trialhouse.model.record import Record
from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRunRow
from trialhouse.model.words import CheckStatus
from trialhouse.quality.life import SETTLED

DAY = datetime.timedelta(days=1)


class Point(Record):
    """One run of a check. `release_id` is null of a rejected build, `failing_rows` where it was not evaluated."""

    run_id: str
    release_id: str | None
    checked_at: datetime.datetime
    status: CheckStatus
    failing_rows: int | None


class Trend(Record):
    """One check over its runs, oldest first, and its alerts.

    `opened` counts alerts that were raised or reopened, `settled` those that were waived or resolved, by people or by
    themselves; `median_days_open` is of the times from the one to the other that have ended, null where none has.
    """

    check_id: str
    severity: Severity | None
    points: tuple[Point, ...]
    opened: int
    settled: int
    open_now: int
    median_days_open: float | None


def trends_of(
    runs: Iterable[CheckRunRow],
    releases: Mapping[str, str | None],
    alerts: Sequence[AlertRow],
    events: Iterable[AlertEventRow],
    severities: Mapping[str, Severity],
) -> list[Trend]:
    """The trend of every check that runs are given of, by its id. `releases` has the release of each run."""
    points: dict[str, list[Point]] = {}
    for run in runs:
        points.setdefault(run.check_id, []).append(
            Point(
                run_id=run.run_id,
                release_id=releases.get(run.run_id),
                checked_at=run.checked_at,
                status=run.status,
                failing_rows=run.failing_rows,
            )
        )
    of_alert: dict[str, list[AlertEventRow]] = {}
    for event in events:
        of_alert.setdefault(event.alert_id, []).append(event)
    return [
        _trend(check_id, members, [alert for alert in alerts if alert.check_id == check_id], of_alert, severities)
        for check_id, members in sorted(points.items())
    ]


def _trend(
    check_id: str,
    points: Sequence[Point],
    alerts: Sequence[AlertRow],
    of_alert: Mapping[str, Sequence[AlertEventRow]],
    severities: Mapping[str, Severity],
) -> Trend:
    opened, spans = 0, list[datetime.timedelta]()
    for alert in alerts:
        number, ended = _spans(of_alert.get(alert.alert_id, ()))
        opened += number
        spans += ended
    return Trend(
        check_id=check_id,
        severity=severities.get(check_id),
        points=tuple(sorted(points, key=lambda point: (point.checked_at, point.run_id))),
        opened=opened,
        settled=len(spans),
        open_now=sum(alert.state not in SETTLED for alert in alerts),
        median_days_open=statistics.median(span / DAY for span in spans) if spans else None,
    )


def _spans(events: Iterable[AlertEventRow]) -> tuple[int, list[datetime.timedelta]]:
    """How often an alert came to ask for something, and how long each time lasted that has ended."""
    opened, since, spans = 0, None, []
    for event in sorted(events, key=lambda event: event.event_no):
        is_settled = event.to_state in SETTLED
        if not is_settled and since is None:
            opened, since = opened + 1, event.occurred_at
        elif is_settled and since is not None:
            spans.append(event.occurred_at - since)
            since = None
    return opened, spans
