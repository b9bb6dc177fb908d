"""The one way to the network: every source asks through a PoliteSession, and nothing else of the program connects.

    session = PoliteSession(Manners(email="…"), Rates(folder), requests_per_second=3)
    reply = session.get("https://…/esearch.fcgi", {"db": "pubmed", "term": "…"}, secrets={"api_key": "…"})

What a request goes through, each in a file of its own: it takes its turn at the host (`rates.py`), is sent to an
address that was checked, with its secrets (`connections.py`), its body is read within limits (`bodies.py`), a redirect
is looked at before it is followed (`redirects.py`), and what may pass by itself is tried again (`retries.py`). It ends
in a Reply or in a FetchFailed that says what to do (`failures.py`).
"""

import datetime
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

import requests
from urllib3.exceptions import IncompleteRead, ProtocolError

from trialhouse.sources.addresses import host_of
from trialhouse.sources.bodies import ACCEPT_ENCODING, read_body
from trialhouse.sources.connections import CheckedAdapter, Exchange
from trialhouse.sources.failures import (
    CONNECTION_ERRORS,
    cut_body,
    failure_of,
    failure_of_status,
    is_without_connection,
    over_time,
    quoted,
    shortened,
)
from trialhouse.sources.manners import FetchFailed, Manners, Reply
from trialhouse.sources.rates import HeldBack, Rates, RatesUnusable
from trialhouse.sources.reach import Reach
from trialhouse.sources.redaction import Secrets
from trialhouse.sources.redirects import MOST_REDIRECTS, REDIRECTS, Step, next_step
from trialhouse.sources.retries import retry_after_seconds, retrying, stated_rate

__all__ = ["FetchFailed", "Manners", "PoliteSession", "Reply"]

_NEVER_KEPT = frozenset({"set-cookie", "set-cookie2"})
_SAYS_WHEN = frozenset({429, 503})


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@contextmanager
def _usable() -> Iterator[None]:
    """Turns that cannot be kept are a failure to fetch: without them nothing is asked."""
    try:
        yield
    except RatesUnusable as error:
        raise FetchFailed("rates_unusable", str(error)) from error


