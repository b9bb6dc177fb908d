"""One PubMed record to a document: its facts, its identifiers, and what it is to other records."""

from collections.abc import Callable

import pytest

from tests.unit.documents.pubmed_examples import REFERENCES, article, comments, types
from trialhouse.documents.language_codes import iso_639_1
from trialhouse.model.document import Document, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

Parse = Callable[..., Document]


def test_the_facts_of_a_record_and_where_it_says_them(parse: Parse) -> None:
    document = parse(article(title="Veltocimab <i>in vivo</i> &amp; gout.", references=REFERENCES))
    assert (document.format, document.kind, document.language) == ("pubmed_xml", DocumentKind.ABSTRACT, "en")
    assert document.title == "Veltocimab in vivo & gout."
    assert document.journal == "Example journal of gout & joints"
    assert (document.pmid, document.doi, document.pmcid) == ("30000001", "10.5555/own.1", "PMC7000001")
    assert document.url == "https://pubmed.ncbi.nlm.nih.gov/30000001/"
    quotes = {field: proof.quote for field, proof in document.evidence.items()}
    assert quotes["title"] == "Veltocimab <i>in vivo</i> &amp; gout."
    assert quotes["published"] == "<Year>2026</Year><Month>Feb</Month>"
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert document.evidence["pmid"].locator == "/PubmedArticleSet/PubmedArticle/MedlineCitation/PMID"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("<PubDate><Year>2026</Year><Month>Feb</Month><Day>3</Day></PubDate>", "2026-02-03"),
        ("<PubDate><Year>2026</Year><Month>02</Month></PubDate>", "2026-02"),
        ("<PubDate><Year>2026</Year></PubDate>", "2026"),
        ("<PubDate><Year>1979</Year><Season>Spring</Season></PubDate>", "1979"),
        ("<PubDate><MedlineDate>1979 Jul-Sep</MedlineDate></PubDate>", "1979"),
        ("<PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate>", "1998"),
        ("<PubDate><MedlineDate>2000 Nov 20-27</MedlineDate></PubDate>", "2000-11"),
        ("<PubDate><Year>2025</Year><Month>Feb</Month><Day>30</Day></PubDate>", "2025-02"),
        ("<PubDate><MedlineDate>unknown</MedlineDate></PubDate>", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(parse: Parse, date: str, expected: str | None) -> None:
    assert parse(article(date=date)).published == expected


def test_the_day_it_was_out_comes_before_its_issue(parse: Parse) -> None:
    day = '<ArticleDate DateType="Electronic"><Year>2025</Year><Month>11</Month><Day>09</Day></ArticleDate>'
    assert parse(article(article=day)).published == "2025-11-09"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Journal Article"], DocumentKind.ABSTRACT),
        (["Preprint", "Journal Article"], DocumentKind.PREPRINT),
        (["Retraction of Publication"], DocumentKind.NOTICE),
        (["Published Erratum"], DocumentKind.NOTICE),
        (["Expression of Concern", "Journal Article"], DocumentKind.NOTICE),
        (["Retracted Publication", "Journal Article"], DocumentKind.ABSTRACT),
        (["Editorial", "Comment"], None),
        (["Letter", "Randomized Controlled Trial"], DocumentKind.ABSTRACT),
    ],
)
def test_the_kind_follows_from_the_publication_types(
    parse: Parse, names: list[str], expected: DocumentKind | None
) -> None:
    assert parse(article(types=types(*names))).kind == expected


def test_relations_have_their_words_and_their_place(parse: Parse) -> None:
    document = parse(
        article(
            citation=comments(
                ("RetractionOf", '<RefSource>Ex J. 2020</RefSource><PMID Version="1">11000001</PMID>'),
                ("RetractionIn", '<RefSource>Ex J. 2021</RefSource><PMID Version="1">11000002</PMID>'),
                ("ErratumIn", "<RefSource>Ex J. 2022;1:2. doi: 10.5555/erratum.7</RefSource>"),
                ("ErratumIn", "<RefSource>Ex J. 2023, without any id</RefSource>"),
                ("ExpressionOfConcernFor", '<PMID Version="1">11000003</PMID>'),
                ("Cites", '<PMID Version="1">11000009</PMID>'),
            )
        )
    )
    assert [(one.relation, one.scheme, one.value, one.method) for one in document.relations] == [
        (Relation.RETRACTION_OF, "pmid", "11000001", "named by the record"),
        (Relation.CITES, "pmid", "11000002", "retraction in"),
        (Relation.CONCERN_ABOUT, "pmid", "11000003", "named by the record"),
        (Relation.CITES, "doi", "10.5555/erratum.7", "erratum in"),
    ]
    assert all(one.evidence is not None and one.evidence.holds_in(document.text) for one in document.relations)
    assert {one.value for one in document.cites} == {"11000002", "10.5555/erratum.7", "11000009"}


def test_a_preprint_that_became_a_paper_is_its_preprint_and_a_paper_is_no_copy_of_what_it_updates(
    parse: Parse,
) -> None:
    (became,) = parse(
        article(types=types("Preprint"), citation=comments(("UpdateIn", '<PMID Version="1">11000001</PMID>')))
    ).relations
    (updates,) = parse(article(citation=comments(("UpdateOf", '<PMID Version="1">11000001</PMID>')))).relations
    assert (became.relation, became.method) == (Relation.PREPRINT_OF, "update in")
    assert (updates.relation, updates.method) == (Relation.CITES, "update of")


