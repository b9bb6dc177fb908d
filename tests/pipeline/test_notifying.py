"""Telling people through refreshes: the baseline, then what changes and only once; nothing of it fails a refresh."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import copied_root
from tests.pipeline.test_alert_life import NOW, add_check, decide, refreshed
from tests.replay.mail import MailServer
from tests.replay.server import Answer, ReplayServer
from tests.unit.notification.made import a_message
from trialhouse.model.notification_config import NotificationConfig, RouteConfig
from trialhouse.model.tables import CheckRunRow
from trialhouse.model.words import CheckStatus, DecisionAction, RunStatus
from trialhouse.notification.message import MessageKind, MessageState
from trialhouse.notification.outbox import Outbox
from trialhouse.pipeline import notifying
from trialhouse.pipeline.notifying import deliver_messages
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import QUALITY, Layout
from trialhouse.releases.manifest import read_manifest
from trialhouse.releases.rejected import QualityReport
from trialhouse.settings import Settings, load_settings

TEAM = RouteConfig(url_from="TRIALHOUSE_NOTIFY_TEAM")
ARMS = RouteConfig(url_from="TRIALHOUSE_NOTIFY_ARMS", checks=("arms/*",))


def with_routes(settings: Settings, **routes: RouteConfig) -> Settings:
    return settings.model_copy(update={"notifications": NotificationConfig(routes=routes)})


@pytest.fixture(scope="module")
def one_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one release, made before anybody was told."""
    settings = load_settings(warehouse=tmp_path_factory.mktemp("one") / "warehouse", environ={}).settings
    assert refreshed(settings).status is RunStatus.PUBLISHED
    assert not Layout(settings.warehouse).outbox.exists()
    return settings.warehouse


