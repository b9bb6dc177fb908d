"""Pairs that one sign tells apart, and documents about another one: never merged, and never left out of all lists."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.citation import Citation
from trialhouse.model.enums import Relation
from trialhouse.resolution.duplicates import Duplicates
from trialhouse.resolution.duplicates.pages import Sameness, compare_pages, read_pages
from trialhouse.resolution.duplicates.spelling import Spelling
from trialhouse.resolution.duplicates.trial_numbers import other_trials, trials_in

Make = Callable[..., Citation]
Find = Callable[..., Duplicates]
Cases = dict[str, tuple[dict[str, Any], dict[str, Any]]]
TITLE = "Effect of quenosartan on blood pressure in smokers with hypertension: a randomised trial"
NO_PAGES: dict[str, Any] = {"volume": None, "number": None, "pages": None}
NOWHERE = NO_PAGES | {"journal": None}
SUPPLEMENT = {"number": "Suppl 1", "pages": "S44"}


def of_trial(trial: str, **said: Any) -> dict[str, Any]:
    return {"abstract": f"Registered as {trial} at a registry. We compared two doses."} | said


LISTED: Cases = {
    "a comment of the paper's title by its type": (
        NO_PAGES | {"entry_type": "Journal Article"},
        NO_PAGES | {"entry_type": "Comment"},
    ),
    "a letter by its type on other pages": ({"entry_type": "Article"}, {"entry_type": "Letter", "pages": "9"}),
    "a letter and a record of no type": (NO_PAGES, NO_PAGES | {"entry_type": "Letter"}),
    "a comment on a page of a supplement": (
        SUPPLEMENT | {"entry_type": "Journal Article; Comment"},
        SUPPLEMENT | {"entry_type": "Journal Article"},
    ),
    "a protocol on the pages of its paper": ({}, {"title": f"{TITLE}: study protocol"}),
    "a protocol without a place": (NO_PAGES, NO_PAGES | {"title": f"{TITLE}: protocol for a randomised trial"}),
    "a protocol in one journal": (NO_PAGES, NO_PAGES | {"title": f"Protocol of {TITLE}"}),
    "an analysis plan": (NO_PAGES, NO_PAGES | {"title": f"{TITLE}: statistical analysis plan"}),
    "rationale and design": (NO_PAGES, NO_PAGES | {"title": f"{TITLE}: rationale and design"}),
    "one title two years before": (NO_PAGES, NO_PAGES | {"year": 2010, "journal": "Tests"}),
    "numbers of trials one digit apart": (of_trial("NCT09990001"), of_trial("NCT09990011")),
    "and without pages": (of_trial("NCT09990001", **NO_PAGES), of_trial("NCT09990011", **NO_PAGES)),
    "a number of a trial that lacks a digit": (of_trial("NCT09990001"), of_trial("NCT0999001")),
    "a number of a trial whose letters are turned": (of_trial("NCT09990001"), of_trial("NTC09990001")),
    "a number that lacks a digit in a field": (
        {"registry_ids": ("NCT09990001",)},
        {"registry_ids": ("NCT0999001",)},
    ),
    "numbers of trials in the titles": (
        {"title": f"{TITLE} (NCT09990001)"},
        {"title": f"{TITLE} (NCT09990011)"},
    ),
    "no place at all": (NOWHERE, NOWHERE),
    "a title of one word on page 1": (
        {"title": "Editorial", "pages": "1"},
        {"title": "Editorial", "pages": "1"},
    ),
    "a short title in one issue": (
        {"title": "Care of strokes", "pages": None},
        {"title": "Care of strokes", "pages": None},
    ),
    "two issues of a volume without pages": ({"pages": None, "number": "3"}, {"pages": None, "number": "6"}),
    "DOIs one sign apart, and all else equal": ({"doi": "10.5555/jc.1000"}, {"doi": "10.5555/jc.1001"}),
    "a DOI with a sign more": ({"doi": "10.5555/jc.1000"}, {"doi": "10.5555/jc.1000x"}),
    "DOIs one sign apart, and a journal missing": (
        NO_PAGES | {"doi": "10.5555/jc.1000"},
        NOWHERE | {"doi": "10.5555/jc.1001"},
    ),
    "DOIs one sign apart without authors": (
        NO_PAGES | {"doi": "10.5555/jc.1000", "authors": ()},
        NO_PAGES | {"doi": "10.5555/jc.1001"},
    ),
    "PubMed ids one digit apart": (NO_PAGES | {"pmid": "99000001"}, NOWHERE | {"pmid": "99000011"}),
    "two errata of one paper": (
        NO_PAGES | {"title": f"Erratum: {TITLE}"},
        NO_PAGES | {"title": f"Correction to: {TITLE}"},
    ),
    "a rare word one letter apart": (NO_PAGES, NO_PAGES | {"title": TITLE.replace("quenosartan", "quenosartin")}),
    "and on a page of a supplement": (SUPPLEMENT, SUPPLEMENT | {"title": TITLE.replace("quenosartan", "quinosartan")}),
    "what a drug becomes": (
        NO_PAGES | {"title": TITLE.replace("quenosartan", "quenopril")},
        NO_PAGES | {"title": TITLE.replace("quenosartan", "quenoprilat")},
    ),
    "an acronym with a letter more": (
        NO_PAGES | {"title": f"{TITLE} (RECOVER)"},
        NO_PAGES | {"title": f"{TITLE} (RECOVERY)"},
    ),
    "pages that are no part's": ({"pages": "2-7", "volume": None}, {"pages": "12-17"}),
}
NOTICE = {"year": 2019, "volume": "19", "pages": "210"}
RELATED = {
    "where the paper stands": ({"title": f"{TITLE} (vol 12, pg 73, 2012)"}, Relation.ERRATUM_FOR),
    "the paper's place in brackets": (
        {"title": f"Corrigendum to “{TITLE}” [J Clin Hypertens Res 12 (2012) 73–76]"},
        Relation.ERRATUM_FOR,
    ),
    "a DOI behind it": (
        {"title": f"Correction to: {TITLE} (A Journal, (2012), 12, (73-76), 10.5555/jc.1000)"},
        Relation.ERRATUM_FOR,
    ),
    "seven years later": ({"title": f"Erratum: {TITLE}"}, Relation.ERRATUM_FOR),
    "a retraction of a volume": ({"title": f"{TITLE} (Retraction of Vol 12, Pg 73, 2012)"}, Relation.RETRACTION_OF),
    "a concern of a volume": ({"title": f"{TITLE} (Expression of concern of vol 12, 2012)"}, Relation.CONCERN_ABOUT),
    "reply behind the title": ({"title": f"{TITLE} reply", "year": 2012}, Relation.COMMENT_ON),
    "a protocol years before": ({"title": f"{TITLE}: study protocol", "year": 2005}, Relation.PROTOCOL_OF),
}
MERGED: Cases = {
    "a DOI with what an address has behind it": (
        NO_PAGES | {"doi": "10.5555/jc.1000?via=ihub"},
        NOWHERE | {"doi": "10.5555/jc.1000"},
    ),
    "a blank within a DOI": (NO_PAGES | {"doi": "10.5555/ jc.1000"}, NOWHERE | {"doi": "10.5555/jc.1000"}),
    "a letter and an article at one place": ({"entry_type": "Letter"}, {"entry_type": "Article"}),
    "a letter and an article of one DOI": (
        NO_PAGES | {"entry_type": "Letter", "doi": "10.5555/jc.1000"},
        NO_PAGES | {"entry_type": "Article", "doi": "10.5555/jc.1000"},
    ),
    "a paper that was retracted": ({}, {"title": f"{TITLE} (Retracted article. See vol. 19, pg. 3, 2019)"}),
    "a rare word on the same pages": ({}, {"title": TITLE.replace("quenosartan", "quenosartin")}),
    "a typo of an ordinary word": (NO_PAGES, NO_PAGES | {"title": TITLE.replace("randomised", "randomsed")}),
    "tumour and tumor": (
        NO_PAGES | {"title": TITLE.replace("blood pressure", "tumour behaviour")},
        NO_PAGES | {"title": TITLE.replace("blood pressure", "tumor behavior")},
    ),
    "no place, and one text": (
        NOWHERE | {"abstract": "Quenosartan lowered the pressure of those who took part. " * 4},
        NOWHERE | {"abstract": "Quenosartan lowered the pressure of those who took part. " * 4},
    ),
}


@pytest.fixture(scope="module")
def all_found(citation: Make, found: Find) -> Duplicates:
    """All cases in one search: authors and a word of its own keep each case apart from the others."""
    cases = LISTED | MERGED | {name: ({}, NOTICE | said) for name, (said, _) in RELATED.items()}
    assert len(cases) == len(LISTED) + len(MERGED) + len(RELATED)
    records = []
    for name, sides in cases.items():
        own = "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(name.encode()).digest()[:12])
        for side, said in zip("ab", sides, strict=True):
            one = citation(f"{name}: {side}", **said)
            title = (one.title or "").replace("Effect of", f"{own.title()} and the effect of")
            authors = tuple(f"{author[0]}{own[:6]}{author[1:]}" for author in one.authors)
            numbers = {scheme: value.replace("jc", own) for scheme, value in said.items() if scheme == "doi"}
            records.append(one.model_copy(update={"title": title, "authors": authors} | numbers))
    return found(*records)


def pairs_of(name: str) -> list[str]:
    return [f"{name}: a", f"{name}: b"]


@pytest.mark.parametrize("name", LISTED)
def test_a_pair_that_little_tells_apart_is_listed_and_not_merged(all_found: Duplicates, name: str) -> None:
    assert [all_found.cluster_of[one] for one in pairs_of(name)] == pairs_of(name)
    assert pairs_of(name) in [[pair.left, pair.right] for pair in all_found.doubtful]
    assert set(pairs_of(name)).isdisjoint(one for pair in all_found.related for one in (pair.left, pair.right))


@pytest.mark.parametrize("name", RELATED)
def test_a_document_about_the_paper_is_related_to_it(all_found: Duplicates, name: str) -> None:
    assert [all_found.cluster_of[one] for one in pairs_of(name)] == pairs_of(name)
    (found,) = (pair for pair in all_found.related if pair.right == f"{name}: a")
    assert (found.left, found.relation) == (f"{name}: b", RELATED[name][1])


@pytest.mark.parametrize("name", MERGED)
def test_what_only_looks_like_a_doubt_is_one_document(all_found: Duplicates, name: str) -> None:
    assert all_found.clusters.get(f"{name}: a") == pairs_of(name)


def test_a_typo_needs_one_ordinary_word(spelling: Spelling) -> None:
    assert spelling.is_typo("pressure", "presure")
    assert spelling.is_typo("patterns", "pattorns")
    assert spelling.is_typo("diagnosis", "diagnoses")
    assert not spelling.is_typo("quenosartan", "quenosarton")
    for one, other in (("colon", "color"), ("insulin", "inulin"), ("nitrate", "nitrite"), ("perineal", "peroneal")):
        assert not spelling.is_typo(one, other)
        assert not spelling.may_be_typo(one, other)
    assert not spelling.is_typo("quenopril", "quenoprilat")
    assert spelling.is_typo("quenopril", "quenoprils")


def test_numbers_of_trials_are_known_with_a_digit_too_few_or_too_many() -> None:
    assert trials_in("(NCT0999001)") == ("NCT0999001",)
    assert trials_in("NCT 0999 0001 and ISRCTN 099900011") == ("NCT09990001", "ISRCTN099900011")
    assert trials_in("Of NCT 2010, 12 sites.") == ()
    assert trials_in("NCTO999OOO1 or ISRCTN0999000l.") == ("NCT09990001", "ISRCTN09990001")
    assert other_trials(("NCT0999001",), ("NCT09990001",)) == ("NCT0999001", "NCT09990001")
    assert other_trials(("NCT0999001", "NCT09990001"), ("NCT09990001",)) is None
    assert other_trials(("NCT0999001",), ("ISRCTN09990001",)) is None


def test_a_number_with_which_a_long_text_breaks_off_may_be_any_that_begins_so() -> None:
    text = "Pressure fell in most of them. " * 9
    assert trials_in(f"{text}NCT099900") == ("NCT099900…",)
    assert trials_in(f"{text}NCT0999") == ("NCT0999…",)
    assert trials_in(f"{text}NCT09990001") == ("NCT09990001",)
    assert other_trials(("NCT099900…",), ("NCT09990001",)) is None
    assert other_trials(("NCT099900…",), ("NCT0999…",)) is None
    assert other_trials(("NCT0888…",), ("NCT09990001",)) == ("NCT0888…", "NCT09990001")
    assert trials_in(f"{text}NCT099900012") == ("NCT099900012…",)
    assert other_trials(("NCT099900012…",), ("NCT09990001",)) == ("NCT099900012…", "NCT09990001")


def test_pages_of_a_part_are_cut_from_pages_of_three_digits() -> None:
    assert compare_pages(read_pages("2-8"), read_pages("125-8")) is Sameness.MISSING
    assert compare_pages(read_pages("2-7"), read_pages("12-17")) is Sameness.OTHER
    assert compare_pages(read_pages("7-8"), read_pages("125-8")) is Sameness.OTHER
