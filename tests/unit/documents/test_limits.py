"""Documents made to take long: refused, or read with work in proportion to their size. Nothing here measures time."""

import pytest
from lxml import etree

from trialhouse.documents.html_tree import DEEPEST
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.documents.xml_tree import Element, XmlTree
from trialhouse.model.document import UnreadableDocument

RECORD = (
    "<PubmedArticle><MedlineCitation><PMID>99990001</PMID><Article><ArticleTitle>Belotarin</ArticleTitle><Abstract>"
    "<AbstractText>One.</AbstractText><AbstractText>Two.</AbstractText></Abstract></Article></MedlineCitation>"
    "</PubmedArticle>"
)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 100_000])
def test_a_page_nested_too_deep_is_refused(parse, depth: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt: its HTML nests more than .* give its text") as told:
        parse("<!DOCTYPE html><html><body>" + "<div>" * depth)
    assert told.value.reason == "too_deep"


def test_a_page_nested_as_deep_as_real_ones_is_read(parse) -> None:
    deep = 200
    document = parse("<html><body>" + "<div>" * deep + "<p>12 adults</p>" + "</div>" * deep + "</body></html>")
    assert document.text == "12 adults"


@pytest.mark.parametrize("page", ['{"DOI": %s}', '{"protocolSection": {"x": -%s}}', "[[%s]]"])
def test_an_integer_of_thousands_of_digits_is_refused(parse, page: str) -> None:
    with pytest.raises(UnreadableDocument, match="thousands of digits") as told:
        parse(page % ("1" * 50_000))
    assert told.value.reason == "not_json"


def test_siblings_are_counted_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def locators(count: int) -> tuple[list[str], int]:
        looked = 0

        def name(element: Element) -> str:
            nonlocal looked
            looked += 1
            return written.__get__(element, Element)

        tree = XmlTree("<body>" + "<p>a</p>" * count + "<sec/></body>")
        written = Element.name
        with monkeypatch.context() as patched:
            patched.setattr(Element, "name", property(name))
            found = [tree.locator(one) for one in tree.root.children]
        return found, looked

    few, work = locators(50)
    _, twice = locators(100)
    assert (few[0], few[49], few[50]) == ("/body/p[1]", "/body/p[50]", "/body/sec")
    assert twice <= 2 * work


def test_paths_of_a_record_are_those_of_lxml() -> None:
    record = PubmedRecord(f"<PubmedArticleSet>{RECORD}</PubmedArticleSet>", "x")
    root = etree.ElementTree(record.node.getroottree().getroot())
    found = record.all("MedlineCitation/PMID", "Abstract/AbstractText")
    assert [record.locator(one) for one in found] == [root.getpath(one.node) for one in found]
    assert record.locator(found[-1]).endswith("/Abstract/AbstractText[2]")
