"""The words of a PubMed record: zones, markup, entities, other languages, and the place of each in the file."""

from collections.abc import Callable

import pytest

from tests.unit.documents.pubmed_examples import article
from trialhouse.model.document import Document, DocumentProse, Section, ZoneKind

Parse = Callable[..., Document]


def words_of(document: Document) -> DocumentProse:
    assert document.prose is not None
    return document.prose


def body(document: Document) -> list[tuple[Section, str | None, str]]:
    prose = words_of(document)
    return [
        (zone.section, zone.label, prose.text[zone.start : zone.end])
        for zone in prose.zones
        if zone.kind is ZoneKind.BODY
    ]


def in_file(document: Document, words: str) -> str:
    """What stands in the file for the first place of some words of the prose."""
    prose = words_of(document)
    start = prose.text.index(words)
    left, right, _ = prose.in_file(start, start + len(words))
    return document.text[left:right]


def abstract(inner: str) -> str:
    return article(abstract=f"<Abstract>{inner}</Abstract>")


def test_sections_begin_with_their_labels_and_have_the_librarys_category(parse: Parse) -> None:
    document = parse(
        abstract(
            '<AbstractText Label="What we did:" NlmCategory="METHODS">A trial.</AbstractText>'
            '<AbstractText Label="FINDINGS" NlmCategory="UNASSIGNED">A finding.</AbstractText>'
            "<AbstractText Label='TRIAL REGISTRATION'>NCT09990001.</AbstractText>"
            '<AbstractText Label="METHODS AND RESULTS" NlmCategory="METHODS">We tried, and it worked.</AbstractText>'
        )
    )
    assert body(document) == [
        (Section.METHODS, "What we did", "What we did: A trial."),
        (Section.RESULTS, "FINDINGS", "FINDINGS: A finding."),
        (Section.UNASSIGNED, "TRIAL REGISTRATION", "TRIAL REGISTRATION: NCT09990001."),
        (Section.UNASSIGNED, "METHODS AND RESULTS", "METHODS AND RESULTS: We tried, and it worked."),
    ]
    assert in_file(document, "FINDINGS") == "FINDINGS"
    assert [one.value for one in document.registry_ids] == ["NCT09990001"]


def test_labels_within_one_paragraph_cut_it(parse: Parse) -> None:
    document = parse(abstract("<AbstractText>METHODS: We tried. RESULTS: It worked.</AbstractText>"))
    assert [(section, words) for section, _, words in body(document)] == [
        (Section.METHODS, "METHODS: We tried."),
        (Section.RESULTS, "RESULTS: It worked."),
    ]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<AbstractText>Bald eagle (<i>Haliaeetus</i>) chicks.</AbstractText>", ["Bald eagle (Haliaeetus) chicks."]),
        ("<AbstractText>66 of 132 adults.</AbstractText>", ["66 of 132 adults."]),
        ('<AbstractText Label="OBJECTIVE">To try.</AbstractText>', ["OBJECTIVE: To try."]),
        ('<AbstractText Label="UNLABELLED" NlmCategory="UNASSIGNED">To try.</AbstractText>', ["To try."]),
        ("<AbstractText/><AbstractText></AbstractText><AbstractText> \n </AbstractText>", []),
        ("<AbstractText><![CDATA[A < B & C]]> held.</AbstractText>", ["A < B & C held."]),
        ("<AbstractText>One <!-- <AbstractText>no</AbstractText> -->two.</AbstractText>", ["One two."]),
        ("<AbstractText>One\n      two.\n   </AbstractText>", ["One two."]),
        ("<AbstractText>P&lt;0.05&#x2009;&#8209;x</AbstractText>", ["P<0.05\u2009\u2011x"]),
        ("<AbstractText>4 × 10<sup>9</sup> per m<sup>2</sup>, CD4<sup>+</sup></AbstractText>",
         ["4 × 10^9 per m2, CD4+"]),
        ('<AbstractText>At <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML" alttext="a>b"><mml:mi>x</mml:mi>'
         "<mml:mo>=</mml:mo><mml:mn>3</mml:mn></mml:math> it held.</AbstractText>", ["At x=3 it held."]),
    ],
)  # fmt: skip
def test_the_words_of_an_abstract_are_its_text_without_markup(parse: Parse, inner: str, expected: list[str]) -> None:
    assert [words for _, _, words in body(parse(abstract(inner)))] == expected


def test_each_word_knows_its_place_in_the_file(parse: Parse) -> None:
    document = parse(abstract("<AbstractText>Pain: <b>4.1</b> &#177; 0.2, P&lt;0.001.</AbstractText>"))
    assert in_file(document, "4.1") == "4.1"
    assert in_file(document, "4.1 ± 0.2") == "4.1</b> &#177; 0.2"
    assert in_file(document, "P<0.001") == "P&lt;0.001"
    prose = words_of(document)
    at = prose.text.index("P<0.001")
    assert prose.in_file(at, at + 1)[2] == (
        "/PubmedArticleSet/PubmedArticle/MedlineCitation/Article/Abstract/AbstractText"
    )


def test_copies_in_other_languages_are_copies_and_a_plain_summary_is_none(parse: Parse) -> None:
    other = (
        '<OtherAbstract Type="Publisher" Language="chi"><AbstractText>目的 试验。</AbstractText></OtherAbstract>'
        '<OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>We gave 99 pills.</AbstractText>'
        "</OtherAbstract>"
    )
    document = parse(article(citation=other))
    prose = words_of(document)
    found = {zone.kind: (zone.language, prose.text[zone.start : zone.end]) for zone in prose.zones}
    assert found[ZoneKind.OTHER_LANGUAGE] == ("zh", "目的 试验。")
    assert found[ZoneKind.RELATED] == (None, "We gave 99 pills.")
    assert document.other_languages == ("zh",)


def test_an_agencys_english_abstract_is_read_where_there_is_no_other(parse: Parse) -> None:
    other = '<OtherAbstract Type="PIP" Language="eng"><AbstractText>A trial in 40 women.</AbstractText></OtherAbstract>'
    document = parse(article(abstract="", citation=other))
    assert [words for _, _, words in body(document)] == ["A trial in 40 women."]
    assert document.kind == "abstract"


def test_addresses_of_authors_are_left_out_and_their_ids_name_nothing(parse: Parse) -> None:
    author = "<Author><AffiliationInfo><Affiliation>Unit of NCT09990009.</Affiliation></AffiliationInfo></Author>"
    document = parse(article().replace("</AuthorList>", f"{author}</AuthorList>"))
    assert "Unit" not in words_of(document).text
    assert document.registry_ids == ()
