"""What a source calls a publication, whatever its format."""

import json

import pytest

PUBMED = """<?xml version="1.0"?>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">99990001</PMID><Article>
<ArticleTitle>Quenosartan for hypertension.</ArticleTitle><Abstract><AbstractText>Five were pooled.</AbstractText>
</Abstract><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D000078182">Systematic Review</PublicationType></PublicationTypeList>
</Article></MedlineCitation></PubmedArticle>"""
NBIB = """PMID- 99990001
TI  - Quenosartan for hypertension.
AB  - Five trials were pooled.
PT  - Journal Article
PT  - Systematic Review
"""
EUROPE_PMC = {
    "id": "99990001",
    "source": "MED",
    "title": "Quenosartan for hypertension.",
    "abstractText": "Five trials were pooled.",
    "pubTypeList": {"pubType": ["Journal Article", "Systematic Review"]},
}
JATS = """<article article-type="review-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<title-group><article-title>Quenosartan for hypertension</article-title></title-group>
<abstract><p>Five trials were pooled.</p></abstract></article-meta></front></article>"""
PAGE = """<html><head><title>Quenosartan</title><meta name="citation_title" content="Quenosartan for hypertension">
<meta name="citation_article_type" content="Meta-Analysis"></head><body><p>Five trials were pooled.</p></body></html>"""


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (PUBMED, ("journal article", "systematic review")),
        (NBIB, ("journal article", "systematic review")),
        (json.dumps(EUROPE_PMC), ("journal article", "systematic review")),
        (JATS, ("review-article",)),
        (PAGE, ("meta-analysis",)),
        ("Quenosartan for hypertension\n\nFive trials were pooled.", ()),
    ],
    ids=["pubmed", "nbib", "europepmc", "jats", "page", "text"],
)
def test_publication_types_are_carried_in_lower_case(parse, text: str, types: tuple[str, ...]) -> None:
    assert parse(text).publication_types == types
