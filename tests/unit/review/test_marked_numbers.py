"""The numbers that a message speaks of are marked in the sentence, and no others that only look like them."""

import re
from pathlib import Path

import pytest

from tests.unit.review.serving import serving
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.settings import load_settings

CHECK = "outcome_measurements/count_fits_percent"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> str:
    """The page of an alert on a count of 32 of 80 beside 27.5 %."""
    folder = tmp_path_factory.mktemp("numbers")
    said = (corpus / "quenosartan-abstract.txt").read_text(encoding="utf-8")
    (folder / "paper.txt").write_text(said.replace("22 of 80 (27.5%)", "32 of 80 (27.5%)"), encoding="utf-8")
    settings = load_settings(warehouse=folder / "warehouse", environ={}).settings
    assert refresh(settings, files=[folder / "paper.txt"]).status is RunStatus.PUBLISHED
    alerts = live_alerts(Layout(settings.warehouse), find_release(settings.warehouse, None)).books.alerts
    (alert,) = [alert for alert in alerts if alert.check_id == CHECK]
    with serving(settings.warehouse) as served:
        return served.get(f"/alerts/{alert.alert_id}").text


def test_the_count_and_the_percentage_are_framed_and_the_n_beside_them_is_underlined(html: str) -> None:
    (passage,) = re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL)
    marks = re.findall(r'<mark class="number (\w+)" title="([^"]+)">([^<]+)</mark>', passage)
    assert marks == [
        ("blamed", "value: what the alert is about", "32"),
        ("along", "n analyzed: read with it", "80"),
        ("blamed", "value: what the alert is about", "27.5"),
    ]
    assert re.search(r"vs <mark[^>]*>32</mark> of <mark[^>]*>80</mark> \(<mark[^>]*>27.5</mark>%\)", passage)
