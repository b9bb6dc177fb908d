"""A retraction is an alert of the trial whose paper was retracted, wherever alerts are listed by trial."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.review.serving import Served, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.cli.app import main
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.quality.alerts import alert_id_of
from trialhouse.settings import load_settings

TITLE = "Velomarib for pulmonary sarcoidosis (TRIVELO)"

NOTICE = f"""<!DOCTYPE html><html lang="en"><head><title>Retraction: {TITLE}</title>
<meta name="citation_title" content="Retraction: {TITLE}"><meta name="citation_doi" content="10.5555/aerm.2026.0600">
<meta name="citation_publication_date" content="2026/07/05"><meta name="dc.type" content="Retraction"></head>
<body><article><h1>Retraction: {TITLE}</h1>
<p>This is a retraction of: Ann Example Respir Med. 2026 Apr 17;12(4):301-312. doi: 10.5555/aerm.2026.0417</p>
<p>The article is retracted, since the numbers of participants could not be confirmed.</p></article></body></html>
"""

CHECK = "documents/retracted_in_use"


@pytest.fixture(scope="module")
def retracted(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Served]:
    """The page over a registry record, its paper, and the notice that retracts this."""
    folder = tmp_path_factory.mktemp("retracted")
    (folder / "notice.html").write_text(NOTICE, encoding="utf-8")
    files = [folder / "notice.html", corpus / "trivelo-paper.html", corpus / "NCT09990101.json"]
    settings = load_settings(warehouse=folder / "warehouse", environ={}).settings
    assert refresh(settings, files=files).status is RunStatus.PUBLISHED
    with serving(settings.warehouse) as served:
        yield served


def test_it_is_in_the_group_and_the_filter_of_its_trial_and_on_its_page(retracted: Served) -> None:
    html = retracted.get(f"/?group=trial&check={CHECK}").text
    (alert,) = re.findall(r'<span class="message"><a href="(/alerts/[^?"]+)', html)
    assert "Of no trial" not in html
    assert "NCT09990101 · TRIVELO" in text_of(html)
    trial = re.findall(r'<a href="/trials/([^"]+)">', retracted.get(alert).text)[0]
    assert alert in retracted.get(f"/?trial={trial}").text
    assert alert in retracted.get(f"/trials/{trial}").text


def test_it_is_the_same_alert_as_ever(retracted: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """The trial is no part of what an alert is about, so that decisions on earlier ones hold."""
    found = ("--json", "--trial", "NCT09990101", "--check", CHECK, "--warehouse", str(retracted.warehouse))
    assert main(["alerts", "list", *found]) == 0
    (alert,) = json.loads(capsys.readouterr().out)
    assert alert["row_id"] == alert["document_id"]
    assert alert["alert_id"] == alert_id_of(f"{CHECK} | documents | {alert['document_id']} | ")


def test_its_numbers_stand_with_their_sentences_and_lead_to_all_of_them(
    retracted: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    html = retracted.get(re.findall(r'href="(/alerts/[^"?]+)', retracted.get(f"/?check={CHECK}").text)[0]).text
    number = int(re.search(r"and (\d+) numbers? (?:is|are) from it", text_of(html))[1])
    passages = re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL)
    assert any("At week 48, glucocorticoid-free remission was reached" in text_of(one) for one in passages)
    marked = re.findall(r'<mark class="number blamed"[^>]*>([^<]+)</mark>', "".join(passages))
    assert {"1.64", "1.11", "2.43", "50.0", "30.5"} <= set(marked)
    (there,) = re.findall(rf'<a href="(/documents/[^"]+)">All {number} numbers in the text</a>', html)
    text = retracted.get(there.partition("#")[0]).text
    assert {"1.64", "1.11", "2.43"} <= set(re.findall(r'<mark class="number">(.*?)</mark>', text))
    assert 'id="here"' in text
    assert re.search(
        r"arm Velomarib 40 mg .*comparator Placebo .*estimate", text_of(html).replace("Velomarib 20 mg ", "")
    )
    found = ("--json", "--check", CHECK, "--warehouse", str(retracted.warehouse))
    assert main(["alerts", "list", *found]) == 0
    (alert,) = json.loads(capsys.readouterr().out)
    assert main(["alerts", "show", alert["alert_id"], "--warehouse", str(retracted.warehouse)]) == 0
    assert "«1.64»" in capsys.readouterr().out
