"""A web server on this machine that answers as a test tells it to, well or badly, and writes down what it was asked.

Tests of everything that fetches run against this server over real sockets, so that what is tested is what happens: a
connection that is cut is cut, a body that dribbles in dribbles in. Nothing leaves the machine.

    with ReplayServer() as server:
        server.route("/studies", lambda request: Answer(body=b"{}"))          # a handler for a path and all below it
        server.misbehave("/studies", Answer(status=500), None, Answer(status=429, headers={"Retry-After": "2"}))
        ...  # ask server.url + "/studies?pageSize=10"
        assert [request.query["pageSize"] for request in server.requests] == [["10"]]

`misbehave` lines up answers that are served before the handler is asked, one for each request; a None lets one
request through to the handler. The longest prefix wins, for handlers and for misbehaviour; what nobody routed is a 404.
A handler that raises gives a 500 with the error's text, so that a mistake in a test is seen. Ready-made bad answers
(a bomb, a challenge page, a redirect without end) are in `tests/replay/answers.py`; servers that play one source
(PubMed, ClinicalTrials.gov …) are handlers in files of their own beside this one.
"""

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

Value = TypeVar("Value")


@dataclass(frozen=True)
class Request:
    """What was asked, and when: `at` is time.monotonic() of the machine, the same for all its processes.

    `path` is decoded and without the query; `headers` have lower-case names; `form` is the body of a posted form.
    """

    at: float
    method: str
    path: str
    query: dict[str, list[str]]
    form: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What is answered, and what is done wrong on the way.

    `content_length` is announced in place of the true length. `cut_at` closes the connection after that many bytes of
    the body. `drip` sends the body byte by byte with that many seconds between two. `chunked` sends it in chunks of 4
    kB; with `cut_at` the last chunk is then missing. `hold` is the seconds before anything is sent at all.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut_at: int | None = None
    drip: float | None = None
    content_length: int | None = None
    chunked: bool = False
    hold: float = 0.0


Handler = Callable[[Request], Answer]


class ReplayServer:
    """The server, for use in a with statement: `url` is where it answers, `requests` what it was asked so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._routes: dict[str, Handler] = {}
        self._misbehaviour: dict[str, deque[Answer | None]] = {}
        self._server = _Server(self)
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> "ReplayServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def requests(self) -> list[Request]:
        """What was asked so far, in the order of arrival."""
        with self._lock:
            return list(self._requests)

    def route(self, prefix: str, handler: Handler) -> None:
        """Let a handler answer every path that begins with the prefix."""
        with self._lock:
            self._routes[prefix] = handler

    def misbehave(self, prefix: str, *answers: Answer | None) -> None:
        """Line up answers for paths that begin with the prefix, once each; None lets one request through."""
        with self._lock:
            self._misbehaviour.setdefault(prefix, deque()).extend(answers)

    def forgive(self, prefix: str) -> None:
        """Take back what is still lined up for a prefix."""
        with self._lock:
            self._misbehaviour.pop(prefix, None)

    def answer(self, request: Request) -> Answer:
        """Write the request down and say what it is answered."""
        with self._lock:
            self._requests.append(request)
            bad = _longest(request.path, {prefix: line for prefix, line in self._misbehaviour.items() if line})
            answer = bad.popleft() if bad else None
            handler = _longest(request.path, self._routes)
        if answer is not None:
            return answer
        if handler is None:
            return Answer(
                status=404, headers={"Content-Type": "text/plain"}, body=b"nobody routed " + _utf8(request.path)
            )
        try:
            return handler(request)
        except Exception as error:
            return Answer(
                status=500, headers={"Content-Type": "text/plain"}, body=_utf8(f"the handler failed: {error!r}")
            )


class _Server(ThreadingHTTPServer):
    """The sockets: a thread for each connection; none of them keeps the tests from ending."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, replay: ReplayServer) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.replay = replay
        self.stopping = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up in the middle are what the tests are about: nothing is printed."""


class _Connection(BaseHTTPRequestHandler):
    """One connection of a client, kept open from request to request as HTTP/1.1 has it."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        at = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        is_form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
        request = Request(
            at=at,
            method=self.command,
            path=unquote(parts.path),
            query=parse_qs(parts.query, keep_blank_values=True),
            form=parse_qs(body.decode(), keep_blank_values=True) if is_form else {},
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )
        self._send(self.server.replay.answer(request))

    do_POST = do_PATCH = do_HEAD = do_GET

    def _send(self, answer: Answer) -> None:
        self.server.stopping.wait(answer.hold)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        has_body = self.command != "HEAD" and answer.status not in (204, 304)
        if answer.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif has_body:
            length = len(answer.body) if answer.content_length is None else answer.content_length
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if has_body:
            self._send_body(answer)

    def _send_body(self, answer: Answer) -> None:
        body = answer.body if answer.cut_at is None else answer.body[: answer.cut_at]
        size = 1 if answer.drip is not None else 4096 if answer.chunked else max(1, len(body))
        for start in range(0, len(body), size):
            piece = body[start : start + size]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if answer.chunked else piece)
            if answer.drip is not None and self.server.stopping.wait(answer.drip):
                break
        is_short = answer.content_length is not None and answer.content_length != len(answer.body)
        if answer.cut_at is not None or is_short:
            self._hang_up()
        elif answer.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def version_string(self) -> str:
        return "replay"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is in `requests`."""


def _longest(path: str, table: Mapping[str, Value]) -> Value | None:
    prefixes = [prefix for prefix in table if path.startswith(prefix)]
    return table[max(prefixes, key=len)] if prefixes else None


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
