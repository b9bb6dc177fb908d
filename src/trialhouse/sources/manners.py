"""How a server is asked, what it answered, and why it did not: the values that pass through the polite session."""

import datetime

from pydantic import Field

from trialhouse import __version__
from trialhouse.model.record import Record


class Manners(Record):
    """How politely and how carefully is asked. All limits are for one attempt; each attempt takes a turn of its own.

    `backoff_seconds` is the first pause after a failure; it doubles from attempt to attempt. A server that asks for a
    longer pause than `longest_wait_seconds` is not waited for: the failure says when to come back.
    """

    user_agent: str = f"Trialhouse/{__version__}"
    email: str | None = None
    connect_seconds: float = Field(10.0, gt=0)
    read_seconds: float = Field(30.0, gt=0)
    total_seconds: float = Field(300.0, gt=0)
    max_bytes: int = Field(256 * 1024 * 1024, gt=0)
    attempts: int = Field(5, ge=1)
    backoff_seconds: float = Field(1.0, ge=0)
    longest_wait_seconds: float = Field(120.0, ge=0)
    allow_loopback: bool = False

    @property
    def agent(self) -> str:
        """The User-Agent: the program, and whom to write to when it misbehaves."""
        return f"{self.user_agent} (+mailto:{self.email})" if self.email else self.user_agent


class Reply(Record):
    """What a server answered. `url` is where the answer came from in the end, without secrets; `headers` have names
    in lower case and hold no cookie; `body` is decompressed and whole.
    """

    url: str
    status: int
    headers: dict[str, str]
    body: bytes = Field(repr=False)
    received_at: datetime.datetime

    @property
    def media_type(self) -> str | None:
        """What the server says the body is, such as `application/json`; None when it does not say."""
        stated = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return stated or None


class FetchFailed(Exception):
    """An answer that was not had: `reason` is a word for counting; the message says what, where and what to do.

    `status` is the server's, where it answered at all. `come_back_at` is when a server that has enough wants to be
    asked again. `may_pass` says that trying again may help. No secret is in any of them.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        status: int | None = None,
        *,
        come_back_at: datetime.datetime | None = None,
        may_pass: bool = False,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.status = status
        self.come_back_at = come_back_at
        self.may_pass = may_pass

    def __reduce__(self) -> tuple[object, ...]:
        # Between processes an exception travels as its arguments, which are not all in `args`.
        return _failed, (self.reason, str(self), self.status, self.come_back_at, self.may_pass)


def _failed(
    reason: str, message: str, status: int | None, come_back_at: datetime.datetime | None, may_pass: bool
) -> FetchFailed:
    return FetchFailed(reason, message, status, come_back_at=come_back_at, may_pass=may_pass)
