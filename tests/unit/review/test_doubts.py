"""Doubtful links: shown side by side with why, judged with one press, and gone from what asks until withdrawn."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.unit.review.serving import Browser, Served, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.quality.decisions import Decisions
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout

PAIRS = """
INSERT INTO doubtful_pairs BY NAME SELECT *, 1 AS since_release_no FROM (
    SELECT 'trial' AS subject, min(trial_id) AS left_id, max(trial_id) AS right_id, 'acronym_and_drug' AS "method",
        NULL AS score, 'Both study <b>hypertension</b>.' AS reason FROM trials
    UNION ALL
    SELECT 'document', min(document_id), max(document_id), 'title', 0.81, 'The titles differ in a word.' FROM documents
    UNION ALL
    SELECT 'outcome', min(outcome_id), max(outcome_id), 'measure', 0.5, 'The measures are alike.' FROM outcomes
)
"""


@pytest.fixture
def doubtful(own_warehouse: Path) -> Iterator[Served]:
    """A release with a doubtful pair of trials, of documents and of outcomes."""
    database = find_release(own_warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute(PAIRS)
    with serving(own_warehouse) as served:
        yield served


def forms(html: str) -> list[list[tuple[str, str]]]:
    """The hidden fields of each form that judges."""
    found = re.findall(r'<form method="post" action="/judgements">(.*?)</form>', html, re.DOTALL)
    return [re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form) for form in found]


def send(browser: Browser, form: list[tuple[str, str]], verdict: str, by: str = "ada"):
    fields = [(name, value) for name, value in form if name != "form_token"]
    return browser.send("/judgements", *fields, ("verdict", verdict), ("by", by))


def test_both_sides_stand_beside_the_reason(doubtful: Served) -> None:
    answer = doubtful.get("/doubts")
    words = text_of(answer.text)
    assert "To judge 3 All 3" in words
    assert "Documents: The titles differ in a word." in words
    assert "alike to 81 %" in words
    assert "Trials: Both study <b>hypertension</b>." in words
    assert answer.text.count('<section class="side">') == 6
    assert len(forms(answer.text)) == 2  # of outcomes a judgement would change nothing
    assert words.index("Documents: ") < words.index("Outcomes: ") < words.index("Trials: ")


def test_both_sides_say_in_their_own_words_what_they_are(doubtful: Served) -> None:
    for subject, words in (("trial", "We randomly assigned 200 adults"), ("outcome", "response occurred in 60.0%")):
        html = doubtful.get(f"/doubts?subject={subject}").text
        sides = re.findall(r'<section class="side">(.*?)</section>', html, re.DOTALL)
        assert len(sides) == 2
        for side in sides:
            assert words in re.sub(r"\s+", " ", text_of(side))
            assert re.search(r'<a class="more" href="/documents/[^"]+start=\d+&amp;end=\d+#here">in the text', side)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("subject=trial", 1), ("subject=nonsense", 3), ("text=TITLES+differ", 1), ("text=zzz", 0), ("trial=nothing", 0),
        ("page=9", 3), ("text=" + "a" * 5000, 0),
    ],
)  # fmt: skip
def test_the_address_says_what_is_shown(doubtful: Served, query: str, number: int) -> None:
    assert doubtful.get(f"/doubts?{query}").text.count('<section class="doubt">') == number


def test_a_judgement_takes_one_from_what_asks_and_the_second_reviewer_is_told(doubtful: Served) -> None:
    html = doubtful.get("/doubts?subject=trial").text
    (form,) = forms(html)
    ada, ben = doubtful.browser("/doubts"), doubtful.browser("/doubts")
    done = send(ada, form, "different")
    assert (done.status, done.headers["location"]) == (303, "/doubts?subject=trial")
    late = send(ben, form, "same", "ben")
    assert late.status == 409
    assert "Somebody judged these two meanwhile" in late.text
    (row,) = Decisions(Layout(doubtful.warehouse).decisions).judgements()
    assert (row.verdict.value, row.actor) == ("different", "ada")
    assert "Nothing here." in doubtful.get("/doubts?subject=trial").text
    judged = doubtful.get("/doubts?subject=trial&show=all").text
    assert "different , judged" in text_of(judged)
    (form,) = forms(judged)
    assert send(ada, form, "withdrawn").status == 303
    assert "To judge 3" in text_of(doubtful.get("/doubts").text)


def test_return_in_a_field_judges_nothing(doubtful: Served) -> None:
    """A browser presses the first button of a form: it is one that cannot be pressed."""
    for html in (doubtful.get("/doubts").text, doubtful.get("/trials/NCT09990001").text):
        found = re.findall(r'<form method="post" action="/judgements">(.*?)</form>', html, re.DOTALL)
        assert found
        for form in found:
            assert re.findall(r"<button[^>]*>", form)[0] == "<button disabled hidden>"


def test_the_page_of_a_trial_says_that_there_are_some(doubtful: Served) -> None:
    (trial_id,) = {dict(form)["left"] for form in forms(doubtful.get("/doubts?subject=trial").text)}
    link = f'<a href="/doubts?trial={trial_id}">Doubtful links'
    html = doubtful.get(f"/trials/{trial_id}").text
    assert link in html
    number = int(re.search(rf'{re.escape(link)} <span class="count">(\d)', html)[1])
    assert doubtful.get(f"/doubts?trial={trial_id}").text.count('<section class="doubt">') == number >= 1


def test_a_release_from_before_the_table_has_none(own_warehouse: Path) -> None:
    database = find_release(own_warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("DROP TABLE doubtful_pairs")
    with serving(own_warehouse) as served:
        assert "Nothing here." in served.get("/doubts").text
        assert served.get("/trials/NCT09990001").status == 200
