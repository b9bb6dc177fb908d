"""Judgements of documents and trials: written, shown again with who and when, refused with a sentence."""

import html
import re
from urllib.parse import unquote

import pytest

from tests.unit.review.serving import refreshed, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.model.words import RunStatus
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


def form_of(answer):
    """What stands in the fields of the form of a judgement."""
    fields = re.findall(r'<input (?:type="hidden" )?name="(\w+)" value="([^"]*)"', answer.text)
    return {name: html.unescape(value) for name, value in fields}


def test_a_refused_judgement_keeps_what_was_typed(own_page):
    browser, left = own_page.browser(f"/trials/{FIRST}"), trial_id(own_page, FIRST)
    answer = judged(browser, left, "NCT99999999", comment='a "long" comment', by="ben")
    assert answer.status == 400
    assert "there is no trial" in text_of(re.search(r'<p class="problem".*?</p>', answer.text)[0])
    form = form_of(answer)
    assert {name: form[name] for name in ("left", "right", "comment", "by", "back", "subject")} == {
        "left": left,
        "right": "NCT99999999",
        "comment": 'a "long" comment',
        "by": "ben",
        "back": f"/trials/{FIRST}",
        "subject": "trial",
    }
    assert "Quenosartan for high blood pressure" in answer.text
    # Mended, it goes back to where it was asked.
    mended = form | {"right": SECOND, "verdict": "different"}
    sent = browser.send("/judgements", *((name, value) for name, value in mended.items() if name != "form_token"))
    assert (sent.status, sent.headers["location"]) == (303, f"/trials/{FIRST}")
    (row,) = Decisions(Layout(own_page.warehouse).decisions).judgements()
    assert (row.comment, row.actor) == ('a "long" comment', "ben")


def test_the_second_reviewer_sees_what_the_first_judged(own_page):
    browser = own_page.browser(f"/trials/{FIRST}")
    pair = document_id(own_page, FIRST), document_id(own_page, SECOND)
    assert judged(browser, *pair, subject="document", verdict="same", comment="One text.", seen="").status == 303
    answer = judged(browser, *pair, subject="document", verdict="different", by="ben", comment="Two.", seen="")
    assert answer.status == 409
    words = text_of(answer.text)
    assert "Somebody judged these two meanwhile" in words
    assert re.search(r"Judged last: same , [0-9: -]+ UTC by ada: “One text.”", words)
    (row,) = Decisions(Layout(own_page.warehouse).decisions).judgements()
    form = form_of(answer)
    assert (form["seen"], form["comment"], form["by"]) == (row.judgement_id, "Two.", "ben")


def test_a_form_leads_nowhere_else(refusing):
    answer = judged(refusing.browser(f"/trials/{FIRST}"), "a", "b", back="//evil.example")
    assert "evil.example" not in answer.text


def test_trials_that_are_named_by_their_documents_are_called_trials(own_page):
    browser = own_page.browser(f"/trials/{FIRST}")
    answer = judged(browser, document_id(own_page, FIRST), document_id(own_page, SECOND))
    assert unquote(answer.cookie("trialhouse_told")).startswith("Noted: The trials of doc-")
    answer = judged(browser, trial_id(own_page, FIRST), "NCT09990003")
    assert unquote(answer.cookie("trialhouse_told")).startswith("Noted: Trials trial-")


def test_all_that_was_judged_can_be_read_with_what_became_of_it(own_warehouse):
    """Before and after the refresh that applies it."""
    pairs = (("NCT09990001", "NCT09990002", "same"), ("NCT09990001", "NCT09990003", "different"))
    with serving(own_warehouse) as served:
        assert "Nobody judged anything yet." in served.get("/judgements").text
        browser = served.browser(f"/trials/{FIRST}")
        for left, right, verdict in (*pairs, ("NCT09990003", "NCT09990004", "unsure")):
            answer = judged(browser, trial_id(served, left), right, verdict=verdict, comment="As <b>read</b>.")
            assert answer.status == 303
        documents = document_id(served, FIRST), document_id(served, "NCT09990004")
        for verdict in ("different", "withdrawn"):
            assert judged(browser, *documents, subject="document", verdict=verdict).status == 303
        html = served.get("/judgements").text
        assert html.count("the next refresh applies it") == 4
        assert html.count("judged again since") == 1
    assert refreshed(own_warehouse, (), day=21, folder=own_warehouse.parent / "none") is RunStatus.PUBLISHED
    with serving(own_warehouse) as served:
        html = served.get("/judgements").text
        assert served.get("/judgements?page=99999").status == 200
        shown = served.get("/releases/difference?from=1&to=current").text
    lines = [text_of(part) for part in html.split("<li ")[1:]]
    assert [line.split()[1] for line in lines] == ["withdrawn", "different", "unsure", "different", "same"]
    assert "as if nobody had judged them" in lines[0]
    assert "judged again since" in lines[1]
    assert "they are apart now" in lines[2]
    assert "they are apart now" in lines[3]
    assert "they are one trial now" in lines[4]
    assert "“As &lt;b&gt;read&lt;/b&gt;.”" in html
    assert 'Judgements that were made: <a href="/judgements">5</a>' in shown
