"""What may pass by itself is tried again, with growing pauses or when the server says."""

import datetime
import email.utils
import socket

import pytest

from tests.replay.answers import cut_body, cut_chunks, server_error, too_many
from tests.replay.polite import BEGIN, polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.reach import Reach
from trialhouse.sources.retries import LONGEST_STATED, retry_after_seconds
from trialhouse.sources.session import FetchFailed

RATE = 1000.0
"""So many a second that turns take no time beside pauses."""


@pytest.fixture
def server():
    with ReplayServer() as running:
        running.route("/", lambda request: Answer(body=b"in the end"))
        yield running


def session_at(tmp_path, **manners):
    return polite_session(tmp_path, requests_per_second=RATE, **manners)


def pauses(time):
    return [pause for pause in time.slept if pause > 2 / RATE]


@pytest.mark.parametrize(
    "answer",
    [
        *(server_error(status) for status in (500, 502, 503, 504)),
        Answer(status=429),
        cut_body(b"0123456789", 4),
        cut_body(b"0123456789", 0),
        cut_chunks(b"0123456789", 4),
        cut_chunks(b"0123456789", 0),
        Answer(headers={"Content-Encoding": "gzip"}, body=b"no gzip"),
    ],
)
def test_what_passes_is_answered_in_the_end(server, tmp_path, answer):
    server.misbehave("/", answer, answer)
    session, time = session_at(tmp_path, backoff_seconds=1)
    assert session.get(server.url).body == b"in the end"
    assert session.post(server.url, {}).body == b"in the end"
    first, second = pauses(time)
    assert 1 <= first <= 2
    assert 2 <= second <= 3


def test_what_does_not_pass_fails_with_what_the_server_said_last(server, tmp_path):
    server.misbehave("/", *[server_error(500)] * 2, server_error(502))
    session, time = session_at(tmp_path, attempts=3)
    with pytest.raises(FetchFailed, match=r"answered 502 Bad Gateway.*try again later \(tried 3 times\)") as caught:
        session.get(server.url)
    assert (caught.value.reason, caught.value.status, caught.value.may_pass) == ("server_error", 502, True)
    assert len(server.requests) == 3
    assert len(pauses(time)) == 2


def test_the_pauses_grow_and_have_an_end(server, tmp_path):
    server.misbehave("/", *[server_error()] * 9)
    session, time = session_at(tmp_path, attempts=10, backoff_seconds=1)
    session.get(server.url)
    grown = pauses(time)
    assert grown[:5] == sorted(grown[:5])
    assert max(grown) <= 60
    assert sum(grown) > 120


@pytest.mark.parametrize("status", [429, 503])
def test_the_server_says_when(server, tmp_path, status):
    server.misbehave("/", Answer(status=status, headers={"Retry-After": "7"}))
    session, time = session_at(tmp_path)
    assert session.get(server.url).body == b"in the end"
    assert pauses(time) == pytest.approx([7])


def test_the_server_says_when_as_a_date(server, tmp_path):
    date = email.utils.format_datetime(BEGIN + datetime.timedelta(seconds=45), usegmt=True)
    server.misbehave("/", too_many(date))
    session, time = session_at(tmp_path)
    session.get(server.url)
    assert pauses(time) == pytest.approx([45])


def test_another_process_waits_as_well(server, tmp_path):
    server.misbehave("/", too_many("90"))
    first, time = session_at(tmp_path, attempts=1)
    with pytest.raises(FetchFailed) as caught:
        first.get(server.url)
    assert caught.value.come_back_at == time.now() + datetime.timedelta(seconds=90)
    second, later = session_at(tmp_path)
    assert second.get(server.url).body == b"in the end"
    assert pauses(later) == pytest.approx([90])


def test_a_pause_that_is_too_long_is_said_and_not_waited_for(server, tmp_path):
    server.misbehave("/", too_many("7200"))
    session, time = session_at(tmp_path, longest_wait_seconds=60)
    for asked_at_all in (1, 1):
        with pytest.raises(
            FetchFailed, match=r"left alone until 2026-11-02 14:00:00 UTC.*run again after that"
        ) as caught:
            session.get(server.url)
        assert caught.value.reason == "rate_limited"
        assert caught.value.come_back_at == BEGIN + datetime.timedelta(hours=2)
        assert len(server.requests) == asked_at_all
    assert pauses(time) == []


