"""The replay server does what it is told: tests of everything that fetches rest on it."""

import http.client
import time

import pytest

from tests.replay.answers import cut_body, cut_chunks, encoded, endless_redirect
from tests.replay.server import Answer, ReplayServer


@pytest.fixture
def server():
    with ReplayServer() as running:
        running.route("/", lambda request: Answer(body=b"plain"))
        yield running


def ask(server, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request(method, path, body, headers or {})
    return connection.getresponse()


def test_the_longest_prefix_answers_and_all_is_written_down(server):
    server.route("/studies", lambda request: Answer(body=request.query["id"][0].encode()))
    before = time.monotonic()
    assert ask(server, "/studies/x?id=NCT1&id=NCT2&empty=").read() == b"NCT1"
    assert ask(server, "/study").read() == b"plain"
    first, second = server.requests
    assert (first.method, first.path, second.path) == ("GET", "/studies/x", "/study")
    assert first.query == {"id": ["NCT1", "NCT2"], "empty": [""]}
    assert before <= first.at <= second.at <= time.monotonic()


def test_a_form_is_read(server):
    head = {"Content-Type": "application/x-www-form-urlencoded", "X-Word": "yes"}
    ask(server, "/post", "POST", "id=1%2C2&tool=t", head).read()
    (request,) = server.requests
    assert request.form == {"id": ["1,2"], "tool": ["t"]}
    assert request.headers["x-word"] == "yes"


def test_misbehaviour_is_served_once_each_and_none_lets_one_through(server):
    server.misbehave("/a", Answer(status=500), None, Answer(status=503))
    assert [ask(server, path).status for path in ("/a", "/a", "/b", "/a", "/a")] == [500, 200, 200, 503, 200]


def test_what_nobody_routed_and_a_handler_that_fails_are_seen():
    with ReplayServer() as server:
        server.route("/bad", lambda request: Answer(body=request.query["absent"][0].encode()))
        assert ask(server, "/nowhere").status == 404
        failed = ask(server, "/bad")
        assert (failed.status, failed.read()) == (500, b"the handler failed: KeyError('absent')")


def test_bodies_are_cut(server):
    server.misbehave("/", cut_body(b"0123456789", 4), cut_chunks(b"0123456789", 4))
    for _ in range(2):
        with pytest.raises(http.client.IncompleteRead) as caught:
            ask(server, "/").read()
        assert caught.value.partial in (b"0123", b"")


def test_chunks_and_a_drip_arrive_whole(server):
    server.misbehave("/", Answer(body=b"x" * 10_000, chunked=True), Answer(body=b"drop", drip=0.0))
    assert ask(server, "/").read() == b"x" * 10_000
    assert ask(server, "/").read() == b"drop"


def test_a_connection_is_kept(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    for _ in range(3):
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"plain"
        assert connection.sock is not None


def test_a_redirect_without_end_goes_on(server):
    server.route("/loop", endless_redirect)
    assert ask(server, "/loop").headers["Location"] == "/loop?step=1"
    assert ask(server, "/loop?step=7").headers["Location"] == "/loop?step=8"


def test_brotli_is_framed_as_the_standard_has_it():
    # The published example of the format: "hello" as a stored block in a window of 22 bits.
    assert encoded(Answer(body=b"hello"), "br").body == b"\x0b\x02\x80hello\x03"
