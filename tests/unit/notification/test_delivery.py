"""Delivery to a real mail server and a real webhook on this machine, well and badly."""

import datetime
import json
import socket
import sqlite3
import threading
from collections.abc import Iterator

import pytest

from tests.replay.mail import PASSWORD, MailServer
from tests.replay.server import Answer, ReplayServer
from tests.unit.notification.made import NOW, a_message
from trialhouse.model.notification_config import DeliveryConfig, NotificationConfig, RouteConfig
from trialhouse.notification.delivery import deliver, route_faults, sentences_of
from trialhouse.notification.message import MessageState
from trialhouse.notification.outbox import Outbox

LATER = NOW + datetime.timedelta(hours=1)
CONFIG = NotificationConfig(routes={"team": RouteConfig(url_from="TEAM"), "ops": RouteConfig(url_from="OPS")})


@pytest.fixture
def outbox(tmp_path) -> Outbox:
    return Outbox(tmp_path / "outbox.sqlite")


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def web() -> Iterator[ReplayServer]:
    with ReplayServer() as server:
        server.route("/", lambda request: Answer())
        yield server


def pending(outbox, *messages):
    outbox.prepare(dict.fromkeys(messages, ()))
    outbox.release(message.idempotency_key for message in messages)


def errors(attempts):
    return [attempt.error for attempt in attempts]


def test_a_mail_is_plain_text_with_its_key_in_a_header(outbox, mail):
    message = a_message()
    pending(outbox, message)
    assert errors(deliver(outbox, CONFIG, {"TEAM": mail.address("team@example.org")}, LATER)) == [None]
    (sent,) = mail.mails
    assert (sent["Subject"], sent["To"], sent["From"]) == (message.title, "team@example.org", "robot@example.org")
    assert (sent["Idempotency-Key"], sent.get_content_type()) == ("message-1", "text/plain")
    assert sent.get_content().splitlines() == message.body.splitlines()
    (kept,) = outbox.messages()
    assert (kept.state, kept.delivered_at, kept.attempts) == (MessageState.DELIVERED, LATER, 1)
    # What is delivered is never sent again.
    assert deliver(outbox, CONFIG, {"TEAM": mail.address("team@example.org")}, LATER, also_given_up=True) == []
    assert len(mail.mails) == 1


def test_two_routes_are_told_at_the_same_time_and_each_once(outbox, web):
    """The first one's service does not answer before the second one's has been asked."""
    is_asked = threading.Event()

    def wait(request):
        return Answer(status=200 if is_asked.wait(60) else 500)

    def note(request):
        is_asked.set()
        return Answer()

    web.route("/team", wait)
    web.route("/ops", note)
    pending(outbox, a_message("m1"), a_message("m2", "ops"))
    address = f"json://127.0.0.1:{web.port}"
    # The library waits for 4 seconds for an answer where the address says nothing else.
    environ = {"TEAM": f"{address}/team?rto=60", "OPS": f"{address}/ops"}
    assert errors(deliver(outbox, CONFIG, environ, LATER)) == [None, None]
    told = {request.path: request for request in web.requests}
    assert told.keys() == {"/team", "/ops"}
    assert len(web.requests) == 2
    assert told["/ops"].headers["idempotency-key"] == "m2"
    assert json.loads(told["/ops"].body)["message"] == a_message("m2").body


def test_a_server_that_hangs_holds_nobody_longer_than_the_limit(outbox):
    config = CONFIG.model_copy(update={"delivery": DeliveryConfig(seconds=0.5)})
    pending(outbox, a_message())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port, parties = silent.getsockname()[1], "to=team@example.org&from=robot@example.org"
        address = f"mailto://robot:secret-word@127.0.0.1:{port}/?{parties}&mode=insecure"
        attempts = deliver(outbox, config, {"TEAM": address}, LATER)
    assert errors(attempts) == ["no answer within 0.5 seconds"]
    assert [message.state for message in outbox.messages()] == [MessageState.PENDING]


def test_what_a_service_refuses_is_tried_again_until_it_is_too_old(outbox, mail, web):
    pending(outbox, a_message("m1"), a_message("m2", "ops"))
    environ = {"TEAM": mail.address("team@example.org"), "OPS": f"json://127.0.0.1:{web.port}/hook"}
    mail.refusals = ["451 come back later"] * 2
    web.misbehave("/hook", Answer(status=503))
    attempts = deliver(outbox, CONFIG, environ, LATER)
    unavailable, refused = errors(attempts)
    assert "451" in refused
    assert "come back later" in refused
    assert "503" in unavailable
    assert sentences_of(attempts)[0].startswith("Route ops could not be told (1 message kept in the outbox): Failed")
    old = NOW + datetime.timedelta(days=7, seconds=1)
    attempts = deliver(outbox, CONFIG, environ, old)
    assert [attempt.error is None for attempt in attempts] == [True, False]
    assert sentences_of(attempts)[0] == "Route ops was told (1 message)."
    assert [message.state.value for message in outbox.messages()] == ["delivered", "gave_up"]
    assert deliver(outbox, CONFIG, environ, old) == []
    assert errors(deliver(outbox, CONFIG, environ, old, also_given_up=True)) == [None]
    assert len(mail.mails) == 1


def test_nothing_of_an_address_is_told_whatever_the_server_repeats(outbox, mail, tmp_path, capfd):
    pending(outbox, a_message("m1"), a_message("m2", "ops"))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    environ = {
        "TEAM": mail.address("secret-reader@example.org", "wrong%3Aword%2Fhere"),
        "OPS": f"json://hooker:hidden-word@127.0.0.1:{port}/hook/t0ken-9?-sig=s1gnature",
    }
    attempts = deliver(outbox, CONFIG, environ, LATER)
    unreachable, refused = errors(attempts)
    assert "no such login: b'***'" in refused
    assert "Connection refused" in unreachable
    printed = capfd.readouterr()
    stored = (tmp_path / "outbox.sqlite").read_bytes().decode("latin-1")
    everything = " ".join([str(errors(attempts)), printed.out, printed.err, stored, *sentences_of(attempts)])
    for secret in ("wrong", "word/here", "hooker", "hidden-word", "t0ken-9", "s1gnature", "secret-reader", PASSWORD):
        assert secret not in everything, secret


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({}, "the environment variable TEAM is not set"),
        ({"TEAM": " "}, "the environment variable TEAM is not set"),
        ({"TEAM": "hunter2://secret-word"}, "the variable holds no URL that apprise understands"),
        ({"TEAM": "json://secret-word json://127.0.0.1/b"}, "the variable holds several addresses"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_it(outbox, environ, told, capfd):
    pending(outbox, a_message())
    config = NotificationConfig(routes={"team": CONFIG.routes["team"]})
    (error,) = errors(deliver(outbox, config, environ, LATER))
    (fault,) = route_faults(config, environ).values()
    assert told in error
    assert told in fault
    assert "secret-word" not in f"{error} {fault} {capfd.readouterr()}"


def test_addresses_that_can_be_used_are_no_fault(mail):
    environ = {"TEAM": mail.address("team@example.org"), "OPS": "slack://AAAAAAAAA/BBBBBBBBB/cccccccccccccccccccccccc"}
    assert route_faults(CONFIG, environ) == {}


def test_a_route_that_is_configured_no_more_keeps_its_messages(outbox):
    pending(outbox, a_message())
    attempts = deliver(outbox, NotificationConfig(), {}, LATER)
    assert errors(attempts) == ["the configuration has no route of this name any more"]
    with sqlite3.connect(outbox._path) as connection:
        assert connection.execute("SELECT state, attempts FROM messages").fetchall() == [("pending", 1)]
