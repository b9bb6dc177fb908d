"""The page of a document: the sentence that a number was read from is there, whole, also of a text that is not."""

import html
import re
import shutil
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from tests.unit.review.serving import PAPERS, Served, refreshed, serving
from trialhouse.model.words import RunStatus
from trialhouse.releases.catalog import find_release
from trialhouse.review import shelf as shelves

SENTENCE = (
    "METHODS: We randomly assigned 200 adults to Quenosartan 40 mg once daily (n = 100) or placebo (n = 90) "
    "for 12 weeks."
)

REGISTERED = "The trial is registered at ClinicalTrials.gov, NCT09990001."

ASIDE = "Nobody reads anything from what the weather was like in those years."


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose texts may not be passed on: its release holds the quotes alone."""
    warehouse = tmp_path_factory.mktemp("withheld") / "warehouse"
    folder = warehouse.parent / "texts"
    folder.mkdir()
    PAPERS[0].write(folder)
    with next(folder.iterdir()).open("a", encoding="utf-8") as file:
        file.write(f"\n{ASIDE}\n")
    assert refreshed(warehouse, (), may_be_passed_on=False) is RunStatus.PUBLISHED
    return warehouse


@pytest.fixture(scope="module")
def served(withheld: Path):
    with serving(withheld) as served:
        yield served


def links(page: Served) -> list[str]:
    """The addresses of all sentences that the page of the only trial leads to."""
    with duckdb.connect(find_release(page.warehouse, None).database, read_only=True) as connection:
        ((trial_id,),) = connection.execute("SELECT trial_id FROM trials").fetchall()
    found = re.findall(r'href="(/documents/[^"]*#here)"', page.get(f"/trials/{trial_id}").text)
    return sorted({html.unescape(link).removesuffix("#here") for link in found})


def document_of(page: Served) -> str:
    """The address of a document of the first trial."""
    return re.findall(r'href="(/documents/[^"?#]+)"', page.get("/trials/NCT09990001").text)[0]


def shown(text: str) -> str:
    """The text of the document on its page, without tags."""
    (inner,) = re.findall(r'<div class="text" dir="auto">(.*?)</div>', text, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", inner))


def marked(text: str) -> str:
    """The marked passage to which an address leads."""
    (inner,) = re.findall(r'<mark id="here">(.*?)</mark>(?!<mark|[^<]*</mark>)', text, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", inner))


def test_the_release_has_quotes_that_are_no_sentences(withheld: Path) -> None:
    with duckdb.connect(find_release(withheld, None).database, read_only=True) as connection:
        pieces = connection.execute("SELECT text, is_whole FROM document_texts").fetchall()
    assert not any(is_whole for _, is_whole in pieces)
    assert any(len(text.split()) < 6 for text, _ in pieces)


def test_every_number_leads_to_its_whole_sentence(served: Served) -> None:
    found = links(served)
    assert len(found) > 10
    for link in found:
        mark = marked(served.get(link).text)
        assert len(mark.split()) > 5, (link, mark)
        assert mark.endswith((".", "trial")), (link, mark)


def test_the_number_is_marked_within_the_sentence(served: Served) -> None:
    link = next(link for link in links(served) if "enrollment" in link)
    answer = served.get(link).text
    assert marked(answer) == SENTENCE
    assert '<mark class="number">200</mark>' in answer


def test_no_more_than_the_sentences_is_shown(served: Served) -> None:
    words = shown(served.get(links(served)[0]).text)
    assert SENTENCE in words
    assert REGISTERED in words
    assert ASIDE not in words
    # Dots stand where something is left out, and nowhere else.
    assert f"{SENTENCE}\nRESULTS: At week 12" in words
    assert "these are the sentences that something was read from" in served.get(links(served)[0]).text


def test_without_what_was_received_the_quotes_are_shown(withheld: Path, tmp_path: Path) -> None:
    warehouse = Path(shutil.copytree(withheld, tmp_path / "warehouse", symlinks=True))
    shutil.rmtree(warehouse / "landing")
    with serving(warehouse) as alone:
        link = next(link for link in links(alone) if "enrollment" in link)
        answer = alone.get(link).text
    assert marked(answer) in SENTENCE
    assert '<mark class="number">200</mark>' in answer


def test_a_text_is_read_once_where_it_was_received(withheld: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what could not be read is looked for again."""
    read: list[str] = []
    texts: dict[str, str] = {}
    monkeypatch.setattr(shelves, "landed_texts", lambda layout: lambda sha: read.append(sha) or texts.get(sha))
    shelf = shelves.Shelf(withheld)
    assert [shelf.landed_text("0"), shelf.landed_text("0")] == [None, None]
    texts |= {str(number): f"text {number}" for number in range(9)}
    read.clear()
    assert [shelf.landed_text(sha) for sha in "001234"] == [f"text {sha}" for sha in "001234"]
    assert read == list("01234")
    assert [shelf.landed_text(sha) for sha in "4321"] == ["text 4", "text 3", "text 2", "text 1"]
    assert read == list("01234")
    assert len(shelf._texts) == shelves.MOST_TEXTS


def test_of_a_text_that_is_whole_all_is_shown_and_the_sentence_marked(page: Served) -> None:
    with duckdb.connect(find_release(page.warehouse, None).database, read_only=True) as connection:
        row_id, document_id = connection.execute(
            "SELECT row_id, document_id FROM evidence JOIN trials ON trial_id = row_id "
            "WHERE column_name = 'enrollment' AND registry_id = 'NCT09990001'"
        ).fetchall()[0]
    answer = page.get(f"/documents/{document_id}?cell=trials/{row_id}/enrollment").text
    assert marked(answer) == SENTENCE
    assert shown(answer).startswith("Quenosartan for high blood pressure")


@pytest.mark.parametrize("query", ["start=0&end=99999999999", "start=99999999998&end=99999999999", "start=9&end=3"])
def test_an_address_may_name_more_than_the_text_has(page: Served, served: Served, query: str) -> None:
    """What is marked ends where the text does; a gigabyte of nothing is made of no number."""
    for one in (page, served):
        link = links(served)[0].partition("?")[0] if one is served else document_of(page)
        tracemalloc.start()
        answer = one.get(f"{link}?{query}")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert answer.status == 200
        assert ('id="here"' in answer.text) is query.startswith("start=0")
        assert most < 20_000_000
