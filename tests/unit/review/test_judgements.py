"""Judgements of documents and trials: written, shown again with who and when, refused with a sentence."""

import re

import pytest

from tests.unit.review.test_trial_pages import text_of
from trialhouse.quality.decisions import Decisions
from trialhouse.releases.layout import Layout

FIRST, SECOND = "NCT09990001", "NCT09990002"


def trial_id(served, name):
    return re.search(r"trial-\w+", served.get(f"/trials/{name}").text)[0]


def document_id(served, name):
    return re.search(r"/documents/(doc-\w+)", served.get(f"/trials/{name}").text)[1]


def judged(browser, left, right, **fields):
    given = {
        "subject": "trial",
        "left": left,
        "right": right,
        "verdict": "different",
        "by": "ada",
        "back": f"/trials/{FIRST}",
    }
    return browser.send("/judgements", *(given | fields).items())


def test_a_judgement_is_written_and_shown_with_who_and_when(own_page):
    browser = own_page.browser(f"/trials/{FIRST}")
    answer = judged(browser, trial_id(own_page, FIRST), SECOND, comment="Two <b>drugs</b>.")
    assert (answer.status, answer.headers["location"]) == (303, f"/trials/{FIRST}")
    (row,) = Decisions(Layout(own_page.warehouse).decisions).judgements()
    assert {row.left_id, row.right_id} == {trial_id(own_page, FIRST), trial_id(own_page, SECOND)}
    assert (row.subject.value, row.verdict.value, row.actor, row.comment) == (
        "trial",
        "different",
        "ada",
        "Two <b>drugs</b>.",
    )
    for name in (FIRST, SECOND):
        shown = own_page.get(f"/trials/{name}").text
        assert f"{row.decided_at:%Y-%m-%d %H:%M} UTC, ada" in shown
        assert "“Two &lt;b&gt;drugs&lt;/b&gt;.”" in shown
    assert "ada" not in text_of(own_page.get("/trials/NCT09990003").text)


def test_the_last_judgement_of_a_pair_counts(own_page):
    browser = own_page.browser(f"/trials/{FIRST}")
    left, right = document_id(own_page, FIRST), document_id(own_page, SECOND)
    for verdict, one, other in (("same", left, right), ("withdrawn", right, left)):
        assert judged(browser, one, other, subject="document", verdict=verdict).status == 303
    shown = re.search(r'<ol class="history">.*?</ol>', own_page.get(f"/trials/{FIRST}").text, re.DOTALL)[0]
    last, first = map(text_of, re.findall(r"<li>.*?</li>", shown, re.DOTALL))
    assert "withdrawn" in last
    assert "same" in first
    assert ("judged again since" in first, "judged again since" in last) == (True, False)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"right": "NCT00000000"}, "there is no trial"),
        ({"right": "<script>alert(1)</script>"}, "there is no trial"),
        ({"right": FIRST}, "compared with itself"),
        ({"right": ""}, "Name two trials"),
        ({"subject": "document", "right": "doc-unknown"}, "there is no document"),
        ({"subject": "arm"}, "Say what is judged"),
        ({"verdict": "maybe"}, "Choose a verdict"),
        ({"by": ""}, "needs the name"),
        ({"by": "refresh"}, "is no person"),
        ({"by": "a" * 101}, "has 101 characters"),
        ({"comment": "a" * 4001}, "has 4,001 characters"),
        ({"comment": "a\u0007"}, "characters that nobody sees"),
        ({"by": "a\u202e"}, "characters that nobody sees"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_sentence(refusing, fields, why):
    browser = refusing.browser(f"/trials/{FIRST}")
    given = {"right": SECOND} | fields
    answer = judged(browser, trial_id(refusing, FIRST), given.pop("right"), **given)
    assert answer.status in (400, 404)
    assert why in text_of(answer.text)
    assert "<script>alert" not in answer.text
    assert not Decisions(Layout(refusing.warehouse).decisions).judgements()
