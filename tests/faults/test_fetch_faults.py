"""Servers that fail, lie, dawdle or attack: what the person who asked sees, and that nothing is lost in silence.

Every fault stands in the way of one record of three. Either all three are had in the end, or the failure is said with
its reason while the other two are had.
"""

import json
import pathlib
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager

import pytest
import requests

from tests.replay.answers import (
    CHALLENGE_PAGE,
    ENTITY_BOMB,
    ERROR_UNDER_200,
    WRONG_CHARSET,
    cut_body,
    cut_chunks,
    encoded,
    endless_redirect,
    gzip_bomb,
    redirect,
    server_error,
    slow_drip,
    too_many,
)
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.connections import CheckedAdapter, Exchange
from trialhouse.sources.session import FetchFailed
from trialhouse.text.safe_xml import UnsafeXml, parse_xml

IDS = ["1", "2", "3"]


@pytest.fixture
def server():
    with ReplayServer() as running:
        running.route("/record/", lambda request: Answer(body=json.dumps({"id": request.path[-1]}).encode()))
        running.route("/loop", endless_redirect)
        yield running


@contextmanager
def raw_server(sent, pause=0.0):
    """A server that sends these bytes to the first who comes, as they are, and hangs up; gives its address."""
    over = threading.Event()

    def answer(listening):
        taken, _ = listening.accept()
        with taken:
            taken.recv(65536)
            for piece in [sent] if not pause else [bytes([byte]) for byte in sent]:
                if over.wait(pause):
                    return
                try:
                    taken.sendall(piece)
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer, args=(listening,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            over.set()
            thread.join()


def fetch_all(server, folder, **manners):
    """The records that were had, and the reason for each of the others."""
    session, _ = polite_session(folder, **{"attempts": 3, "max_bytes": 3_000_000, **manners})
    had, missing = [], {}
    for one in IDS:
        try:
            had.append(json.loads(session.get(f"{server.url}/record/{one}").body)["id"])
        except FetchFailed as failure:
            missing[one] = failure.reason
    return had, missing


PASSING = {
    "too many, in seconds": too_many("3"),
    "too many, with a date": too_many("Mon, 02 Nov 2026 12:00:30 GMT"),
    "too many, without a word": Answer(status=429),
    "a server that failed": server_error(),
    "a gateway that failed": server_error(502),
    "a server that is overloaded": Answer(status=503, headers={"Retry-After": "2"}),
    "a body that is cut": cut_body(b'{"id": "2", "title": "x"}', 11),
    "a body that does not begin": cut_body(b'{"id": "2"}', 0),
    "chunks that are cut": cut_chunks(b'{"id": "2"}' + b" " * 9000, 5000),
    "compressed data that is cut": Answer(
        headers={"Content-Encoding": "gzip"}, body=encoded(Answer(body=b'{"id": "2"}' * 99), "gzip").body[:-9]
    ),
    "compressed data that is none": Answer(headers={"Content-Encoding": "gzip"}, body=b"<html>"),
}


@pytest.mark.parametrize("fault", PASSING)
def test_faults_that_pass_lose_nothing(server, tmp_path, fault):
    server.misbehave("/record/2", PASSING[fault], PASSING[fault])
    assert fetch_all(server, tmp_path) == (IDS, {})


STAYING = {
    "a bomb": (gzip_bomb(10_000_000), "bomb"),
    "a body that is too large": (Answer(body=b" " * 3_000_001), "too_large"),
    "a body without an end": (Answer(body=b" " * 3_100_000, chunked=True), "too_large"),
    "an encoding nobody asked for": (encoded(Answer(body=b'{"id": "2"}'), "br"), "unknown_encoding"),
    "a redirect into the own network": (redirect("http://10.0.0.1/"), "private_address"),
    "a redirect to the cloud's metadata": (redirect("http://169.254.169.254/latest/"), "private_address"),
    "a redirect to a file": (redirect("file:///etc/passwd"), "bad_scheme"),
    "a redirect without end": (redirect("/loop"), "redirect_loop"),
    "a server that fails for good": (server_error(), "server_error"),
    "a body that is always cut": (cut_body(b'{"id": "2"}', 5), "cut_body"),
    "a record that is gone": (Answer(status=410), "not_found"),
    "a pause of a day": (too_many("86400"), "rate_limited"),
}


@pytest.mark.parametrize("fault", STAYING)
def test_faults_that_stay_are_said_and_hold_up_nothing_else(server, tmp_path, fault):
    answer, reason = STAYING[fault]
    server.misbehave("/record/2", *[answer] * 3)
    had, missing = fetch_all(server, tmp_path)
    if reason == "rate_limited":
        # The host wants to be left alone: what comes after waits as well, and says so.
        assert (had, missing) == (["1"], {"2": reason, "3": reason})
    else:
        assert (had, missing) == (["1", "3"], {"2": reason})


@pytest.mark.parametrize("where", ["body", "chunks", "before the answer"])
def test_a_server_that_dawdles_is_cut_off(server, tmp_path, where):
    answer = {
        "body": slow_drip(b" " * 1000, 0.02),
        "chunks": Answer(body=b" " * 5000, chunked=True, drip=0.02),
        "before the answer": Answer(hold=20),
    }[where]
    server.misbehave("/record/2", answer)
    # It answers in the second attempt; the first would have taken 20 s, each byte of it well in time.
    assert fetch_all(server, tmp_path, total_seconds=0.3, attempts=8) == (IDS, {})
    server.misbehave("/record/2", answer)
    with pytest.raises(FetchFailed, match=r"had not answered whole after 0\.3 s: ask for fewer records") as caught:
        polite_session(tmp_path, total_seconds=0.3, attempts=1)[0].get(server.url + "/record/2")
    assert caught.value.reason == "timeout"


def test_a_server_that_dribbles_its_header_is_cut_off(tmp_path):
    """One byte of the header at a time never lets a time-out of reading run out."""
    with raw_server(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000, pause=0.02) as url:
        session, _ = polite_session(tmp_path, total_seconds=0.3, attempts=1)
        with pytest.raises(FetchFailed) as caught:
            session.get(url)
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize(
    "sent", [b"", b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nContent-Ty", b"HTTP/1.1 200 OK\r\nContent-Length: "]
)
def test_a_server_that_dies_within_its_header_has_not_answered(tmp_path, sent):
    with raw_server(sent) as url:
        session, _ = polite_session(tmp_path, attempts=1)
        with pytest.raises(FetchFailed) as caught:
            session.get(url)
    assert caught.value.may_pass
    assert caught.value.reason == ("cut_body" if b"OK" in sent else "unreachable")


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01 no HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"]
)
def test_a_server_that_speaks_no_http(tmp_path, sent):
    with raw_server(sent) as url:
        session, _ = polite_session(tmp_path, attempts=1)
        with pytest.raises(FetchFailed) as caught:
            session.get(url)
    assert caught.value.reason == "unreachable"


def test_a_server_that_is_silent_is_left(server, tmp_path):
    server.misbehave("/record/2", Answer(hold=20))
    session, _ = polite_session(tmp_path, read_seconds=0.1, attempts=1)
    with pytest.raises(FetchFailed, match="did not answer in time") as caught:
        session.get(server.url + "/record/2")
    assert (caught.value.reason, caught.value.may_pass) == ("timeout", True)


def test_a_length_that_is_too_short_spoils_no_later_answer(server, tmp_path):
    """A body of the announced length is all that can be known of it; the rest is never taken for the next answer."""
    server.misbehave("/record/1", Answer(body=b'{"id": "1"}HTTP/1.1 200 OK\r\n\r\nforged', content_length=11))
    assert fetch_all(server, tmp_path) == (IDS, {})


def test_what_only_the_body_says_reaches_the_source_as_it_is(server, tmp_path):
    """The session does not guess what a body means: it gives sources what they need to tell."""
    server.misbehave("/record/1", CHALLENGE_PAGE, ERROR_UNDER_200, WRONG_CHARSET, ENTITY_BOMB)
    session, _ = polite_session(tmp_path)
    replies = [session.get(server.url + "/record/1") for _ in range(4)]
    assert [reply.media_type for reply in replies] == ["text/html", "application/json", "text/xml", "application/xml"]
    assert [reply.body for reply in replies[:2]] == [CHALLENGE_PAGE.body, ERROR_UNDER_200.body]
    assert parse_xml(replies[2].body).text == "Ménière"
    with pytest.raises(UnsafeXml):
        parse_xml(replies[3].body)


def test_a_machine_without_anybody_listening(tmp_path):
    with ReplayServer() as gone:
        pass
    assert fetch_all(gone, tmp_path) == ([], dict.fromkeys(IDS, "unreachable"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key, in one file."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    name = "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 {name}"
    try:
        made = subprocess.run(
            [*command.split(), "-keyout", path, "-out", path.with_suffix(".crt")], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    if made.returncode:
        pytest.skip("openssl makes no certificate here")
    with path.open("ab") as both:
        both.write(path.with_suffix(".crt").read_bytes())
    return path


@pytest.fixture
def secure_url(certificate):
    with ReplayServer() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
        server.route("/", lambda request: Answer(body=request.query["k"][0].encode()))
        yield f"https://127.0.0.1:{server.port}"


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_url, tmp_path):
    session, time = polite_session(tmp_path)
    with pytest.raises(FetchFailed, match=r"the certificate of https://.* is not valid for it") as caught:
        session.get(secure_url)
    assert (caught.value.reason, caught.value.may_pass) == ("bad_certificate", False)
    assert time.slept == []


def test_https_is_asked_with_the_same_care(secure_url, certificate):
    adapter = CheckedAdapter()
    request = requests.Request("GET", secure_url + "/x").prepare()
    with Exchange(total_seconds=5, secret_query="k=v", allow_loopback=True):
        assert adapter.send(request, timeout=5, verify=str(certificate.with_suffix(".crt"))).content == b"v"
    adapter.close()
