"""`trialhouse alerts ack`, `waive`, `resolve` and `reopen`: what people decide of alerts."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.alert_head import head_line, state_words
from trialhouse.cli.days import day_to_come
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption, WarehouseOption
from trialhouse.cli.reviewing import (
    EVERY,
    ByOption,
    CommentOption,
    Filter,
    Review,
    opened_review,
    reviewer,
)
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import DecisionAction, WaiverReason
from trialhouse.pipeline.reviewing import Refused, Verdict, WrongDecision, decide
from trialhouse.quality.choosing import ASKING, NoSuchAlert, chosen, named
from trialhouse.quality.decisions import DecisionsUnreadable
from trialhouse.quality.life import SETTLED, refusal
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import print_json, say

YesOption = Annotated[
    bool, Parameter(name="--yes", negative=(), help="Do it with all alerts that fit, not with named ones alone.")
]


@Parameter(name="*")
@dataclass(frozen=True)
class How:
    """Options of every decision."""

    comment: CommentOption = None
    by: ByOption = None
    yes: YesOption = False
    warehouse: WarehouseOption = None
    json: JsonOption = False


USUAL = How()
"""What nobody said otherwise."""


def acknowledge(
    *alerts: str,
    which: Filter = EVERY,
    how: How = USUAL,
) -> int:
    """Say that somebody looks after alerts. They stay among those that ask for something.

    Parameters
    ----------
    alerts
        Ids of alerts, or their beginnings; without any, all that fit the options.
    """
    verdict = Verdict(DecisionAction.ACKNOWLEDGE, reviewer(how.by), comment=how.comment)
    return _decide(verdict, alerts, which, how)


def waive(
    *alerts: str,
    reason: Annotated[
        WaiverReason | None, Parameter(name="--reason", name_transform=str.lower, help="Why it may stay as it is.")
    ] = None,
    until: Annotated[
        str | None, Parameter(name="--until", help="The last day of the waiver: 2027-03-01, or 90d from today.")
    ] = None,
    which: Filter = EVERY,
    how: How = USUAL,
) -> int:
    """Let alerts be silent until a day, for the values and quotes that they have now: when these change, they reopen.

    Parameters
    ----------
    alerts
        Ids of alerts, or their beginnings; without any, all that fit the options.
    """
    last_day = day_to_come(until, _now().date()) if until is not None else None
    verdict = Verdict(DecisionAction.WAIVE, reviewer(how.by), reason, how.comment, last_day)
    return _decide(verdict, alerts, which, how)


def resolve(
    *alerts: str,
    which: Filter = EVERY,
    how: How = USUAL,
) -> int:
    """Say that alerts are settled. If the check still fails, the next refresh reopens them.

    Parameters
    ----------
    alerts
        Ids of alerts, or their beginnings; without any, all that fit the options.
    """
    verdict = Verdict(DecisionAction.RESOLVE, reviewer(how.by), comment=how.comment)
    return _decide(verdict, alerts, which, how)


def reopen(
    *alerts: str,
    which: Filter = EVERY,
    how: How = USUAL,
) -> int:
    """Take back what was decided of alerts: an acknowledgement, a waiver, a resolution.

    Parameters
    ----------
    alerts
        Ids of alerts, or their beginnings; without any, all that fit the options.
    """
    verdict = Verdict(DecisionAction.REOPEN, reviewer(how.by), comment=how.comment)
    return _decide(verdict, alerts, which, how)


def _decide(verdict: Verdict, names: Sequence[str], which: Filter, how: How) -> int:
    """Choose the alerts, write the decisions, and say how they stand now."""
    if bool(names) == (which != EVERY):
        ways = "ids or options that choose alerts, not both" if names else "ids of alerts, or options that choose some"
        raise CommandError(f"give {ways}", Exit.WRONG_USE)
    try:
        review = opened_review(how.warehouse)
        before = _named(review, names) if names else _fitting(review, which, verdict.action)
        if not names and not how.yes:
            verdict.ensure_possible(_now())
            return _only_tell(before, verdict)
        after = decide(review.layout, review.release, before, verdict, _now())
    except WrongDecision as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except Refused as error:
        for sentence in error.sentences:
            say(sentence)
        raise CommandError("nothing was changed") from error
    except DecisionsUnreadable as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(f"the release cannot be read: restore it from a copy ({error})") from error
    _tell(before, after, verdict, how.json)
    return Exit.DONE


def _named(review: Review, names: Sequence[str]) -> list[AlertRow]:
    try:
        return named(review.live.books.alerts, names)
    except NoSuchAlert as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error


def _fitting(review: Review, which: Filter, action: DecisionAction) -> list[AlertRow]:
    """The alerts that fit. Where no state was asked for, those in a state for which the action is meant and possible:
    a waiver that somebody gave is not lost because somebody else acknowledged all alerts of a check.
    """
    usual = SETTLED if action is DecisionAction.REOPEN else ASKING
    fitting = chosen(review.live.books.alerts, which.wanted(usual, review.release))
    return fitting if which.state else [alert for alert in fitting if refusal(alert, action) is None]


def _only_tell(alerts: Sequence[AlertRow], verdict: Verdict) -> int:
    """What the action would be done with."""
    if not alerts:
        say(f"No alert fits to {verdict.action.value}.")
        return Exit.DONE
    for alert in alerts:
        print(head_line(alert))
    these = "this alert" if len(alerts) == 1 else f"these {len(alerts):,} alerts"
    say(f"Nothing was changed. To {verdict.action.value} {these}, say --yes.")
    return Exit.WRONG_USE


def _tell(before: Sequence[AlertRow], after: Sequence[AlertRow], verdict: Verdict, json: bool) -> None:
    """How the alerts stand now, and what comes of it."""
    if json:
        print_json(
            [new.model_dump(mode="json") | {"was": old.state.value} for old, new in zip(before, after, strict=True)]
        )
    else:
        for old, new in zip(before, after, strict=True):
            print(f"{new.alert_id}  {old.state.value} → {state_words(new)}  {new.check_id}")
    if not after:
        say(f"No alert fits to {verdict.action.value}.")
        return
    written = f"{len(after):,} decision{'s' * (len(after) > 1)} of {verdict.actor} written"
    say(f"{written}. The next refresh carries {'them' if len(after) > 1 else 'it'} into a release.")
    if verdict.action is DecisionAction.RESOLVE:
        say("A check that still fails then reopens its alert.")
    overtaken = [new.alert_id for new in after if new.decided_by != verdict.actor]
    if overtaken:
        say(f"Somebody else decided on {', '.join(overtaken)} meanwhile, and that came last: look at the history.")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
