"""How the delivery of messages shows in `status`, `notifications` and `doctor`."""

import json
import textwrap

import pytest

from tests.replay.server import Answer, ReplayServer
from tests.unit.notification.made import NOW, a_message
from trialhouse.notification.outbox import Outbox
from trialhouse.releases.layout import Layout
from trialhouse.resources import data_root

ROUTES = """
[routes.team]
url_from = "TRIALHOUSE_NOTIFY_TEAM"
[routes.ops]
url_from = "TRIALHOUSE_NOTIFY_OPS"
checks = ["arms/*"]
"""

ERROR = "the environment variable TRIALHOUSE_NOTIFY_TEAM is not set"


@pytest.fixture
def folder(tmp_path):
    """A warehouse folder with three messages: one delivered, one that failed once, one given up."""
    outbox = Outbox(Layout(tmp_path).outbox)
    outbox.prepare({a_message("m1", "ops"): (), a_message("m2"): (), a_message("m3"): ()})
    outbox.release(["m1", "m2", "m3"])
    outbox.delivered("m1", NOW)
    outbox.failed("m2", ERROR, NOW)
    outbox.failed("m3", ERROR, NOW)
    outbox.give_up(["m3"])
    return tmp_path


@pytest.fixture
def routes(tmp_path_factory, monkeypatch):
    """A configuration of one's own with two routes."""
    config = tmp_path_factory.mktemp("config")
    for name in ("sources", "topics"):
        (config / name).symlink_to(data_root() / "config" / name)
    (config / "trialhouse.toml").write_text((data_root() / "config" / "trialhouse.toml").read_text())
    (config / "notifications.toml").write_text(ROUTES)
    monkeypatch.setenv("TRIALHOUSE_CONFIG", str(config))
    return config


def test_status_says_what_was_told_and_what_was_not_since_when_and_why(run, folder):
    told = [line for line in run("status", "--warehouse", folder).out.splitlines() if line.startswith("Told ")]
    assert told == [
        "Told      1 delivered, 1 pending, 1 given up (`trialhouse notifications list`)",
        f"Told      team: 2 messages not delivered since 2026-03-01 04:30 UTC: {ERROR}",
    ]
    told = json.loads(run("status", "--json", "--warehouse", folder).out)["notifications"]
    assert {state: told[state] for state in ("prepared", "pending", "delivered", "gave_up")} == {
        "prepared": 0,
        "pending": 1,
        "delivered": 1,
        "gave_up": 1,
    }
    team, ops = told["routes"]["team"], told["routes"]["ops"]
    assert (team["undelivered_since"], team["last_error"]) == ("2026-03-01T04:30:00+00:00", ERROR)
    assert (ops["undelivered_since"], ops["last_error"]) == (None, None)
    assert ops["last_delivered_at"] == "2026-03-01T04:30:00+00:00"


def test_status_says_nothing_where_nobody_is_told(run, tmp_path):
    assert "Told " not in run("status", "--warehouse", tmp_path).out


def test_an_outbox_that_cannot_be_read_is_a_problem_and_hides_nothing(run, tmp_path):
    Layout(tmp_path).outbox.write_bytes(b"no database, certainly" * 100)
    ended = run("status", "--warehouse", tmp_path)
    assert ended.code == 0
    assert "Problem   " in ended.out
    assert "file is not a database" in ended.out
    assert run("notifications", "list", "--warehouse", tmp_path).code == 1


def test_messages_are_listed(run, folder):
    listed = run("notifications", "list", "--warehouse", folder).out
    assert [state for state in ("delivered", "pending", "gave_up") if state in listed] == [
        "delivered",
        "pending",
        "gave_up",
    ]
    shown = json.loads(run("notifications", "list", "--json", "--warehouse", folder).out)
    assert [(one["idempotency_key"], one["state"], one["attempts"]) for one in shown] == [
        ("m1", "delivered", 1),
        ("m2", "pending", 1),
        ("m3", "gave_up", 1),
    ]


