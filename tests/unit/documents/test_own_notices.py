"""What a paper's own record says became of it, in the formats that say it, with or without the id of a notice."""

import json

import pytest

from tests.unit.documents.pubmed_examples import article, comments, types
from trialhouse.documents.own_notices import STATUS_OF_WORDS
from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation

Said = list[tuple[str, str, str]]


def said(document: Document) -> Said:
    """The statements of a document, each of whose quotes stands in its text."""
    assert all(one.evidence.holds_in(document.text) for one in document.notices)
    return [(one.status.value, one.words, one.evidence.quote) for one in document.notices]


@pytest.mark.parametrize(
    ("ref_type", "status", "words"),
    [
        ("RetractionIn", "RETRACTED", "retraction in"),
        ("RetractedandRepublishedIn", "RETRACTED", "retracted and republished in"),
        ("ExpressionOfConcernIn", "EXPRESSION_OF_CONCERN", "expression of concern in"),
        ("ErratumIn", "CORRECTED", "erratum in"),
        ("CorrectedandRepublishedIn", "CORRECTED", "corrected and republished in"),
    ],
)
def test_pubmed_names_the_notice_by_its_id_else_by_its_citation(parse, ref_type: str, status: str, words: str) -> None:
    named = (ref_type, '<RefSource>Ex J. 2021</RefSource><PMID Version="1">11000002</PMID>')
    cited = (ref_type, "<RefSource>Ex J. 2022, without any id</RefSource><PMID></PMID>")
    document = parse(article(citation=comments(named, cited)))
    assert said(document) == [(status, words, "11000002"), (status, words, "Ex J. 2022, without any id")]


@pytest.mark.parametrize("ref_type", ["CommentIn", "UpdateIn", "RetractionOf", "ErratumFor", "Cites", "Unheard"])
def test_other_relations_say_nothing_of_the_paper_itself(parse, ref_type: str) -> None:
    assert said(parse(article(citation=comments((ref_type, "<PMID>11000002</PMID>"))))) == []


def test_one_notice_that_is_named_twice_is_heard_twice(parse) -> None:
    entries = [(kind, "<PMID>11000002</PMID>") for kind in ("CommentIn", "ErratumIn", "RetractionIn")]
    assert [status for status, _, _ in said(parse(article(citation=comments(*entries))))] == ["CORRECTED", "RETRACTED"]


def test_pubmeds_publication_type_says_it_alone_and_is_quoted_where_it_stands(parse) -> None:
    hidden = "<!-- <PublicationType>Retracted Publication</PublicationType> -->"
    document = parse(article(types=types("Journal Article") + hidden + types("\n Retracted Publication ")))
    assert said(document) == [("RETRACTED", "publication type", "Retracted Publication")]
    (notice,) = document.notices
    assert notice.evidence.start > document.text.index(hidden) + len(hidden)
    assert (notice.evidence.locator or "").endswith("/PublicationTypeList/PublicationType[2]")
    assert said(parse(article(types=types("Corrected and Republished Article")))) == []


def test_the_tagged_format_says_the_same(parse) -> None:
    record = (
        "PMID- 30000001\nTI  - Veltocimab in gout.\nAB  - Pain fell.\nPT  - Journal Article\n"
        "PT  - Retracted Publication\nRIN - Ex J. 2021;1:2. PMID: 11000002\nEIN - Ex J. 2022\nCIN - Ex J. 2023\n"
    )
    assert said(parse(record)) == [
        ("RETRACTED", "publication type", "Retracted Publication"),
        ("CORRECTED", "erratum in", "Ex J. 2022"),
        ("RETRACTED", "retraction in", "Ex J. 2021;1:2. PMID: 11000002"),
    ]


def test_europe_pmc_says_the_same(parse) -> None:
    record = {
        "id": "30000001",
        "source": "MED",
        "title": "Veltocimab in gout.",
        "abstractText": "Pain fell.",
        "pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]},
        "commentCorrectionList": {
            "commentCorrection": [
                {"id": "11000002", "source": "MED", "type": "Partial retraction in"},
                {"reference": "Ex J. 2022", "type": "Expression of concern in"},
                {"id": "11000003", "source": "MED", "type": "Comment in"},
            ]
        },
    }
    assert said(parse(json.dumps(record))) == [
        ("RETRACTED", "publication type", "Retracted Publication"),
        ("RETRACTED", "retraction in", "11000002"),
        ("EXPRESSION_OF_CONCERN", "expression of concern in", "Ex J. 2022"),
    ]
    lite = {"id": "1", "source": "MED", "title": "T", "pubType": "retracted publication; journal article"}
    assert [status for status, _, _ in said(parse(json.dumps(lite)))] == ["RETRACTED"]


