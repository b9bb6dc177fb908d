"""What is told of pairs: the reason of a link, pairs for a person, and what documents are to each other."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from trialhouse.model.citation import Citation
from trialhouse.model.enums import Relation
from trialhouse.resolution.duplicates import Duplicates, find_duplicates

Make = Callable[..., Citation]
Find = Callable[..., Duplicates]
TITLE = "Effect of quenosartan on blood pressure in smokers with hypertension: a randomised trial"


def test_a_link_says_in_a_sentence_what_is_the_same(citation: Make, found: Find) -> None:
    (link,) = found(citation("a"), citation("b", authors=("Miller AB",), pages="73-6", number=None)).links
    assert link.reason == "same title, first author and year; volume 12; pages 73-76 against 73-6"
    (link,) = found(citation("a"), citation("b", title=TITLE.replace("smokers", "smokres"), year=2011)).links
    assert link.reason == ("near-equal title; same authors and journal; year 2012 against 2011; volume 12; pages 73-76")
    assert link.method == "near-equal title, pages"
    (link,) = found(citation("a"), citation("b")).links
    assert (link.method, link.confidence) == ("same in every field", 1.0)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"pmid": "8"}, "their PubMed ids differ (7, 8)"),
        ({"pmid": None, "pages": "210-214"}, "pages 73-76 against 210-214"),
        ({"pmid": None, "doi": "10.5555/b", "volume": "13"}, "their DOIs differ (10.5555/a, 10.5555/b)"),
    ],
)
def test_a_doubtful_pair_is_listed_and_not_merged(citation: Make, found: Find, said: dict, reason: str) -> None:
    result = found(citation("a", pmid="7", doi="10.5555/a"), citation("b", **said))
    assert result.clusters == {}
    (pair,) = result.doubtful
    assert (pair.left, pair.right) == ("a", "b")
    assert reason in pair.reason


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ({"title": f"Erratum: {TITLE}", "pages": "210"}, Relation.ERRATUM_FOR),
        ({"title": f"{TITLE}: Correction", "pages": "210", "year": 2013}, Relation.ERRATUM_FOR),
        ({"title": f"Retraction notice: {TITLE}", "pages": "210"}, Relation.RETRACTION_OF),
        ({"title": f"Expression of concern: {TITLE}", "pages": "210"}, Relation.CONCERN_ABOUT),
        ({"title": f"Reply to: {TITLE}", "pages": "210", "authors": ("Sousa, R",)}, Relation.COMMENT_ON),
        ({"journal": "bioRxiv", "volume": None, "number": None, "pages": None}, Relation.PREPRINT_OF),
        ({"doi": "10.1101/2011.05.05.20190101", "journal": None, "pages": None}, Relation.PREPRINT_OF),
        (
            {"journal": "Nephron", "volume": "40", "number": "SUPPL. 1", "pages": "S12"},
            Relation.CONFERENCE_ABSTRACT_OF,
        ),
        (
            {"entry_type": "Conference Abstract", "journal": "Nephron", "volume": "40", "pages": "12"},
            Relation.CONFERENCE_ABSTRACT_OF,
        ),
        ({"title": f"{TITLE}: study protocol", "journal": "Trials", "volume": "3", "pages": "4"}, Relation.PROTOCOL_OF),
        ({"title": f"{TITLE}. Part II", "pages": "77-80"}, Relation.OTHER_PART_OF),
    ],
)
def test_what_is_about_a_paper_or_before_it_is_related_to_it(
    citation: Make, found: Find, said: dict, relation: Relation
) -> None:
    result = found(citation("a"), citation("b", **said))
    assert result.clusters == {}
    (pair,) = result.related
    assert (pair.relation, pair.left, pair.right) == (relation, *(("a", "b") if is_mutual(relation) else ("b", "a")))


def is_mutual(relation: Relation) -> bool:
    return relation is Relation.OTHER_PART_OF


ABSTRACT = {"entry_type": "Conference Abstract", "volume": "12"}


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        (ABSTRACT | {"volume": None, "number": None, "pages": None}, "article"),
        (ABSTRACT | {"number": "3 Suppl 1", "pages": "S73"}, "Journal Article"),
        ({"number": "3 Suppl 1", "pages": "S73"}, None),
        (ABSTRACT | {"number": "Suppl 1", "pages": "S12"}, None),
    ],
)
def test_an_abstract_is_related_to_its_paper_in_the_same_journal(
    citation: Make, found: Find, said: dict, typed: str | None
) -> None:
    result = found(citation("a", entry_type=typed), citation("b", **said))
    assert result.clusters == {}
    (pair,) = result.related
    assert (pair.left, pair.right, pair.relation) == ("b", "a", Relation.CONFERENCE_ABSTRACT_OF)


@pytest.mark.parametrize(
    "shared", [{"pages": "73-76"}, {"doi": "10.5555/a"}, {"pmid": "7"}, {"title": "Quenosartan in smokers"}]
)
def test_an_abstract_typed_so_that_shares_a_place_or_id_with_a_paper_is_doubtful(
    citation: Make, found: Find, shared: dict
) -> None:
    nowhere = {"volume": None, "number": None, "pages": None}
    result = found(
        citation("a", **({"entry_type": "article"} | shared)), citation("b", **(ABSTRACT | nowhere | shared))
    )
    assert result.clusters == {}
    (pair,) = result.doubtful
    assert pair.reason.endswith("but one is typed a conference abstract, the other an article")


def test_a_type_that_names_the_container_does_not_keep_an_abstract_from_its_copy(citation: Make, found: Find) -> None:
    place = {"number": "3 Suppl 1", "pages": "S73"}
    result = found(citation("a", entry_type="JOUR", **place), citation("b", **(ABSTRACT | place)))
    assert result.clusters == {"a": ["a", "b"]}


NOWHERE: dict = {"volume": None, "number": None, "pages": None}


@pytest.mark.parametrize(
    ("paper", "abstract", "reason"),
    [
        ({}, ABSTRACT | NOWHERE, "typed a conference abstract"),
        ({}, ABSTRACT | {"pages": None}, "typed a conference abstract"),
        ({"volume": None, "pages": None}, ABSTRACT, "typed a conference abstract"),
        ({"pages": "1-9"}, ABSTRACT | NOWHERE | {"pages": "1"}, "typed a conference abstract"),
        ({}, NOWHERE | {"pages": "S73"}, "on a page of a supplement"),
    ],
)
def test_a_record_that_may_be_the_paper_of_an_abstract_is_doubtful(
    citation: Make, found: Find, paper: dict, abstract: dict, reason: str
) -> None:
    result = found(citation("a", **paper), citation("b", **abstract))
    assert result.clusters == {}
    (pair,) = result.doubtful
    assert reason in pair.reason


@pytest.mark.parametrize(
    ("untyped", "typed"),
    [
        (NOWHERE | {"doi": "10.5555/a"}, ABSTRACT | {"doi": "10.5555/a"}),
        (
            NOWHERE | {"abstract": "Quenosartan lowered the pressure. " * 9},
            ABSTRACT | {"abstract": "Quenosartan lowered the pressure. " * 9},
        ),
        ({"pages": "73", "number": None}, ABSTRACT | {"pages": "S73"}),
        ({"volume": None, "pages": "73"}, ABSTRACT | {"pages": "73"}),
    ],
)
def test_an_abstract_is_one_with_a_record_of_no_type_that_shares_an_id_a_text_or_a_place(
    citation: Make, found: Find, untyped: dict, typed: dict
) -> None:
    result = found(citation("a", **untyped), citation("b", **typed))
    assert result.clusters == {"a": ["a", "b"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": f"{TITLE}. Part I"}, {"title": f"{TITLE}. Part II", "pages": "77-80"}),
        ({"title": f"{TITLE}: part 1, design", "pages": None}, {"title": f"{TITLE}: part 2, design", "pages": None}),
        ({"title": f"{TITLE}: part one"}, {"title": f"{TITLE}: part 2", "pages": "77-80"}),
    ],
)
def test_parts_that_both_say_which_they_are_belong_together(
    citation: Make, found: Find, one: dict, other: dict
) -> None:
    result = found(citation("a", **one), citation("b", **other))
    assert result.clusters == {}
    assert [pair.relation for pair in result.related] == [Relation.OTHER_PART_OF]


NOTHING: dict = dict.fromkeys(("title", "year", "journal", "volume", "number", "pages")) | {"authors": ()}
COHORT = {"title": "Quenosartan in smokers", "volume": None, "number": None, "pages": None}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"pmid": "7"}, {"pmid": "7", "title": "Hips of elderly dancers", "authors": ("Else, W",), "year": 1999}),
        (NOTHING | {"doi": "10.5555/a"}, NOTHING | {"doi": "10.5555/a"}),
        (NOTHING | {"title": TITLE}, NOTHING | {"title": TITLE}),
        (COHORT | {"abstract": "NCT09990003."}, COHORT | {"abstract": "NCT09990004."}),
    ],
    ids=["one PubMed id, unlike titles", "one DOI, no titles", "one title alone", "one title, two trials"],
)
def test_a_pair_that_says_too_little_or_contradicts_itself_is_listed(
    citation: Make, found: Find, one: dict, other: dict
) -> None:
    result = found(citation("a", **one), citation("b", **other))
    assert result.clusters == {}
    assert [(pair.left, pair.right) for pair in result.doubtful] == [("a", "b")]


def test_the_doi_of_a_supplement_is_not_listed_for_each_two_of_its_abstracts(citation: Make, found: Find) -> None:
    untitled = [citation(f"r{n}", title=None, doi="10.5555/s", number=None, pages=f"S{n}") for n in range(3, 9)]
    assert found(*untitled).doubtful == ()


def test_a_record_that_would_bridge_a_veto_stays_with_its_best_match(citation: Make, found: Find) -> None:
    records = [
        citation("a", pmid="7", doi="10.5555/a"),
        citation("b", doi="10.5555/a", volume=None, title=TITLE.upper()),
        citation("c", pmid="8", number=None),
    ]
    result = found(*records)
    assert result.clusters == {"a": ["a", "b"]}
    (pair,) = result.doubtful
    assert pair.right == "c"
    assert "PubMed ids differ (7, 8)" in pair.reason
    assert found(*reversed(records)) == result


def test_people_are_stronger_than_scores_and_vetoes(citation: Make, found: Find) -> None:
    records = [citation("a", pmid="7"), citation("b", pmid="8"), citation("c", year=1990, title="Editorial")]
    assert found(*records, same=[("b", "a")]).clusters == {"a": ["a", "b"]}
    (link,) = found(*records, same=[("c", "a")]).links
    assert (link.left, link.right, link.method) == ("a", "c", "judgement")
    copies = [citation("a"), citation("b"), citation("c")]
    apart = found(*copies, different=[("a", "c")])
    assert apart.cluster_of["a"] != apart.cluster_of["c"]
    assert found(*copies, same=[("a", "unknown")]).clusters == {"a": ["a", "b", "c"]}


def test_judgements_that_contradict_each_other_are_an_error_that_names_both(citation: Make, found: Find) -> None:
    records = [citation("a"), citation("b"), citation("c")]
    with pytest.raises(ValueError, match="a and c are judged different, and the same by way of others"):
        found(*records, same=[("a", "b"), ("b", "c")], different=[("c", "a")])


def test_a_cluster_is_named_by_its_first_id_and_every_record_has_one(citation: Make, found: Find) -> None:
    records = [citation("r10"), citation("r9", pages="73-6"), citation("x", title="Something else of another kind")]
    result = found(*records)
    assert result.cluster_of == {"r10": "r9", "r9": "r9", "x": "x"}
    assert found().cluster_of == {}


def test_bad_input_is_refused_in_words(citation: Make, found: Find, sql) -> None:
    with pytest.raises(ValueError, match="two records have the same record_id: a"):
        found(citation("a"), citation("a"))
    with pytest.raises(ValueError, match="no column title"):
        find_duplicates(pa.table({"record_id": ["a"]}), sql)
    table = pa.table({"record_id": ["a", "b"], "title": [TITLE, TITLE], "doi": ["10.5555/a", "10.5555/A"]})
    assert find_duplicates(table, sql).clusters == {"a": ["a", "b"]}


def test_three_thousand_authors_and_a_thousand_editorials_take_no_time(citation: Make, found: Find) -> None:
    crowd = tuple(f"Name{n:04d}, A" for n in range(3000))
    editorials = [citation(f"e{n}", title="Editorial", volume=str(n), pages=str(n + 2), year=2000) for n in range(1000)]
    result = found(citation("a", authors=crowd), citation("b", authors=crowd[:3], pages="73-6"), *editorials)
    assert result.clusters == {"a": ["a", "b"]}
    assert result.compared < 2000
    assert [(one.title, one.first, one.records) for one in result.crowds] == [("Editorial", "e0", 1000)]


REPORT = {"title": "Annual report on trials of quenosartan in hypertension", "number": None}


@pytest.mark.parametrize("count", [50, 60, 200])
def test_a_copy_among_many_of_one_title_author_and_year_is_found(citation: Make, found: Find, count: int) -> None:
    reports = [citation(f"r{n:03d}", **REPORT, pages=f"{10 * n + 10}-{10 * n + 19}") for n in range(count)]
    copies = [citation("x7", **REPORT, pages="80-9", authors=("Miller A",)), citation("x8", **REPORT, pages="90")]
    result = found(*reports, *copies)
    assert result.clusters == {"x7": ["x7", "r007"], "x8": ["x8", "r008"]}
    assert sum(one.records for one in result.crowds) == count + 2
    assert len(result.doubtful) <= count + 2 < result.compared


def test_a_record_without_pages_brings_those_of_other_pages_not_together(citation: Make, found: Find) -> None:
    result = found(citation("a"), citation("b", pages="173-176"), citation("c", pages=None))
    assert result.clusters == {"a": ["a", "c"]}
    assert "they are kept apart because of a and b: " in result.doubtful[0].reason


@pytest.mark.parametrize(
    "doi", ["10.5555/a%ZZ", "%FF%FE10.5555/x", "10.5555/a%", "\x00", "n/a", "10.5555/(SICI)1<1:A>3.0.CO;2-%"]
)
def test_a_damaged_field_stops_nothing(citation: Make, found: Find, doi: str) -> None:
    damaged = citation("b", doi=doi, pmid=doi, pages=None, year=-5, title="x " * 5000, authors=("", doi))
    assert found(citation("a"), citation("c", pages="73-6"), damaged).clusters == {"a": ["a", "c"]}
