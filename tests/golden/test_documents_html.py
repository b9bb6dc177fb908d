"""Publishers' real pages: titles, identifiers, journals, dates, and no number lost."""

import datetime
import html
import pathlib
import re

import pytest
from bs4 import BeautifulSoup

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt
from trialhouse.model.ids import sha256_hex

# DOI, journal, day of publication and kind; None where the page leaves it open.
PAGES = {
    "elife_article": ("10.7554/eLife.44753", None, "2019-04-18", "fulltext"),
    "first_monday_ojs3_landingpage": ("10.5210/fm.v25i10.10274", "First Monday", "2020-09-10", "abstract"),
    "nature_article": ("10.1038/d41586-020-02610-z", "Nature", "2020-09-10", "news"),
    "peerj_oa_article": ("10.7717/peerj.4375", "PeerJ", "2018-02-13", "fulltext"),
    "plos_one_article": ("10.1371/journal.pone.0213978", "PLOS ONE", "2019-04-22", "fulltext"),
    "dlib_05vanhyning": ("10.1045/may2017-vanhyning", None, "2017-05-15", None),
}


def parse_page(path: pathlib.Path) -> Document:
    data = path.read_bytes()
    receipt = Receipt(
        source="files",
        record_id=path.name,
        locator=str(path),
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


@pytest.fixture(scope="module")
def pages(shared: pathlib.Path) -> dict[str, pathlib.Path]:
    return {path.stem: path for path in sorted((shared / "recorded" / "html").rglob("*.html"))}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_facts(pages: dict[str, pathlib.Path], name: str) -> None:
    doi, journal, published, kind = PAGES[name]
    document = parse_page(pages[name])
    assert (document.doi, document.published) == (doi, published)
    element = re.search(r"<title[^>]*>(.*?)</title>", pages[name].read_text(encoding="utf-8"), re.S)
    assert element
    in_head = " ".join(html.unescape(element[1]).split())
    assert document.title
    assert in_head.startswith(document.title)
    assert len(document.title) > 0.6 * len(in_head)
    assert journal in (None, document.journal)
    assert kind in (None, document.kind)
    assert document.language == "en"


def test_no_number_is_lost(pages: dict[str, pathlib.Path]) -> None:
    """Every number of the paragraphs, counted by other code than the parser's, stands in the text in order."""
    assert len(pages) == 9
    for name, path in pages.items():
        document = parse_page(path)
        assert document.problem is None, name
        soup = BeautifulSoup(path.read_bytes(), "html.parser")
        for dropped in soup.find_all(["script", "style", "noscript", "template"]):
            dropped.decompose()
        numbers = [
            number
            for paragraph in soup.find_all("p")
            if not paragraph.find("p") and not _hidden(paragraph)
            for number in re.findall(r"\d+", paragraph.get_text(" "))
        ]
        text = re.findall(r"\d+", document.text)
        missing = set(numbers) - set(text)
        assert not missing, (name, sorted(missing)[:5])


def _hidden(node) -> bool:
    around = [node, *node.parents]
    return any(one.has_attr("hidden") or "display:none" in str(one.get("style", "")).replace(" ", "") for one in around)