def test_crossref_says_it_of_a_paper_that_has_no_other_notice_than_itself(parse) -> None:
    def update(kind: str, doi: str = "10.5555/own") -> dict[str, str]:
        return {"DOI": doi, "type": kind, "source": "retraction-watch"}

    work = {"DOI": "10.5555/own", "type": "journal-article", "title": ["Veltocimab in gout"]}
    updates = {"updated-by": [update("correction", "10.5555/n"), update("retraction", "10.5555/n")]}
    assert [one[:2] for one in said(parse(json.dumps(work | updates)))] == [
        ("CORRECTED", "erratum in"),
        ("RETRACTED", "retraction in"),
    ]
    own = parse(json.dumps(work | {"update-to": [update("expression_of_concern"), update("new_version")]}))
    assert said(own) == [("EXPRESSION_OF_CONCERN", "expression of concern in", "10.5555/own")]
    notice = parse(json.dumps(work | {"update-to": [update("retraction", "10.5555/paper")]}))
    assert (said(notice), notice.relations[0].relation) == ([], Relation.RETRACTION_OF)


TITLE = "Belotarin for sumba fever: a randomised trial"
PLACE = "Ex J Fevers. 2026 Jun 1;4(6):77. doi: 10.5555/exjf.2026.77"
SEE = "See vol. 12, pg. 99, 2024"
ABSTRACT = "Of 100 adults with fever who were randomly assigned, 50 received belotarin and 50 placebo. NCT09990001"


def ris(title: str, *more: str) -> str:
    lines = ("TY  - JOUR", f"TI  - {title}", f"AB  - {ABSTRACT}", *more)
    return "\n".join((*lines, "ER  - ", ""))


RETRACTED = [
    f"RETRACTED: {TITLE}",
    f"Retracted: {TITLE}",
    f"RETRACTED ARTICLE: {TITLE}",
    f"WITHDRAWN: {TITLE}",
    f"[Retracted] {TITLE}",
    f"{TITLE} (Retracted article. {SEE})",
    f"{TITLE} (Retracted Article)",
    f"{TITLE} (Publication withdrawn. {SEE})",
    f"RETRACTED – {TITLE}",
    f"RETRACTED - {TITLE}",
    f"RETRACTED ARTICLE — {TITLE}",
    f"WITHDRAWN – {TITLE}",
    f"RETRACTED. {TITLE}",
    f"{TITLE} – RETRACTED",
]
NOT_RETRACTED = [
    TITLE,
    "Withdrawal of treatment: a randomised trial",
    "Withdrawn treatment in 120 adults: a randomised trial",
    "Retracted eyelids: a randomised trial",
    "Rofecoxib in 120 adults (withdrawn)",
    "Citations of articles that were RETRACTED: a cohort study",
    "Retracted – how a journal looks back on its mistakes",
    "Withdrawn – patients who leave a trial",
    "Why trials of fevers are withdrawn - retracted",
    "Belotarin for fevers (vol 2 of the Sumba trials)",
    "Retraction of the tongue (part 2 of a series in 2019)",
    f"Retraction: {TITLE}",
    f"Retraction Note: {TITLE}",
    f"Retraction of “{TITLE}”",
]


@pytest.mark.parametrize("title", RETRACTED)
def test_a_title_says_that_its_own_paper_is_retracted(parse, title: str) -> None:
    bibtex = f"@article{{a,\n  title = {{{title}}},\n  abstract = {{{ABSTRACT}}}\n}}\n"
    page = f"<html><body><main><h1>{title}</h1><h2>Abstract</h2><p>{ABSTRACT}</p></main></body></html>"
    for content in (ris(title), bibtex, page):
        document = parse(content)
        assert document.kind is DocumentKind.ABSTRACT
        assert said(document) == [("RETRACTED", "title", title)]


