"""Delivering what is in the outbox, within a time limit, and noting how it went. Nothing here raises for a service."""

import datetime
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trialhouse.model.notification_config import NotificationConfig
from trialhouse.notification.message import Message, MessageState
from trialhouse.notification.outbox import Outbox
from trialhouse.notification.sender import fault_of

PROGRAM = (sys.executable, "-P", "-m", "trialhouse.notification.sender")


@dataclass(frozen=True)
class Attempt:
    """What became of one message: `error` is None when its service took it."""

    message: Message
    error: str | None


def deliver(
    outbox: Outbox,
    config: NotificationConfig,
    environ: Mapping[str, str],
    now: datetime.datetime,
    *,
    also_given_up: bool = False,
) -> list[Attempt]:
    """Try to send every pending message once, and note in the outbox what became of each; `now` is in UTC.

    What could not be sent stays pending until it is too old. Raises OutboxUnreadable, and OSError where no process can
    be started. Two callers at the same time may send a message twice, under one key.
    """
    states = (MessageState.PENDING, MessageState.GAVE_UP) if also_given_up else (MessageState.PENDING,)
    messages = outbox.messages(*states)
    attempts = []
    for message, error in _answers(messages, config, environ):
        if error is None:
            outbox.delivered(message.idempotency_key, now)
        else:
            outbox.failed(message.idempotency_key, error, now)
        attempts.append(Attempt(message, error))
    oldest = now - datetime.timedelta(days=config.delivery.give_up_after_days)
    old = [attempt.message for attempt in attempts if attempt.error and attempt.message.created_at < oldest]
    outbox.give_up(message.idempotency_key for message in old)
    return sorted(attempts, key=lambda attempt: messages.index(attempt.message))


def sentences_of(attempts: Sequence[Attempt]) -> list[str]:
    """What became of the messages, a sentence for each route and error."""
    taken = Counter(attempt.message.route for attempt in attempts if attempt.error is None)
    failed = Counter((attempt.message.route, attempt.error) for attempt in attempts if attempt.error is not None)
    told = [f"Route {route} was told ({_messages(count)})." for route, count in sorted(taken.items())]
    return told + [
        f"Route {route} could not be told ({_messages(count)} kept in the outbox): {(error or '').rstrip('.')}. The "
        "next refresh tries again; `trialhouse notifications send` does so now."
        for (route, error), count in sorted(failed.items(), key=str)
    ]


def route_faults(config: NotificationConfig, environ: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with routes, by name, as far as it is seen without asking their services."""
    faults = {}
    for name, route in sorted(config.routes.items()):
        url = environ.get(route.url_from, "").strip()
        fault = fault_of(url) if url else _not_set(route.url_from)
        if fault:
            faults[name] = fault if not url else f"{route.url_from}: {fault}"
    return faults


def _answers(
    messages: Sequence[Message], config: NotificationConfig, environ: Mapping[str, str]
) -> Iterator[tuple[Message, str | None]]:
    """Each message with what its service answered, as soon as it did."""
    by_url: dict[str, list[Message]] = {}
    for message in messages:
        route = config.routes.get(message.route)
        url = environ.get(route.url_from, "").strip() if route else ""
        if url:
            by_url.setdefault(url, []).append(message)
        else:
            yield message, _not_set(route.url_from) if route else "the configuration has no route of this name any more"
    if by_url:
        yield from _sent(by_url, config.delivery.seconds)


def _sent(by_url: Mapping[str, Sequence[Message]], seconds: float) -> Iterator[tuple[Message, str | None]]:
    """Send the messages in a process that is stopped after so many seconds."""
    waiting = {message.idempotency_key: message for messages in by_url.values() for message in messages}
    sent = [
        {
            "url": url,
            "messages": [
                {"key": one.idempotency_key, "title": one.title, "body": one.body, "kind": one.kind.value}
                for one in messages
            ],
        }
        for url, messages in by_url.items()
    ]
    # What the libraries print there may hold an address.
    with subprocess.Popen(
        PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        clock = threading.Timer(seconds, process.kill)
        clock.start()
        try:
            for key, error in _spoken(process, {"routes": sent, "seconds": seconds}):
                yield waiting.pop(key), error
            process.wait()
        finally:
            was_in_time = clock.is_alive()
            clock.cancel()
            process.kill()
    why = f"no answer within {seconds:g} seconds"
    if was_in_time:
        why = f"the process that sends ended with {process.returncode}: `trialhouse doctor` looks for the cause"
    yield from ((message, why) for message in waiting.values())


def _spoken(process: "subprocess.Popen[str]", work: dict[str, object]) -> Iterator[tuple[str, str | None]]:
    """What the process says, until it ends or is stopped."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdin as stdin:
            json.dump(work, stdin)
    except BrokenPipeError:
        return  # it ended before it had read everything
    for line in process.stdout:
        if not line.endswith("\n"):
            return  # it was stopped in the middle of the line
        answer = json.loads(line)
        yield answer["key"], answer["error"]


def _not_set(variable: str) -> str:
    return f"the environment variable {variable} is not set"


def _messages(count: int) -> str:
    return f"{count:,} message{'' if count == 1 else 's'}"