def test_what_waits_is_sent_by_hand_also_what_was_given_up(run, folder, routes, monkeypatch):
    ended = run("notifications", "send", "--warehouse", folder)
    assert ended.code == 1
    assert "2 of 3 messages wait." in ended.err
    with ReplayServer() as web:
        web.route("/", lambda request: Answer())
        monkeypatch.setenv("TRIALHOUSE_NOTIFY_TEAM", f"json://127.0.0.1:{web.port}/hook")
        ended = run("notifications", "send", "--warehouse", folder)
        assert (ended.code, len(web.requests)) == (0, 2)
    assert ended.err.splitlines() == ["Route team was told (2 messages).", "0 of 3 messages wait."]
    assert json.loads(run("notifications", "send", "--json", "--warehouse", folder).out) == []


def test_doctor_names_the_variable_that_is_not_set(run, tmp_path, routes, monkeypatch):
    monkeypatch.setenv("TRIALHOUSE_NOTIFY_OPS", "json://user:secret-word@127.0.0.1/hook")

    def finding():
        findings = json.loads(run("doctor", "--json", "--warehouse", tmp_path).out)
        return next(one for one in findings if one["name"] == "routes")

    told = finding()
    assert (told["is_ok"], told["says"]) == (False, f"team: {ERROR}")
    monkeypatch.setenv("TRIALHOUSE_NOTIFY_TEAM", "nonsense://secret-word")
    told = finding()
    assert told["says"] == "team: TRIALHOUSE_NOTIFY_TEAM: the variable holds no URL that apprise understands"
    monkeypatch.setenv("TRIALHOUSE_NOTIFY_TEAM", "json://user:secret-word@127.0.0.1/hook")
    told = finding()
    assert (told["is_ok"], told["says"]) == (True, "ops, team")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('url_from = "mailto://robot:secret-word@example.org"', "name an environment variable that holds the URL"),
        ('url_from = "TEAM"\nseverities = ["info"]', "nothing is told of 'info'; there are: block, error, warn"),
        ('url_from = "TEAM"\nstates = ["waived"]', "nothing is told of 'waived'"),
        ('url_from = "TEAM"\nurl = "x"', "unknown key 'url' in [routes.team]; known are: url_from, severities"),
        ('severities = ["warn"]', "routes.team.url_from: Field required"),
    ],
)
def test_a_route_that_cannot_be_used_is_told_without_its_address(run, tmp_path, routes, line, told):
    (routes / "notifications.toml").write_text(f"[routes.team]\n{line}\n")
    ended = run("config", "show", "--warehouse", tmp_path)
    assert ended.code == 2
    assert told in ended.err
    assert f"{routes}/notifications.toml" in ended.err
    assert "secret-word" not in ended.out + ended.err


def test_settings_show_the_routes_and_where_they_are_from(run, tmp_path, routes):
    shown = json.loads(run("config", "show", "--json", "--warehouse", tmp_path).out)["notifications"]
    assert shown["origin"] == f"{routes}/notifications.toml"
    assert shown["value"]["routes"]["ops"]["checks"] == ["arms/*"]


def test_the_documented_examples_are_routes(run, tmp_path, routes):
    page = (data_root() / "docs" / "notifications.md").read_text(encoding="utf-8")
    example = textwrap.dedent(page[page.index("    [routes.curation]") :].partition("\n\n")[0])
    commented = (data_root() / "config" / "notifications.toml").read_text(encoding="utf-8")
    lines = commented[commented.index("# [routes.curation]") :].partition("\n\n")[0].splitlines()
    for text in (example, "\n".join(line.removeprefix("# ") for line in lines)):
        (routes / "notifications.toml").write_text(text)
        shown = json.loads(run("config", "show", "--json", "--warehouse", tmp_path).out)["notifications"]["value"]
        assert shown["routes"]["curation"]["url_from"] == "TRIALHOUSE_NOTIFY_CURATION"
        assert shown["routes"]["curation"]["owners"] != ["*"]