def test_what_stays_as_it_is_is_not_asked_again(server, tmp_path):
    session, time = session_at(tmp_path, max_bytes=100)
    server.misbehave("/", Answer(status=404), Answer(status=403), Answer(body=b"x" * 101))
    for _ in range(3):
        with pytest.raises(FetchFailed) as caught:
            session.get(server.url)
        assert not caught.value.may_pass
        assert "tried" not in str(caught.value)
    assert len(server.requests) == 3
    assert pauses(time) == []


def test_a_host_that_is_away_is_tried_once_by_the_questions_that_follow(server, tmp_path):
    with ReplayServer() as gone:
        pass
    reach = Reach()
    tried = []
    for number in range(3):
        session, time = session_at(tmp_path / str(number), attempts=4)
        session._reach = reach
        with pytest.raises(FetchFailed) as caught:
            session.get(gone.url)
        tried.append(len(pauses(time)) + 1)
        assert caught.value.reason == "unreachable"
        # Another host has all its tries.
        server.misbehave("/", server_error(), server_error())
        assert session.get(server.url).body == b"in the end"
    assert tried == [4, 1, 1]
    assert "tried once: its host was away" in str(caught.value)


def test_a_host_without_an_address_is_away(server, tmp_path, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    session, time = session_at(tmp_path, attempts=4)
    with monkeypatch.context() as without_network:
        without_network.setattr("trialhouse.sources.connections.socket.getaddrinfo", unknown)
        for _ in range(2):
            with pytest.raises(FetchFailed, match="has no address"):
                session.get(server.url)
    assert len(pauses(time)) == 3
    # It is back, and has all its tries again.
    session.get(server.url)
    server.misbehave("/", server_error(), server_error())
    assert session.get(server.url).body == b"in the end"


def test_a_host_that_takes_no_connection_in_time_is_away(server, tmp_path, monkeypatch):
    class Unanswered(socket.socket):
        def connect(self, address):
            raise TimeoutError("timed out")

    session, time = session_at(tmp_path, attempts=4)
    with monkeypatch.context() as behind_a_wall:
        behind_a_wall.setattr("trialhouse.sources.connections.socket.socket", Unanswered)
        for _ in range(2):
            with pytest.raises(FetchFailed, match="did not answer in time") as caught:
                session.get(server.url)
    assert "tried once: its host was away" in str(caught.value)
    assert len(pauses(time)) == 3


def test_a_server_that_answers_too_late_is_not_away(server, tmp_path, monkeypatch):
    def late(*args):
        raise TimeoutError("timed out")

    session, _ = session_at(tmp_path, attempts=3)
    monkeypatch.setattr("trialhouse.sources.session.read_body", late)
    for _ in range(2):
        with pytest.raises(FetchFailed, match="tried 3 times"):
            session.get(server.url)


def test_a_server_that_fails_is_not_away(server, tmp_path):
    session, _ = session_at(tmp_path, attempts=3)
    for _ in range(2):
        server.misbehave("/", *[server_error()] * 3)
        with pytest.raises(FetchFailed, match="tried 3 times"):
            session.get(server.url)


def test_an_error_in_the_program_is_no_failure_to_fetch(server, tmp_path, monkeypatch):
    session, _ = session_at(tmp_path)
    monkeypatch.setattr("trialhouse.sources.session.read_body", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        session.get(server.url)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("9" * 5000, LONGEST_STATED),
        ("Mon, 02 Nov 2026 12:00:30 GMT", 30),
        ("Mon, 02 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 02 Nov 2026 12:00:30 -0000", 30),
        ("Mon, 02 Nov 9999 12:00:30 GMT", LONGEST_STATED),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("Mon, 32 Nov 2026 12:00:30 GMT", None),
        ("Mon, 02 Nov 99999999 12:00:30 GMT", None),
    ],
)
def test_when_to_come_back(stated, seconds):
    assert retry_after_seconds(stated, BEGIN) == seconds
