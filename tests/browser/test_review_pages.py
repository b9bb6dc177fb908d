"""Every page in a real browser: accessible in both colour schemes, no wider than a phone, and deaf to hostile texts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.browser.conftest import OpenPage
from tests.unit.review.serving import HOSTILE, Served, alert_ids, serving
from trialhouse.releases.catalog import find_release

TOKEN = "correct-horse-battery-staple"

PHONE = {"width": 390, "height": 844}

PAGES = (
    "inbox", "inbox by trial", "nothing found", "alert", "document", "releases", "release", "difference", "sources",
    "checks", "check", "dictionary", "trials", "trial", "missing", "refused",
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


@pytest.mark.parametrize("name", PAGES)
def test_a_page(
    name: str, served: Served, known: dict[str, str], open_page: OpenPage, axe: Any, screenshots: Path
) -> None:
    """Nothing serious is found by axe-core in light and dark, and a phone need not scroll sideways."""
    page = open_page(served, path_of(name, known))
    assert page.locator("h1").count() == 1
    assert "Trialhouse" in page.title()
    page.screenshot(path=screenshots / f"{name}.png".replace(" ", "-"))
    assert faults(axe, page) == []
    page.emulate_media(color_scheme="dark")
    # All but the colours is the same in the dark.
    assert faults(axe, page, runOnly=["color-contrast"]) == []
    if name in ("inbox", "alert", "trial"):
        page.screenshot(path=screenshots / f"{name}-dark.png")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    page.set_viewport_size(PHONE)
    assert overflow(page) <= 0
    page.screenshot(path=screenshots / f"{name}-phone.png".replace(" ", "-"))
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("window.violations") == []


def test_the_login(reviewed: Path, open_page: OpenPage, axe: Any) -> None:
    with serving(reviewed, TOKEN) as behind:
        page = open_page(behind)
        assert page.url.endswith("/login")
        assert faults(axe, page) == []
        page.get_by_label("Token").fill("wrong")
        page.keyboard.press("Enter")
        assert "That is not the token" in page.get_by_role("alert").inner_text()
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button", name="Go on").click()
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
        connection.execute(
            "UPDATE document_texts SET text = ?, span_start = 0, span_end = ? WHERE text LIKE '%<script>%'",
            [LONG, len(LONG)],
        )
        connection.execute("UPDATE documents SET title = ? WHERE title = (SELECT max(title) FROM documents)", [HOSTILE])
    with serving(warehouse) as served:
        yield served


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("difference", "missing", "refused")])
def test_hostile_texts_are_shown_and_never_run(
    name: str, hostile: Served, known: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(hostile, path_of(name, known))
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("window.violations") == []
    assert page.locator("img, main script, iframe, [onerror], [style]").count() == 0
    assert page.locator("a[href^='javascript:' i]").count() == 0
    assert "49" not in page.title()
    if name in ("inbox", "inbox by trial", "alert", "document", "sources", "check", "trial"):
        shown = page.locator("main").inner_text()
        assert "<script>window.hacked=1;alert(1)</script>\"'><img src=x onerror=alert(2)>" in shown
        assert "{{7*7}}" in shown
    page.set_viewport_size(PHONE)
    assert overflow(page) <= 0


def test_a_text_of_a_megabyte_is_shown_whole(hostile: Served, known: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(hostile, f"/documents/{known['document']}?start=300001&end=300009")
    assert page.evaluate("document.querySelector('.text').textContent.length") == len(LONG)
    assert page.locator("mark#here").inner_text() == "<script>"


def test_a_name_that_is_typed_is_shown_as_it_is(reviewed: Path, tmp_path: Path, open_page: OpenPage) -> None:
    warehouse = Path(shutil.copytree(reviewed, tmp_path / "warehouse", symlinks=True))
    typed = HOSTILE.replace("\u0007", "").strip()
    with serving(warehouse) as served:
        page = open_page(served, f"/alerts/{alert_ids(warehouse)[0]}")
        page.get_by_label("Acknowledge").check()
        page.get_by_label("By", exact=True).fill(typed[:100])
        page.get_by_label("Comment").fill(typed)
        page.get_by_role("button", name="Decide").click()
        assert typed in page.locator("ol.history").inner_text()
        assert page.get_by_label("By", exact=True).input_value() == typed[:100]
        page.goto(f"{served.url}/?show=all")
        assert page.evaluate("window.hacked") is None
