"""A mail server on this machine that keeps what it is sent, or does what a test tells it to instead.

    with MailServer() as server:
        ...  # send to server.address("curation@example.org"), an apprise URL
        assert server.mails[0]["Subject"] == "…"

It is aiosmtpd's, over a real socket.
"""

import asyncio
import email
import email.message
import email.policy
import threading
import warnings
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PASSWORD = "open:Sesame/now"
"""What the server wants; it holds characters that an address must escape."""

ESCAPED = "open%3ASesame%2Fnow"


class MailServer:
    """The server, for use in a with statement; `mails` is what it took so far, `refusals` what it answers instead."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.mails: list[email.message.EmailMessage] = []
        self.refusals: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "MailServer":
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(timeout=10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(self._conversation, "127.0.0.1", self.port)

    def _conversation(self) -> SMTP:
        with warnings.catch_warnings(action="ignore"):  # that passwords are sent in the clear
            return SMTP(
                self,
                hostname="mail.example.org",
                authenticator=self._authenticate,
                auth_required=True,
                auth_require_tls=False,
                loop=self._loop,
            )

    def address(self, recipient: str, password: str = ESCAPED) -> str:
        """The apprise URL of a mail to somebody by this server."""
        return f"mailto://robot:{password}@127.0.0.1:{self.port}/?to={recipient}&from=robot@example.org&mode=insecure"

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        # A careless server: it repeats what it was given.
        message = None if is_right else f"535 5.7.8 no such login: {getattr(data, 'password', b'?')!r}"
        return AuthResult(success=is_right, handled=False, message=message)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, email.message.EmailMessage)
        self.mails.append(parsed)
        return "250 taken"
