"""Two documents that share nearly all: cohorts of one programme, drugs spelt alike. And what is only a typo."""

from collections.abc import Callable

import pytest

from trialhouse.model.citation import Citation
from trialhouse.resolution.duplicates import Duplicates
from trialhouse.resolution.duplicates.abstracts import compare_abstracts, people_in
from trialhouse.resolution.duplicates.pages import Sameness
from trialhouse.resolution.duplicates.spelling import Spelling

Make = Callable[..., Citation]
Find = Callable[..., Duplicates]
TITLE = "Quenosartan for high blood pressure in smokers of a county: a randomised trial"
TEXT = (
    "Patients aged 18 years and older with high pressure were assigned to one of two doses or placebo for 16 weeks at "
    "many sites of a county. Of 304 patients, 116 had a response on the drug and 31 on placebo. Events were mild."
)
OTHER_TEXTS = {
    "other ages": TEXT.replace("18 years and older", "12 to 17 years"),
    "other ages and nobody's numbers": TEXT.replace("Patients aged 18 years and older", "Children"),
    "other sizes and results": TEXT.replace("304", "90").replace("116", "22").replace("31", "9"),
    "one other number": TEXT.replace("304", "240"),
}
SAME_TEXTS = {
    "cut within a number": TEXT[: TEXT.index("304") + 1] + " ",
    "cut": TEXT[:160],
    "its end alone": TEXT[40:],
    "numbers written otherwise": TEXT.replace("304", "304.0").replace("116", "0116"),
    "a year of copyright behind it": f"{TEXT} (C) 2012 A society.",
}


@pytest.mark.parametrize("name", OTHER_TEXTS)
def test_other_people_or_numbers_are_another_abstract(name: str) -> None:
    assert compare_abstracts(TEXT, OTHER_TEXTS[name]) is Sameness.OTHER
    assert compare_abstracts(OTHER_TEXTS[name], TEXT) is Sameness.OTHER


@pytest.mark.parametrize("name", SAME_TEXTS)
def test_a_text_that_is_cut_or_written_otherwise_is_no_other(name: str) -> None:
    assert compare_abstracts(TEXT, SAME_TEXTS[name]) is not Sameness.OTHER
    assert compare_abstracts(SAME_TEXTS[name], TEXT) is not Sameness.OTHER


def test_a_short_abstract_can_tell_two_apart_and_makes_none_the_same() -> None:
    assert compare_abstracts("In adults, 50% were well.", "In adolescents, 60% were well.") is Sameness.OTHER
    assert compare_abstracts("Of 82, 50 were well.", "Of 30, 12 were well.") is Sameness.OTHER
    assert compare_abstracts("Pressure fell.", "Pressure fell.") is Sameness.MISSING
    assert compare_abstracts("1,250 of 10 000 (0.05)", "1250 of 10,000 (.05)") is Sameness.MISSING


def test_people_that_only_one_abstract_names_leave_it_open() -> None:
    assert compare_abstracts(TEXT, TEXT.replace("with high", "with very high")) is Sameness.SAME
    plain = TEXT.replace("aged 18 years and older ", "")
    assert compare_abstracts(plain, plain.replace("Patients", "Adults")) is Sameness.MISSING


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("patients aged 18 years and older", {"adults"}),
        ("aged 12 to 17 years", {"adolescents"}),
        ("ages 6-11 years", {"children"}),
        ("aged ≥18 years", {"adults"}),
        ("12 years of age or older", {"adolescents", "adults"}),
        ("the average of 5 to 10 years of follow-up", set()),
    ],
)
def test_ages_in_years_are_people(text: str, people: set[str]) -> None:
    assert people_in(text) == people


@pytest.mark.parametrize("name", OTHER_TEXTS)
@pytest.mark.parametrize("pages", [(None, None), ("100-110", "111-120"), ("100-110", None)])
def test_cohorts_of_one_title_are_listed_and_not_merged(
    citation: Make, found: Find, name: str, pages: tuple[str | None, str | None]
) -> None:
    one = citation("a", title=TITLE, abstract=TEXT, pages=pages[0], doi="10.5555/a")
    result = found(one, citation("b", title=TITLE, abstract=OTHER_TEXTS[name], pages=pages[1]))
    assert result.clusters == {}
    (pair,) = result.doubtful
    assert "their abstracts differ" in pair.reason


def test_other_pages_are_for_a_person_even_with_one_text(citation: Make, found: Find) -> None:
    result = found(*(citation(pages, abstract=TEXT, pages=pages) for pages in ("100-110", "111-120")))
    assert result.clusters == {}
    assert "they stand on other pages (100-110, 111-120)" in result.doubtful[0].reason
    ids = {"doi": "10.5555/a", "abstract": TEXT}
    assert found(*(citation(pages, **ids, pages=pages) for pages in ("100-110", "111-120"))).links


OTHER_WORDS = [
    ("Betamethasone", "Dexamethasone"),
    ("Cetuximab", "Rituximab"),
    ("Nilotinib", "Erlotinib"),
    ("Lapatinib", "Apatinib"),
    ("Prednisone", "Prednisolone"),
    ("Omeprazole", "Esomeprazole"),
    ("Citalopram", "Escitalopram"),
    ("Oxazepam", "Lorazepam"),
    ("Afferent", "Efferent"),
    ("Abduction", "Adduction"),
    ("Arthritis", "Arthrosis"),
    ("Dysphagia", "Dysphasia"),
    ("SOLO", "SOHO"),
    ("RECOVER", "RECOVERY"),
]


@pytest.mark.parametrize(("one", "other"), OTHER_WORDS)
@pytest.mark.parametrize("place", [{"pages": None}, {"number": "Suppl 1", "pages": "S44"}])
def test_two_words_spelt_alike_are_for_a_person(
    citation: Make, found: Find, one: str, other: str, place: dict[str, str | None]
) -> None:
    result = found(
        *(
            citation(word, title=f"{word} in smokers with hypertension of a rural county: a trial", **place)
            for word in (one, other)
        )
    )
    assert result.clusters == {}
    (pair,) = result.doubtful
    assert {f"{one} against {other}".lower(), f"{other} against {one}".lower()} & set(pair.reason.split("; "))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hypertension", "hypertenson"),
        ("squamous", "squamos"),
        ("results", "resutls"),
        ("effect", "eeffect"),
        ("program", "programme"),
        ("aetiology", "etiology"),
        ("sulphamethoxazole", "sulfamethoxazole"),
        ("cells", "cell"),
    ],
)
def test_one_letter_or_another_spelling_is_one_word(spelling: Spelling, one: str, other: str) -> None:
    assert spelling.is_typo(one, other)
    assert spelling.is_typo(other, one)


def test_a_wrong_letter_that_makes_another_word_is_a_typo_where_the_pages_are_the_same(
    citation: Make, found: Find
) -> None:
    wrong = citation("b", title=TITLE.replace("Quenosartan", "Luenosartan"))
    assert found(citation("a", title=TITLE), wrong).links
    turned = citation("b", title=TITLE.replace("high", "hyper").replace("pressure", "tension"))
    assert not found(citation("a", title=TITLE), turned).links
    nowhere = wrong.model_copy(update={"pages": None})
    result = found(citation("a", title=TITLE), nowhere)
    assert result.links == ()
    assert len(result.doubtful) == 1