@pytest.mark.parametrize("around", ["{}", "<i>{}</i>", "<!-- a list that stays in the tree -->{}"])
def test_a_registry_id_among_the_references_is_cited_and_not_the_records_own(parse: Parse, around: str) -> None:
    words = around.format("NCT09990102")
    listed = f"<Reference><Citation>ClinicalTrials.gov. {words}. Veltocimab.</Citation></Reference>"
    again = "<Reference><Citation>NCT09990102 and doi:10.5555/ISRCTN09990102.</Citation></Reference>"
    document = parse(article(references=f"<ReferenceList>{listed}{again}</ReferenceList>"))
    (one,) = document.cited_registry_ids
    assert (one.value, document.text[one.start : one.end]) == ("NCT09990102", "NCT09990102")
    assert document.registry_ids == ()
    bank = "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>"
    bank += "<AccessionNumber>NCT09990102</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    own = parse(article(article=bank, references=f"<ReferenceList>{listed}</ReferenceList>"))
    assert ([one.value for one in own.registry_ids], own.cited_registry_ids) == (["NCT09990102"], ())


def test_references_are_cited_by_one_identifier_each_and_are_never_the_records_own(parse: Parse) -> None:
    document = parse(article(references=REFERENCES))
    assert [(one.scheme, one.value) for one in document.cites] == [("pmid", "11000001"), ("doi", "10.5555/b<c")]
    assert [document.text[one.start : one.end] for one in document.cites] == ["11000001", "10.5555/b&lt;c"]
    assert document.relations == ()
    assert document.doi == "10.5555/own.1"


def test_data_banks_of_trials_register_and_others_do_not(parse: Parse) -> None:
    banks = "".join(
        f"<DataBank><DataBankName>{name}</DataBankName><AccessionNumberList><AccessionNumber>{number}"
        "</AccessionNumber></AccessionNumberList></DataBank>"
        for name, number in (
            ("ClinicalTrials.gov", "NCT09990001"),
            ("NTR", "NTR4321"),
            ("JPRN", "JPRN-UMIN000012345"),
            ("figshare", "10.6084/m9.figshare.1"),
            ("GEO", "GSE0001"),
        )
    )
    document = parse(article(article=f"<DataBankList>{banks}</DataBankList>"))
    assert [(one.registry, one.value) for one in document.registry_ids] == [
        ("ClinicalTrials.gov", "NCT09990001"),
        ("NTR", "NTR4321"),
        ("UMIN-CTR", "UMIN000012345"),
    ]
    assert next(document.text[one.start : one.end] for one in document.registry_ids) == "NCT09990001"
    assert document.prose is not None
    assert [document.prose.text[one.start : one.end] for one in document.prose.registry_ids][1] == "NTR4321"
    assert "figshare" not in document.prose.text


def test_the_version_of_a_replaced_record_stands_in_its_locator(parse: Parse) -> None:
    document = parse(article(version="2"))
    assert document.pmid == "30000001"
    assert (document.evidence["pmid"].locator or "").endswith('/PMID[@Version="2"]')


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("© 2026 The Authors. Licensed under CC BY 4.0.", "CC-BY-4.0"),
        ("Copyright © 2026 Example. All rights reserved.", "all-rights-reserved"),
        ("© 2026 The Authors.", "© 2026 The Authors."),
    ],
)
def test_a_copyright_line_is_the_licence_as_stated(parse: Parse, line: str, expected: str) -> None:
    words = f"<Abstract><AbstractText>A.</AbstractText><CopyrightInformation>{line}</CopyrightInformation></Abstract>"
    document = parse(article(abstract=words))
    assert document.license == expected
    assert document.prose is not None
    assert document.prose.zones[-1].kind is ZoneKind.FOOTER


def test_a_record_without_abstract_says_so_and_keeps_its_title(parse: Parse) -> None:
    document = parse(article(abstract=""))
    assert (document.kind, document.title) == (None, "Veltocimab in gout.")
    assert document.problem is not None
    assert "no abstract" in document.problem


def test_the_original_title_stands_in_for_one_that_is_not_available(parse: Parse) -> None:
    original = "<VernacularTitle>Eine Prüfung von Veltocimab.</VernacularTitle>"
    document = parse(article(title="[Not Available].", article=original, abstract=""))
    assert document.title == "Eine Prüfung von Veltocimab."


def test_a_chapter_of_a_book_is_published_in_its_book(parse: Parse) -> None:
    document = parse(
        "<PubmedBookArticle><BookDocument><PMID Version='1'>20000001</PMID><ArticleIdList><ArticleId "
        'IdType="doi">10.5555/book.1</ArticleId></ArticleIdList><Book><BookTitle book="b">Gout at home</BookTitle>'
        "<PubDate><Year>2019</Year></PubDate></Book><ArticleTitle>Pills</ArticleTitle><Language>eng</Language>"
        "<Abstract><AbstractText>Pills for gout.</AbstractText></Abstract></BookDocument></PubmedBookArticle>"
    )
    assert (document.title, document.journal, document.published) == ("Pills", "Gout at home", "2019")
    assert (document.pmid, document.doi) == ("20000001", "10.5555/book.1")


@pytest.mark.parametrize(
    ("code", "expected"), [("eng", "en"), ("CHI", "zh"), ("fr", "fr"), ("pt_BR", "pt"), ("und", None), (None, None)]
)
def test_language_codes(code: str | None, expected: str | None) -> None:
    assert iso_639_1(code) == expected
