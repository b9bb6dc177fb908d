"""Connections that check the address they connect to, keep to a total time, and show secrets to the server alone.

urllib3 and requests have no place for any of the three, so an `Exchange` holds them for the request that the thread
is making, and the connection asks it:

- the host is resolved here, and the address that was checked is the one connected to: a name that points elsewhere a
  moment later (DNS rebinding) and a redirect change nothing;
- the time runs from before the name is resolved to the last byte: a server that dribbles header or body is cut off;
- secrets join the query when the request line is written, below everything that logs, raises or repeats an address.

No proxy is used, also none that the environment names: through a proxy it is the proxy that resolves and connects,
and nothing could be checked. No cookie is kept and no redirect followed at this height.
"""

import socket
import threading
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from trialhouse.sources.addresses import AddressRefused, is_loopback, is_public


class Exchange:
    """What a connection has to know of the request that is being made; in force inside its with statement."""

    def __init__(self, *, total_seconds: float, secret_query: str, allow_loopback: bool) -> None:
        self.secret_query = secret_query
        self.allow_loopback = allow_loopback
        self.is_over_time = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(total_seconds, self._run_out)
        self._timer.daemon = True
        self._token: Token[Exchange | None] | None = None

    def __enter__(self) -> "Exchange":
        self._token = _CURRENT.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._socket = None
        self._timer.cancel()
        if self._token is not None:
            _CURRENT.reset(self._token)

    def watch(self, connected: socket.socket) -> None:
        """Cut this socket off when the time is over."""
        self._socket = connected
        if self.is_over_time:
            _cut(connected)

    def _run_out(self) -> None:
        self.is_over_time = True
        if self._socket is not None:
            _cut(self._socket)


_CURRENT: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


def _cut(connected: socket.socket) -> None:
    """End both directions, so that whoever waits for a byte gets the end."""
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _current() -> Exchange:
    exchange = _CURRENT.get()
    if exchange is None:
        raise RuntimeError("a connection is used outside an Exchange")
    return exchange


class _CheckedConnection(HTTPConnection):
    """The part that http and https share."""

    def _new_conn(self) -> socket.socket:
        """Resolve the host, and connect to the first of its allowed addresses that answers."""
        failure: OSError | None = None
        for family, kind, protocol, _, address in self._checked_addresses():
            connected = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    connected.setsockopt(*option)
                connected.settimeout(self.timeout)
                connected.connect(address)
                return connected
            except OSError as error:
                connected.close()
                failure = error
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, f"{self.host} took no connection in {self.timeout} s") from failure
        raise NewConnectionError(self, f"{failure}") from failure

    def _checked_addresses(self) -> list[tuple[Any, ...]]:
        try:
            found = socket.getaddrinfo(self._dns_host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            cause = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(self.host, self, cause) from error
        exchange = _current()
        allowed = [
            entry
            for entry in found
            if is_public(str(entry[4][0])) or (exchange.allow_loopback and is_loopback(str(entry[4][0])))
        ]
        if not allowed:
            raise AddressRefused(", ".join(sorted({str(entry[4][0]) for entry in found})))
        return allowed

    def connect(self) -> None:
        super().connect()
        _current().watch(self.sock)

    def putrequest(self, method: str, url: str, skip_host: bool = False, skip_accept_encoding: bool = False) -> None:
        exchange = _current()
        if self.sock is not None:
            exchange.watch(self.sock)
        if exchange.secret_query:
            url += ("&" if "?" in url else "?") + exchange.secret_query
        super().putrequest(method, url, skip_host=skip_host, skip_accept_encoding=skip_accept_encoding)


class _CheckedSecureConnection(_CheckedConnection, HTTPSConnection):
    """The same under TLS: the certificate is checked against the host's name, as ever."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _CheckedConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _CheckedSecureConnection


class CheckedAdapter(HTTPAdapter):
    """The adapter of requests that uses these connections. It is used without a session of requests, which would
    bring cookies, redirects that are read without limit, proxies and passwords from the environment.
    """

    def init_poolmanager(self, *args: Any, **keywords: Any) -> None:
        """Make the pools of connections."""
        super().init_poolmanager(*args, **keywords)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
