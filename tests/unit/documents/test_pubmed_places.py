"""Where a PubMed record says what is read of it, whichever of the ways to find that is taken."""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.unit.documents.pubmed_examples import article, comments
from trialhouse.model.document import Document

Parse = Callable[..., Document]
MATHS = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math>'


def named(number: int) -> tuple[str, str]:
    return "CommentIn", f"<RefSource>Ex J</RefSource><PMID>{20_000_000 + number}</PMID>"


@pytest.mark.parametrize("title", ["Gout.", f"Gout at {MATHS}."])
@pytest.mark.parametrize("count", [1, 3, 200])
def test_paths_lead_back_to_their_elements(parse: Parse, count: int, title: str) -> None:
    text = article(title=title, citation=comments(*map(named, range(count))))
    document = parse(text)
    root = etree.fromstring(text.encode())
    assert len(document.relations) == count
    for relation in document.relations:
        assert relation.evidence is not None
        assert relation.evidence.locator is not None
        (node,) = root.xpath(relation.evidence.locator)
        assert node.text == relation.value == relation.evidence.quote
    assert document.evidence["title"].locator == "/PubmedArticleSet/PubmedArticle/MedlineCitation/Article/ArticleTitle"


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ('<ArticleId IdType="pubmed">11000001</ArticleId>', "11000001"),
        ('<ArticleId IdType="pubmed"> 011000001 </ArticleId>', "11000001"),
        ("<ArticleId IdType='pubmed'>11000001</ArticleId>", "11000001"),
        ('<ArticleId Checked="Y" IdType = "pubmed" >11000001</ArticleId>', "11000001"),
        ('<ArticleId IdType="doi">10.5555/a</ArticleId>\n<ArticleId IdType="pubmed">11000001</ArticleId>', "11000001"),
        ('<ArticleId IdType="pubmed">11000001</ArticleId><ArticleId IdType="doi">10.5555/a</ArticleId>', "11000001"),
        ('<ArticleId IdType="pubmed">0</ArticleId><ArticleId IdType="doi">10.5555/a</ArticleId>', "10.5555/a"),
        ('<ArticleId IdType="pubmed">0</ArticleId><ArticleId IdType="pubmed">12</ArticleId>', "12"),
        ('<ArticleId IdType="pmc">PMC7</ArticleId>', None),
        ('<ArticleId IdType="pubmed"/><ArticleId IdType="doi">10.5555/a</ArticleId>', "10.5555/a"),
    ],
)
def test_a_reference_is_cited_by_its_pmid_however_its_ids_are_listed(
    parse: Parse, ids: str, expected: str | None
) -> None:
    reference = f"<Reference><Citation>One.</Citation><ArticleIdList>{ids}</ArticleIdList></Reference>"
    document = parse(article(references=f"<ReferenceList>{reference}</ReferenceList>"))
    assert [one.value for one in document.cites] == ([expected] if expected else [])
    assert all(one.value in document.text[one.start : one.end] for one in document.cites)


def test_white_space_around_what_is_said_is_no_part_of_its_place(parse: Parse) -> None:
    proof = parse(article(title="\n  Veltocimab in gout.\n")).evidence["title"]
    assert proof.quote == "Veltocimab in gout."
