"""Secrets reach the server they are for, and nobody and nothing else."""

import logging
import pickle

import pytest

from tests.replay.answers import redirect
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.redaction import Secrets
from trialhouse.sources.session import FetchFailed

KEY = "s3cret/with+signs&0123456789"
SPELLINGS = (KEY, "s3cret%2Fwith%2Bsigns%260123456789", "s3cret/with%2Bsigns%260123456789", "0123456789")


def assert_hidden(*texts):
    for text in texts:
        for spelling in SPELLINGS:
            assert spelling not in str(text)


@pytest.fixture
def server():
    with ReplayServer() as running:
        running.route("/", lambda request: Answer(body=b"fine"))
        yield running


def test_the_server_gets_the_secret_and_the_log_does_not(server, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    session, _ = polite_session(tmp_path)
    for method in (session.get, session.post):
        reply = method(server.url + "/x", {"db": "pubmed"}, secrets={"api_key": KEY})
        assert_hidden(reply.url, reply.headers, repr(reply), vars(session))
    asked, posted = server.requests
    assert asked.query == {"db": ["pubmed"], "api_key": [KEY]}
    assert posted.form == {"db": ["pubmed"], "api_key": [KEY]}
    assert posted.query == {}
    assert any("/x" in record.getMessage() for record in caplog.records), "urllib3 logs the requests"
    assert_hidden(caplog.text, *(record.__dict__ for record in caplog.records))


def test_a_secret_alone_is_the_whole_query_and_an_empty_one_is_none(server, tmp_path):
    session, _ = polite_session(tmp_path)
    session.get(server.url + "/x", secrets={"api_key": "k1"})
    session.get(server.url + "/x", {"a": ""}, secrets={"api_key": ""})
    assert [request.query for request in server.requests] == [{"api_key": ["k1"]}, {"a": [""]}]


def test_the_next_request_of_a_connection_does_not_carry_it(server, tmp_path):
    session, _ = polite_session(tmp_path)
    session.get(server.url, secrets={"api_key": KEY})
    session.get(server.url)
    assert server.requests[1].query == {}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=400, headers={"Content-Type": "application/json"}, body=f'{{"api-key":"{KEY}"}}'.encode()),
        Answer(status=429, headers={"Content-Type": "text/plain"}, body=f"key {KEY} asks too much".encode()),
        Answer(status=429, headers={"Retry-After": "9999"}),
        Answer(status=500),
        Answer(body=b"x" * 100, cut_at=10, content_length=100),
        Answer(body=b"x" * 100, headers={"Content-Encoding": "br"}),
        Answer(body=b"x", content_length=10**12),
        redirect("http://10.0.0.1/?api_key=" + SPELLINGS[1]),
        redirect("ftp://example.org/?k=" + SPELLINGS[1]),
        redirect("http://[bad/?k=" + SPELLINGS[1]),
    ],
)
def test_no_failure_tells_it(server, tmp_path, caplog, answer):
    caplog.set_level(logging.DEBUG)
    server.misbehave("/", answer, answer)
    session, _ = polite_session(tmp_path, attempts=2)
    with pytest.raises(FetchFailed) as caught:
        session.get(server.url + "/x", {"a": "b"}, secrets={"api_key": KEY})
    failure = caught.value
    assert_hidden(failure, repr(failure), vars(failure), pickle.dumps(failure), caplog.text)
    error = failure
    while error is not None:
        assert_hidden(error, repr(error))
        error = error.__cause__ or error.__context__


def test_a_server_that_nobody_reaches_is_named_without_it(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with ReplayServer() as server:
        url = server.url
    session, _ = polite_session(tmp_path, attempts=2)
    with pytest.raises(FetchFailed) as caught:
        session.get(url, secrets={"api_key": KEY})
    assert caught.value.reason == "unreachable"
    assert_hidden(caught.value, caplog.text)


def test_what_a_server_repeats_is_cleaned(server, tmp_path):
    server.misbehave("/", Answer(body=f"your key {KEY} is new".encode(), headers={"X-Key": KEY, "Link": SPELLINGS[1]}))
    reply = polite_session(tmp_path)[0].get(server.url, secrets={"api_key": KEY})
    assert reply.body == b"your key *** is new"
    assert (reply.headers["x-key"], reply.headers["link"]) == ("***", "***")


def test_a_redirect_on_the_same_server_takes_it_along_once(server, tmp_path):
    server.misbehave("/old", redirect("/new?api_key=" + SPELLINGS[1] + "&a=b"))
    reply = polite_session(tmp_path)[0].get(server.url + "/old?a=b", secrets={"api_key": KEY})
    assert reply.url == server.url + "/new?a=b"
    assert server.requests[1].query == {"a": ["b"], "api_key": [KEY]}


def test_a_redirect_to_another_server_does_not(server, tmp_path):
    with ReplayServer() as other:
        other.route("/", lambda request: Answer(body=b"elsewhere"))
        server.misbehave("/", redirect(f"{other.url}/there?api_key={SPELLINGS[1]}&a=b&copy={SPELLINGS[1]}"))
        session, _ = polite_session(tmp_path)
        headers = {"Authorization": "Bearer " + KEY, "X-Api-Key": KEY, "Accept": "text/xml", "If-None-Match": '"e"'}
        reply = session.get(server.url, secrets={"api_key": KEY}, headers=headers)
        assert reply.body == b"elsewhere"
        (request,) = other.requests
    assert_hidden(request, reply)
    assert request.query["a"] == ["b"]
    assert request.headers["accept"] == "text/xml"
    assert request.headers["if-none-match"] == '"e"'
    assert "authorization" not in request.headers


def test_a_form_that_is_sent_on_to_another_server_goes_without_it(server, tmp_path):
    with ReplayServer() as other:
        other.route("/", lambda request: Answer(body=b"elsewhere"))
        server.misbehave("/", redirect(other.url, 307))
        polite_session(tmp_path)[0].post(server.url, {"id": "1"}, secrets={"api_key": KEY})
        assert other.requests[0].form == {"id": ["1"]}


def test_short_secrets_are_hidden_in_words_and_left_in_data():
    secrets = Secrets({"pin": "12", "empty": ""})
    assert secrets.clean("pin 12") == "pin ***"
    assert secrets.clean_body(b"n = 12") == b"n = 12"
    assert repr(secrets) == "Secrets(pin)"
    assert secrets.clean_url("http://h/p?a=1&pin=12&empty=&b=%2C") == "http://h/p?a=1&empty=&b=%2C"
