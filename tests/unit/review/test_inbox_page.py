"""The page of the inbox: whose alert it is, what a decision on many does, and what is shown when it cannot be done."""

import re

import duckdb

from tests.unit.review.serving import Served, alert_ids, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.releases.catalog import find_release
from trialhouse.review.pages import inbox

ACKNOWLEDGE = (("action", "acknowledge"), ("by", "ada"))


def test_an_alert_says_of_which_trial_it_is(page: Served) -> None:
    for group in ("check", "trial"):
        words = text_of(page.get(f"/?group={group}").text)
        assert words.count("NCT09990001 · Quenosartan for high blood pressure") == 1, group


def test_words_of_the_filter_may_stand_in_the_trial(page: Served) -> None:
    shown = page.get("/?text=veltoCIMAB").text
    assert shown.count('<li class="alert">') == 1
    assert "NCT09990002" in shown


def test_a_page_beyond_the_last_is_the_last(page: Served) -> None:
    assert page.get("/?page=500").text.count('<li class="alert">') == 4


def test_a_filter_is_not_repeated_at_any_length(page: Served) -> None:
    assert len(page.get("/?text=" + "a" * 50_000 + "&check=" + "b" * 9_000).body) < 20_000


def test_what_cannot_be_decided_leaves_filter_and_ticks(refusing: Served) -> None:
    first, second, *_ = alert_ids(refusing.warehouse)
    fields = [("alert", first), *(("seen", f"{one} ") for one in (first, second)), ("action", "waive"), ("by", "ada")]
    answer = refusing.browser().send("/alerts?show=new&group=trial&text=add+up", *fields)
    assert answer.status == 400
    assert 'value="add up"' in answer.text
    assert re.search(rf'value="{first}"[^>]* checked>', answer.text)
    assert not re.search(rf'value="{second}"[^>]* checked>', answer.text)
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', answer.text)
    assert action == "/alerts?show=new&amp;text=add+up&amp;group=trial&amp;page=1"


def test_after_a_decision_the_inbox_is_shown_as_it_was_filtered(own_page: Served) -> None:
    (first, *_) = alert_ids(own_page.warehouse)
    fields = [("alert", first), ("seen", f"{first} "), *ACKNOWLEDGE]
    answer = own_page.browser().send("/alerts?text=add+up", *fields)
    assert (answer.status, answer.headers["location"]) == (303, "/?text=add+up&page=1")


def test_who_comes_second_is_told_what_became_of_it(own_page: Served) -> None:
    first, second, *_ = alert_ids(own_page.warehouse)
    ada, ben = own_page.browser(), own_page.browser()
    assert ada.waiver(first).status == 303
    fields = [*(("alert", one) for one in (first, second)), *(("seen", f"{one} ") for one in (first, second))]
    answer = ben.send("/alerts", *fields, ("action", "acknowledge"), ("by", "ben"))
    assert answer.status == 409
    # In this part of the inbox it is no more: so it is named in the sentence.
    (told,) = re.findall(r'<div class="problem" role="alert">(.*?)</div>', answer.text, re.DOTALL)
    assert "is now waived, by ada" in text_of(told)
    assert f'href="/alerts/{first}"' in told
    assert re.search(rf'value="{second}"[^>]* checked>', answer.text)


def test_the_address_of_a_decision_can_be_opened(page: Served) -> None:
    """After a refused decision it stands in the address line, and who loads it anew sees the inbox."""
    answer = page.get("/alerts?show=new&text=add+up&page=1")
    assert (answer.status, answer.headers["location"]) == (303, "/?show=new&text=add+up")


def test_an_alert_leads_back_to_the_page_that_it_was_opened_from(page: Served, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    (link, _) = re.findall(r'class="message"><a href="([^"]+)"', page.get("/?page=2").text)
    assert link.endswith("?page=2")
    assert '<a rel="up" href="/?page=2"' in page.get(link).text


def test_a_whole_group_is_decided_on_every_page(own_page: Served, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    first, *_ = alert_ids(own_page.warehouse)
    shown = own_page.get("/").text
    (box,) = re.findall(r'name="group" value="(\w+ [^"]+)"> all 4 of this check, on every page', shown)
    assert 'type="checkbox" name="group"' not in own_page.get("/?group=trial").text  # a trial has one alert here
    browser = own_page.browser()
    other = browser.send("/alerts", ("group", box.replace("arms/", "other/")), *ACKNOWLEDGE)
    assert (other.status, "No alert is chosen" in other.text) == (400, True)
    assert own_page.browser().send(f"/alerts/{first}", *ACKNOWLEDGE, ("seen", f"{first} ")).status == 303
    stale = browser.send("/alerts", ("group", box), *ACKNOWLEDGE)
    assert (stale.status, "Somebody decided meanwhile" in stale.text) == (409, True)
    (box,) = re.findall(r'name="group" value="(\w+ [^"]+)"> all 3', own_page.get("/").text)
    assert browser.send("/alerts", ("group", box), *ACKNOWLEDGE).status == 303
    assert "Nothing here." in own_page.get("/").text


def test_the_heading_of_a_trial_that_is_gone_leads_to_its_history(own_warehouse) -> None:
    database = find_release(own_warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("UPDATE dq.alerts SET trial_id = 'trial-gone' WHERE message LIKE '%100%'")
    with serving(own_warehouse) as served:
        shown = served.get("/?group=trial").text
        assert '<a href="/trials/trial-gone/history">' in shown
        assert 'href="/trials/trial-gone"' not in shown


def test_all_that_a_filter_finds_is_decided_on_every_page(own_page: Served, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    ids = alert_ids(own_page.warehouse)
    browser = own_page.browser("/?text=add+up")
    (state,) = re.findall(r'name="all" value="(\w+)"> all 4 that the filter finds', own_page.get("/?text=add+up").text)
    # Somebody decides one of them: what was seen is not what there is.
    assert own_page.browser().send(f"/alerts/{ids[0]}", *ACKNOWLEDGE, ("seen", f"{ids[0]} ")).status == 303
    stale = browser.send("/alerts?text=add+up", ("all", state), *ACKNOWLEDGE)
    assert stale.status == 409
    assert "Somebody decided meanwhile" in stale.text
    # It is named, and none that was decided on before the form was shown.
    (moved,) = re.findall(
        r'<li><a href="/alerts/([^"?]+)\?text=add\+up">[^<]*</a> is now (\w+), by ada</li>', stale.text
    )
    assert moved == (ids[0], "acknowledged")
    (state,) = re.findall(r'name="all" value="(\w+)"> all 3 that', own_page.get("/?text=add+up").text)
    (latest,) = re.findall(r'name="latest" value="([^"]+)"', own_page.get("/?text=add+up").text)
    other = browser.send("/alerts?text=other", ("all", state), ("latest", latest), *ACKNOWLEDGE)
    assert (other.status, "The list is another one by now" in other.text) == (409, True)
    done = browser.send("/alerts?text=add+up", ("all", state), *ACKNOWLEDGE)
    assert done.status == 303
    assert own_page.get("/?show=acknowledged&page=2").text.count('<li class="alert">') == 2
    assert "Nothing here." in own_page.get("/").text
