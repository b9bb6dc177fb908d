"""Reviews and pooled analyses: linked to each trial that they name, and no number of theirs is given to any."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from trialhouse.model.document import DocumentRelation, Identifier, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation, TrialRole
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, Candidate, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import (
    CandidateRow,
    DocumentRow,
    DoubtfulPairRow,
    OutcomeMeasurementRow,
    RowSet,
    TrialDocumentRow,
    TrialRow,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.resolution.reviews import review_of

Make = Callable[..., Reading]
FIRST, SECOND = "NCT09990001", "NCT09990002"


def named(*registry_ids: str) -> tuple[Identifier, ...]:
    return tuple(
        Identifier(scheme="registry", value=value, registry="ClinicalTrials.gov", start=place, end=place + 11)
        for place, value in enumerate(registry_ids)
    )


def together(*registry_ids: str) -> tuple[Candidate, ...]:
    """What the extraction leaves of a text that names two ids of one registry as its own."""
    return tuple(
        Candidate(kind="registry_id", start=place, end=place + 11, quote=value, reason="several_trials")
        for place, value in enumerate(registry_ids)
    )


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True)


def record(reading: Make, value: str) -> Reading:
    return reading(value, DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=(value,), enrollment=100))


def links(rows: RowSet, name: str) -> list[tuple[TrialRole | None, str, str]]:
    """What a document is to each trial, which is named by its registry id."""
    registered = {row.trial_id: row.registry_id or "" for row in rows.of(TrialRow)}
    found = [row for row in rows.of(TrialDocumentRow) if row.document_id == f"doc-{name}"]
    return sorted((row.role, registered[row.trial_id], row.method) for row in found)


def problem(rows: RowSet, name: str) -> str | None:
    return next(row.problem for row in rows.of(DocumentRow) if row.document_id == f"doc-{name}")


def with_numbers(measured: Callable[..., Any]) -> dict[str, Any]:
    drug = InterventionClaim(name="quenosartan")
    return {
        "arms": (ArmClaim(key="q", label="quenosartan", interventions=(drug,)),),
        "outcomes": (OutcomeClaim(measure="Response", measurements=(measured("q", 60),)),),
    }


@pytest.mark.parametrize(
    ("title", "types", "words"),
    [
        ("Quenosartan for hypertension", ("journal article", "meta-analysis"), "a meta-analysis"),
        ("Quenosartan for hypertension", ("journal article", "systematic review"), "a systematic review"),
        ("Quenosartan for hypertension", ("review-article",), "a review"),
        (
            "Quenosartan for hypertension: a systematic review of randomized controlled trials",
            (),
            "a systematic review",
        ),
        ("Efficacy of quenosartan: a network meta-analysis", (), "a meta-analysis"),
        ("Safety of quenosartan: pooled data from five phase 3 trials", (), "a pooled analysis"),
        ("Pooled safety analysis of quenosartan", (), "a pooled analysis"),
        ("Clinical practice guideline on hypertension", (), "a guideline"),
        ("Quenosartan in hypertension: a narrative review", (), "a review"),
        ("Quenosartan: is it worth it?", ("comment", "letter"), "a comment"),
        ("Quenosartan and the heart", ("editorial",), "an editorial"),
    ],
)
def test_a_review_is_told_by_its_types_and_by_its_title(
    reading: Make, title: str, types: tuple[str, ...], words: str
) -> None:
    review = review_of(reading("r", facts={"title": title, "publication_types": types, "registry_ids": named(FIRST)}))
    assert review is not None
    assert (review.words, review.registry_ids) == (words, (FIRST,))


def test_a_letter_on_a_paper_gives_no_number_and_stands_with_its_reason(
    reading: Make, measured: Callable[..., Any]
) -> None:
    about = DocumentRelation(relation=Relation.COMMENT_ON, scheme="pmid", value="7", method="stated")
    facts = {"publication_types": ("letter",), "registry_ids": named(FIRST), "relations": (about,)}
    letter = reading("letter", facts=facts, trial=TrialClaim(registry_ids=(FIRST,)), **with_numbers(measured))
    rows = resolved(record(reading, FIRST), letter)
    assert rows.of(OutcomeMeasurementRow) == []
    assert {row.reason for row in rows.of(CandidateRow)} == {"comment: a letter on a paper"}
    assert links(rows, "letter") == [(TrialRole.REVIEW_MENTION, FIRST, "registry_id")]
    assert "its numbers are of what it speaks of" in (problem(rows, "letter") or "")


EXPORTED = "In the ALDER-BP trial (NCT09990001), 61 of 306 patients had a flare with quenosartan 40 mg."
IDS = Identifier(scheme="registry", value=FIRST, registry="ClinicalTrials.gov", start=22, end=33)


def exported(
    reading: Make, measured: Callable[..., Any], text: str = EXPORTED, said: str = "letter", **facts: Any
) -> Reading:
    """A record of an export that calls its document so; the number of a trial stands in its text."""
    about = {"publication_types": ("journal", said), "registry_ids": (IDS,), "format": "ris", "title": "Flares"} | facts
    made = reading("letter", None, trial=TrialClaim(registry_ids=(FIRST,)), **with_numbers(measured))
    zone = Zone(kind=ZoneKind.BODY, start=0, end=len(text))
    return replace(made, document=made.document.model_copy(update=about | {"text": text, "zones": (zone,)}))


@pytest.mark.parametrize(("said", "form"), [("letter", "ris"), ("letter to the editor", "bibtex")])
def test_a_letter_of_an_export_gives_no_number(
    reading: Make, measured: Callable[..., Any], said: str, form: str
) -> None:
    rows = resolved(record(reading, FIRST), exported(reading, measured, said=said, format=form))
    assert rows.of(OutcomeMeasurementRow) == []
    assert {row.reason for row in rows.of(CandidateRow)} == {"comment: a letter in an export"}
    assert links(rows, "letter") == [(TrialRole.REVIEW_MENTION, FIRST, "registry_id")]


@pytest.mark.parametrize(
    "facts",
    [
        {"said": "article"},
        {"format": "nbib"},
        {"title": "Quenosartan: a randomised trial"},
        {"publication_types": ("letter", "clinical trial")},
        {"text": f"{EXPORTED} Trial registration: {FIRST}.", "registry_ids": None},
    ],
    ids=["an article", "PubMed says on what a letter is", "its title", "its type", "its registration"],
)
def test_a_letter_that_reports_a_trial_gives_its_numbers(
    reading: Make, measured: Callable[..., Any], facts: dict[str, Any]
) -> None:
    if "registry_ids" in facts:
        start = facts["text"].rindex(FIRST)
        facts["registry_ids"] = (IDS, IDS.model_copy(update={"start": start, "end": start + len(FIRST)}))
    assert resolved(exported(reading, measured, **facts)).of(OutcomeMeasurementRow)


@pytest.mark.parametrize(
    ("title", "types"),
    [
        (
            "Quenosartan for hypertension: a randomized trial",
            ("journal article", "randomized controlled trial", "review"),
        ),
        ("Quenosartan for hypertension", ("letter", "comment", "randomized controlled trial")),
        ("Quenosartan for hypertension", ("letter",)),
        ("Training in systematic reviews: a randomised controlled trial", ()),
        ("Guideline-directed therapy with quenosartan: a pilot trial", ()),
        ("Post hoc analysis of the ALDER-BP randomized trial", ()),
        ("Pooled plasma for influenza", ()),
        ("Integrated analysis of DNA and RNA in the ALDER trial", ()),
        ("Combined results of the core trial and its extension study", ()),
        ("Chart review of quenosartan users", ()),
    ],
)
def test_a_report_of_one_trial_is_no_review(reading: Make, title: str, types: tuple[str, ...]) -> None:
    assert review_of(reading("p", facts={"title": title, "publication_types": types})) is None


def test_a_meta_analysis_is_linked_to_each_trial_and_its_numbers_are_candidates(
    reading: Make, measured: Callable[..., Any]
) -> None:
    facts = {"publication_types": ("meta-analysis",), "registry_ids": named(FIRST, SECOND, "NCT09990009")}
    enrollment = TrialClaim(enrollment=900, evidence={"enrollment": Evidence(start=3, end=6, quote="100")})
    pooled = reading("pooled", facts=facts, trial=enrollment, **with_numbers(measured))
    rows = resolved(pooled, record(reading, FIRST), record(reading, SECOND))
    assert links(rows, "pooled") == [
        (TrialRole.REVIEW_MENTION, FIRST, "registry_id"),
        (TrialRole.REVIEW_MENTION, SECOND, "registry_id"),
    ]
    assert len(rows.of(TrialRow)) == 2
    assert {row.enrollment for row in rows.of(TrialRow)} == {100}
    assert rows.of(OutcomeMeasurementRow) == []
    assert sorted((row.kind, row.reason) for row in rows.of(CandidateRow)) == [
        ("measurement", "several_trials: a meta-analysis"),
        ("trial.enrollment", "several_trials: a meta-analysis"),
    ]
    said = problem(rows, "pooled") or ""
    assert "given to none; not all trials that it names are in the warehouse: NCT09990009 is missing" in said


def test_a_pooled_analysis_whose_trials_are_not_there_says_so(reading: Make, measured: Callable[..., Any]) -> None:
    pooled = reading("pooled", candidates=together(FIRST, SECOND), **with_numbers(measured))
    rows = resolved(pooled)
    assert rows.of(TrialRow) == rows.of(TrialDocumentRow) == rows.of(OutcomeMeasurementRow) == []
    said = problem(rows, "pooled") or ""
    assert f"none of the trials that it names is in the warehouse: {FIRST}, {SECOND} are missing" in said


def test_a_text_on_two_trials_of_one_registry_is_no_trial_of_its_own(
    reading: Make, measured: Callable[..., Any]
) -> None:
    pooled = reading("pooled", candidates=together(FIRST, SECOND), **with_numbers(measured))
    rows = resolved(pooled, record(reading, FIRST), record(reading, SECOND))
    assert [link[:2] for link in links(rows, "pooled")] == [
        (TrialRole.REVIEW_MENTION, FIRST),
        (TrialRole.REVIEW_MENTION, SECOND),
    ]
    assert rows.of(OutcomeMeasurementRow) == []


def test_a_paper_that_reports_two_trials_apart_has_the_results_of_both(reading: Make) -> None:
    paper = reading(
        "paper", candidates=together(FIRST, SECOND), error="several_trials: the page reports several trials"
    )
    rows = resolved(paper, record(reading, FIRST), record(reading, SECOND))
    assert [link[0] for link in links(rows, "paper")] == [TrialRole.PRIMARY_RESULTS] * 2


def news(reading: Make, *cited: str, measured: Callable[..., Any], **more: Any) -> Reading:
    """A news page with numbers that cites papers."""
    cites = tuple(Identifier(scheme="doi", value=one, start=0, end=1) for one in cited)
    facts = {"cites": cites, "title": "Two drugs help"}
    return reading(
        "news",
        DocumentKind.NEWS,
        facts=facts,
        trial=TrialClaim(enrollment=50),
        **{
            **with_numbers(measured),
            **more,
        },
    )


@pytest.mark.parametrize("is_on_several", [True, False])
def test_a_page_without_a_trial_that_cites_one_paper_on_two_is_news_of_both(
    reading: Make, *, is_on_several: bool
) -> None:
    paper = reading(
        "paper",
        facts={"doi": "10.5555/one"},
        candidates=together(FIRST, SECOND),
        error="several_trials: the page reports several trials",
    )
    said = {"candidates": together(FIRST), "error": "several_trials: the page"} if is_on_several else {}
    cites = (Identifier(scheme="doi", value="10.5555/one", start=0, end=1),)
    page = reading("news", DocumentKind.NEWS, facts={"cites": cites, "title": "Two trials"}, **said)
    rows = resolved(paper, page, record(reading, FIRST), record(reading, SECOND))
    assert [one[:2] for one in links(rows, "news")] == [(TrialRole.NEWS, FIRST), (TrialRole.NEWS, SECOND)]


def test_a_news_page_on_the_papers_of_two_trials_is_news_of_both_and_no_trial_of_its_own(
    reading: Make, measured: Callable[..., Any]
) -> None:
    papers = [
        reading(name, facts={"doi": f"10.5555/{name}"}, trial=TrialClaim(registry_ids=(value,), enrollment=100))
        for name, value in (("one", FIRST), ("two", SECOND))
    ]
    rows = resolved(*papers, news(reading, "10.5555/one", "10.5555/TWO", measured=measured))
    assert links(rows, "news") == [(TrialRole.NEWS, FIRST, "cited_paper"), (TrialRole.NEWS, SECOND, "cited_paper")]
    assert len(rows.of(TrialRow)) == 2
    assert rows.of(OutcomeMeasurementRow) == []
    assert ("measurement", "several_trials: a page on several trials") in {
        (row.kind, row.reason) for row in rows.of(CandidateRow)
    }
    (said,) = {
        row.reason for row in rows.of(TrialDocumentRow) if row.document_id == "doc-news" and "/one" in row.reason
    }
    assert said == "a page on several trials that cites DOI 10.5555/one, a paper of this trial"
    assert "linked to each trial whose paper it cites" in (problem(rows, "news") or "")


def test_a_news_page_on_a_known_paper_beside_an_unknown_one_is_news_of_its_trial_and_gives_it_no_number(
    reading: Make, measured: Callable[..., Any]
) -> None:
    paper = reading("one", facts={"doi": "10.5555/one"}, trial=TrialClaim(registry_ids=(FIRST,), enrollment=100))
    rows = resolved(paper, news(reading, "10.5555/one", "10.5555/unknown", measured=measured))
    assert links(rows, "news") == [(TrialRole.NEWS, FIRST, "cited_paper")]
    assert len(rows.of(TrialRow)) == 1
    assert rows.of(OutcomeMeasurementRow) == []
    said = problem(rows, "news") or ""
    assert said.startswith("a page on papers of which not all are known: its numbers may be another trial's and are")
    assert said.endswith("it is linked to each trial whose paper it cites, if that is known: DOI 10.5555/one")


@pytest.mark.parametrize(("cited", "linked"), [((), 0), (("10.5555/one",), 1)])
def test_a_news_page_that_reports_trials_by_number_is_none_of_them(
    reading: Make, measured: Callable[..., Any], cited: tuple[str, ...], linked: int
) -> None:
    """What the extraction refuses of "GLADE 1 and GLADE 2" has the reason several_trials."""
    refused = Candidate(kind="measurement", start=3, end=6, quote="100", reason="several_trials")
    paper = reading("one", facts={"doi": "10.5555/one"}, trial=TrialClaim(registry_ids=(FIRST,), enrollment=100))
    rows = resolved(paper, news(reading, *cited, measured=measured, candidates=(refused,)))
    assert [role for role, *_ in links(rows, "news")] == [TrialRole.NEWS] * linked
    assert len(rows.of(TrialRow)) == 1
    assert rows.of(OutcomeMeasurementRow) == []
    assert "a page on several trials: its numbers are of several trials" in (problem(rows, "news") or "")


def listing(reading: Make, value: str, kind: str, scheme: str, written: str, **claims: Any) -> Reading:
    """A registry record that lists a paper as a reference of a type."""
    stated = DocumentRelation(relation=Relation.CITES, scheme=scheme, value=written, method=f"reference:{kind}")
    trial = TrialClaim(registry_ids=(value,), enrollment=100, **claims)
    return reading(value, DocumentKind.REGISTRY, facts={"relations": (stated,)}, trial=trial)


@pytest.mark.parametrize("kind", ["DERIVED", "RESULT"])
@pytest.mark.parametrize(("scheme", "written"), [("pmid", "0123"), ("doi", "https://doi.org/10.5555/META")])
def test_a_review_that_a_registry_record_lists_is_linked_to_its_trial_and_gives_no_number(
    reading: Make, measured: Callable[..., Any], kind: str, scheme: str, written: str
) -> None:
    facts = {"publication_types": ("meta-analysis",), "pmid": "123", "doi": "10.5555/meta"}
    pooled = reading("pooled", facts=facts, **with_numbers(measured))
    rows = resolved(pooled, listing(reading, FIRST, kind, scheme, written), record(reading, SECOND))
    assert links(rows, "pooled") == [(TrialRole.REVIEW_MENTION, FIRST, "registry_reference")]
    (link,) = (row for row in rows.of(TrialDocumentRow) if row.document_id == "doc-pooled")
    said = "PMID 123" if scheme == "pmid" else "DOI 10.5555/meta"
    assert link.reason == f"a meta-analysis: the registry record {FIRST} lists {said} as a {kind} reference"
    assert f"it is linked to each trial whose registry record lists it: {FIRST}" in (problem(rows, "pooled") or "")
    assert rows.of(OutcomeMeasurementRow) == []


def test_records_that_list_one_review_and_pages_that_cite_it_are_no_pair_for_that(
    reading: Make, measured: Callable[..., Any]
) -> None:
    review = reading("pooled", facts={"publication_types": ("review",), "pmid": "123", "doi": "10.5555/meta"})
    records = [listing(reading, value, "DERIVED", "pmid", "123") for value in (FIRST, SECOND)]
    page = news(reading, "10.5555/meta", measured=measured)
    other = reading("other", DocumentKind.NEWS, facts={"cites": page.document.cites}, trial=TrialClaim(enrollment=50))
    rows = resolved(review, *records, page, other)
    assert rows.of(DoubtfulPairRow) == []
    assert len(rows.of(TrialRow)) == 4
    assert links(rows, "pooled") == [
        (TrialRole.REVIEW_MENTION, value, "registry_reference") for value in (FIRST, SECOND)
    ]


def test_a_review_is_linked_once_to_a_trial_that_it_names_and_that_lists_it(reading: Make) -> None:
    facts = {"publication_types": ("review",), "pmid": "123", "registry_ids": named(FIRST)}
    rows = resolved(reading("pooled", facts=facts), listing(reading, FIRST, "DERIVED", "pmid", "123"))
    assert links(rows, "pooled") == [(TrialRole.REVIEW_MENTION, FIRST, "registry_id")]


@pytest.mark.parametrize(("kind", "started"), [("BACKGROUND", None), ("DERIVED", "2020-03")])
def test_a_review_that_was_read_before_the_trial_is_not_linked_to_it(
    reading: Make, kind: str, started: str | None
) -> None:
    facts = {"publication_types": ("review",), "pmid": "123", "published": "2018-05"}
    registered = listing(reading, FIRST, kind, "pmid", "123", start_date=started)
    assert links(resolved(reading("pooled", facts=facts), registered), "pooled") == []


def test_a_review_that_names_no_trial_is_linked_to_none(reading: Make) -> None:
    review = reading("review", facts={"publication_types": ("review",), "title": "Hypertension"})
    rows = resolved(review, record(reading, FIRST))
    assert links(rows, "review") == []
    assert "names no trial by a registry id" in (problem(rows, "review") or "")