@pytest.mark.parametrize("title", NOT_RETRACTED)
def test_other_titles_and_those_of_notices_say_nothing_of_their_own_paper(parse, title: str) -> None:
    for document in (parse(ris(title)), parse(f"{title}\n\n{PLACE}\n\nAbstract\n\n{ABSTRACT}\n")):
        assert said(document) == []
        assert (document.kind is DocumentKind.NOTICE) == (title.startswith("Retraction") and TITLE in title)


@pytest.mark.parametrize(
    ("place", "is_notice"),
    [
        ("(Retraction of vol 123, pg 775, 2013)", True),
        ("(Retraction of Vol. 123, Pg 775, 2013).", True),
        ("[Withdrawal of volume 12, 2013]", True),
        ("(Expression of concern for vol 12, pg 99, 2021)", True),
        ("(Correction to vol 12, pg 99, 2021)", True),
        ("(vol 12, pg 99, 2021)", True),
        ("(Retracted article. See vol. 12, pg. 99, 2024)", False),
        ("(volume 12 of a series)", False),
        ("(Volume 2, 2021)", False),
        ("(2021)", False),
    ],
)
def test_a_notice_of_the_web_of_science_has_its_word_behind_the_title(parse, place: str, *, is_notice: bool) -> None:
    assert (parse(ris(f"{TITLE} {place}")).kind is DocumentKind.NOTICE) == is_notice


NOTICES = [
    f"Retraction: {TITLE}",
    f"Retraction—{TITLE}",
    f"Retraction – “{TITLE}”",
    f"Expression of concern-{TITLE}",
    f"Expression of Concern: {TITLE}",
    "Department of Error.",
    f"Notice of Retraction: Exemplar A, et al. {TITLE}. Ex J Fevers. 2024;2(1):11-19.",
]
NO_NOTICES = [
    "Retraction of the cerebellum: a technique",
    "Retraction-induced injury of the brain",
    "Retraction-Pocket Cholesteatoma",
    "Retraction – how a surgeon looks back",
    "Department of Error Prevention: ten years",
    "Department of Emergency Medicine",
    TITLE,
]


@pytest.mark.parametrize("title", [*NOTICES, *NO_NOTICES])
def test_a_record_without_an_abstract_is_a_notice_by_its_title(parse, title: str) -> None:
    """Also where PubMed types it as an article."""
    tagged = f"PMID- 40000001\nTI  - {title}\nAB  - \nPT  - Journal Article\n"
    marked = article(title=title, abstract="")
    for document in (parse(tagged), parse(marked)):
        assert document.kind is (DocumentKind.NOTICE if title in NOTICES else None)


def test_a_preprint_that_was_withdrawn_is_the_preprint_and_no_notice(parse) -> None:
    text = "This preprint has been withdrawn by its authors, who found an error in the counts."
    document = parse(f"<html><body><h1>WITHDRAWN: {TITLE}</h1><p>medRxiv</p><p>{text}</p></body></html>")
    assert (document.kind, [status for status, _, _ in said(document)]) == (DocumentKind.PREPRINT, ["RETRACTED"])


def test_a_review_that_the_cochrane_library_withdrew_is_out_of_date(parse) -> None:
    journal = "JF  - The Cochrane database of systematic reviews"
    assert said(parse(ris("WITHDRAWN: Belotarin for sumba fever", journal))) == []
    assert [one[1] for one in said(parse(ris("RETRACTED: Belotarin for sumba fever", journal)))] == ["title"]


def test_what_the_record_says_already_is_not_said_by_its_title_again(parse) -> None:
    record = f"PMID- 30000001\nTI  - RETRACTED: {TITLE}\nAB  - Pain fell.\nPT  - Retracted Publication\n"
    assert [words for _, words, _ in said(parse(record))] == ["publication type"]


@pytest.mark.parametrize(
    ("words", "is_said"),
    [("Article; Retracted Publication", True), ("Retracted", True), ("Article", False), ("Retraction", False)],
)
def test_the_type_of_an_export_says_it(parse, words: str, is_said: bool) -> None:
    expected = [("RETRACTED", "publication type", words)] if is_said else []
    assert said(parse(ris(TITLE, f"M3  - {words}"))) == expected


def test_each_word_has_a_status_that_is_not_the_usual_one() -> None:
    assert set(STATUS_OF_WORDS.values()) == set(EvidenceStatus) - {EvidenceStatus.CURRENT}