@pytest.fixture
def settings(one_release: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of that warehouse, with checks of its own and one route."""
    shutil.copytree(one_release, tmp_path / "warehouse", symlinks=True)
    loaded = load_settings(warehouse=tmp_path / "warehouse", environ={}).settings
    root = copied_root(loaded, tmp_path / "root")
    return with_routes(loaded.model_copy(update={"root": root}), team=TEAM)


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server to whose address the route's variable is set."""
    with MailServer() as server:
        monkeypatch.setenv(TEAM.url_from, server.address("team@example.org"))
        yield server


def subjects(mail: MailServer) -> list[str]:
    return [sent["Subject"].partition(": ")[2] for sent in mail.mails]


def kept(settings: Settings, *states: MessageState) -> list[Any]:
    return Outbox(Layout(settings.warehouse).outbox).messages(*states)


def test_the_first_release_is_a_baseline_then_only_changes_are_told(
    tmp_path: Path, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(warehouse=tmp_path / "warehouse", environ={}).settings
    settings = with_routes(settings, team=TEAM, arms=ARMS)
    with ReplayServer() as web:
        web.route("/", lambda request: Answer())
        monkeypatch.setenv(ARMS.url_from, f"json://127.0.0.1:{web.port}/hook")
        first = refreshed(settings)
        assert first.sentences[-2:] == ("Route arms was told (1 message).", "Route team was told (1 message).")
        assert [subject.partition(",")[0] for subject in subjects(mail)] == ["baseline"]
        text = mail.mails[0].get_content()
        assert f"Release {first.release_id} is the first of {settings.warehouse}." in text
        assert "- arms/sum_is_enrollment (warn): 1" in text
        assert b"- arms/" in web.requests[0].body
        # Nothing changed: nobody is told.
        assert refreshed(settings).status is RunStatus.UNCHANGED
        assert (len(mail.mails), len(web.requests)) == (1, 1)
        # The arms add up now: both routes hear of it, once.
        resolved = refreshed(settings, n=190)
        assert resolved.status is RunStatus.PUBLISHED
        assert subjects(mail)[1:] == ["1 resolved"]
        assert "\narms/sum_is_enrollment (warn, owner " in mail.mails[1].get_content().replace("\r\n", "\n")
        assert len(web.requests) == 2
        keys = [sent["Idempotency-Key"] for sent in mail.mails]
        assert {message.idempotency_key for message in kept(settings) if message.route == "team"} == set(keys)
        assert {message.state for message in kept(settings)} == {MessageState.DELIVERED}


def test_what_people_decide_is_told_to_nobody_and_the_end_of_a_waiver_is(settings: Settings, mail: MailServer) -> None:
    decide(settings, DecisionAction.WAIVE)
    assert refreshed(settings, n=180).status is RunStatus.PUBLISHED
    assert subjects(mail) == ["1 reopened"]
    assert "- reopened (It was waived for other values or quotes: " in mail.mails[0].get_content()


def test_what_stops_a_build_is_told_once_and_not_every_night(settings: Settings, mail: MailServer) -> None:
    add_check(settings, "no_placebo", "block", "label ILIKE '%placebo%'")
    add_check(settings, "broken", "block", "no_such_column")
    for _ in range(2):
        assert refreshed(settings).exit_code == 3
    assert subjects(mail) == ["publishing is blocked (1 new alert)"]
    text = mail.mails[0].get_content()
    assert "arms/no_placebo (1 row)" in text
    assert "arms/broken (could not be run: " in text
    assert "arms/no_placebo (block, owner nobody): 1 opened" in text


def test_a_server_that_is_down_fails_nothing_and_is_told_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MailServer() as gone:
        monkeypatch.setenv(TEAM.url_from, gone.address("team@example.org"))
    down = refreshed(settings, n=190)
    assert (down.status, down.exit_code) == (RunStatus.PUBLISHED, 0)
    assert down.sentences[-1].startswith(
        "Route team could not be told (1 message kept in the outbox): Connection error"
    )
    (waiting,) = kept(settings, MessageState.PENDING)
    assert waiting.attempts == 1
    with MailServer(gone.port) as up:
        unchanged = refreshed(settings, n=190)
        assert unchanged.status is RunStatus.UNCHANGED
        assert unchanged.sentences[-1] == "Route team was told (1 message)."
        assert [sent["Idempotency-Key"] for sent in up.mails] == [waiting.idempotency_key]


def test_an_outbox_that_cannot_be_used_fails_nothing(settings: Settings, mail: MailServer) -> None:
    Layout(settings.warehouse).outbox.write_bytes(b"no database, certainly" * 100)
    result = refreshed(settings, n=190)
    assert result.status is RunStatus.PUBLISHED
    assert "Nobody is told of what this run did to alerts" in result.sentences[-2]
    assert "Messages could not be delivered" in result.sentences[-1]
    assert mail.mails == []


def test_what_a_dead_run_prepared_is_sent_only_if_its_build_was_published(settings: Settings, mail: MailServer) -> None:
    """Three messages that nobody released: of the published build, of a build that died, of one that was rejected."""
    layout, outbox = Layout(settings.warehouse), Outbox(Layout(settings.warehouse).outbox)
    manifest = read_manifest(find_release(settings.warehouse, None).place)
    made = {"run_id": manifest.run_id, "release_id": manifest.release_id}
    reused = {"run_id": "run-of-a-dead-build", "release_id": manifest.release_id}
    run = CheckRunRow(run_id="run-9", check_id="arms/x", status=CheckStatus.FAILED, failing_rows=1, checked_at=NOW)
    report = QualityReport(
        release_id="2026.11.21.01", release_no=2, decision="No.", may_publish=False, check_runs=(run,), failing_rows=()
    )
    (layout.rejected / report.release_id).mkdir(parents=True)
    (layout.rejected / report.release_id / QUALITY).write_text(report.model_dump_json())
    rejected = {"run_id": "run-9", "release_id": report.release_id, "kind": MessageKind.BLOCKED}
    messages = [a_message(key, **said) for key, said in (("m1", made), ("m2", reused), ("m3", rejected))]
    outbox.prepare({message: [f"subject of {message.idempotency_key}"] for message in messages})
    # By hand, while a refresh may be building: what is not published yet is left alone.
    assert deliver_messages(settings, NOW) == ["Route team was told (2 messages)."]
    assert sorted(sent["Idempotency-Key"] for sent in mail.mails) == ["m1", "m3"]
    assert [message.idempotency_key for message in outbox.messages(MessageState.PREPARED)] == ["m2"]
    refreshed(with_routes(settings))
    assert [message.idempotency_key for message in outbox.messages()] == ["m1", "m3"]
    assert outbox.told("team") == {"subject of m1", "subject of m3"}
    assert len(mail.mails) == 2


def test_ctrl_c_while_messages_are_sent_ends_the_sending_and_not_the_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Outbox(Layout(settings.warehouse).outbox).prepare({a_message(): ()})

    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(notifying, "deliver", interrupted)
    (told,) = deliver_messages(settings, NOW)
    assert told.startswith("Interrupted while messages were sent")