class PoliteSession:
    """Asks servers on behalf of one source, at most so often a second each, together with all other processes.

    `reach` is what the sessions of a run know of hosts that are away.
    """

    def __init__(
        self,
        manners: Manners,
        rates: Rates,
        *,
        requests_per_second: float,
        clock: Callable[[], datetime.datetime] = _utc_now,
        sleep: Callable[[float], None] = time.sleep,
        reach: Reach | None = None,
    ) -> None:
        self._manners = manners
        self._reach = reach or Reach()
        self._rates = rates
        self._per_second = requests_per_second
        self._clock = clock
        self._sleep = sleep
        self._adapter = CheckedAdapter()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        secrets: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        expected: Collection[int] = (200,),
    ) -> Reply:
        """Ask with GET. `secrets` join the query of the request and are seen by this server alone.

        Answers with a status in `expected` come back, redirects among them; other redirects are followed. Raises
        FetchFailed for everything else, after further attempts where they may help.
        """
        host_of(url)
        try:
            whole = requests.Request("GET", url, params=params).prepare().url or url
        except requests.exceptions.RequestException as error:
            raise FetchFailed("bad_url", f"{shortened(url)} is no address that can be asked: correct it") from error
        return self._ask(Step(whole, None, headers or {}, Secrets(secrets)), expected)

    def post(
        self,
        url: str,
        data: Mapping[str, str],
        *,
        secrets: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        expected: Collection[int] = (200,),
    ) -> Reply:
        """Ask with POST and a form, which `secrets` join. Otherwise as `get`."""
        return self._ask(Step(url, data, headers or {}, Secrets(secrets)), expected)

    def slow_down(self, url: str, per_second: float) -> None:
        """The host of this address states a rate, as robots.txt does with Crawl-delay: every process keeps to it."""
        with _usable():
            self._rates.slow_down(host_of(url), per_second)

    def close(self) -> None:
        """Let go of the connections that are kept open."""
        self._adapter.close()

    def _ask(self, step: Step, expected: Collection[int]) -> Reply:
        is_away = self._reach.is_away(host_of(step.url), self._manners.attempts)
        attempts = retrying(self._manners, self._sleep, 1 if is_away else self._manners.attempts)
        try:
            return attempts(self._walk, step, frozenset(expected))
        except FetchFailed as failure:
            tried = int(attempts.statistics.get("attempt_number", 1))
            times = f" (tried {tried} times)" if tried > 1 else ""
            times = " (tried once: its host was away for all tries of a question before)" if is_away else times
            raise FetchFailed(
                failure.reason,
                step.secrets.clean(str(failure)) + times,
                failure.status,
                come_back_at=failure.come_back_at,
                may_pass=failure.may_pass,
            ) from None

    def _walk(self, first: Step, expected: frozenset[int]) -> Reply:
        """One attempt: the request, and those that redirects lead to."""
        step = first
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._exchange(step)
            if reply.status in expected:
                return reply
            if reply.status not in REDIRECTS:
                raise self._refusal(reply)
            step = next_step(step, reply.status, reply.headers.get("location"))
        raise FetchFailed(
            "redirect_loop",
            f"{shortened(first.url)} sent on more than {MOST_REDIRECTS} times, last to {shortened(step.url)}: look "
            "at it with a browser",
        )

    def _exchange(self, step: Step) -> Reply:
        """One request and its whole answer, whatever its status."""
        host = host_of(step.url)
        self._take_turn(host, step)
        where = shortened(step.url)
        exchange = Exchange(
            total_seconds=self._manners.total_seconds,
            secret_query="" if step.form is not None else step.secrets.query(),
            allow_loopback=self._manners.allow_loopback,
        )
        failure: FetchFailed | None = None
        try:
            with exchange:
                response, body = self._send(step, where)
        except CONNECTION_ERRORS as error:
            failure = failure_of(error, where)
            if is_without_connection(error):
                self._reach.missed(host)
        except FetchFailed as error:
            failure = error
        # What is cut off when the time is over may look like any other end, also like a good one.
        if exchange.is_over_time and (failure is None or failure.may_pass):
            failure = over_time(where, self._manners.total_seconds)
        if failure is not None:
            raise failure
        self._reach.reached(host)
        reply = self._reply(step, response, body)
        self._heed(host, reply)
        return reply

    def _send(self, step: Step, where: str) -> tuple[requests.Response, bytes]:
        form = None if step.form is None else {**step.form, **step.secrets.form()}
        headers = {
            "User-Agent": self._manners.agent,
            "Accept": "*/*",
            "Accept-Encoding": ACCEPT_ENCODING,
            **step.headers,
        }
        request = requests.Request("GET" if form is None else "POST", step.url, headers=headers, data=form).prepare()
        timeout = (self._manners.connect_seconds, self._manners.read_seconds)
        response = self._adapter.send(request, stream=True, timeout=timeout, verify=True)
        try:
            body = read_body(response.raw, self._manners.max_bytes, where)
        except ProtocolError as error:
            response.raw.close()
            if any(isinstance(each, IncompleteRead) for each in error.args):
                raise cut_body(where) from error
            raise
        except BaseException:
            response.raw.close()
            raise
        response.raw.release_conn()
        return response, body

    def _take_turn(self, host: str, step: Step) -> None:
        try:
            with _usable():
                self._rates.wait(host, self._per_second, self._manners.longest_wait_seconds)
        except HeldBack as error:
            raise self._come_back(step.url, error.until - self._rates.now(), None) from error

    def _reply(self, step: Step, response: requests.Response, body: bytes) -> Reply:
        return Reply(
            url=step.secrets.clean_url(step.url),
            status=response.status_code,
            headers={
                name.lower(): step.secrets.clean(value)
                for name, value in response.headers.items()
                if name.lower() not in _NEVER_KEPT
            },
            body=step.secrets.clean_body(body),
            received_at=self._clock(),
        )

    def _heed(self, host: str, reply: Reply) -> None:
        """Tell all processes what the server says of how often it wants to be asked."""
        stated = stated_rate(reply.headers.get("x-rate-limit-limit"), reply.headers.get("x-rate-limit-interval"))
        pause = self._asked_pause(reply)
        with _usable():
            if stated is not None and stated < self._per_second:
                self._rates.slow_down(host, stated)
            if pause is not None:
                self._rates.hold_back(host, pause)

    def _asked_pause(self, reply: Reply) -> float | None:
        if reply.status not in _SAYS_WHEN:
            return None
        return retry_after_seconds(reply.headers.get("retry-after"), self._clock())

    def _refusal(self, reply: Reply) -> FetchFailed:
        """The failure that a status stands for, with the time to come back where the server names one."""
        failure = failure_of_status(reply.status, shortened(reply.url), quoted(reply.body, reply.media_type))
        pause = self._asked_pause(reply)
        if pause is None:
            return failure
        if pause > self._manners.longest_wait_seconds:
            return self._come_back(reply.url, pause, reply.status)
        failure.come_back_at = self._clock() + datetime.timedelta(seconds=pause)
        return failure

    def _come_back(self, url: str, seconds: float, status: int | None) -> FetchFailed:
        at = self._clock() + datetime.timedelta(seconds=seconds)
        return FetchFailed(
            "rate_limited",
            f"{shortened(url)} wants to be left alone until {at:%Y-%m-%d %H:%M:%S} UTC, longer than is waited for "
            f"({self._manners.longest_wait_seconds:g} s): run again after that",
            status,
            come_back_at=at,
        )
