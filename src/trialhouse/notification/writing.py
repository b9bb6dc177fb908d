"""The words of a message: plain text that reads well as a mail and in a chat.

A message lists at most LISTED alerts, PER_CHECK of one check, each with MESSAGE_CHARACTERS of what it says, and tells
how many more there are: whoever wants all of them asks the warehouse, as the message says.
"""

import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from trialhouse.model.ids import stable_id
from trialhouse.model.notification_config import RouteConfig
from trialhouse.model.words import AlertState
from trialhouse.notification.message import Message, MessageKind
from trialhouse.notification.news import Item, News, heard, heard_failing

LISTED, PER_CHECK, MESSAGE_CHARACTERS = 30, 10, 240

KEY_NAME = "Idempotency-Key"
"""How the last line of a message, and a header where there are headers, name its key."""

_WORDS = {AlertState.OPEN: "opened", AlertState.REOPENED: "reopened", AlertState.RESOLVED: "resolved"}


def message_of(
    route: str, config: RouteConfig, news: News, untold: Collection[Item], reasons: Collection[str]
) -> Message | None:
    """What a route is told of a build; None for nothing.

    `untold` are the alerts that stopped the build, and `reasons` what else did, as far as the route hears of them and
    was not told yet.
    """
    if not news.may_publish:
        return _stopped(route, config, news, untold, reasons)
    if news.is_first:
        return _baseline(route, config, news)
    steps = heard(config, news.steps)
    if not steps:
        return None
    title = f"Trialhouse {news.release_id}: {_counted(steps)}"
    first = f"Release {news.release_id} of {news.warehouse}: {_counted(steps, 'alert')}."
    return _message(route, news, MessageKind.DIGEST, title=title, lines=[first, *_listed(steps)], items=steps)


def _baseline(route: str, config: RouteConfig, news: News) -> Message | None:
    """The alerts of the first release, counted: there are many, and nobody has seen them yet."""
    items = heard_failing(config, news.standing)
    if not items:
        return None
    number = _number(len(items), "open alert")
    lines = [
        f"Release {news.release_id} is the first of {news.warehouse}. It has {number}: this is the baseline. From now "
        "on you are told when an alert opens, comes back or is resolved.",
        "",
        *(f"{severity}: {count:,}" for severity, count in _counts(item.alert.severity.value for item in items)),
    ]
    of_checks = _counts(f"{item.alert.check_id} ({item.alert.severity.value})" for item in items)
    lines += ["", *(f"- {check}: {count:,}" for check, count in of_checks)]
    title = f"Trialhouse {news.release_id}: baseline, {number}"
    return _message(route, news, MessageKind.BASELINE, title=title, lines=lines, items=items)


def _stopped(
    route: str, config: RouteConfig, news: News, untold: Collection[Item], reasons: Collection[str]
) -> Message | None:
    """A build that the gate stopped. Of the first, which is none yet, only what stopped it is told."""
    stopping = tuple(untold)
    is_news = bool(stopping) or bool(reasons)
    known = {item.alert.alert_id for item in stopping}
    steps = [item for item in heard(config, news.steps) if item.alert.alert_id not in known and not news.is_first]
    if not is_news and not steps:
        return None
    kept = f"Release {news.last} stays current." if news.last else "There is no release yet."
    lines = [f"A build of {news.warehouse} was stopped at the gate. {_clean(news.verdict)} {kept}", *_listed(stopping)]
    if steps:
        lines += ["", f"It also has {_counted(steps, 'alert')}.", *_listed(steps)]
    if is_news:
        what = f" ({_number(len(stopping), 'new alert')})" if stopping else ""
        kind, title = MessageKind.BLOCKED, f"Trialhouse {news.release_id}: publishing is blocked{what}"
    else:
        kind, title = MessageKind.DIGEST, f"Trialhouse {news.release_id}, stopped at the gate: {_counted(steps)}"
    return _message(route, news, kind, title=title, lines=lines, items=[*stopping, *steps])


def _message(
    route: str, news: News, kind: MessageKind, *, title: str, lines: Sequence[str], items: Sequence[Item]
) -> Message:
    """The message with its last lines: how to look at the alerts, and its key."""
    told = [f"{item.alert.alert_id} {item.alert.evidence_hash} {item.state.value}" for item in items]
    key = stable_id("message", route, kind.value, news.run_id, news.release_id, *told)
    where = f"--warehouse {shlex.quote(str(news.warehouse))}"
    example = [f"One of them: trialhouse alerts show {items[0].alert.alert_id} {where}"] if items else []
    last = ["", *example, f"All of them: trialhouse alerts list {where}", "", f"{KEY_NAME}: {key}"]
    return Message(
        idempotency_key=key,
        route=route,
        kind=kind,
        run_id=news.run_id,
        release_id=news.release_id,
        title=title,
        body="\n".join([*lines, *last]),
        created_at=news.made_at,
    )


def _listed(items: Sequence[Item]) -> list[str]:
    """The alerts, those of a check together under its name."""
    of_check: dict[str, list[Item]] = {}
    for item in items:
        of_check.setdefault(item.alert.check_id, []).append(item)
    lines: list[str] = []
    room, left_out = LISTED, 0
    for check_id, group in of_check.items():
        shown = group[: min(PER_CHECK, room)]
        room -= len(shown)
        if not shown:
            left_out += len(group)
            continue
        owner = f", owner {_clean(group[0].owner)}" if group[0].owner else ""
        lines += ["", f"{check_id} ({group[0].alert.severity.value}{owner}): {_counted(group)}"]
        lines += [_line(item) for item in shown]
        if len(group) > len(shown):
            lines.append(f"- and {len(group) - len(shown):,} more")
    if left_out:
        lines += ["", f"And {_number(left_out, 'more alert')} of other checks."]
    return lines


def _line(item: Item) -> str:
    alert = item.alert
    why = f" ({_cut(_clean(item.why).rstrip('.'))})" if item.why else ""
    about = f"trial {alert.trial_id}, " if alert.trial_id else ""
    word = _WORDS.get(item.state, item.state.value)
    return f"- {word}{why}: {_cut(_clean(alert.message))} [{about}{alert.alert_id}]"


def _counted(items: Iterable[Item], noun: str = "") -> str:
    """As in '3 alerts opened, 1 resolved'."""
    counts = Counter(_WORDS.get(item.state, item.state.value) for item in items)
    words = [*_WORDS.values(), *sorted(counts.keys() - set(_WORDS.values()))]
    parts = [f"{counts[word]:,} {word}" for word in words if counts[word]]
    if noun and parts:
        number, _, rest = parts[0].partition(" ")
        parts[0] = f"{number} {noun}{'' if number == '1' else 's'} {rest}"
    return ", ".join(parts)


def _counts(words: Iterable[str]) -> list[tuple[str, int]]:
    """How often each word comes, in the order in which they come."""
    return list(Counter(words).items())


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _clean(text: str) -> str:
    """On one line, without characters that a terminal or a mail would take as orders."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _cut(text: str) -> str:
    return text if len(text) <= MESSAGE_CHARACTERS else f"{text[: MESSAGE_CHARACTERS - 1].rstrip()}…"
