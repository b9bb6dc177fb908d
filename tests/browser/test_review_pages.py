"""Every page in a real browser: accessible in both colour schemes, no wider than a phone, and deaf to hostile texts."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.browser.conftest import WINDOW, OpenPage, Window, follow, window_of
from tests.unit.review.serving import HOSTILE, PAPERS, Served, alert_ids, refreshed, serving
from trialhouse.model.words import RunStatus
from trialhouse.releases.catalog import find_release
from trialhouse.review.render import seen

TOKEN = "correct-horse-battery-staple"

PHONE = {"width": 360, "height": 780}

NARROW = {"width": 320, "height": 640}
"""The least that WCAG 2.2 asks a page to fit into (1.4.10)."""

LONG_WORD = "protocolSection.contactsLocationsModule.locations_nested.geoPoint.latitude"

PAGES = (
    "inbox", "inbox by trial", "nothing found", "alert", "document", "releases", "release", "difference", "sources",
    "checks", "check", "dictionary", "trials", "trial", "history", "doubts", "judgements", "missing",
    "refused",
)  # fmt: skip


def ids(warehouse: Path) -> dict[str, str]:
    """The id of one of each thing that has a page; those of the hostile paper."""
    release = find_release(warehouse, None)
    with duckdb.connect(release.database, read_only=True) as connection:
        found = connection.execute(
            "SELECT document_id, trial_id, alert_id FROM trial_documents JOIN documents USING (document_id) "
            "JOIN dq.alerts AS a USING (trial_id) WHERE title LIKE '%script%'"
        ).fetchone()
    assert found
    return {"document": found[0], "trial": found[1], "alert": found[2], "release": release.release_id}


def path_of(name: str, known: dict[str, str]) -> str:
    return {
        "inbox": "/",
        "inbox by trial": "/?group=trial&show=all",
        "nothing found": "/?show=resolved",
        "alert": f"/alerts/{known['alert']}?show=all",
        "document": f"/documents/{known['document']}?start=10&end=40",
        "release": f"/releases/{known['release']}",
        "difference": f"/releases/difference?from={known['release']}&to=current",
        "check": "/checks/arms/sum_is_enrollment",
        "trial": f"/trials/{known['trial']}",
        "history": f"/trials/{known['trial']}/history",
        "doubts": "/doubts?show=all",
        "missing": "/documents/nothing",
        "refused": "/alerts/alert-nothing",
    }.get(name, f"/{name}")


@pytest.fixture(scope="module")
def axe() -> Any:
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()


def faults(axe: Any, page: Any, **options: Any) -> list[str]:
    """What axe-core finds on a page that is serious or critical, with the places."""
    found = axe.run(page, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['html'][:150] for node in one['nodes'][:5]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def overflow(page: Any) -> int:
    """By how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture(scope="module")
def known(reviewed: Path) -> dict[str, str]:
    return ids(reviewed)


UNFOLD = "document.querySelectorAll('details').forEach((folded) => { folded.open = true; })"

SCROLLED = ["scrollable-region-focusable"]
"""What axe-core says of all rows at once: what scrolls sideways can be reached by keyboard."""

FEW = """
for (const table of document.querySelectorAll("table")) {
  [...table.querySelectorAll("tr")].slice(8).forEach((row) => row.remove());
}
for (const item of [...document.querySelectorAll("main h2")].slice(8)) {
  while (item.nextElementSibling && item.nextElementSibling.localName !== "h2") item.nextElementSibling.remove();
  item.remove();
}
"""
"""Leaves a few rows of each table and a few parts of a long page: the others come of the same lines of a template, and
axe-core takes as long for each."""


@pytest.fixture(scope="module")
def window(chromium: Any, served: Served) -> Iterator[Window]:
    with window_of(chromium, served) as window:
        yield window


def is_accessible(page: Any, axe: Any) -> None:
    """Unfolded and at both widths axe-core finds nothing serious, and no phone need scroll sideways."""
    page.evaluate(UNFOLD)
    for size in (NARROW, PHONE):
        page.set_viewport_size(size)
        assert overflow(page) <= 0
    for size in (PHONE, WINDOW):
        page.set_viewport_size(size)
        assert faults(axe, page, runOnly=SCROLLED) == []
    page.evaluate(FEW)
    for size in (PHONE, WINDOW):
        page.set_viewport_size(size)
        assert faults(axe, page) == []
    page.emulate_media(color_scheme="dark")
    # All but the colours is the same in the dark.
    assert faults(axe, page, runOnly=["color-contrast"]) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page(name: str, window: Window, known: dict[str, str], axe: Any, screenshots: Path) -> None:
    """Nothing serious is found by axe-core in light and dark, and a phone need not scroll sideways."""
    page = window.show(path_of(name, known))
    assert page.locator("h1").count() == 1
    assert "Trialhouse" in page.title()
    file = name.replace(" ", "-")
    page.screenshot(path=screenshots / f"{file}.png")
    page.set_viewport_size(PHONE)
    assert overflow(page) <= 0
    page.screenshot(path=screenshots / f"{file}-phone.png")
    page.set_viewport_size(WINDOW)
    if name in ("inbox", "alert", "trial", "doubts"):
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=screenshots / f"{file}-dark.png")
        page.emulate_media(color_scheme="light")
    is_accessible(page, axe)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("window.violations") == []


