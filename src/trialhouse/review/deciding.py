"""Taking a decision from a form: what was asked, whether it still may be, and writing it down."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.requests import Request

from trialhouse.model.words import DecisionAction, WaiverReason
from trialhouse.pipeline.reviewing import Refused, Verdict, WrongDecision, write_decisions
from trialhouse.quality.decisions import Overtaken
from trialhouse.review.guard import one
from trialhouse.review.listed import Listed
from trialhouse.review.render import seen
from trialhouse.review.shelf import Shelf, Standing

MOST_CHARACTERS = {"by": 100, "comment": 4000}
"""So long a name and a comment may be: they go into every release from then on."""

MOVED = "Somebody decided meanwhile: look at it again before you do."

REVIEWER = "trialhouse_reviewer"
"""The cookie that remembers a reviewer's name in this browser."""


class NotDecided(Exception):
    """Nothing was written; the message says why. `moved` names alerts that somebody else decided meanwhile, `several`
    the trials that a name may mean.
    """

    def __init__(self, why: str, status: int = 400, moved: Sequence[str] = (), several: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.status = status
        self.moved = tuple(moved)
        self.several = tuple(several)


@dataclass(frozen=True)
class Asked:
    """What a form says, as it was typed: it is shown again when it cannot be done.

    `seen` holds, by alert, the last decision that the reviewer had before them.
    """

    action: str
    reason: str
    comment: str
    until: str
    by: str
    seen: dict[str, str]

    @classmethod
    def nothing(cls, request: Request) -> "Asked":
        """An empty form, by whoever decided last in this browser."""
        by = unquote(request.cookies.get(REVIEWER, "")) or request.app.state.reviewer
        return cls("", "", "", "", by, {})


def asked_in(fields: dict[str, list[str]]) -> Asked:
    """What the fields of a form say."""
    seen = {alert_id: last for alert_id, _, last in (value.partition(" ") for value in fields.get("seen", []))}
    return Asked(
        action=one(fields, "action"),
        reason=one(fields, "reason"),
        comment=one(fields, "comment").replace("\r\n", "\n"),
        until=one(fields, "until"),
        by=one(fields, "by"),
        seen=seen,
    )


def decide_alerts(shelf: Shelf, alert_ids: Sequence[str], asked: Asked) -> str:
    """Write a decision on each alert, all or none. Returns a sentence. Raises NotDecided."""
    standing = shelf.standing()
    alerts = _known(standing, alert_ids)
    seen = {alert.alert_id: asked.seen.get(alert.alert_id, "") for alert in alerts}
    moved = [alert_id for alert_id, last in seen.items() if standing.last_decision.get(alert_id, "") != last]
    if moved:
        raise NotDecided(MOVED, 409, moved)
    rows = shelf.rows(standing, [alert.alert_id for alert in alerts])
    if len(rows) < len(alerts):
        raise NotDecided(MOVED, 409)
    try:
        write_decisions(
            shelf.layout, list(rows.values()), _verdict(asked), datetime.datetime.now(datetime.UTC), after=seen
        )
    except (Refused, WrongDecision) as problem:
        raise NotDecided(f"That cannot be done: {str(problem).rstrip('.')}.") from problem
    except Overtaken as overtaken:
        raise NotDecided(MOVED, 409, [str(overtaken)]) from overtaken
    what = {"acknowledge": "acknowledged", "waive": "waived", "resolve": "resolved", "reopen": "reopened"}[asked.action]
    return f"{len(alerts):,} {'alert is' if len(alerts) == 1 else 'alerts are'} {what}. The next refresh carries it on."


def _known(standing: Standing, alert_ids: Sequence[str]) -> list[Listed]:
    if not alert_ids:
        raise NotDecided("No alert is chosen: tick the ones that you mean.")
    unknown = [alert_id for alert_id in alert_ids if alert_id not in standing.by_id]
    if unknown:
        raise NotDecided(f"There is no alert {unknown[0]}.", 404)
    return [standing.by_id[alert_id] for alert_id in dict.fromkeys(alert_ids)]


def _verdict(asked: Asked) -> Verdict:
    try:
        action = DecisionAction(asked.action)
    except ValueError:
        raise NotDecided("Choose what to do: acknowledge, waive, resolve or reopen.") from None
    for name, typed in (("by", asked.by), ("comment", asked.comment)):
        ensure_readable(name, typed)
    is_waiver = action is DecisionAction.WAIVE
    return Verdict(
        action=action,
        actor=asked.by,
        reason=_reason(asked.reason) if is_waiver and asked.reason else None,
        comment=asked.comment or None,
        waived_until=_day(asked.until) if is_waiver and asked.until else None,
    )


def _reason(typed: str) -> WaiverReason:
    try:
        return WaiverReason(typed)
    except ValueError:
        raise NotDecided(f"{typed!r} is no reason of a waiver: choose one of {', '.join(WaiverReason)}.") from None


def _day(typed: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(typed)
    except ValueError:
        raise NotDecided(f"{typed!r} is no day: write it as {datetime.date(2027, 1, 31)}.") from None


def ensure_readable(name: str, typed: str) -> None:
    """Raises NotDecided for what is too long or holds characters that nobody sees."""
    if len(typed) > (most := MOST_CHARACTERS[name]):
        raise NotDecided(f"“{name}” has {len(typed):,} characters, and may have {most:,}.")
    if seen(typed) != typed:
        raise NotDecided(f"“{name}” holds characters that nobody sees: write it anew.")
