"""A whole review in a real browser: with a mouse, without JavaScript, and by keyboard alone.

Each reviewer has an alert of their own in one warehouse, so that three refreshes do for all.
"""

import dataclasses
import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OpenPage, follow
from tests.unit.review.serving import PAPERS, Served, refreshed, serving
from trialhouse.model.words import RunStatus
from trialhouse.review.pages import inbox

MOUSE, NO_SCRIPT, KEYBOARD = (paper.drug for paper in PAPERS[:3])

LAST_DAY = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=300)).isoformat()


def find(page: Any, drug: str) -> None:
    """From the inbox to the alert of a drug's trial, by the filter."""
    page.get_by_label("Grouped by").select_option("trial")
    page.get_by_label("Words").fill("add up to")
    follow(page, page.get_by_role("button", name="Filter"))
    group = page.locator("section.group", has=page.get_by_role("heading", name=drug))
    follow(page, group.locator(".message a"))


def read(page: Any, drug: str) -> None:
    """The sentence is highlighted, and the numbers in it once more."""
    passage = page.locator("blockquote", has_text=f"adults to {drug.lower()} 40 mg").first
    assert "We randomly assigned 200 adults" in passage.inner_text()
    numbers = page.locator("blockquote mark mark.number")
    assert {"200", "100", "90"} <= set(numbers.all_inner_texts())
    assert page.locator("h1").inner_text().endswith(" = 190, the enrollment is 200.")


def state(page: Any) -> str:
    return page.locator("main > p .state").first.inner_text()


def decide(page: Any, action: str, **typed: str) -> None:
    form = page.locator("fieldset.decision")
    form.get_by_label(action, exact=True).check()
    if "reason" in typed:
        form.get_by_label("Reason of a waiver").select_option(typed["reason"])
        form.get_by_label("Waived until").fill(typed["until"])
        form.get_by_label("Comment").fill(typed["comment"])
    follow(page, form.get_by_role("button", name="Decide", exact=True))


def waive(page: Any) -> None:
    decide(page, "Waive", reason="source_error", until=LAST_DAY, comment="The paper counts ten twice.")
    assert "1 alert is waived" in page.get_by_role("status").inner_text()
    assert state(page) == f"waived until {LAST_DAY}"


def is_to_do(page: Any, served: Served, drug: str) -> bool:
    page.goto(f"{served.url}/?group=trial")
    return page.get_by_role("heading", name=drug).count() == 1


def open_alert(page: Any, served: Served, drug: str) -> None:
    page.goto(f"{served.url}/?show=all&group=trial")
    follow(page, page.locator("section.group", has=page.get_by_role("heading", name=drug)).locator(".message a"))


def focused(page: Any) -> str:
    """What the keyboard's focus is on."""
    return page.evaluate(
        "() => { const e = document.activeElement; return `${e.localName} ${e.name || e.textContent.trim()}`; }"
    )


