"""What a notice or a reply puts around the title of its paper is cut off, and no article's title is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from trialhouse.model.citation import Citation
from trialhouse.resolution.duplicates.engine import limited_database
from trialhouse.resolution.duplicates.kinds import Kind, kind_of
from trialhouse.resolution.duplicates.spelling import Spelling
from trialhouse.resolution.duplicates.table import citation_table, offer_records, run_file
from trialhouse.resolution.duplicates.titles import Likeness, compare_titles
from trialhouse.store.connection import Connection

TITLE = "Effect of quenosartan on pressure in smokers of a rural county"
NOTICES = {
    f"Erratum: {TITLE}": Kind.ERRATUM,
    f"{TITLE} (vol 3, pg 10, 2021)": Kind.ERRATUM,
    f"Corrigendum to “{TITLE}” [J Coughs 3 (2021) 10–20]": Kind.ERRATUM,
    f"Correction to: {TITLE} (A Journal, (2021), 3, (10-20), 10.5555/x)": Kind.ERRATUM,
    f"Retraction Note: {TITLE}": Kind.RETRACTION,
    f"{TITLE} (Retraction of Vol 3, Pg 10, 2021)": Kind.RETRACTION,
    f"Expression of concern: {TITLE}": Kind.CONCERN,
    f"{TITLE} (Expression of Concern of vol 3, 10, 2021)": Kind.CONCERN,
    f"{TITLE} - Authors' reply": Kind.REPLY,
    f"{TITLE} reply": Kind.REPLY,
    f"In reply to {TITLE}": Kind.REPLY,
    f"Letter to the editor: {TITLE}": Kind.REPLY,
    f"Comment on {TITLE}": Kind.REPLY,
}
ARTICLES = (
    "Correction of refractive errors in school children of a county",
    "Response to quenosartan in smokers of a county (Denmark, 2019)",
    "Quenosartan and its dose-response in smokers of a county",
    "Retraction of the eyelid after surgery of the orbit in adults",
    "Letter writing in smokers of a rural county [report of 2019]",
    "Discussion groups and comments of patients with hypertension (Town, 2019)",
    "Withdrawal of benzodiazepines in older people of a county",
    "Re-evaluation of the drug quenosartan in smokers of a county",
)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    with limited_database() as connection:
        yield connection


def words_of(connection: Connection, sql: Path, titles: list[str]) -> dict[str, str]:
    """The words that records with these titles are compared by."""
    connection.register("records", citation_table([Citation(record_id=title, title=title) for title in titles]))
    offer_records(connection, "records", set())
    run_file(connection, sql, "fields")
    return dict(connection.execute("SELECT record_id, words FROM bib_fields").fetchall())


def test_a_notice_has_the_words_of_its_paper(connection: Connection, sql: Path) -> None:
    words = words_of(connection, sql, [TITLE, *NOTICES])
    assert set(words.values()) == {TITLE.lower()}
    assert {title: kind_of(title, "", "", "", "") for title in NOTICES} == NOTICES


def test_nothing_is_cut_of_the_title_of_an_article(connection: Connection, sql: Path) -> None:
    words = words_of(connection, sql, list(ARTICLES))
    assert all(len(words[title].replace(" ", "")) == sum(map(str.isalnum, title)) for title in ARTICLES)
    assert {kind_of(title, "", "", "", "") for title in ARTICLES} == {Kind.ARTICLE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quenosartan in non diabetic smokers of a county", "quenosartan in diabetic smokers of a county"),
        ("quenosartan and the rat kidney of a county", "quenosartan and the kidney of a county"),
        ("vitamin a and pressure in smokers of a county", "vitamin and pressure in smokers of a county"),
        ("a survey of hepatitis a in smokers of a county", "a survey of hepatitis b in smokers of a county"),
        ("a plan for the smokers of a rural county", "a plant for the smokers of a rural county"),
    ],
)
def test_a_small_word_can_make_another_title(spelling: Spelling, one: str, other: str) -> None:
    assert compare_titles(one, other, spelling).likeness not in (Likeness.EQUAL, Likeness.NEAR)


def test_an_article_and_a_slip_in_a_small_word_make_none(spelling: Spelling) -> None:
    one = "effect of quenosartan on pressure in smokers of a county a randomised trial"
    assert compare_titles(one, one.replace(" a randomised", " randomised"), spelling).likeness is Likeness.NEAR
    assert compare_titles(one, one.replace("effect of", "effect ofr"), spelling).likeness is Likeness.NEAR
