"""What each document of a trial is to it."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import DocumentRelation
from trialhouse.model.enums import DocumentKind, EnrollmentType, Relation, TrialRole
from trialhouse.model.extraction import ArmClaim, TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.roles import is_protocol, roles_of

Make = Callable[..., Reading]
MAIN = "Quenosartan for untreated stage 1 hypertension: a randomized trial"


def roles(*readings: Reading) -> dict[str, str | None]:
    mentions = [Mention(r.document, r.extractions[0], "test", "1") for r in readings]
    found = zip(mentions, roles_of(mentions), strict=True)
    return {m.document.receipt.record_id: role and role.value for m, role in found}


def paper(reading: Make, name: str, title: str, published: str | None = None, **facts: Any) -> Reading:
    return reading(name, facts={"title": title, "published": published, "doi": f"10.5555/{name}", **facts})


def page(reading: Make, kind: DocumentKind = DocumentKind.ABSTRACT, **facts: Any) -> Reading:
    """A document that has nothing but these facts, `format` among them."""
    made = reading("told", kind)
    return Reading(made.document.model_copy(update=facts), made.extractions, "test", "1")


@pytest.mark.parametrize(
    "title",
    [
        "Quenosartan in adults: study protocol for a randomized trial",
        "Protocol for the ALDER-BP trial",
        "The ALDER-BP trial: rationale and design",
        "Design and rationale of ALDER-BP",
        "Quenosartan for hypertension (ALDER-BP): a protocol",
        "Statistical analysis plan for the ALDER-BP trial",
        "Rationale, design, and methods of ALDER-BP",
    ],
)
def test_a_protocol_is_told_by_its_title(reading: Make, title: str) -> None:
    assert roles(paper(reading, "p", title)) == {"p": "PROTOCOL"}


@pytest.mark.parametrize("title", [MAIN, "A per-protocol analysis of quenosartan", "Two induction protocols compared"])
def test_the_word_alone_makes_no_protocol(reading: Make, title: str) -> None:
    assert not is_protocol(paper(reading, "p", title).document)


def test_a_protocol_is_told_by_its_own_record(reading: Make) -> None:
    stated = DocumentRelation(relation=Relation.PROTOCOL_OF, scheme="doi", value="10.5555/x", method="stated")
    assert roles(paper(reading, "p", MAIN, relations=(stated,))) == {"p": "PROTOCOL"}


def test_what_was_published_later_and_what_its_title_says_is_secondary(reading: Make) -> None:
    found = roles(
        paper(reading, "main", MAIN, "2020-05-01"),
        paper(reading, "later", "Sleep in the ALDER-BP trial", "2021-02"),
        paper(reading, "posthoc", "Post hoc analysis of ALDER-BP by age", "2020-05-01"),
        paper(reading, "longterm", "Long-term results of ALDER-BP", "2020-05-01"),
        paper(reading, "undated", "Quenosartan and the kidney"),
    )
    assert found == {
        "main": "PRIMARY_RESULTS",
        "later": "SECONDARY_RESULTS",
        "posthoc": "SECONDARY_RESULTS",
        "longterm": "SECONDARY_RESULTS",
        "undated": "PRIMARY_RESULTS",
    }


def test_a_paper_that_is_alone_is_primary_unless_it_says_that_the_main_results_stand_elsewhere(reading: Make) -> None:
    assert roles(paper(reading, "p", "Long-term safety of quenosartan: a trial")) == {"p": "PRIMARY_RESULTS"}
    assert roles(paper(reading, "p", "A secondary analysis of ALDER-BP")) == {"p": "SECONDARY_RESULTS"}


@pytest.mark.parametrize(
    "title",
    [
        "Quenosartan in adults: a randomised trial with an imaging substudy",
        "Quenosartan in adults: a pragmatic randomised controlled trial and economic evaluation",
        "Quenosartan in adults: a trial (ALDER-BP) with nested cost-effectiveness analysis",
        "Quenosartan in adults: a randomised trial, with a post-hoc analysis of falls",
    ],
)
def test_what_a_trial_carries_along_makes_no_further_paper_of_it(reading: Make, title: str) -> None:
    assert roles(paper(reading, "p", title)) == {"p": "PRIMARY_RESULTS"}


@pytest.mark.parametrize(
    "title",
    [
        "Economic evaluation of quenosartan alongside a randomised trial",
        "A post hoc analysis of the ALDER-BP trial with quenosartan",
        "Quenosartan and falls in the ALDER-BP trial: a post hoc analysis",
        "Experiences of people who took quenosartan: interview study.",
        "Patients' views of quenosartan: a qualitative study nested in the ALDER-BP trial",
        "Process evaluation of the ALDER-BP trial",
        "Quenosartan according to kidney function: insights from the ALDER-BP trial",
        "Cost of quenosartan at ten years: a Markov model",
        "Quenosartan in adults: 7-year follow-up of the ALDER-BP trial",
        "Five years of quenosartan: extended follow-up of ALDER-BP.",
    ],
)
def test_what_heads_a_title_does(reading: Make, title: str) -> None:
    assert roles(paper(reading, "p", title)) == {"p": "SECONDARY_RESULTS"}


@pytest.mark.parametrize(
    "early",
    [
        "Design and baseline characteristics of the ALDER-BP trial",
        "Rationale, design, and baseline characteristics of ALDER-BP: quenosartan in hypertension",
        "Baseline characteristics of patients enrolled in ALDER-BP",
        "Baseline data of the ALDER-BP trial",
        "Prevalence of iron deficiency at baseline in the ALDER-BP trial",
        "Run-in tolerability of quenosartan before randomization in ALDER-BP",
        "Recruitment of women into ALDER-BP: a study within a trial",
    ],
)
def test_what_was_out_before_the_main_results_does_not_take_their_place(reading: Make, early: str) -> None:
    found = roles(paper(reading, "early", early, "2018-05"), paper(reading, "main", MAIN, "2020-05-01"))
    assert found == {"early": "SECONDARY_RESULTS", "main": "PRIMARY_RESULTS"}


@pytest.mark.parametrize(
    "title",
    [
        "Quenosartan in adults with low sodium at baseline: a randomised trial",
        "Treatment before randomization and quenosartan: a randomised trial",
        "Quenosartan after a run-in: a randomised withdrawal trial",
    ],
)
def test_words_of_a_baseline_alone_make_no_further_paper(reading: Make, title: str) -> None:
    assert roles(paper(reading, "p", title)) == {"p": "PRIMARY_RESULTS"}


def test_all_records_of_the_main_paper_are_primary_whenever_each_was_out(reading: Make) -> None:
    """Preprint, abstract, full text under another id, and a portal's copy that has its title only."""
    stated = DocumentRelation(relation=Relation.PREPRINT_OF, scheme="doi", value="10.5555/main", method="stated")
    preprint = reading(
        "preprint", DocumentKind.PREPRINT, facts={"published": "2019-08-01", "title": "Early", "relations": (stated,)}
    )
    full_text = reading("full", DocumentKind.FULLTEXT, facts={"published": "2020-09-09", "doi": "10.5555/MAIN"})
    portal = reading("portal", DocumentKind.PORTAL, facts={"published": "2022", "title": MAIN.upper() + "."})
    found = roles(paper(reading, "main", MAIN, "2020-05-01"), preprint, full_text, portal)
    assert set(found.values()) == {"PRIMARY_RESULTS"}


