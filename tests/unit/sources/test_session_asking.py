"""What a request of the polite session looks like to a server, and what comes back of its answer."""

import datetime
import pickle

import pytest

from tests.replay.answers import WRONG_CHARSET, encoded
from tests.replay.polite import BEGIN, polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse import __version__
from trialhouse.sources.session import FetchFailed, Manners, Reply


@pytest.fixture
def server():
    with ReplayServer() as running:
        running.route("/", lambda request: Answer(body=b"plain", headers={"Content-Type": "Text/Plain; charset=x"}))
        yield running


def test_a_question_and_its_answer(server, tmp_path):
    session, _ = polite_session(tmp_path)
    reply = session.get(server.url + "/esearch", {"term": "a b & (c)", "retmax": "5"})
    assert (reply.status, reply.body, reply.media_type) == (200, b"plain", "text/plain")
    assert reply.url == server.url + "/esearch?term=a+b+%26+%28c%29&retmax=5"
    assert reply.received_at == BEGIN
    (request,) = server.requests
    assert (request.method, request.path) == ("GET", "/esearch")
    assert request.query == {"term": ["a b & (c)"], "retmax": ["5"]}


def test_a_form(server, tmp_path):
    session, _ = polite_session(tmp_path)
    reply = session.post(server.url + "/efetch", {"id": "1,2", "db": "pubmed"})
    assert reply.url == server.url + "/efetch"
    (request,) = server.requests
    assert (request.method, request.query) == ("POST", {})
    assert request.form == {"id": ["1,2"], "db": ["pubmed"]}


def test_the_program_says_who_it_is(server, tmp_path):
    polite_session(tmp_path)[0].get(server.url)
    polite_session(tmp_path, email="data@example.org")[0].get(server.url, headers={"If-None-Match": '"e"'})
    first, second = server.requests
    assert first.headers["user-agent"] == f"Trialhouse/{__version__}"
    assert second.headers["user-agent"] == f"Trialhouse/{__version__} (+mailto:data@example.org)"
    assert second.headers["if-none-match"] == '"e"'
    assert second.headers["accept-encoding"] == "gzip, deflate"


def test_no_cookie_is_kept_or_shown(server, tmp_path):
    session, _ = polite_session(tmp_path)
    server.misbehave("/", Answer(headers={"Set-Cookie": "session=1; Path=/", "ETag": '"e"'}))
    reply = session.get(server.url)
    assert reply.headers["etag"] == '"e"'
    assert "set-cookie" not in reply.headers
    session.get(server.url)
    assert "cookie" not in server.requests[1].headers


def test_what_is_expected_comes_back(server, tmp_path):
    session, _ = polite_session(tmp_path)
    server.misbehave("/", Answer(status=304), Answer(status=404, body=b"gone"), Answer(status=301))
    assert session.get(server.url, expected=(200, 304)).status == 304
    assert session.get(server.url, expected=[404]).body == b"gone"
    assert session.get(server.url, expected={301}).status == 301
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "reason", "says"),
    [
        (400, "bad_request", "answered 400 Bad Request («no such field»): it does not understand what is asked"),
        (401, "refused", "check the key"),
        (403, "refused", "it does not give this to us"),
        (404, "not_found", "it is not there; check the address"),
        (410, "not_found", "it is not there"),
        (418, "bad_request", "answered 418"),
        (451, "refused", "451"),
        (499, "bad_request", "answered 499 («"),
        (201, "unexpected_status", "answered 201 Created"),
        (304, "unexpected_status", "answered 304 Not Modified"),
        (501, "unexpected_status", "501 Not Implemented"),
    ],
)
def test_what_is_not_expected_fails_at_once_and_says_why(server, tmp_path, status, reason, says):
    server.misbehave("/", Answer(status=status, headers={"Content-Type": "text/plain"}, body=b"no such\n field"))
    session, _ = polite_session(tmp_path)
    with pytest.raises(FetchFailed) as caught:
        session.get(server.url)
    failure = caught.value
    assert (failure.reason, failure.status, failure.may_pass) == (reason, status, False)
    assert str(failure).startswith(server.url)
    assert says in str(failure)
    assert len(server.requests) == 1


def test_a_web_page_for_people_is_not_quoted(server, tmp_path):
    server.misbehave("/", Answer(status=400, headers={"Content-Type": "text/html"}, body=b"<h1>Bad</h1>"))
    with pytest.raises(FetchFailed) as caught:
        polite_session(tmp_path)[0].get(server.url)
    assert "<h1>" not in str(caught.value)


def test_a_long_address_is_shortened_in_messages(server, tmp_path):
    server.misbehave("/", Answer(status=400))
    with pytest.raises(FetchFailed) as caught:
        polite_session(tmp_path)[0].get(server.url, {"ids": ",".join(map(str, range(1000)))})
    assert len(str(caught.value)) < 350


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw-deflate"])
def test_compressed_answers_come_back_decompressed(server, tmp_path, encoding):
    server.misbehave("/", encoded(Answer(body=b"words " * 100), encoding))
    assert polite_session(tmp_path)[0].get(server.url).body == b"words " * 100


def test_bytes_are_bytes_whatever_charset_a_header_claims(server, tmp_path):
    server.misbehave("/", WRONG_CHARSET)
    reply = polite_session(tmp_path)[0].get(server.url)
    assert (reply.body, reply.media_type) == (WRONG_CHARSET.body, "text/xml")


def test_a_kept_connection_is_used_again(server, tmp_path):
    session, _ = polite_session(tmp_path)
    for number in range(5):
        assert session.get(server.url, {"n": str(number)}).body == b"plain"
    session.close()
    assert session.get(server.url).body == b"plain"


def test_a_reply_without_a_type_has_none():
    reply = Reply(url="u", status=200, headers={}, body=b"x" * 9, received_at=BEGIN)
    assert reply.media_type is None
    assert "xxx" not in repr(reply)


def test_a_failure_survives_the_way_between_processes():
    failure = FetchFailed("timeout", "too slow", 504, come_back_at=BEGIN + datetime.timedelta(1), may_pass=True)
    again = pickle.loads(pickle.dumps(failure))
    assert (type(again), str(again), vars(again)) == (FetchFailed, "too slow", vars(failure))


def test_limits_are_above_zero():
    for wrong in ("total_seconds", "max_bytes", "attempts"):
        with pytest.raises(ValueError, match=wrong):
            Manners(**{wrong: 0})
