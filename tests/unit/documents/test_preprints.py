"""A preprint says that it is one; a news page tells of one. All trials here are invented."""

import pytest

from trialhouse.documents.preprints import is_doi_of_preprint
from trialhouse.model.enums import DocumentKind

STUDY = (
    "In all, 300 adults with sumba fever were randomly assigned to belotarin 20 mg (n=150) or placebo (n=150). The "
    "fever ended in 45 (30.0%) of 150 patients in the belotarin group and 30 (20.0%) of 150 in the placebo group."
)
TELLING = [
    "according to a preprint posted on medRxiv",
    "in a study posted to the preprint server medRxiv that has not been peer reviewed",
    "a paper on Research Square, which is yet to be peer-reviewed, reports",
]


def news(told: str, byline: str = '<p class="byline">By Staff Writer | 2026-05-01</p>') -> str:
    head = (
        '<meta property="og:type" content="article"><meta property="og:site_name" content="Fever Wire">'
        '<meta property="article:published_time" content="2026-05-01">'
    )
    return (
        f"<html><head><title>Belotarin ends fevers | Fever Wire</title>{head}</head><body><main><article>"
        f"<h1>Belotarin ends fevers</h1>{byline}<p>The drug belotarin kept more people out of hospital, {told}.</p>"
        f"<p>{STUDY}</p></article></main></body></html>"
    )


@pytest.mark.parametrize("told", TELLING)
def test_news_of_a_preprint_is_news(parse, told: str) -> None:
    assert parse(news(told)).kind is DocumentKind.NEWS
    assert parse(news(told, byline="")).kind is DocumentKind.NEWS


def test_a_reporter_who_says_that_the_study_is_a_preprint_wrote_no_preprint(parse) -> None:
    assert parse(news("doctors hope. This study is a preprint and not yet peer reviewed")).kind is DocumentKind.NEWS


@pytest.mark.parametrize(
    "said",
    [
        "This article is a preprint and has not been certified by peer review.",
        "It has not been certified by peer review.",
        "medRxiv preprint",
        "Preprint",
    ],
)
def test_a_text_that_says_it_of_itself_is_a_preprint(parse, said: str) -> None:
    assert parse(f"Belotarin for sumba fever\n\n{said}\n\n{STUDY}\n").kind is DocumentKind.PREPRINT


def test_the_page_of_a_server_is_a_preprint_by_its_doi(parse) -> None:
    page = (
        '<html><head><meta property="og:type" content="article"><meta name="citation_doi" content="{}">'
        f"</head><body><h1>Belotarin for sumba fever</h1><h2>Abstract</h2><p>{STUDY}</p></body></html>"
    )
    assert parse(page.format("10.1101/2026.05.01.26251131")).kind is DocumentKind.PREPRINT
    assert parse(page.format("10.5555/exjf.2026.11")).kind is DocumentKind.ABSTRACT


def test_a_review_that_searched_for_preprints_is_none(parse) -> None:
    text = f"OBJECTIVE: To learn more. METHODS: We searched PubMed, and medRxiv for preprints posted by May. {STUDY}"
    assert parse(f"Belotarin for fevers\n\n{text} CONCLUSIONS: It helps.\n").kind is DocumentKind.ABSTRACT


@pytest.mark.parametrize(
    ("doi", "is_one"),
    [
        ("10.1101/2021.11.09.21266112", True),
        ("10.1101/gr.275777.121", False),
        ("10.21203/rs.3.rs-100001/v1", True),
        ("10.31234/osf.io/slw77", True),
        ("10.1016/s0140-6736(22)00777-1", False),
    ],
)
def test_a_doi_of_a_server_of_preprints_is_known_by_how_it_is_built(doi: str, is_one: bool) -> None:
    assert is_doi_of_preprint(doi) is is_one
