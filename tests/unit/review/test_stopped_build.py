"""A build that the gate stopped: its alerts have sentences and values, although no release has its tables."""

import datetime
import json
import re
from pathlib import Path

import pytest

from tests.unit.review.serving import NEXT_YEAR, SUM, TITLE, Paper, alert_ids, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.cli.app import main
from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, checking, refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.releases.layout import QUALITY, Layout
from trialhouse.settings import load_settings

NEW = Paper("Lomitapib", "NCT09990009", n=205)
"""A paper of which no release knows anything."""

CHECKED = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def build(warehouse: Path, folder: Path, *papers: Paper) -> RunStatus:
    """A refresh with these papers, where arms must add up now."""
    folder.mkdir(exist_ok=True)
    for paper in papers:
        paper.write(folder)
    settings = load_settings(warehouse=warehouse, environ={}).settings
    checks = settings.checks.model_copy(update={"severity": {SUM: Severity.BLOCK}})
    settings = settings.model_copy(update={"checks": checks})
    return refresh(settings, Assignment(files=(folder,)), clock=lambda: CHECKED).status


def stop(warehouse: Path, folder: Path, *papers: Paper) -> AlertRow:
    """A refresh with these papers that is stopped; the alert of the new one."""
    assert build(warehouse, folder, *papers) is RunStatus.BLOCKED
    return alert_of(warehouse)


def alert_of(warehouse: Path) -> AlertRow:
    """The alert of the new paper."""
    (alert,) = [one for one in live_alerts(Layout(warehouse), None).books.alerts if "205" in one.message]
    return alert


def report_of(warehouse: Path) -> Path:
    (folder,) = Layout(warehouse).rejected.iterdir()
    return folder / QUALITY


def parts(html: str) -> tuple[list[str], str]:
    """The marked passages of a page, and all its words."""
    return [text_of(one) for one in re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL)], text_of(html)


def test_what_stops_a_build_stands_with_its_sentence_and_values(own_warehouse: Path, tmp_path: Path) -> None:
    alert = stop(own_warehouse, tmp_path / "more", NEW)
    with serving(own_warehouse) as served:
        html = served.get(f"/alerts/{alert.alert_id}").text
        passages, words = parts(html)
        assert any("We randomly assigned 205 adults to Lomitapib 40 mg" in passage for passage in passages)
        assert "What stands below is of that build." in words
        assert TITLE.format(drug="Lomitapib") in words
        assert re.search(r"The values .* n_randomized 100 90 .* enrollment 205", words)
        # No page of the release has them: a link would lead nowhere.
        assert 'href="/documents/' not in html
        assert 'href="/trials/' not in html


def test_what_a_person_waives_of_the_list_lets_the_next_build_be_published(own_warehouse: Path, tmp_path: Path) -> None:
    """Also what somebody looks after, or took for settled though it still fails, stands in the list of what to do."""
    known, settled, *_ = alert_ids(own_warehouse)
    decided = [("by", "ada"), ("seen", f"{known} "), ("seen", f"{settled} ")]
    with serving(own_warehouse) as served:
        assert served.browser().send(f"/alerts/{known}", ("action", "acknowledge"), *decided).status == 303
        stop(own_warehouse, tmp_path / "more", NEW)
        assert served.browser().send(f"/alerts/{settled}", ("action", "resolve"), *decided).status == 303
        html = served.get("/?severity=block").text
        assert html.count('<li class="alert">') == 5
        assert "5 of them stop the next build, too , unless they are waived" in text_of(html)
        assert len(re.findall(r"(acknowledged|resolved), and still blocks", html)) == 2
        # The trial of the new paper has a name, and no page.
        assert "NCT09990009" in text_of(
            re.search(rf'<li class="alert">(?:(?!<li).)*{NEW.n}.*?</li>', html, re.DOTALL)[0]
        )
        grouped = served.get("/?severity=block&group=trial").text
        assert re.search(r"<h2><a>NCT09990009", grouped)
        last = re.search(rf'name="seen" value="({settled} [^"]+)"', html)[1]
        browser = served.browser()
        reopened = browser.send(f"/alerts/{settled}", ("action", "reopen"), ("by", "ada"), ("seen", last))
        assert reopened.status == 303
        (state,) = re.findall(r'name="all" value="(\w+)"', served.get("/?severity=block").text)
        waiver = [("action", "waive"), ("reason", "accepted"), ("comment", "Let it be."), ("until", NEXT_YEAR)]
        assert browser.send("/alerts?severity=block", ("all", state), ("by", "ada"), *waiver).status == 303
        assert "None of them stops the next build" in served.get("/").text
    assert build(own_warehouse, tmp_path / "more") is RunStatus.PUBLISHED


def test_the_terminal_says_the_same(own_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alert = stop(own_warehouse, tmp_path / "more", NEW)
    assert main(["alerts", "show", alert.alert_id, "--warehouse", str(own_warehouse)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "What stands below is of that build." in shown
    assert "We randomly assigned «205» adults to ‹Lomitapib 40 mg›" in shown
    assert re.search(r"enrollment 205", shown)


def test_the_first_build_of_all_may_be_stopped(tmp_path: Path) -> None:
    alert = stop(tmp_path / "warehouse", tmp_path / "more", NEW)
    with serving(tmp_path / "warehouse") as served:
        passages, words = parts(served.get(f"/alerts/{alert.alert_id}").text)
    assert any("205 adults" in passage for passage in passages)
    assert "enrollment 205" in words


def test_a_report_of_before_is_read_as_ever(own_warehouse: Path, tmp_path: Path) -> None:
    alert = stop(own_warehouse, tmp_path / "more", NEW)
    report = report_of(own_warehouse)
    told = json.loads(report.read_text(encoding="utf-8"))
    assert alert.alert_id in told.pop("evidence")
    report.write_text(json.dumps(told), encoding="utf-8")
    with serving(own_warehouse) as served:
        words = parts(served.get(f"/alerts/{alert.alert_id}").text)[1]
    assert "What stands below is of release" in words
    report.write_text(json.dumps(told | {"evidence": {alert.alert_id: {"older": 1}}}), encoding="utf-8")
    with serving(own_warehouse) as served:
        assert "What stands below is of release" in parts(served.get(f"/alerts/{alert.alert_id}").text)[1]


def test_no_more_is_kept_than_anybody_looks_through(
    own_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_EVIDENCE", 1)
    stop(own_warehouse, tmp_path / "more", NEW, Paper("Zumitapib", "NCT09990010", n=210))
    assert len(json.loads(report_of(own_warehouse).read_text(encoding="utf-8"))["evidence"]) == 1