def test_a_preprint_does_not_make_a_secondary_paper_of_the_journal_s(reading: Make) -> None:
    preprint = reading("preprint", DocumentKind.PREPRINT, facts={"published": "2019-08-01", "title": "Early results"})
    found = roles(preprint, paper(reading, "main", MAIN, "2020-05-01"))
    assert found == {"preprint": "PRIMARY_RESULTS", "main": "PRIMARY_RESULTS"}


@pytest.mark.parametrize("kind", [DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT])
@pytest.mark.parametrize("published", ["2019", None, "2020-05-01", "2021"])
@pytest.mark.parametrize(
    "early",
    [
        {"title": "Interim results of quenosartan (ALDER-BP)", "publication_types": ("conference abstract",)},
        {"title": "Quenosartan in ALDER-BP", "publication_types": ("conference paper",), "doi": "10.5555/told"},
        {"title": "Quenosartan lowers pressure in ALDER-BP", "publication_types": ("journal article", "congress")},
        {"title": MAIN, "publication_types": ("meeting abstract",), "journal": "Hypertension"},
        {"title": "Interim results of quenosartan (ALDER-BP)", "journal": "Hypertension"},
        {"title": "Acme announces positive results of quenosartan", "format": "html"},
    ],
    ids=["abstract", "paper", "congress", "same title", "interim", "web page"],
)
def test_what_was_told_before_the_paper_gives_way_to_it_and_stands_where_it_is_alone(
    reading: Make, early: dict[str, Any], published: str | None, kind: DocumentKind
) -> None:
    told = page(reading, published=published, **early)
    main = reading("main", kind, facts={"title": MAIN, "published": "2020-05-01", "doi": "10.5555/main"})
    assert roles(told) == {"told": "PRIMARY_RESULTS"}
    assert roles(told, main) == roles(main, told) == {"told": "SECONDARY_RESULTS", "main": "PRIMARY_RESULTS"}
    posthoc = paper(reading, "posthoc", "A post hoc analysis of ALDER-BP", "2021")
    assert roles(told, posthoc) == {"told": "PRIMARY_RESULTS", "posthoc": "SECONDARY_RESULTS"}


