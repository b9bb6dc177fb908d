"""The program that sends messages, run as a process of its own: it can be stopped when a server hangs, and what the
libraries that it needs say of an address is heard by nobody else.

It reads what to send as JSON, `{"seconds": …, "routes": [{"url": …, "messages": [{"key", "title", "body", "kind"}]}]}`,
and writes a line of JSON for each message as soon as its service answered: `{"key": …, "error": null}`, or why not.
"""

import json
import logging
import os
import signal
import sys
import threading
from typing import IO, Any

from trialhouse.notification.redaction import redacted

HEADER = "Idempotency-Key"
"""The header in which services that have headers get a message's key."""

ERROR_CHARACTERS = 300

SEVERAL = "the variable holds several addresses: a route has one, make a route for each"
UNKNOWN = "the variable holds no URL that apprise understands"
SILENT = "the service did not take it"

_TYPES = {"blocked": "failure", "baseline": "info", "digest": "info"}

_SAID_OF_SOCKETS = "Socket Exception: "
"""How apprise begins the only line of its debugging that is wanted: what the connection or the server said."""


def main() -> None:
    """Send what stdin says, all routes at the same time, the messages of each one after the other."""
    work = json.load(sys.stdin)
    # A library that prints something does not disturb the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Should nobody stop it any more, it stops by itself.
    signal.setitimer(signal.ITIMER_REAL, work["seconds"] + 1)
    threads = [threading.Thread(target=_send_all, args=(route, answers), daemon=True) for route in work["routes"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def fault_of(url: str) -> str | None:
    """What is wrong with an address, as far as it is seen without asking the service; None for nothing."""
    from apprise import Apprise  # noqa: PLC0415 - takes half a second, and is needed only if there is a route

    logger = logging.getLogger("apprise")
    before, logger.disabled = logger.disabled, True
    try:
        if len(_addresses(url)) > 1:
            return SEVERAL
        return None if Apprise.instantiate(url) else UNKNOWN
    finally:
        logger.disabled = before


def _send_all(route: dict[str, Any], answers: IO[str]) -> None:
    for message in route["messages"]:
        try:
            error = _send(route["url"], message)
        except Exception as unforeseen:
            # Of a plugin for any of a hundred services; whatever it is, the other messages are sent.
            error = f"{type(unforeseen).__name__}: {unforeseen}"
        told = redacted(" ".join(error.split()), route["url"])[:ERROR_CHARACTERS] if error else None
        answers.write(json.dumps({"key": message["key"], "error": told}) + "\n")
        answers.flush()


def _send(url: str, message: dict[str, str]) -> str | None:
    """Send one message. Returns why it could not be sent, not redacted; None when its service took it."""
    from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType  # noqa: PLC0415 - see above

    if len(_addresses(url)) > 1:
        return SEVERAL
    asset = AppriseAsset(app_id="Trialhouse", app_desc="Trialhouse", app_url="")
    said = _Said()
    logger = logging.getLogger("apprise")
    logger.addHandler(said)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        service = Apprise.instantiate(_as_sent(url, message["key"]), asset=asset)
        if service is None:
            return UNKNOWN
        sender = Apprise(asset=asset)
        sender.add(service)
        is_taken = sender.notify(
            body=message["body"],
            title=message["title"],
            notify_type=NotifyType(_TYPES.get(message["kind"], "info")),
            body_format=NotifyFormat.TEXT,
        )
    finally:
        logger.removeHandler(said)
    return None if is_taken else " ".join(said.lines) or SILENT


def _addresses(url: str) -> list[str]:
    from apprise.utils.parse import parse_urls  # noqa: PLC0415 - see above

    return list(parse_urls(url))  # type: ignore[no-untyped-call]


def _as_sent(url: str, key: str) -> str:
    """The address with what holds for all messages: plain text, in pieces where the service takes only short ones,
    and the key in a header where there are headers. What the address itself says of these stands.
    """
    from apprise import Apprise  # noqa: PLC0415 - see above

    query = url.partition("?")[2].lower()
    fields = {field.partition("=")[0] for field in query.split("&")}
    added = [f"{name}={value}" for name, value in (("format", "text"), ("overflow", "split")) if name not in fields]
    service = Apprise.instantiate(url, suppress_exceptions=True)
    headers = (getattr(service, "template_kwargs", None) or {}).get("headers", {})
    if headers.get("prefix") == "+":
        added.append(f"+{HEADER}={key}")
    joint = "" if url.endswith(("?", "&")) else "&" if "?" in url else "?"
    return f"{url}{joint}{'&'.join(added)}" if added else url


class _Said(logging.Handler):
    """What apprise says of one attempt, in the thread that makes it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning, an error, and what a connection said. All else may hold what was sent."""
        if record.thread != self._thread:
            return
        text = record.getMessage()
        if text.startswith(_SAID_OF_SOCKETS):
            self.lines.append(text.removeprefix(_SAID_OF_SOCKETS))
        elif record.levelno >= logging.WARNING:
            self.lines.append(text)
            if record.exc_info and record.exc_info[1]:
                self.lines.append(f"{type(record.exc_info[1]).__name__}: {record.exc_info[1]}")


if __name__ == "__main__":
    main()
