"""What a document is, and that a text of no known kind has none. All trials here are invented."""

import pytest

from trialhouse.model.enums import DocumentKind

STUDY = (
    "We randomly assigned 120 adults with sumba fever to belotarin or to placebo for 12 weeks, and the fever ended in "
    "45 of 60 and in 30 of 60 of them."
)
LINE = "Ex J Fevers. 2026 Mar 9;4(2):11-19. doi: 10.5555/exjf.2026.11."
OPINION = (
    "Readers of this journal ask us time and again how patients are to be told of a rare fever, and I think that the "
    "answer is to be found in the language of the ward rather than in that of the laboratory."
)


@pytest.mark.parametrize(
    "text",
    [
        "Weather for Sampleton\n\nTomorrow it will be cloudy with a high of 14 degrees, and rain is to be expected in "
        "the afternoon. The wind from the west was stronger than it had been forecast for 30% of the region.\n",
        "id,name,price\n1,apple,3\n2,pear,4\n",
        "[1,2,3]",
        f"Words for fevers\n\n{LINE}\n\nEditorial\n\nAda Exemplar, Bela Muster\n\n{OPINION} {STUDY}\n",
        f"Words for fevers\n\n{OPINION}\n",
        f"A long read\n\n{STUDY}\n" + 60 * f"\n{OPINION}\n",
    ],
)
def test_a_text_of_no_known_kind_has_none(parse, text: str) -> None:
    assert parse(text).kind is None


@pytest.mark.parametrize(
    "text",
    [
        STUDY,
        f"Words for fevers\n\n{LINE}\n\n{OPINION}\n",
        f"Words for fevers\n\nAbstract\n\n{OPINION}\n",
        "Belotarin e febre de Sumba\n\nResumo\n\nObjetivo: Avaliar a belotarina. Métodos: 90 mulheres foram "
        "randomizadas. Resultados: A febre terminou em 45 de 60 pacientes.\n",
        f"Words for fevers\n\nMETHODS: We asked ten wards. RESULTS: They answered. CONCLUSIONS: {OPINION}\n",
    ],
)
def test_an_abstract_is_known_by_its_study_its_heading_or_its_labels(parse, text: str) -> None:
    assert parse(text).kind is DocumentKind.ABSTRACT


def test_a_publisher_that_names_another_type_is_believed(parse) -> None:
    page = (
        '<html><head><meta name="citation_doi" content="10.5555/exjf.2026.9"><meta name="citation_journal_title" '
        'content="Ex J Fevers"><meta name="dc.type" content="{}"></head><body><h1>Words for fevers</h1>'
        f"<p>{STUDY}</p></body></html>"
    )
    assert parse(page.format("Editorial")).kind is None
    assert parse(page.format("Research article")).kind is DocumentKind.ABSTRACT


@pytest.mark.parametrize("said", ["this preprint was withdrawn by its authors", "this article has been retracted"])
def test_a_page_that_says_so_of_itself_is_a_notice_of_a_retraction(parse, said: str) -> None:
    sentence = f"Since its figures could not be found again, {said}, and nobody should rely on them any more."
    page = f"Belotarin for fevers\n\n{sentence}\n\nWithdrawn article: doi: 10.5555/exjf.2026.11\n"
    assert parse(page).kind is DocumentKind.NOTICE


def test_a_page_that_tells_of_one_that_was_withdrawn_is_none(parse) -> None:
    page = f"Belotarin for fevers\n\n{LINE}\n\n{STUDY} One site had been withdrawn, and a paper on it was retracted.\n"
    assert parse(page).kind is DocumentKind.ABSTRACT


TOLD = (
    "Belotarin 40 mg ended sumba fever in 45 of 60 adults, researchers report in Ex J Fevers. In the randomised trial, "
    "120 adults were given belotarin or placebo for 12 weeks."
)
CITED = "1. Exemplar A. Belotarin for fevers. Ex J Fevers 2026. doi:10.5555/exjf.2026.11"


def page_of(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>New drug ends fevers</h1>{body}</article></body></html>"


@pytest.mark.parametrize(
    "text",
    [
        page_of(f"<p>{TOLD}</p><h2>References</h2><p>{CITED}</p>"),
        page_of(f'<p>{TOLD}</p><p>Read the <a href="https://doi.org/10.5555/exjf.2026.11">paper</a>.</p>'),
        f"New drug ends fevers\n\n{TOLD}\n\nReferences\n\n{CITED}\n",
        page_of(
            "<p>Belotarin cut fevers in GLADE. By week 12 the fever had ended in 75.0% of the belotarin 40 mg group "
            'and in 50.0% of the placebo group. The <a href="https://doi.org/10.5555/exjf.2026.11">study</a> was '
            "published in Ex J Fevers.</p>"
        ),
    ],
    ids=["references", "link", "plain text", "no sign of a study"],
)
def test_a_text_of_no_publication_that_reports_what_it_cites_is_news_of_it(parse, text: str) -> None:
    document = parse(text)
    assert (document.kind, document.doi) == (DocumentKind.NEWS, None)
    assert [one.value for one in document.cites] == ["10.5555/exjf.2026.11"]


JOURNAL = '<meta name="citation_journal_title" content="Ex J Fevers">'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (page_of(f"<p>{TOLD}</p>"), DocumentKind.ABSTRACT),  # cites nothing
        (page_of(f"<p>{STUDY}</p><h2>References</h2><p>{CITED}</p>"), DocumentKind.ABSTRACT),  # reports of nobody else
        (page_of(f"<p>{TOLD}</p><h2>References</h2><p>{CITED}</p>", JOURNAL), DocumentKind.ABSTRACT),
        (page_of(f"<h2>Abstract</h2><p>{TOLD}</p><h2>References</h2><p>{CITED}</p>"), DocumentKind.ABSTRACT),
        (f"Words for fevers\n\n{LINE}\n\n{TOLD}\n\nReferences\n\n{CITED}\n", DocumentKind.ABSTRACT),
        (f"Words for fevers\n\nEditorial\n\nAda Exemplar\n\n{TOLD}\n\nReferences\n\n{CITED}\n", None),
        (page_of(f"<p>{OPINION}</p><h2>References</h2><p>{CITED}</p>"), None),
    ],
)
def test_what_has_a_publication_of_its_own_or_tells_of_no_other_is_no_news(
    parse, text: str, kind: DocumentKind
) -> None:
    assert parse(text).kind is kind