@pytest.mark.parametrize(
    "facts",
    [
        {"publication_types": ("conference paper",), "doi": "10.5555/pubmed"},
        {"format": "html", "journal": "Hypertension"},
        {"format": "html", "doi": "10.5555/main"},
        {"title": "An interim analysis of ALDER-BP", "doi": "10.5555/main"},
    ],
    ids=str,
)
def test_a_paper_that_its_record_names_does_not_give_way(reading: Make, facts: dict[str, Any]) -> None:
    """One index types as a conference's what another has as an article; an interim analysis of a journal is a paper."""
    main = page(reading, **{"title": MAIN, "published": "2020-05-01"} | facts)
    record = paper(reading, "pubmed", MAIN, "2020-05-01") if "publication_types" in facts else None
    later = paper(reading, "later", "Sleep in the ALDER-BP trial", "2021-02")
    found = roles(*(one for one in (main, record, later) if one is not None))
    assert (found["told"], found["later"]) == ("PRIMARY_RESULTS", "SECONDARY_RESULTS")


def test_a_full_text_on_the_web_is_a_paper_whatever_its_page_leaves_out(reading: Make) -> None:
    page_of_it = page(reading, DocumentKind.FULLTEXT, format="html", title="Text | ALDER-BP", published="2020")
    found = roles(page_of_it, paper(reading, "main", MAIN, "2020-05-01"))
    assert set(found.values()) == {"PRIMARY_RESULTS"}


def test_dates_are_compared_as_far_as_both_are_stated(reading: Make) -> None:
    found = roles(paper(reading, "a", MAIN, "2020"), paper(reading, "b", "Sleep in ALDER-BP", "2020-11-30"))
    assert found["b"] == "PRIMARY_RESULTS"


def test_records_and_news_have_roles_of_their_own_and_a_letter_has_none(reading: Make) -> None:
    found = roles(
        reading("record", DocumentKind.REGISTRY),
        reading("news", DocumentKind.NEWS, facts={"title": "Protocol for a trial"}),
        reading("letter", None),
    )
    assert found == {"record": TrialRole.REGISTRATION, "news": TrialRole.NEWS, "letter": None}


@pytest.mark.parametrize("said", ["letter", "letter to the editor", "correspondence"])
def test_a_letter_that_reports_results_is_a_paper(reading: Make, said: str) -> None:
    """It has no kind of its own; what was read from it says that it reports the trial, and a paper may stand beside."""

    def letter(published: str, *, types: tuple[str, ...] = ("journal", said), **claims: Any) -> Reading:
        facts = {"title": "Quenosartan", "published": published, "doi": "10.5555/letter", "publication_types": types}
        return reading("letter", None, facts=facts, **claims)

    told = {"arms": (ArmClaim(key="a", label="a"),)}
    main = paper(reading, "main", MAIN, "2020-05-01")
    assert roles(letter("2021", **told)) == {"letter": "PRIMARY_RESULTS"}
    assert roles(main, letter("2021", **told))["letter"] == "SECONDARY_RESULTS"
    assert roles(main, letter("2021"))["letter"] is None
    assert roles(main, letter("2021", types=("interview",), **told))["letter"] is None


