"""What is no PubMed record that can be read, and elements that nobody has heard of."""

from collections.abc import Callable

import pytest

from tests.unit.documents.pubmed_examples import REFERENCES, article
from trialhouse.documents.pubmed_elements import INLINE, KNOWN, LEFT_OUT, LISTED, LOCATED, STRUCTURE
from trialhouse.model.document import Document, UnreadableDocument

Parse = Callable[..., Document]
RECORD = "<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<PubmedArticleSet></PubmedArticleSet>", "no_record"),
        ("<PubmedArticleSet><DeleteCitation><PMID>1</PMID></DeleteCitation></PubmedArticleSet>", "no_record"),
        ("<PubmedArticle>\n</PubmedArticle>", "no_record"),
        (f"<PubmedArticleSet>{RECORD}{RECORD}</PubmedArticleSet>", "several_records"),
        (article()[:-200], "truncated"),
        (RECORD.replace("</PMID>", "</PMI>"), "not_xml"),
        (RECORD.replace(">1<", ">&undefined;<"), "not_xml"),
        ('<PubmedArticle xmlns="urn:x"><MedlineCitation/></PubmedArticle>', "no_record"),
        ('<!DOCTYPE PubmedArticle [<!ENTITY a "b">]>' + RECORD.replace(">1<", ">&a;<"), "unsafe_xml"),
        ("<MedlineCitationSet><MedlineCitation/></MedlineCitationSet>", "unsupported"),
    ],
)
def test_refused_with_a_reason_and_the_place(parse: Parse, text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        parse(text)
    assert refused.value.reason == reason
    assert str(refused.value).startswith("inbox/page.txt: ")


def test_a_record_beside_deletions_is_read(parse: Parse) -> None:
    text = f"<PubmedArticleSet>{RECORD}<DeleteCitation><PMID>2</PMID></DeleteCitation></PubmedArticleSet>"
    assert parse(text).pmid == "1"


def test_a_declared_encoding_is_that_of_the_bytes(parse: Parse) -> None:
    text = article(title="Gout in Göttingen.").replace('version="1.0" ?', 'version="1.0" encoding="ISO-8859-1"?')
    assert parse(text.encode("latin-1")).title == "Gout in Göttingen."
    assert parse(text.encode("utf-8")).title == "Gout in Göttingen."


def test_an_element_that_nobody_has_heard_of_is_reported_once_a_path(parse: Parse) -> None:
    new = "<Finding><Year>2026</Year></Finding><Finding/><Grade><Finding/></Grade>"
    document = parse(article(citation=new))
    base = "/PubmedArticleSet/PubmedArticle/MedlineCitation"
    assert [(one.quote, one.locator) for one in document.unknown] == [
        ("Finding", f"{base}/Finding"),
        ("Grade", f"{base}/Grade"),
        ("Finding", f"{base}/Grade/Finding"),
    ]
    assert all(one.holds_in(document.text) for one in document.unknown)
    assert document.text[document.unknown[0].start - 1] == "<"


def test_an_unknown_element_among_references_is_seen_and_the_references_are_still_read(parse: Parse) -> None:
    references = REFERENCES.replace("<Citation>Two.", "<Weight>3</Weight><Citation>Two.")
    document = parse(article(references=references))
    assert [one.quote for one in document.unknown] == ["Weight"]
    assert [one.value for one in document.cites] == ["11000001", "10.5555/b<c"]
    assert document.doi == "10.5555/own.1"


def test_every_element_is_read_or_left_out_and_none_is_both() -> None:
    groups = [LOCATED, LISTED, STRUCTURE, INLINE, *LEFT_OUT.values()]
    assert sum(map(len, groups)) == len(KNOWN)
    assert all(reason and names for reason, names in LEFT_OUT.items())
