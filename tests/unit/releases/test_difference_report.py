"""The page of a difference: everything is there, nothing from outside, and nothing that a stranger wrote is markup."""

import re

import pytest
from bs4 import BeautifulSoup

from trialhouse.model.words import ChangeCause, ChangeKind
from trialhouse.releases.difference_report import difference_html
from trialhouse.releases.differences import Change, Difference
from trialhouse.releases.row_names import TrialName

SCRIPT = "<script>alert('x')</script><img src=https://example.org/x onerror=alert(1)>"


def change(**said: object) -> Change:
    cell = {
        "table_name": "trials",
        "trial_id": "t1",
        "row_id": "t1",
        "change": ChangeKind.CHANGED,
        "column_name": "enrollment",
        "old_value": "1",
        "new_value": "2",
        "cause": ChangeCause.NEW_DOCUMENT,
        "document_id": "d1",
        "cause_detail": "It is new.",
    }
    return Change(**cell | said)  # type: ignore[arg-type]


def page(*changes: Change, **names: str) -> BeautifulSoup:
    trials = {c.trial_id: TrialName(c.trial_id, **names) for c in changes if c.trial_id}
    found = Difference("2026.03.01.01", "2026.03.02.01", changes, trials, {("arms", "a1"): SCRIPT})
    return BeautifulSoup(difference_html(found), "html.parser")


def test_what_strangers_wrote_is_text() -> None:
    made = page(
        change(old_value=SCRIPT, cause_detail=SCRIPT, document_id=SCRIPT, column_name=SCRIPT),
        change(table_name="arms", row_id="a1", change=ChangeKind.ADDED, column_name=None, new_value='{"label": "<b>"}'),
        title=SCRIPT,
        acronym=SCRIPT,
    )
    assert {tag.name for tag in made.find_all()} >= {"details", "summary", "table", "svg"}
    assert made.find_all(["script", "img", "link", "iframe", "a", "b"]) == []
    assert made.get_text().count("<script>alert('x')</script>") >= 6
    assert not [
        name for tag in made.find_all() for name in tag.attrs if name in ("src", "href") or name.startswith("on")
    ]
    assert "default-src 'none'" in made.find("meta", {"http-equiv": True})["content"]


def test_the_style_asks_for_nothing_and_knows_dark_and_light() -> None:
    style = page(change()).find("style").get_text()
    assert not re.search(r"url\(|@import|https?:", style)
    assert "prefers-color-scheme: dark" in style


def test_counts_causes_and_trials_are_there() -> None:
    gone = change(table_name="arms", row_id="a2", trial_id="t2", change=ChangeKind.REMOVED, column_name=None)
    made = page(
        change(),
        change(column_name="phase", cause=ChangeCause.VOCABULARY, old_value=None),
        Change(
            **{f: getattr(gone, f) for f in Change.__slots__} | {"old_value": '{"label": "high dose", "factor": 2}'}
        ),
        change(table_name="evidence", row_id="e1", trial_id=None),
    )
    assert [t.get_text() for t in made.find_all("text")] == ["NEW_DOCUMENT", "3", "VOCABULARY", "1"]
    summaries = [tag.get_text() for tag in made.find_all("summary")]
    assert summaries == ["t1 2 changes", "t2 1 change", "Of no one trial 1 change"]
    assert "label high dose, factor 2" in made.get_text()
    assert "Not listed here: 1 of evidence." in made.get_text()
    counts = [[cell.get_text() for cell in row.find_all("td")] for row in made.find_all("table")[0].find_all("tr")[1:]]
    assert counts == [
        ["arms", "removed", "NEW_DOCUMENT", "1", ""],
        ["evidence", "changed", "NEW_DOCUMENT", "1", "1"],
        ["trials", "changed", "NEW_DOCUMENT", "1", "1"],
        ["trials", "changed", "VOCABULARY", "1", "1"],
    ]


def test_the_chart_is_as_wide_as_the_page_and_fits_a_phone() -> None:
    made = page(change(), change(column_name="phase"), change(column_name="title", cause=ChangeCause.VOCABULARY))
    assert made.svg["width"] == "100%"
    phone = 390 - 32
    bars = [float(bar["width"].removesuffix("%")) / 100 for bar in made.find_all("rect")]
    assert bars[0] == pytest.approx(2 * bars[1])
    assert int(made.rect["x"]) + bars[0] * phone <= phone


def test_no_difference_is_said() -> None:
    assert "Nothing differs." in page().get_text()