def sized(reading: Make, name: str, size: int | None, published: str) -> Reading:
    facts = {"title": f"Quenosartan and {name}", "published": published, "doi": f"10.5555/{name}"}
    return reading(name, facts=facts, trial=counting(size))


def counting(size: int | None, kind: EnrollmentType | None = None) -> TrialClaim:
    return TrialClaim(enrollment=size, enrollment_type=kind)


def registered(reading: Make, size: int, kind: EnrollmentType = EnrollmentType.ACTUAL) -> Reading:
    return reading("record", DocumentKind.REGISTRY, trial=counting(size, kind))


@pytest.mark.parametrize("size", [612, 590, 700])
def test_an_early_paper_on_a_part_of_the_participants_gives_way_to_that_on_all(reading: Make, size: int) -> None:
    """No word of its title says that it is on eighty of them that had an ultrasound."""
    papers = sized(reading, "ultrasound", 80, "2022-05-01"), sized(reading, "main", size, "2023-05-01")
    found = roles(registered(reading, 612), *papers)
    assert (found["ultrasound"], found["main"]) == ("SECONDARY_RESULTS", "PRIMARY_RESULTS")
    # What came after the main paper is a further one, whatever it counts.
    assert roles(registered(reading, 612), *papers, sized(reading, "more", 612, "2024"))["more"] == "SECONDARY_RESULTS"


@pytest.mark.parametrize("kind", [EnrollmentType.ESTIMATED, None])
def test_where_no_registry_counted_a_date_alone_decides_nothing_between_sizes_far_apart(
    reading: Make, kind: EnrollmentType | None
) -> None:
    papers = sized(reading, "small", 80, "2022-05-01"), sized(reading, "large", 612, "2023-05-01")
    record = () if kind is None else (registered(reading, 612, kind),)
    found = roles(*record, *papers)
    assert (found["small"], found["large"]) == ("PRIMARY_RESULTS", "PRIMARY_RESULTS")


def test_a_paper_from_which_nothing_was_read_makes_no_further_one_of_that_on_all(reading: Make) -> None:
    silent, main = sized(reading, "silent", None, "2022-05-01"), sized(reading, "main", 612, "2023-05-01")
    assert roles(registered(reading, 612), silent, main)["main"] == "PRIMARY_RESULTS"
    arms = (ArmClaim(key="a", label="a"),)
    telling = reading("silent", facts={"title": "Quenosartan", "published": "2022-05-01"}, arms=arms)
    assert roles(registered(reading, 612), telling, main)["main"] == "SECONDARY_RESULTS"
    assert roles(silent, main)["main"] == "SECONDARY_RESULTS"


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [(612, 590, 612), (400, 612, 612), (612, 80, 612), (80, None, 612), (80, 90, 612), (80, 76, 80)],
    ids=["alike", "most", "later part", "later not said", "neither is all", "a small trial"],
)
def test_elsewhere_the_first_paper_has_the_main_results(
    reading: Make, first: int | None, second: int | None, counted: int
) -> None:
    papers = sized(reading, "first", first, "2022-05-01"), sized(reading, "second", second, "2023-05-01")
    found = roles(registered(reading, counted), *papers)
    assert (found["first"], found["second"]) == ("PRIMARY_RESULTS", "SECONDARY_RESULTS")


def test_the_arms_of_a_paper_together_are_its_size_where_it_says_none(reading: Make) -> None:
    def of(name: str, published: str, *sizes: int | None) -> Reading:
        arms = [ArmClaim(key=str(place), label=str(place), n_analyzed=size) for place, size in enumerate(sizes)]
        return reading(name, facts={"title": f"Quenosartan and {name}", "published": published}, arms=tuple(arms))

    main = of("main", "2023", 306, 306)
    found = roles(registered(reading, 612), of("ultrasound", "2022", 40, 40), main)
    assert (found["ultrasound"], found["main"]) == ("SECONDARY_RESULTS", "PRIMARY_RESULTS")
    for unknown in (of("one", "2022", 40, None), of("one", "2022", 40)):
        assert roles(registered(reading, 612), unknown, main)["one"] == "PRIMARY_RESULTS"


def test_a_paper_that_is_alone_has_the_main_results_however_few_it_counts(reading: Make) -> None:
    assert roles(registered(reading, 612), sized(reading, "only", 80, "2022"))["only"] == "PRIMARY_RESULTS"
