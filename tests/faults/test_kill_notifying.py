"""kill -9 between publishing and telling, and between telling and noting it: told at least once, under one key."""

import datetime
import os
import signal
from pathlib import Path

import pytest

from tests.faults.copies import Copies
from tests.replay.mail import MailServer
from trialhouse.model.notification_config import NotificationConfig, RouteConfig
from trialhouse.notification.message import MessageState
from trialhouse.notification.outbox import Outbox
from trialhouse.pipeline.notifying import deliver_messages
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings

VARIABLE = "TRIALHOUSE_NOTIFY_TEAM"
NOW = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)

TEXT = """Quenosartan for high blood pressure: a randomised trial

METHODS: We randomly assigned 200 adults to quenosartan 40 mg once daily (n = 100) or placebo (n = 90) for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group.
The trial is registered at ClinicalTrials.gov, NCT09990001.
"""


@pytest.mark.parametrize(
    ("point", "state", "sent"), [("published", MessageState.PREPARED, 0), ("sent", MessageState.PENDING, 1)]
)
def test_a_death_after_publishing_loses_no_message(
    settings: Settings, copies: Copies, tmp_path: Path, point: str, state: MessageState, sent: int
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    outbox = Outbox(Layout(settings.warehouse).outbox)
    with MailServer() as mail:
        environ = {VARIABLE: mail.address("team@example.org")}
        arguments = (settings.warehouse, VARIABLE, tmp_path / "a.txt", point)
        killed = copies.run("tests.faults.killed_notifying", *arguments, environ=environ)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        (message,) = outbox.messages()
        assert message.release_id == find_release(settings.warehouse, None).release_id
        assert (message.state, len(mail.mails)) == (state, sent)
        config = NotificationConfig(routes={"team": RouteConfig(url_from=VARIABLE)})
        told = deliver_messages(settings.model_copy(update={"notifications": config}), NOW, os.environ | environ)
        assert told == ["Route team was told (1 message)."]
        assert deliver_messages(settings, NOW, os.environ | environ) == []
    assert [mail["Idempotency-Key"] for mail in mail.mails] == [message.idempotency_key] * (sent + 1)
    assert [message.state for message in outbox.messages()] == [MessageState.DELIVERED]
