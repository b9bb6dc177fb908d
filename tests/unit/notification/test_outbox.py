"""The outbox keeps every message until it is delivered, and what a route was told."""

import datetime
import sqlite3

import pytest

from tests.unit.notification.made import NOW, a_message
from trialhouse.notification.message import MessageState
from trialhouse.notification.outbox import Outbox, OutboxUnreadable

LATER = NOW + datetime.timedelta(hours=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new" / "outbox.sqlite"


def states(path):
    return {message.idempotency_key: message.state.value for message in Outbox(path).messages()}


def test_a_message_goes_from_prepared_to_delivered(path):
    outbox = Outbox(path)
    assert not outbox.exists()
    assert outbox.messages() == []
    outbox.prepare({})
    assert not outbox.exists()
    outbox.prepare({a_message("m1"): (), a_message("m2"): ()})
    outbox.failed("m2", "nobody answers", LATER)
    outbox.release(["m1", "m2"])
    assert states(path) == {"m1": "pending", "m2": "pending"}
    outbox.delivered("m1", LATER)
    (m1, m2) = outbox.messages()
    assert (m1.state, m1.attempts, m1.delivered_at, m1.last_error) == (MessageState.DELIVERED, 1, LATER, None)
    assert (m2.attempts, m2.last_error, m2.last_attempt_at) == (1, "nobody answers", LATER)
    assert m1.created_at == NOW
    outbox.give_up(["m2"])
    assert [m.idempotency_key for m in outbox.messages(MessageState.GAVE_UP)] == ["m2"]
    outbox.delivered("m2", LATER)
    assert states(path) == {"m1": "delivered", "m2": "delivered"}


def test_only_prepared_messages_are_released_or_thrown_away(path):
    outbox = Outbox(path)
    outbox.prepare({a_message("m1"): (), a_message("m2"): ()})
    outbox.release(["m1"])
    outbox.delivered("m1", LATER)
    outbox.drop(["m1", "m2"])
    outbox.release(["m1"])
    assert states(path) == {"m1": "delivered"}


def test_what_was_told_is_known_by_route_unless_its_message_was_thrown_away(path):
    outbox = Outbox(path)
    assert outbox.told("team") == frozenset()
    outbox.prepare({a_message("m1"): ["x", "y"], a_message("m2", "ops"): ["x"]})
    assert (outbox.told("team"), outbox.told("ops")) == ({"x", "y"}, {"x"})
    outbox.release(["m1"])
    outbox.drop(["m1", "m2"])
    assert (outbox.told("team"), outbox.told("ops")) == ({"x", "y"}, frozenset())


def test_a_message_that_is_prepared_again_is_not_sent_again(path):
    outbox = Outbox(path)
    outbox.prepare({a_message("m1"): ["x"]})
    outbox.release(["m1"])
    outbox.delivered("m1", LATER)
    outbox.prepare({a_message("m1"): ["x"]})
    assert states(path) == {"m1": "delivered"}


def test_a_file_that_is_none_or_of_newer_code_is_told(path):
    path.parent.mkdir()
    path.write_bytes(b"no database, certainly" * 100)
    with pytest.raises(OutboxUnreadable, match=r"outbox\.sqlite: file is not a database: look whether"):
        Outbox(path).messages()
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(OutboxUnreadable, match="version 99"):
        Outbox(path).prepare({a_message("m1"): ()})


def test_a_file_whose_first_writer_died_is_empty(path):
    path.parent.mkdir()
    path.touch()
    assert Outbox(path).messages() == []
    assert Outbox(path).told("team") == frozenset()