LONG_NAMES = (
    ("the greatest of its kind: a randomised, double-blind, placebo-controlled, event-driven trial " * 2),
    "outcome_measurements/count_fits_percent_of_those_who_were_analyzed",
)

LONG_CHECK = """
INSERT INTO dq.alerts BY NAME
SELECT * REPLACE ('alert-long' AS alert_id, 'long' AS fingerprint, ? AS check_id) FROM dq.alerts LIMIT 1
"""

ONE_TRIAL = """
UPDATE trial_documents SET trial_id = (SELECT min(trial_id) FROM trials);
UPDATE documents SET title = ?;
"""


@pytest.fixture(scope="module")
def changed(reviewed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over two releases that differ in every trial, with long names, and four documents of one trial."""
    warehouse = Path(shutil.copytree(reviewed, tmp_path_factory.mktemp("changed") / "warehouse", symlinks=True))
    papers = tuple(dataclasses.replace(paper, n=220) for paper in PAPERS)
    assert refreshed(warehouse, papers, day=21, folder=reviewed.parent / "texts") is RunStatus.PUBLISHED
    database = find_release(warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute(LONG_CHECK, [LONG_NAMES[1]])
        connection.execute(ONE_TRIAL, [LONG_NAMES[0]])
    with serving(warehouse) as served:
        yield served


@pytest.fixture(scope="module")
def changed_window(chromium: Any, changed: Served) -> Iterator[Window]:
    with window_of(chromium, changed) as window:
        yield window


@pytest.mark.parametrize("name", ["inbox", "trial", "history", "difference", "releases", "alert", "sources"])
def test_a_page_with_much_on_it(name: str, changed_window: Window, axe: Any, screenshots: Path) -> None:
    """Long names, several documents, many changes: what a warehouse in use has."""
    warehouse = changed_window.served.warehouse
    with duckdb.connect(find_release(warehouse, None).database, read_only=True) as connection:
        ((trial_id,),) = connection.execute("SELECT min(trial_id) FROM trials").fetchall()
        ((alert_id,),) = connection.execute("SELECT min(alert_id) FROM dq.alerts WHERE state <> 'resolved'").fetchall()
    known = {"trial": trial_id, "alert": alert_id, "release": "2026.11.20.01", "document": ""}
    page = changed_window.show(path_of(name, known))
    expected = {"difference": "220", "history": "220", "inbox": LONG_NAMES[1], "trial": "event-driven"}
    assert expected.get(name, "") in page.locator("main").text_content()
    page.set_viewport_size(PHONE)
    page.evaluate(UNFOLD)
    page.screenshot(path=screenshots / f"{name}-much-phone.png", full_page=True)
    page.set_viewport_size(WINDOW)
    page.screenshot(path=screenshots / f"{name}-much.png", full_page=True)
    is_accessible(page, axe)


@pytest.mark.parametrize("name", ["releases", "trial"])
def test_on_a_phone_every_column_is_in_sight(name: str, changed_window: Window) -> None:
    with duckdb.connect(find_release(changed_window.served.warehouse, None).database, read_only=True) as connection:
        ((trial_id,),) = connection.execute("SELECT min(trial_id) FROM trials").fetchall()
    page = changed_window.show({"releases": "/releases", "trial": f"/trials/{trial_id}"}[name])
    page.set_viewport_size(PHONE)
    cells = page.locator("table.stacked td")
    assert cells.count() > 3
    for box in (cell.bounding_box() for cell in cells.all()):
        assert box is None or box["x"] + box["width"] <= PHONE["width"]
    shown = page.locator("table.stacked td", has_text={"releases": "since 2026", "trial": "("}[name]).last
    assert page.evaluate("(cell) => getComputedStyle(cell, '::before').content", shown.element_handle()) != "none"


def test_the_login(reviewed: Path, open_page: OpenPage, axe: Any) -> None:
    with serving(reviewed, TOKEN) as behind:
        page = open_page(behind)
        assert page.url.endswith("/login")
        assert faults(axe, page) == []
        page.get_by_label("Token").fill("wrong")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "That is not the token" in page.get_by_role("alert").inner_text()
        page.get_by_label("Token").fill(TOKEN)
        follow(page, page.get_by_role("button", name="Go on"))
        assert page.locator("li.alert").count() == 4
        # A script cannot read what the browser keeps.
        assert page.evaluate("document.cookie") == ""
        assert TOKEN not in page.content()


def test_the_first_tab_leads_past_the_menu(served: Served, open_page: OpenPage) -> None:
    page = open_page(served)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    shown = page.locator("a.skip").bounding_box()
    assert shown
    assert shown["x"] >= 0
    assert shown["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


LONG = "A" * 300_000 + " " + HOSTILE + " long " * 100_000

# Into every text of the release: messages, titles, labels, comments, names of people.
EVERYWHERE = (
    ("documents", ("title", "journal", "license", "language")),
    ("trials", ("title", "acronym")),
    ("arms", ("label", "description")),
    ("dq.alerts", ("message", "comment", "decided_by", "reason")),
    ("dq.alert_events", ("actor", "comment", "reason")),
    ("dq.checks", ("message", "action", "owner", "sql")),
    ("meta.sources", ("publisher", "license")),
)


PAIR = """
INSERT INTO doubtful_pairs BY NAME
SELECT 'document' AS subject, min(document_id) AS left_id, max(document_id) AS right_id, 'title' AS "method",
    0.9 AS score, ? AS reason, 1 AS since_release_no
FROM documents
"""


@pytest.fixture(scope="module")
def hostile(reviewed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over a release in which every text is hostile, and one document's title and text are very long."""
    warehouse = Path(shutil.copytree(reviewed, tmp_path_factory.mktemp("hostile") / "warehouse", symlinks=True))
    database = find_release(warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        for table, columns in EVERYWHERE:
            schema, _, name = table.rpartition(".")
            there = {
                row[0]
                for row in connection.execute(
                    "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND schema_name = ? "
                    "AND data_type = 'VARCHAR' AND database_name = current_database()",
                    [name, schema or "main"],
                ).fetchall()
            }
            changes = ", ".join(f"{column} = ?" for column in columns if column in there)
            assert changes, table
            connection.execute(f"UPDATE {table} SET {changes}", [HOSTILE] * changes.count("?"))
        connection.execute("UPDATE documents SET url = 'javascript:alert(3)'")
        connection.execute("UPDATE dq.alerts SET message = message || ?", [f" {LONG_WORD} {HOSTILE}"])
        connection.execute(PAIR, [f"{HOSTILE} {LONG_WORD}"])
        connection.execute(
            "UPDATE document_texts SET text = ?, span_start = 0, span_end = ? WHERE text LIKE '%<script>%'",
            [LONG, len(LONG)],
        )
        connection.execute("UPDATE documents SET title = ? WHERE title = (SELECT max(title) FROM documents)", [HOSTILE])
    with serving(warehouse) as served:
        yield served


@pytest.fixture(scope="module")
def hostile_window(chromium: Any, hostile: Served) -> Iterator[Window]:
    with window_of(chromium, hostile) as window:
        yield window


def runs_nothing(page: Any) -> None:
    """No text of a stranger became a part of the page, and a phone need not scroll sideways."""
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("window.violations") == []
    assert page.locator("img, main script, iframe, [onerror], [style]").count() == 0
    assert page.locator("a[href^='javascript:' i]").count() == 0
    assert "49" not in page.title()
    page.set_viewport_size(PHONE)
    page.evaluate(UNFOLD)
    assert overflow(page) <= 0


SHOWN = "<script>window.hacked=1;alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("document", "missing", "refused")])
def test_hostile_texts_are_shown_and_never_run(name: str, hostile_window: Window, known: dict[str, str]) -> None:
    page = hostile_window.show(path_of(name, known))
    if name in ("inbox", "inbox by trial", "alert", "sources", "check", "trial", "doubts"):
        shown = page.locator("main").inner_text()
        assert SHOWN in shown
        assert "{{7*7}}" in shown
        # What would turn the writing round is named instead.
        assert "[U+202E]gnp.exe[U+202C]" in shown
    assert not set("\u202e\u202c\u200f\u200b\u061c\u0007") & set(page.content())
    runs_nothing(page)


def test_a_text_of_a_megabyte_is_shown_whole(hostile_window: Window, known: dict[str, str]) -> None:
    page = hostile_window.show(f"/documents/{known['document']}?start=300001&end=300009")
    shown = page.evaluate("document.querySelector('.text').textContent")
    assert SHOWN in shown
    assert shown == seen(LONG)
    assert page.locator("mark#here").inner_text() == "<script>"
    runs_nothing(page)


def test_a_name_that_is_typed_is_shown_as_it_is(reviewed: Path, tmp_path: Path, open_page: OpenPage) -> None:
    warehouse = Path(shutil.copytree(reviewed, tmp_path / "warehouse", symlinks=True))
    typed = " ".join("".join(letter for letter in HOSTILE if letter.isprintable()).split())
    with serving(warehouse) as served:
        page = open_page(served, f"/alerts/{alert_ids(warehouse)[0]}")
        page.get_by_label("Acknowledge").check()
        page.get_by_label("By", exact=True).fill(typed[:100])
        page.get_by_label("Comment").fill(typed)
        follow(page, page.get_by_role("button", name="Decide", exact=True))
        assert typed in page.locator("ol.history").inner_text()
        assert page.get_by_label("By", exact=True).input_value() == typed[:100]
        page.goto(f"{served.url}/?show=all")
        assert page.evaluate("window.hacked") is None
