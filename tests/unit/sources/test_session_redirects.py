"""Redirects are looked at before they are followed."""

import pytest

from tests.replay.answers import endless_redirect, redirect
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.redaction import Secrets
from trialhouse.sources.redirects import MOST_REDIRECTS, Step, next_step
from trialhouse.sources.session import FetchFailed


@pytest.fixture
def server():
    with ReplayServer() as running:
        running.route("/", lambda request: Answer(body=request.path.encode()))
        yield running


def refused(call, *args):
    with pytest.raises(FetchFailed) as caught:
        call(*args)
    assert not caught.value.may_pass
    return caught.value


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/new", "new", "//HOST/new", "http://HOST/new#part"])
def test_a_redirect_is_followed(server, tmp_path, status, location):
    server.misbehave("/old", redirect(location.replace("HOST", f"127.0.0.1:{server.port}"), status))
    reply = polite_session(tmp_path)[0].get(server.url + "/old")
    assert (reply.url, reply.body) == (server.url + "/new", b"/new")


def test_every_step_takes_its_turn(server, tmp_path):
    server.misbehave("/a", redirect("/b"))
    session, time = polite_session(tmp_path, requests_per_second=1)
    session.get(server.url + "/a")
    assert len(time.slept) == 1


def test_a_location_that_is_not_ascii_is_utf8(server, tmp_path):
    server.misbehave("/old", redirect("/é".encode().decode("latin-1")))
    assert polite_session(tmp_path)[0].get(server.url + "/old").body == "/é".encode()


def test_a_walk_without_end_is_ended(server, tmp_path):
    server.route("/loop", endless_redirect)
    failure = refused(polite_session(tmp_path)[0].get, server.url + "/loop")
    assert failure.reason == "redirect_loop"
    assert f"sent on more than {MOST_REDIRECTS} times" in str(failure)
    assert len(server.requests) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://[::ffff:192.168.0.1]/", "private_address"),
        ("http://0x0a000001/", "private_address"),
        ("file:///etc/passwd", "bad_scheme"),
        ("ftp://127.0.0.1/", "bad_scheme"),
        ("data:text/plain,hello", "bad_scheme"),
        ("http://user:word@127.0.0.1/", "bad_url"),
        ("http://[::1", "bad_url"),
        ("http://127.0.0.1:99999/", "bad_url"),
        ("", "bad_redirect"),
    ],
)
def test_where_nobody_is_sent(server, tmp_path, location, reason):
    server.misbehave("/", redirect(location))
    failure = refused(polite_session(tmp_path)[0].get, server.url)
    assert failure.reason == reason
    assert len(server.requests) == 1


def test_a_form_is_posted_again_or_not_lost_in_silence(server, tmp_path):
    session, _ = polite_session(tmp_path)
    server.misbehave("/old", redirect("/new", 308), redirect("/new", 301))
    session.post(server.url + "/old", {"id": "1"})
    assert (server.requests[1].method, server.requests[1].form) == ("POST", {"id": ["1"]})
    failure = refused(session.post, server.url + "/old", {"id": "1"})
    assert failure.reason == "bad_redirect"
    assert "set the new address" in str(failure)


def step(url):
    return Step(url, None, {}, Secrets({"key": "0123456789"}))


def test_down_from_https_is_refused_and_up_to_it_keeps_the_secrets():
    failure = refused(next_step, step("https://example.org/a"), 301, "http://example.org/a")
    assert failure.reason == "bad_scheme"
    assert next_step(step("http://example.org/a"), 301, "https://example.org/a").secrets.query() == "key=0123456789"


@pytest.mark.parametrize("url", ["https://example.org:8443/", "https://www.example.org/", "https://example.org.evil/"])
def test_another_port_or_name_is_another_server(url):
    assert next_step(step("https://example.org/a"), 301, url).secrets.query() == ""
