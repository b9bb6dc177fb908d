"""What a news page cites: by its words, by where its links lead, and never as an identifier of its own."""

import pytest

from trialhouse.documents.linked_papers import linked_paper
from trialhouse.model.enums import DocumentKind, Relation

HEAD = """<!DOCTYPE html><html lang="en"><head><title>Belotarin Cuts Days of Fever</title>{meta}
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "{type}",
"headline": "Belotarin Cuts Days of Fever", "datePublished": "2026-04-03"}}</script></head><body>"""
TOLD = """<article><h1>Belotarin Cuts Days of Fever</h1><p class="byline">By Ada Exemplar | April 3, 2026</p>{line}
<p>Adults with sumba fever had fewer days of fever with belotarin than with placebo, {said}, researchers said. The trial
randomly assigned 120 adults to belotarin or to placebo for 12 weeks, and the fever ended in 45 of 60 and 30 of 60.</p>
<aside class="related"><p><a href="https://doi.org/10.5555/other.9">Another study</a></p></aside>{end}
</article></body></html>"""


def page(
    *, line: str = "", said: str = "the trial found", end: str = "", meta: str = "", kind: str = "NewsArticle"
) -> str:
    return HEAD.format(meta=meta, type=kind) + TOLD.format(line=line, said=said, end=end)


@pytest.mark.parametrize(
    "line",
    [
        "<p>doi: 10.5555/exjf.2026.11</p>",
        "<p>DOI: https://doi.org/10.5555/exjf.2026.11</p>",
        "<p>Ex J Fevers. 2026 Mar 9;4(2):11-19. doi: 10.5555/exjf.2026.11</p>",
        '<p>Source: <a href="https://doi.org/10.5555/exjf.2026.11">Ex J Fevers</a></p>',
    ],
)
@pytest.mark.parametrize("place", ["line", "end"])
def test_a_doi_on_a_news_page_is_that_of_the_paper_it_tells_of(parse, line: str, place: str) -> None:
    document = parse(page(**{place: line}))
    assert (document.kind, document.doi, "doi" in document.evidence) == (DocumentKind.NEWS, None, False)
    assert [one.value for one in document.cites] == ["10.5555/exjf.2026.11"]
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.CITES, "10.5555/exjf.2026.11")]


@pytest.mark.parametrize(
    "meta",
    [
        '<meta name="citation_doi" content="10.5555/news.7">',
        '<meta name="dc.identifier" content="doi:10.5555/news.7">',
        '<link rel="canonical" href="https://doi.org/10.5555/news.7">',
    ],
)
def test_a_page_has_a_doi_of_its_own_where_its_head_says_so(parse, meta: str) -> None:
    stated = meta + '<meta name="dc.type" content="News">'
    document = parse(page(meta=stated, line="<p>doi: 10.5555/exjf.2026.11</p>"))
    assert (document.kind, document.doi) == (DocumentKind.NEWS, "10.5555/news.7")
    assert [one.value for one in document.cites] == ["10.5555/exjf.2026.11"]


def test_the_address_of_a_publisher_states_no_doi(parse) -> None:
    address = '<link rel="canonical" href="https://fevers.example.org/doi/10.5555/exjf.2026.11">'
    assert parse(page(meta=address)).doi is None


def test_a_link_is_cited_at_its_words(parse) -> None:
    document = parse(page(said='<a href="https://doi.org/10.5555/exjf.2026.11">the <b>study</b></a> found'))
    (one,) = document.cites
    assert (one.scheme, one.value, document.text[one.start : one.end]) == ("doi", "10.5555/exjf.2026.11", "the study")
    (relation,) = document.relations
    assert relation.evidence is not None
    assert relation.evidence.quote == "the study"


def test_what_a_link_and_the_words_say_is_cited_once(parse) -> None:
    said = '<a href="https://doi.org/10.5555/exjf.2026.11">doi:10.5555/exjf.2026.11</a> (<a href="https://doi.org/10.5555/EXJF.2026.11">paper</a>)'
    (one,) = parse(page(said=said)).cites
    assert one.value == "10.5555/exjf.2026.11"


def test_the_paper_of_a_preprint_may_stand_behind_a_link(parse) -> None:
    head = '<meta name="citation_journal_title" content="SampleRxiv">'
    said = 'now published in <a href="https://doi.org/10.5555/exjf.2026.11">Ex J Fevers</a>'
    document = parse(page(meta=head, said=said, kind="ScholarlyArticle"))
    assert document.kind is DocumentKind.PREPRINT
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.PREPRINT_OF, "10.5555/exjf.2026.11")]


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://doi.org/10.5555/abc", ("doi", "10.5555/abc")),
        ("http://dx.doi.org/10.5555%2Fabc", ("doi", "10.5555/abc")),
        ("//doi.org/10.5555/abc", ("doi", "10.5555/abc")),
        ("https://fevers.example.org/doi/full/10.5555/abc?src=news#t1", ("doi", "10.5555/abc")),
        ("https://pubmed.ncbi.nlm.nih.gov/99990001/", ("pmid", "99990001")),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/", ("pmcid", "PMC7000001")),
        ("https://share.example.org/?url=https://doi.org/10.5555/abc", None),
        ("mailto:ada@example.org?body=https://doi.org/10.5555/abc", None),
        ("/doi/10.5555/abc", None),
        ("https://doi.org/", None),
        ("https://clinicaltrials.gov/study/NCT09990001", None),
        ("http://[", None),
    ],
)
def test_where_a_link_leads(address: str, named: tuple[str, str] | None) -> None:
    found = linked_paper(address, 3, 7)
    assert (found and (found.scheme, found.value)) == named
    assert found is None or (found.start, found.end) == (3, 7)


@pytest.mark.parametrize("behind", ["v1", "v2.full", "v12.full.pdf", "v1.full-text"])
def test_a_version_of_a_preprint_is_the_preprint(behind: str) -> None:
    paper = linked_paper(f"https://www.medrxiv.org/content/10.1101/2026.02.04.26251131{behind}", 0, 5)
    assert paper is not None
    assert paper.value == "10.1101/2026.02.04.26251131"
