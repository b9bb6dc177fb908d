"""How the delivery of messages stands, for `status` and `notifications`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from trialhouse.notification.message import Message, MessageState

WAITING = (MessageState.PENDING, MessageState.GAVE_UP)
"""States of messages that nobody got."""

_WORDS = {
    MessageState.DELIVERED: "delivered",
    MessageState.PENDING: "pending",
    MessageState.GAVE_UP: "given up",
    MessageState.PREPARED: "prepared",
}


def delivery_lines(messages: Sequence[Message]) -> list[str]:
    """A line that counts messages by state, and one for each route that could not be told, with why and since when."""
    if not messages:
        return []
    counts = Counter(message.state for message in messages)
    parts = [f"{counts[state]:,} {word}" for state, word in _WORDS.items() if counts[state]]
    lines = [f"{', '.join(parts)} (`trialhouse notifications list`)"]
    for route, waiting in sorted(_by_route(one for one in messages if one.state in WAITING).items()):
        newest = max(waiting, key=_last_moment)
        number = f"{len(waiting):,} message{'' if len(waiting) == 1 else 's'}"
        since = f"{min(one.created_at for one in waiting):%Y-%m-%d %H:%M} UTC"
        lines.append(f"{route}: {number} not delivered since {since}: {newest.last_error or 'not tried yet'}")
    return lines


def as_json(messages: Sequence[Message]) -> dict[str, Any]:
    """The same for a script: counts by state, and for each route what waits, since when and why."""
    routes = {}
    for route, of_route in sorted(_by_route(messages).items()):
        waiting = [message for message in of_route if message.state in WAITING]
        newest = max(waiting, key=_last_moment, default=None)
        delivered = [message.delivered_at for message in of_route if message.delivered_at]
        routes[route] = _counts(of_route) | {
            "undelivered_since": min(one.created_at for one in waiting).isoformat() if waiting else None,
            "last_error": newest.last_error if newest else None,
            "last_delivered_at": max(delivered).isoformat() if delivered else None,
        }
    return _counts(messages) | {"routes": routes}


def _counts(messages: Iterable[Message]) -> dict[str, Any]:
    counts = Counter(message.state for message in messages)
    return {state.value: counts[state] for state in MessageState}


def _by_route(messages: Iterable[Message]) -> dict[str, list[Message]]:
    by_route: dict[str, list[Message]] = {}
    for message in messages:
        by_route.setdefault(message.route, []).append(message)
    return by_route


def _last_moment(message: Message) -> Any:
    return message.last_attempt_at or message.created_at