def tab_to(page: Any, what: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == what:
            return
    pytest.fail(f"the Tab key does not lead to {what}")


def waive_by_keyboard(page: Any, drug: str) -> None:
    """Find, read and waive with keys only."""
    page.keyboard.press("/")
    assert focused(page) == "input text"
    page.keyboard.type("add up to")
    page.keyboard.press("Tab")
    tab_to(page, "select group")
    page.keyboard.type("trial")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**group=trial**")
    titles = page.locator("section.group h2").all_inner_texts()
    for _ in range(1 + next(number for number, title in enumerate(titles) if drug in title)):
        page.keyboard.press("j")
    assert page.locator("li.alert.chosen").count() == 1
    page.keyboard.press("x")
    assert page.locator("li.alert.chosen input[type=checkbox]").is_checked()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/alerts/**")
    read(page, drug)
    tab_to(page, "input action")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Waive", exact=True).is_checked()
    tab_to(page, "select reason")
    page.keyboard.type("source")
    tab_to(page, "input until")
    year, month, day = LAST_DAY.split("-")
    page.keyboard.type(f"{month}{day}{year}")
    tab_to(page, "textarea comment")
    page.keyboard.type("The paper counts ten twice.")
    tab_to(page, "button Decide")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert state(page) == f"waived until {LAST_DAY}"


def test_a_whole_review(reviewed: Path, tmp_path: Path, open_page: OpenPage, screenshots: Path) -> None:
    warehouse, texts = tmp_path / "warehouse", reviewed.parent / "texts"
    shutil.copytree(reviewed, warehouse, symlinks=True)
    with serving(warehouse) as served:
        pages = {
            MOUSE: open_page(served),
            NO_SCRIPT: open_page(served, java_script_enabled=False),
            KEYBOARD: open_page(served),
        }
        for drug in (MOUSE, NO_SCRIPT):
            find(pages[drug], drug)
            read(pages[drug], drug)
            waive(pages[drug])
        waive_by_keyboard(pages[KEYBOARD], KEYBOARD)
        pages[MOUSE].screenshot(path=screenshots / "waived.png", full_page=True)
        for drug, page in pages.items():
            assert not is_to_do(page, served, drug)

        assert refreshed(warehouse, day=21, folder=texts) is RunStatus.PUBLISHED
        for drug, page in pages.items():
            assert not is_to_do(page, served, drug)
            open_alert(page, served, drug)
            assert state(page) == f"waived until {LAST_DAY}"
            assert "(not in a release yet)" not in page.locator(".history").inner_text()

        changed = tuple(dataclasses.replace(paper, n=220) for paper in PAPERS)
        assert refreshed(warehouse, changed, day=22, folder=texts) is RunStatus.PUBLISHED
        for drug, page in pages.items():
            assert is_to_do(page, served, drug)
            page.goto(f"{served.url}/?show=reopened&group=trial")
            group = page.locator("section.group", has=page.get_by_role("heading", name=drug))
            follow(page, group.locator(".message a"))
            assert state(page) == "reopened"
            assert "the enrollment is 220" in page.locator("h1").inner_text()
            assert "220" in page.locator("blockquote mark.number").all_inner_texts()
            decide(page, "Resolve")
            assert state(page) == "resolved"
            assert not is_to_do(page, served, drug)
            history = "raised waived reopened resolved".split()
            open_alert(page, served, drug)
            steps = page.locator("ol.history li").all_inner_texts()
            assert len(steps) == len(history)
            assert all(word in step for word, step in zip(history, steps, strict=True))
        pages[NO_SCRIPT].screenshot(path=screenshots / "resolved.png", full_page=True)


def press_access_key(page: Any, key: str) -> None:
    """Alt and a key, as a keyboard sends them: playwright's own press leaves out what the key alone would type."""
    devtools = page.context.new_cdp_session(page)
    pressed = {"modifiers": 1, "key": key, "code": f"Key{key.upper()}", "windowsVirtualKeyCode": ord(key.upper())}
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "unmodifiedText": key, **pressed})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})


def test_from_alert_to_alert_by_key(reviewed: Path, tmp_path: Path, open_page: OpenPage) -> None:
    """Next and previous, up, the actions, and an access key: without a mouse, and nothing is decided by the way."""
    warehouse = Path(shutil.copytree(reviewed, tmp_path / "warehouse", symlinks=True))
    with serving(warehouse) as served:
        page = open_page(served)
        places = [link.get_attribute("href") for link in page.locator("li.alert .message a").all()]

        def is_at(place: str) -> None:
            page.wait_for_url(served.url + place)

        page.goto(served.url + places[0])
        page.keyboard.press("j")
        is_at(places[1])
        page.keyboard.press("j")
        is_at(places[2])
        page.keyboard.press("k")
        is_at(places[1])
        press_access_key(page, "n")
        is_at(places[2])
        press_access_key(page, "p")
        is_at(places[1])
        for key, label in (("a", "Acknowledge"), ("w", "Waive"), ("r", "Resolve")):
            page.keyboard.press(key)
            assert page.get_by_label(label, exact=True).is_checked()
            assert focused(page) == "input action"
        press_access_key(page, "w")
        assert page.get_by_label("Waive", exact=True).is_checked()
        page.get_by_label("Comment").fill("a word: jkwarux")
        page.keyboard.press("j")
        assert page.get_by_label("Comment").input_value() == "a word: jkwaruxj"
        page.locator("h1").click()
        page.keyboard.press("u")
        page.wait_for_url(f"{served.url}/")
        assert "All 4" in page.locator(".tabs").inner_text()
        assert page.locator("li.alert").count() == 4
        # Decided, and on to the one that came after.
        page.goto(served.url + places[1])
        page.get_by_label("Acknowledge").check()
        follow(page, page.get_by_role("button", name="Decide, and the next"))
        is_at(places[2])
        assert "1 alert is acknowledged" in page.get_by_role("status").inner_text()


def test_the_keys_lead_from_page_to_page(reviewed: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of a page of the inbox the next one comes, and `u` leads back to it."""
    monkeypatch.setattr(inbox, "PAGE", 2)
    with serving(reviewed) as served:
        page = open_page(served)
        for _ in range(3):
            page.keyboard.press("j")
        page.wait_for_url("**/?page=2")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/alerts/**")
        page.keyboard.press("u")
        page.wait_for_url("**/?page=2")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.wait_for_url("**/?page=1")


@pytest.mark.parametrize("has_script", [True, False])
def test_all_that_a_filter_finds_are_decided_together(
    has_script: bool, reviewed: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    warehouse = Path(shutil.copytree(reviewed, tmp_path / "warehouse", symlinks=True))
    with serving(warehouse) as served:
        page = open_page(served, "/?text=add+up", java_script_enabled=has_script)
        if has_script:
            page.keyboard.press("w")  # unfolds what is folded
        else:
            page.locator("details.bulk summary").click()
        page.get_by_label("Acknowledge").check()
        follow(page, page.get_by_role("button", name="Decide", exact=True))
        assert "No alert is chosen" in page.get_by_role("alert").inner_text()
        assert page.get_by_label("Words").input_value() == "add up"
        for box in page.locator("li.alert input[type=checkbox]").all():
            box.check()
        follow(page, page.get_by_role("button", name="Decide", exact=True))
        assert "4 alerts are acknowledged" in page.get_by_role("status").inner_text()
        assert page.locator("li.alert").count() == 0
