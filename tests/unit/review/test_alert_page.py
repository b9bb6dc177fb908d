"""The page of an alert: where one goes from it, the values side by side, and the notice that it is about."""

import datetime
import re

import pytest

from tests.unit.review.serving import Served, alert_ids
from tests.unit.review.test_trial_pages import text_of
from trialhouse.quality.concerned import ShownRow
from trialhouse.quality.passages import Mark, Passage
from trialhouse.review.passages import segments, without_tags
from trialhouse.review.sql_parts import parts_of
from trialhouse.review.values import MOST_BESIDE, value_tables


def steps(html: str) -> dict[str, str]:
    """Where the links to other alerts lead, by their relation."""
    return {rel: target.partition("?")[0] for rel, target in re.findall(r'<a rel="(\w+)" href="([^"]+)"', html)}


def order(served: Served) -> list[str]:
    """The addresses of the alerts as the inbox lists them."""
    return re.findall(r'<span class="message"><a href="(/alerts/[^?"]+)', served.get("/").text)


def test_the_next_one_is_the_one_that_came_after_also_when_this_one_is_settled(own_page: Served) -> None:
    first, second, third, _ = order(own_page)
    assert steps(own_page.get(second).text) == {"prev": first, "up": "/", "next": third}
    assert own_page.browser(second).waiver(second.rpartition("/")[2]).status == 303
    assert second not in order(own_page)
    # The reason of a waiver is told in words, on top and in the history.
    words = text_of(own_page.get(second).text)
    assert len(re.findall(r"\bada : source error|by ada: source error", words)) == 2, words
    assert "source_error" not in words
    assert steps(own_page.get(second).text) == {"prev": first, "up": "/", "next": third}


def test_who_decides_goes_on_to_the_next_one_if_they_like(own_page: Served) -> None:
    places = order(own_page)
    for place, after in zip(places, [*places[1:], "/"], strict=True):
        alert_id = place.rpartition("/")[2]
        fields = [("action", "acknowledge"), ("by", "ada"), ("seen", f"{alert_id} "), ("then", "next")]
        answer = own_page.browser(place).send(f"{place}?text=add+up", *fields)
        assert (answer.status, answer.headers["location"]) == (303, f"{after}?text=add+up")


def test_a_form_goes_back_to_the_alert_of_the_same_inbox(own_page: Served) -> None:
    (alert_id, *_) = alert_ids(own_page.warehouse)
    html = own_page.get(f"/alerts/{alert_id}?show=all&group=trial").text
    (action,) = re.findall(r'<form method="post" action="(/alerts/[^"]+)"', html)
    assert action == f"/alerts/{alert_id}?show=all&amp;group=trial"
    assert re.findall(r'value="(\w+)" accesskey="(\w)"', html) == [
        ("acknowledge", "a"),
        ("waive", "w"),
        ("resolve", "r"),
    ]


def test_what_an_alert_is_about_is_marked_otherwise_than_what_stands_beside_it(page: Served) -> None:
    html = page.get(order(page)[0]).text
    blamed = re.findall(r'<mark class="number blamed" title="([^"]+)">([^<]+)</mark>', html)
    beside = re.findall(r'<mark class="number along" title="([^"]+)">([^<]+)</mark>', html)
    assert ("enrollment: what the alert is about", "200") in blamed
    assert ("n randomized: what the alert is about", "90") in blamed
    assert ("label: read with it", "placebo") in beside
    legend = text_of(html)
    assert "framed : what the alert is about" in legend
    assert "underlined : what else was read with it" in legend


def shown(role: str, row_id: str, **cells: object) -> ShownRow:
    return ShownRow(role=role, table_name="arms", row_id=row_id, cells=cells)


def test_rows_of_a_table_stand_side_by_side() -> None:
    moment = datetime.datetime(2026, 11, 20, 12)
    rows = [
        shown("failing", "a", label="Placebo", n=90, is_background=False, share=0.50),
        shown("failing", "b", label="Drug", n=1000.0, names=["x", "y"], at=moment),
        shown("other", "c", n=1),
        shown("gone", "d", rule="trust_order:participants:later_published"),
    ]
    two, one, rule = value_tables(rows)
    assert two.heads == ("a", "b")
    assert dict(two.lines) == {
        "label": ("Placebo", "Drug"), "n": ("90", "1,000"), "is_background": ("no", ""), "share": ("0.5", ""),
        "names": ("", "x, y"), "at": ("", "2026-11-20 12:00:00"),
    }  # fmt: skip
    assert (one.role, one.heads, one.lines) == ("what it belongs to", (), (("n", ("1",)),))
    (said,) = rule.lines[0][1]
    assert said == "the order in which kinds of documents are trusted (participants, later published)"


def test_many_rows_stand_one_below_the_other() -> None:
    (table,) = value_tables([shown("failing", str(number), n=number) for number in range(MOST_BESIDE + 1)])
    assert table.heads == ("n",)
    assert table.lines[2] == ("2", ("2",))


def test_a_sentence_of_xml_is_read_without_its_tags() -> None:
    text = "of <italic>n</italic>&#x0003d;60 &lt;b&gt; mg<sup>2</sup></p><p>Next <!-- <b> --> one"
    mark = Mark(start=text.index("60"), end=text.index("60") + 2, column_name="n_randomized", is_blamed=True)
    passage = Passage(
        document_id="d", locator="/article/p[1]", start=5, end=5 + len(text), text=text, before=None, after=None,
        marks=(mark,), columns=("n_randomized",),
    )  # fmt: skip
    assert [(one.text, one.column) for one in segments(passage)] == [
        ("of n=", None),
        ("60", "n_randomized"),
        (" <b> mg2\nNext  one", None),
    ]
    cut = passage.model_copy(update={"text": f"alic>a{text}<su", "marks": ()})
    assert segments(cut)[0].text.strip() == "aof n=60 <b> mg2\nNext  one"
    assert [one.is_blamed for one in segments(passage)] == [False, True, False]
    plain = passage.model_copy(update={"locator": None})
    assert "".join(one.text for one in segments(plain)) == text
    assert without_tags("a &lt; b") == "a < b"


@pytest.mark.parametrize(
    ("sql", "own", "macros"),
    [
        ("SELECT 1", "SELECT 1", ""),
        (
            "-- M;\nCREATE MACRO f(a) AS a;\n-- End;\n\n-- Own;\nSELECT f(1)",
            "-- End;\n\n-- Own;\nSELECT f(1)",
            "-- M;\nCREATE MACRO f(a) AS a;",
        ),
        ("SELECT 1;", "SELECT 1;", ""),
    ],
)
def test_the_own_query_of_a_check_stands_before_the_macros(sql: str, own: str, macros: str) -> None:
    parts = parts_of(sql)
    assert (parts.own, parts.macros) == (own, macros)


def test_a_check_shows_its_runs_before_its_sql(page: Served) -> None:
    words = text_of(page.get("/checks/arms/sum_is_enrollment").text)
    assert words.index("Its last runs") < words.index("Its SQL") < words.index("The macros that it may use")
    assert "CREATE OR REPLACE TEMP MACRO" not in words[: words.index("The macros")]
