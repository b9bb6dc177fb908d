"""Documents made to take long: refused, or read with work in proportion to their size. Nothing here measures time."""

import pytest
from lxml import etree

from trialhouse.documents import html_tree, plain_text
from trialhouse.documents.html_tree import DEEPEST, MOST_ATTRIBUTES
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.documents.xml_tree import Element, XmlTree
from trialhouse.model.document import UnreadableDocument
from trialhouse.text import json_spans

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


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch, parse) -> None:
    monkeypatch.setattr(html_tree, "MOST_ELEMENTS", 50)
    assert parse("<html><body>" + "<p>12 adults</p>" * 47).text.count("adults") == 47
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt: its HTML has more than 50 elements") as told:
        parse("<html><body>" + "<p>12 adults</p>" * 50)
    assert told.value.reason == "too_many_elements"


def test_an_element_of_too_many_attributes_is_refused(parse) -> None:
    def page(count: int) -> str:
        return "<html><body><div " + " ".join(f'a{number}="1"' for number in range(count)) + ">12 adults</div>"

    assert parse(page(MOST_ATTRIBUTES)).text == "12 adults"
    with pytest.raises(UnreadableDocument, match="an element of more than 1,000 attributes") as told:
        parse(page(MOST_ATTRIBUTES + 1))
    assert told.value.reason == "too_many_attributes"


@pytest.mark.parametrize("text", ["%s", "<html><body><pre>%s</pre></body></html>"])
def test_a_text_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch, parse, text: str) -> None:
    monkeypatch.setattr(plain_text, "MOST_LINES", 30)
    assert parse(text % ("12 adults\n\n" * 30)).text.count("adults") == 30
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt: its text has more than 30 lines") as told:
        parse(text % ("12 adults\n\n" * 31))
    assert told.value.reason == "too_many_lines"


RECORDS_OF_JSON = [
    '{"DOI": "10.5555/x.1", "title": ["Belotarin"], "type": "journal-article", "a": %s}',
    '{"protocolSection": {"identificationModule": {"nctId": "NCT99990001", "briefTitle": "Belotarin"}, "a": %s}}',
    '{"id": "99990001", "source": "MED", "pmid": "99990001", "title": "Belotarin", "a": %s}',
]


@pytest.mark.parametrize("record", RECORDS_OF_JSON)
@pytest.mark.parametrize(
    "inner", ["[" * 40 + "1" + ",1" * 40 + "]" * 40, '{{"{}": [1{}]}}'.format("a" * 90, ",1" * 30)]
)
def test_values_whose_paths_are_too_long_in_all_are_refused(
    monkeypatch: pytest.MonkeyPatch, parse, record: str, inner: str
) -> None:
    monkeypatch.setattr(json_spans, "LONGEST_PATHS", 2_000)
    assert parse(record % "[1, [2]]").title == "Belotarin"
    with pytest.raises(UnreadableDocument, match=r"the paths of its values take more than 2,000 characters") as told:
        parse(record % inner)
    assert told.value.reason == "too_many_values"


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
