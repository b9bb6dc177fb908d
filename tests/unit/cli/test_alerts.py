"""`trialhouse alerts list`, `show` and `trends`: what asks for something, and all that is known beside it."""

import json
import re

import duckdb
import pytest

from trialhouse.cli.commands.alerts_trends import bars
from trialhouse.model.tables import AlertEventRow, AlertRow, FailingRow
from trialhouse.model.words import CheckStatus
from trialhouse.quality.trends import Point
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import QUALITY, Layout
from trialhouse.releases.rejected import QualityReport
from trialhouse.store.connection import release_reader
from trialhouse.store.read import read_rows

INTERVAL, LANGUAGES, SUM = (
    "outcome_analyses/interval_fits_p",
    "conflicts/languages_disagree",
    "arms/sum_is_enrollment",
)


@pytest.fixture
def alerts(run, reviewed):
    """The alerts of the reviewed warehouse by their check."""
    listed = json.loads(run("alerts", "list", "--json", "--warehouse", reviewed).out)
    return {alert["check_id"]: alert for alert in listed}


def ids(ended):
    return [alert["check_id"] for alert in json.loads(ended.out)]


def test_every_alert_is_listed_with_its_trial_and_what_is_wrong(run, reviewed, alerts):
    ended = run("alerts", "list", "--warehouse", reviewed)
    assert set(alerts) == {INTERVAL, LANGUAGES, SUM}
    assert f"{alerts[SUM]['alert_id']}  warn   open          {SUM}  NCT09990001\n" in ended.out
    assert "    The arms add up to 100 + 90 = 190, the enrollment is 200.\n" in ended.out
    assert "3 of 3 alerts of release" in ended.err
    assert {alert["is_pending"] for alert in alerts.values()} == {False}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--check", "arms/*"], [SUM]),
        (["--check", SUM], [SUM]),
        (["--check", "trials/*"], []),
        (["--trial", "nct09990001"], [SUM]),
        (["--state", "resolved"], []),
        (["--severity", "warn"], [SUM, LANGUAGES, INTERVAL]),
        (["--severity", "block"], []),
        (["--document", "doc-none"], []),
        (["--all", "--release", "current"], [SUM, LANGUAGES, INTERVAL]),
    ],
)
def test_alerts_are_chosen_by_what_they_are_about(run, reviewed, options, expected):
    assert ids(run("alerts", "list", "--json", *options, "--warehouse", reviewed)) == expected


@pytest.mark.parametrize("pattern", ["nope", "arms", "arm/*"])
def test_a_check_that_there_is_not_is_told(run, reviewed, pattern):
    for action in ("list", "ack"):
        ended = run("alerts", action, "--check", pattern, "--warehouse", reviewed)
        assert (ended.code, ended.out) == (2, "")
        assert f"no check has the name {pattern!r}" in ended.err


@pytest.mark.parametrize("options", [["--trial", "NCT00000000"], ["--state", "open", "--all"], ["--severity", "x"]])
def test_what_cannot_be_asked_is_wrong_use(run, reviewed, options):
    assert run("alerts", "list", *options, "--warehouse", reviewed).code == 2


def test_the_sentence_is_shown_with_its_numbers_marked(run, reviewed, alerts):
    shown = run("alerts", "show", alerts[INTERVAL]["alert_id"], "--warehouse", reviewed)
    text = " ".join(shown.out.split())
    assert shown.code == 0
    assert "(hazard ratio ‹0.34›, ‹95›% confidence interval ‹0.17›-‹0.74›, P=«0.001»).”" in text
    assert "RESULTS: Of 105 patients with ARDS" not in text, "the text of a file is shown no further than its quotes"
    assert "» p_value 0.001" in text
    assert "What to do: Read the sentence;" in text
    assert re.search(r"History \d{4}-\d\d-\d\d \d\d:\d\d UTC refresh: open: The check failed\.", text)
    assert "SELECT" not in text
    with_sql = run("alerts", "show", alerts[INTERVAL]["alert_id"], "--sql", "--warehouse", reviewed)
    assert "normal_quantile" in with_sql.out


def test_the_offsets_of_json_are_those_of_the_document(run, reviewed, alerts):
    view = json.loads(run("alerts", "show", alerts[INTERVAL]["alert_id"], "--json", "--warehouse", reviewed).out)
    (passage,) = view["evidence"]["passages"]
    with release_reader(find_release(reviewed, None).database) as connection:
        query = "SELECT span_start, span_end, quote FROM evidence WHERE row_id = ? AND column_name = 'p_value'"
        ((start, end, quote),) = connection.execute(query, [view["alert"]["row_id"]]).fetchall()
    assert (passage["start"], passage["end"], passage["text"]) == (start, end, quote)
    said = {mark["column_name"]: passage["text"][mark["start"] : mark["end"]] for mark in passage["marks"]}
    assert said == {"estimate": "0.34", "ci_pct": "95", "ci_low": "0.17", "ci_high": "0.74", "p_value": "0.001"}
    assert [mark["column_name"] for mark in passage["marks"] if mark["is_blamed"]] == ["p_value"]
    assert view["check"]["sql"]
    assert view["may"] == ["acknowledge", "waive", "resolve"]


def test_two_texts_that_disagree_stand_beside_each_other(run, reviewed, alerts):
    shown = run("alerts", "show", alerts[LANGUAGES]["alert_id"], "--warehouse", reviewed).out
    assert re.search(r"^  kept: every other day +│ not kept: every 2 weeks$", shown, re.MULTILINE)
    assert re.search(r"subcutaneous, «every other» .*│.*\n +«day», 7 in a cycle", shown), "a mark stays in its column"
    assert "«每两周皮下注射一次»" in shown


def test_a_sum_is_shown_with_its_parts(run, reviewed, alerts):
    shown = run("alerts", "show", alerts[SUM]["alert_id"].removeprefix("alert-")[:6], "--warehouse", reviewed).out
    text = " ".join(shown.split())
    assert "“METHODS: We randomly assigned «200» adults to ‹quenosartan 40 mg› once daily (n = «100»)" in text
    assert "(n = «90»)" in text
    assert re.search(r"enrollment +200", shown)


def test_alerts_of_a_trial_that_is_gone_are_found_by_its_id(run, mine, alerts):
    with duckdb.connect(str(find_release(mine, None).database)) as connection:
        connection.execute("UPDATE dq.alerts SET trial_id = 'trial-gone' WHERE check_id = ?", [SUM])
    assert ids(run("alerts", "list", "--json", "--trial", "trial-gone", "--warehouse", mine)) == [SUM]


@pytest.mark.parametrize("name", ["alert-nix", "alert-", "a-"])
def test_an_id_that_no_alert_has_is_wrong_use(run, reviewed, name):
    ended = run("alerts", "show", name, "--warehouse", reviewed)
    assert (ended.code, ended.out) == (2, "")
    assert "`trialhouse alerts list --all` has every id" in ended.err


def test_without_a_release_it_is_said_what_to_do(run, tmp_path):
    for command in (["list"], ["show", "x"], ["trends"]):
        ended = run("alerts", *command, "--warehouse", tmp_path)
        assert ended.code == 1
        assert "trialhouse refresh" in ended.err


@pytest.fixture
def stopped(mine):
    """A copy of the warehouse after whose release a build was stopped at the gate."""
    release = find_release(mine, None)
    with release_reader(release.database) as connection:
        alerts, events = read_rows(connection, AlertRow), read_rows(connection, AlertEventRow)
    new = alerts[0].model_copy(update={"alert_id": "alert-new", "check_id": "arms/new", "message": "It is new."})
    report = QualityReport(
        release_id="2099.01.01.01",
        release_no=release.release_no + 1,
        decision="Publishing is blocked by arms/new (1 row).",
        may_publish=False,
        check_runs=(),
        failing_rows=(FailingRow(check_id="arms/new", row_number=1, table_name="arms", message="It is new."),),
        alerts=(*alerts, new),
        alert_events=(*events, events[0].model_copy(update={"alert_id": "alert-new"})),
        quotes={"alert-new": ("A sentence of the build.",)},
    )
    folder = Layout(mine).rejected / "2099.01.01.01"
    folder.mkdir(parents=True)
    (folder / QUALITY).write_text(report.model_dump_json(), encoding="utf-8")
    return mine


def test_alerts_of_a_build_that_was_stopped_can_be_reviewed(run, stopped):
    listed = run("alerts", "list", "--warehouse", stopped)
    assert "arms/new" in listed.out
    assert "a build that was not published: Publishing is blocked by arms/new (1 row)." in listed.err
    shown = run("alerts", "show", "alert-new", "--warehouse", stopped).out
    assert "Quote in that build: “A sentence of the build.”" in shown
    assert "There is no such check any more." in shown
    assert "Blocked   Publishing is blocked by arms/new (1 row)." in run("status", "--warehouse", stopped).out
    assert run("alerts", "ack", "alert-new", "--by", "ada", "--warehouse", stopped).code == 0
    assert "alert-new" not in run("alerts", "list", "--release", "current", "--warehouse", stopped).out


def test_trends_count_failing_rows_and_alerts(run, reviewed):
    told = run("alerts", "trends", "--warehouse", reviewed)
    assert re.search(rf"^{SUM} +warn +█ +1 +1 +0 +1", told.out, re.MULTILINE)
    (trend,) = json.loads(run("alerts", "trends", "--check", "arms/*", "--json", "--warehouse", reviewed).out)
    assert (trend["check_id"], [point["failing_rows"] for point in trend["points"]]) == (SUM, [1])
    assert trend["points"][0]["release_id"] == find_release(reviewed, None).release_id
    assert "No such check ever failed." in run("alerts", "trends", "--check", "nix", "--warehouse", reviewed).err


def test_bars_are_as_high_as_the_rows():
    def points(*rows):
        return [
            Point(
                run_id=f"r{number}", release_id=None, checked_at="2026-01-01", failing_rows=count,
                status=CheckStatus.NOT_EVALUATED if count is None else CheckStatus.FAILED,
            )
            for number, count in enumerate(rows)
        ]  # fmt: skip

    assert bars(points(0, 1, 500, None, 1000)) == "▁▂▅·█"
    assert bars(points(0, 0)) == "▁▁"
    assert len(bars(points(*range(100)))) == 24
