"""What a registry record and a paper say otherwise has both sides: on the page of the alert and in the terminal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.review.made_reports import write_reports
from tests.unit.review.serving import Served, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.cli.app import main
from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.settings import load_settings

NOTE = "conflicts/number_of_arms_differs"
"""A check that raises no alert unless somebody configures it."""

SENTENCE = "The primary outcome was the change in systolic blood pressure at week 12."

SHOWN = [
    ("enrollment_differs", "300", "240", '"enrollmentInfo": {"count":', "We randomly assigned"),
    ("arm_size_differs", "100", "120", '"numSubjects":', "We randomly assigned"),
    ("number_of_arms_differs", "3", "2", "Harvomab 80 mg", "We randomly assigned"),
    ("outcome_added", "PRIMARY", "not stated", SENTENCE, "Change in HbA1c"),
    ("outcome_missing", "PRIMARY", "not stated", "Change in HbA1c", SENTENCE),
    ("outcome_switched", "SECONDARY", "PRIMARY", "Change in systolic blood pressure", SENTENCE),
    ("time_frame_differs", "Week 24", "week 12", '"timeFrame":', SENTENCE.removesuffix(" week 12.")),
]
"""Each check with the value that was kept, the one that was not, and words of either side."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of three trials whose papers contradict their registry records."""
    folder = tmp_path_factory.mktemp("told")
    write_reports(folder / "files")
    settings = load_settings(warehouse=folder / "warehouse", environ={}).settings
    checks = settings.checks.model_copy(update={"severity": {NOTE: Severity.WARN}})
    done = refresh(settings.model_copy(update={"checks": checks}), files=[folder / "files"])
    assert done.status is RunStatus.PUBLISHED
    return folder / "warehouse"


@pytest.fixture(scope="module")
def page(told: Path) -> Iterator[Served]:
    with serving(told) as served:
        yield served


def alert_of(warehouse: Path, name: str) -> AlertRow:
    alerts = live_alerts(Layout(warehouse), find_release(warehouse, None)).books.alerts
    return next(alert for alert in alerts if alert.check_id == f"conflicts/{name}")


@pytest.mark.parametrize(("name", "kept", "other", "of_kept", "of_other"), SHOWN)
def test_the_page_has_both_sides_their_words_the_values_and_the_judging_form(
    page: Served, name: str, kept: str, other: str, of_kept: str, of_other: str
) -> None:
    html = page.get(f"/alerts/{alert_of(page.warehouse, name).alert_id}").text
    sides = [text_of(side) for side in re.findall(r'<section class="side">(.*?)</section>', html, re.DOTALL)]
    assert len(sides) == 2
    for side, title, words in zip(sides, (f"Kept: {kept}", f"Not kept: {other}"), (of_kept, of_other), strict=True):
        assert side.startswith(title)
        assert words in re.sub(r"\s+", " ", side)
    assert "Are these two documents of the same trial?" in html
    assert re.search(r"<h2>The values</h2>.*other_document_id", html, re.DOTALL)


def test_of_a_value_of_json_the_value_is_marked_and_of_a_text_the_sentence_too(page: Served) -> None:
    html = page.get(f"/alerts/{alert_of(page.warehouse, 'enrollment_differs').alert_id}").text
    record, paper = re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL)
    assert re.search(r'<mark class="number blamed"[^>]*>300</mark>', record)
    assert "<mark>" not in record
    assert "<mark>" in paper


@pytest.mark.parametrize(("name", "kept", "other", "of_kept", "of_other"), SHOWN)
def test_the_terminal_has_both_sides(
    told: Path, capsys: pytest.CaptureFixture[str], name: str, kept: str, other: str, of_kept: str, of_other: str
) -> None:
    assert main(["alerts", "show", alert_of(told, name).alert_id, "--warehouse", str(told)]) == 0
    shown = capsys.readouterr().out
    assert re.search(rf"kept: {kept} +│ not kept: {other}\n", shown)
    columns = [line.partition("│") for line in shown.splitlines() if "│" in line]
    for side, words in ((0, of_kept), (2, of_other)):
        said = " ".join(" ".join(column[side] for column in columns).split())
        assert words in re.sub("[«»‹›]", "", said)
