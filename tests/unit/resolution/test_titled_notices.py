"""A notice without any identifier is about the one paper whose title it has."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import Document, DocumentRelation
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import DocumentRow, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.documents import NOT_FOUND
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.resolve import resolve
from trialhouse.resolution.titled_notices import tie_by_title

TITLE = "Sonimab for gout flares (YEW): a randomised trial"
OTHER = DocumentRelation(
    relation=Relation.ERRATUM_FOR, scheme="doi", value="10.5555/other", method="named by the notice"
)


@pytest.fixture
def document(reading: Callable[..., Reading]) -> Callable[..., Document]:
    """A document of a title, of a kind, with other facts."""

    def make(name: str, title: str, kind: DocumentKind = DocumentKind.ABSTRACT, **facts: Any) -> Document:
        return reading(name, kind, facts={"title": title, **facts}).document

    return make


def ties(*documents: Document) -> list[tuple[str, str, str]]:
    return [(row.from_document_id, row.relation.value, row.to_document_id) for row in tie_by_title(documents, [])[0]]


@pytest.mark.parametrize(
    ("title", "relation"),
    [
        (f"Erratum: {TITLE} (Lancet Ex (2023) 10:2 (100-110))", "ERRATUM_FOR"),
        (f"Erratum to: {TITLE}", "ERRATUM_FOR"),
        (f"Author Correction: {TITLE}.", "ERRATUM_FOR"),
        (f"Corrigendum to “{TITLE}” [Lancet Ex 10 (2023) 100-110]", "ERRATUM_FOR"),
        (f"Retraction: {TITLE}", "RETRACTION_OF"),
        (f"Retraction Note: {TITLE}", "RETRACTION_OF"),
        (f"Expression of Concern: {TITLE}", "CONCERN_ABOUT"),
        (f"Retraction of: {TITLE}", "RETRACTION_OF"),
        (f"{TITLE} (Retraction of vol 123, pg 775, 2013)", "RETRACTION_OF"),
        (f"{TITLE} (Expression of concern of vol 12, pg 99, 2021)", "CONCERN_ABOUT"),
        (f"{TITLE} (Erratum to vol 12, pg 99, 2021).", "ERRATUM_FOR"),
        (f"{TITLE} (vol 12, pg 99, 2021)", "ERRATUM_FOR"),
        ("Sonimab for gout (YEW): a randomised trial (Retraction of vol 123, pg 775, 2013)", None),
        ("Erratum: Sonimab for gout (YEW): a randomised trial", None),  # another title
        (f"Reply: {TITLE}", None),
        ("Erratum", None),
    ],
)
def test_the_title_behind_the_word_for_a_notice_names_the_paper(document, title: str, relation: str | None) -> None:
    notice, paper = document("notice", title, DocumentKind.NOTICE), document("paper", f"{TITLE}.")
    assert ties(notice, paper) == ([("doc-notice", relation, "doc-paper")] if relation else [])


def test_all_records_of_one_paper_are_meant_and_two_papers_of_one_title_are_not(document) -> None:
    notice = document("notice", f"Erratum: {TITLE}", DocumentKind.NOTICE)
    one, same = (document(name, TITLE, doi=doi) for name, doi in (("one", "10.5555/A"), ("same", "10.5555/a")))
    assert [to for _, _, to in ties(notice, one, same)] == ["doc-one", "doc-same"]
    assert ties(notice, one, document("two", TITLE, doi="10.5555/b")) == []
    assert ties(notice, one, document("bare", TITLE)) == []


@pytest.mark.parametrize("mark", ["RETRACTED ARTICLE: ", "Retracted: ", "[RETRACTED] ", "RETRACTED – ", "WITHDRAWN: "])
def test_a_paper_that_its_publisher_marked_is_meant(document, mark: str) -> None:
    notice = document("notice", f"Retraction Note: {TITLE}", DocumentKind.NOTICE)
    assert ties(notice, document("paper", f"{mark}{TITLE}")) == [("doc-notice", "RETRACTION_OF", "doc-paper")]


def test_news_and_registrations_of_the_title_are_not_meant(document) -> None:
    notice = document("notice", f"Erratum: {TITLE}", DocumentKind.NOTICE)
    others = [document(kind.value, TITLE, kind) for kind in (DocumentKind.NEWS, DocumentKind.REGISTRY)]
    assert ties(notice, *others) == []
    assert [to for _, _, to in ties(notice, *others, document("paper", TITLE))] == ["doc-paper"]


def test_a_short_title_and_an_identifier_of_another_paper_tie_nothing(document) -> None:
    short = document("notice", "Erratum: Sonimab for gout", DocumentKind.NOTICE)
    assert ties(short, document("paper", "Sonimab for gout")) == []
    elsewhere = document("paper", "Sonimab for gout", journal="Gout Ex")
    assert (
        ties(document("notice", "Erratum: Sonimab for gout", DocumentKind.NOTICE, journal="Ex Gout"), elsewhere) == []
    )
    shorter = document("notice", "Erratum: Gout", DocumentKind.NOTICE, journal="Gout Ex")
    assert ties(shorter, document("paper", "Gout", journal="Gout Ex")) == []
    named = document("notice", f"Erratum: {TITLE}", DocumentKind.NOTICE, relations=(OTHER,))
    assert ties(named, document("paper", TITLE)) == []


@pytest.mark.parametrize("title", ["Retraction: Sonimab for gout", "Sonimab for gout (Retraction of vol 123, 2013)"])
def test_a_short_title_names_the_one_paper_of_its_journal(document, title: str) -> None:
    notice = document("notice", title, DocumentKind.NOTICE, journal="Gout Ex.")
    paper, other = (document(name, "Sonimab for gout", journal=name) for name in ("Gout Ex", "Lancet Ex"))
    assert ties(notice, paper, other) == [("doc-notice", "RETRACTION_OF", "doc-Gout Ex")]
    second = document("second", "Sonimab for gout.", journal="Gout Ex")
    assert ties(notice, paper, second) == []


@pytest.mark.parametrize("kind", [DocumentKind.NOTICE, DocumentKind.ABSTRACT, None])
@pytest.mark.parametrize(
    ("title", "relation"),
    [
        (f"Retraction-{TITLE}", "RETRACTION_OF"),
        (f"Retraction‐{TITLE}.", "RETRACTION_OF"),
        (f"Retraction—{TITLE}", "RETRACTION_OF"),
        (f"Expression of Concern-“{TITLE}”", "CONCERN_ABOUT"),
        (f"Correction-{TITLE}", "ERRATUM_FOR"),
    ],
)
def test_a_hyphen_is_a_dash_where_the_title_of_a_paper_follows(document, kind, title: str, relation: str) -> None:
    """Also where the record calls it an article: nobody gives a paper such a title."""
    notice, paper = document("notice", title, kind), document("paper", TITLE)
    assert ties(notice, paper) == [("doc-notice", relation, "doc-paper")]


@pytest.mark.parametrize(
    "title",
    [
        "Retraction-induced injury of the cerebellum in surgery",
        "Retraction of the cerebellum",
        "Correction-factor drift",
    ],
)
def test_a_hyphen_within_a_word_is_none(document, title: str) -> None:
    assert ties(document("one", title), document("two", TITLE), document("three", "Injury of the cerebellum")) == []


CITED = f"Olsen E, Ruiz E, et al. {TITLE.title()}. Gout Ex. 2020;10(2):1450-1459"


@pytest.mark.parametrize(
    ("title", "words", "relation"),
    [
        (f"Notice of Retraction: {CITED}.", "", "RETRACTION_OF"),
        ("Department of Error", f"{CITED} - In this Article, the second author was missing.", "ERRATUM_FOR"),
        ("Erratum", f"In: {CITED}", "ERRATUM_FOR"),
        ("Department of Error", f"Olsen E. {TITLE}. In this Article, an author was missing.", None),
        ("Department of Error", f"Olsen E. {TITLE}: a reply. Gout Ex. 2020;10:2.", None),
        ("Notice of Retraction", "The authors of a paper on gout have retracted it.", None),
    ],
)
def test_a_citation_names_the_paper_by_its_whole_title_and_where_it_was(
    reading, title: str, words: str, relation: str | None
) -> None:
    written = {"title": title, "text": f"{title}\n{words}"}
    notice = reading("notice", DocumentKind.NOTICE).document.model_copy(update=written)
    paper = reading("paper", facts={"title": f"{TITLE}.", "journal": "Gout Ex", "published": "2020-05"}).document
    assert ties(notice, paper) == ([("doc-notice", relation, "doc-paper")] if relation else [])


def test_a_citation_of_two_papers_is_tied_to_none_and_listed_for_a_person(document) -> None:
    notice = document("notice", f"Erratum: {TITLE}", DocumentKind.NOTICE)
    papers = [document(name, TITLE, doi=f"10.5555/{name}") for name in ("one", "two")]
    tied, doubtful = tie_by_title([notice, *papers], [])
    assert tied == []
    assert {(row.left_id, row.right_id) for row in doubtful} == {("doc-notice", "doc-one"), ("doc-notice", "doc-two")}
    assert {(row.subject.value, row.method) for row in doubtful} == {("document", "notice_title")}


@pytest.mark.parametrize("kind", [DocumentKind.NOTICE, DocumentKind.ABSTRACT, None])
def test_a_notice_makes_no_trial_and_what_it_does_reaches_its_paper_and_the_trial(reading, kind) -> None:
    read = {"trial": TrialClaim(acronym="YEW", enrollment=120)}
    paper = reading("paper", facts={"title": TITLE}, **read)
    notice = reading("notice", DocumentKind.NOTICE, facts={"title": f"Retraction-{TITLE}"}, **read)
    notice = Reading(notice.document.model_copy(update={"kind": kind}), notice.extractions, "test", "1")
    rows = resolve([paper, notice], Vocabulary(), lambda document: True)
    assert [row.evidence_status.value for row in rows.of(TrialRow)] == ["RETRACTED"]
    became = {row.document_id: (row.evidence_status.value, row.problem or "") for row in rows.of(DocumentRow)}
    assert became["doc-paper"][0] == "RETRACTED"
    assert "names by no identifier" in became["doc-notice"][1]
    assert NOT_FOUND not in became["doc-notice"][1]


def test_a_notice_that_finds_no_paper_says_so(reading) -> None:
    notice = reading("notice", DocumentKind.NOTICE, facts={"title": "Notice of Retraction"})
    rows = resolve([notice], Vocabulary(), lambda document: True)
    assert [NOT_FOUND in (row.problem or "") for row in rows.of(DocumentRow)] == [True]


def test_a_notice_whose_title_two_papers_have_does_not_say_that_none_is_here(reading) -> None:
    papers = [reading(f"paper-{n}", facts={"title": TITLE, "published": f"200{n}"}) for n in (1, 2)]
    notice = reading("notice", DocumentKind.NOTICE, facts={"title": f"Retraction-{TITLE}"})
    rows = resolve([*papers, notice], Vocabulary(), lambda document: True)
    (problem,) = [row.problem or "" for row in rows.of(DocumentRow) if row.document_id == "doc-notice"]
    assert "no single paper that is here was found to be it" in problem
    assert "doubtful pairs" in problem
