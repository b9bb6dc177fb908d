"""News pages and the papers that they cite: each page is judged alone, and what speaks against it is told."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
FIRST, SECOND = "NCT09990101", "NCT09990102"


def on(drug: str | None) -> tuple[ArmClaim, ...]:
    return (ArmClaim(key="a", label="a", interventions=(InterventionClaim(name=drug),)),) if drug else ()


def paper(reading: Make, name: str, nct: str | None, drug: str | None = "quenosartan") -> Reading:
    facts = {"doi": f"10.5555/{name}", "title": f"{drug} in adults with a disease called {name}", "language": "en"}
    return reading(name, facts=facts, arms=on(drug), trial=TrialClaim(registry_ids=(nct,) if nct else ()))


def page(
    reading: Make, name: str, *cited: str, own: str | None = None, drug: str | None = None, **more: Any
) -> Reading:
    cites = tuple(Identifier(scheme="doi", value=f"10.5555/{one}", start=0, end=1) for one in cited)
    facts = {"cites": cites, "title": f"{name} is better", "language": "en"} | (
        {"doi": f"10.5555/{own}"} if own else {}
    )
    return reading(name, DocumentKind.NEWS, facts=facts, arms=on(drug), trial=TrialClaim(enrollment=10, **more))


def linked(*readings: Reading) -> Linked:
    found = link([Mention(r.document, r.extractions[0], "test", "1") for r in readings])
    backwards = link([Mention(r.document, r.extractions[0], "test", "1") for r in reversed(readings)])
    assert backwards == found
    return found


def groups(found: Linked) -> set[frozenset[str]]:
    return {frozenset(m.document.receipt.record_id for m in one.mentions) for one in found.clusters}


def told(found: Linked) -> dict[frozenset[str], str]:
    names = [(one.left_document_id, one.right_document_id, one.reason) for one in found.doubtful]
    return {frozenset(one.removeprefix("doc-") for one in pair): reason for *pair, reason in names}


def test_a_page_on_another_drug_than_the_paper_that_it_cites_is_left_out_and_told(reading: Make) -> None:
    known = paper(reading, "one", FIRST)
    found = linked(known, page(reading, "news", "one", drug="velomarib"), page(reading, "right", "one", drug=None))
    assert groups(found) == {frozenset({"one", "right"}), frozenset({"news"})}
    said = "the page cites DOI 10.5555/one, but they are on different drugs (velomarib; quenosartan)"
    assert told(found) == {frozenset({"one", "news"}): said}


def test_a_page_that_calls_the_drug_by_its_class_may_still_be_about_the_paper(reading: Make) -> None:
    known = paper(reading, "one", FIRST)
    document = known.document.model_copy(update={"text": "Quenosartan, a BETA blocker, was given to adults."})
    said = Reading(document, known.extractions, "test", "1")
    assert len(groups(linked(said, page(reading, "news", "one", drug="beta blocker")))) == 1
    assert len(groups(linked(known, page(reading, "Quenosartan", "one", drug="beta blocker")))) == 1


def test_pages_on_different_drugs_that_cite_one_unknown_paper_are_not_joined(reading: Make) -> None:
    pages = (page(reading, "a", "x", drug="velomarib"), page(reading, "b", "x", drug="quenosartan"))
    found = linked(*pages, page(reading, "c", "x"))
    assert len(groups(found)) == 3
    said = "both pages cite one paper, but they are on different drugs (velomarib; quenosartan)"
    assert list(told(found).values()) == [said]
    assert len(groups(linked(pages[0], page(reading, "c", "x")))) == 1


@pytest.mark.parametrize("own", [None, "one"])
def test_a_page_that_cites_papers_of_two_trials_keeps_no_other_page_out(reading: Make, own: str | None) -> None:
    papers = (paper(reading, "one", FIRST), paper(reading, "two", SECOND))
    messy = page(reading, "messy", *(["two"] if own else ["one", "two"]), own=own)
    neighbours = (page(reading, "cites", "one"), page(reading, "retells", own="one"), page(reading, "other", "two"))
    found = linked(*papers, messy, *neighbours)
    assert groups(found) == {frozenset({"one", "cites", "retells"}), frozenset({"two", "other"})}
    assert found.on_several == {"doc-messy": (("doi", "10.5555/one"), ("doi", "10.5555/two"))}
    assert told(found) == {}


def test_a_page_that_cites_a_known_and_an_unknown_paper_is_news_of_the_known_trial(reading: Make) -> None:
    found = linked(paper(reading, "one", FIRST), page(reading, "messy", "one", "unknown"))
    assert groups(found) == {frozenset({"one"})}
    assert found.on_several == {"doc-messy": (("doi", "10.5555/one"),)}
    assert found.beside_unknown == {"doc-messy"}
    assert told(found) == {}


@pytest.mark.parametrize(
    ("more", "said"),
    [({"drug": "velomarib"}, "several"), ({"registry_ids": (SECOND,)}, "registered"), ({}, "judged")],
    ids=["another drug", "another registration", "judged the same"],
)
def test_such_a_page_is_a_trial_of_its_own_where_something_speaks_for_it(
    reading: Make, more: dict[str, Any], said: str
) -> None:
    known, messy = paper(reading, "one", FIRST), page(reading, "messy", "one", "unknown", **more)
    if said == "judged":
        mentions = [Mention(r.document, r.extractions[0], "test", "1") for r in (known, messy)]
        same = Constraint(frozenset({"doc-messy"}), frozenset({"doc-one"}), "j1", "ada: it is on that one")
        found = link(mentions, constraints=Constraints(same=(same,)))
        assert groups(found) == {frozenset({"one", "messy"})}
    else:
        found = linked(known, messy)
        assert groups(found) == {frozenset({"one"}), frozenset({"messy"})}
        reason = "the page cites DOI 10.5555/one and DOI 10.5555/unknown, but that is not all known to be of one trial"
        assert told(found) == {frozenset({"messy", "one"}): reason}
    assert found.on_several == {}


@pytest.mark.parametrize("cited", [("one", "unknown"), ("unknown", "another"), ("one", "two"), ("one",), ()])
def test_a_page_on_several_papers_gives_its_numbers_to_no_trial_for_its_acronym(
    reading: Make, cited: tuple[str, ...]
) -> None:
    """The page tells of the same drug by the same acronym; one with one source or none is of that trial."""
    told_of = {"acronym": "ALDER-BP", "start_date": "2026", "conditions": ("hypertension",)}
    trial = TrialClaim(registry_ids=(FIRST,), enrollment=10, **told_of)
    known = reading("one", facts={"doi": "10.5555/one"}, arms=on("quenosartan"), trial=trial)
    messy = page(reading, "messy", *cited, drug="quenosartan", **told_of)
    found = linked(known, paper(reading, "two", SECOND, "velomarib"), messy)
    assert (frozenset({"one", "messy"}) in groups(found)) == (len(cited) < 2)
    reason = told(found).get(frozenset({"one", "messy"}), "")
    assert ("but the page cites several papers" in reason) == (cited == ("unknown", "another"))


def test_when_the_unknown_paper_comes_the_page_is_of_its_trial_or_of_both(reading: Make) -> None:
    papers = (paper(reading, "one", FIRST), page(reading, "messy", "one", "two"))
    assert groups(linked(*papers, paper(reading, "two", FIRST))) == {frozenset({"one", "two", "messy"})}
    both = linked(*papers, paper(reading, "two", SECOND))
    assert groups(both) == {frozenset({"one"}), frozenset({"two"})}
    assert both.on_several == {"doc-messy": (("doi", "10.5555/one"), ("doi", "10.5555/two"))}
    assert both.beside_unknown == frozenset()


def test_a_page_with_a_registration_of_its_own_is_of_that_trial_whatever_it_cites(reading: Make) -> None:
    papers = (paper(reading, "one", FIRST), paper(reading, "two", SECOND))
    found = linked(*papers, page(reading, "own", "one", "two", registry_ids=("NCT09990109",)))
    assert frozenset({"own"}) in groups(found)
    assert found.on_several == {}


def test_a_page_that_was_judged_to_be_of_another_trial_than_one_that_it_cites_is_of_the_rest(reading: Make) -> None:
    papers = (paper(reading, "one", FIRST), paper(reading, "two", SECOND))
    mentions = [Mention(r.document, r.extractions[0], "test", "1") for r in (*papers, page(reading, "p", "one", "two"))]
    apart = Constraint(frozenset({"doc-p"}), frozenset({"doc-two"}), "j1", "ada: it is not on that one")
    assert groups(link(mentions, constraints=Constraints(different=(apart,)))) == {
        frozenset({"one", "p"}),
        frozenset({"two"}),
    }


def test_a_page_of_another_registered_trial_keeps_no_other_page_out(reading: Make) -> None:
    known = paper(reading, "one", FIRST)
    found = linked(known, page(reading, "other", "one", registry_ids=(SECOND,)), page(reading, "cites", "one"))
    assert groups(found) == {frozenset({"one", "cites"}), frozenset({"other"})}
    said = "the page cites DOI 10.5555/one, but its trial has another id of the same registry"
    assert told(found) == {frozenset({"other", "one"}): said}


def test_what_is_said_of_a_pair_that_was_not_joined_is_true_of_it(reading: Make) -> None:
    """Three records of one DOI: two are registered apart, the third names no id."""
    facts = {"doi": "10.5555/x"}
    ends = [
        reading(name, facts=facts, trial=TrialClaim(registry_ids=(nct,)))
        for name, nct in zip("ab", (FIRST, SECOND), strict=True)
    ]
    found = linked(*ends, reading("c", facts=facts, trial=TrialClaim(enrollment=10)))
    assert len(groups(found)) == 3
    for pair, reason in told(found).items():
        assert ("they name different ids of one registry" in reason) is (pair == frozenset("ab"))
    assert told(found)[frozenset("ac")].endswith("trials with different ids of one registry would be one")


def test_no_order_of_pages_changes_anything(reading: Make) -> None:
    everything = (
        paper(reading, "one", FIRST),
        paper(reading, "two", SECOND),
        page(reading, "messy", "two", own="one"),
        page(reading, "wrong", "one", drug="velomarib"),
        page(reading, "cites", "one"),
    )
    mentions = [Mention(r.document, r.extractions[0], "test", "1") for r in everything]
    first = link(mentions)
    assert all(link(order) == first for order in itertools.permutations(mentions))


def test_a_page_that_cites_a_paper_and_its_preprint_is_of_their_trial_though_only_likeness_joined_them(
    reading: Make,
) -> None:
    def of(name: str, **facts: Any) -> Reading:
        trial = TrialClaim(acronym="ALDER-BP", conditions=("Hypertension",), enrollment=246)
        facts = {"doi": f"10.5555/{name}", "title": name, "published": "2021"} | facts
        return reading(name, facts=facts, arms=on("quenosartan"), trial=trial)

    found = linked(of("paper"), of("preprint"), page(reading, "page", "paper", "preprint"))
    assert groups(found) == {frozenset({"paper", "preprint", "page"})}
    assert found.on_several == {}
    other = page(reading, "page", "paper", "other")
    assert groups(linked(of("paper"), of("preprint"), paper(reading, "other", SECOND), other)) == {
        frozenset({"paper", "preprint"}),
        frozenset({"other"}),
    }


@pytest.mark.parametrize(
    ("kind", "records", "is_one"),
    [("RESULT", 1, True), ("DERIVED", 1, False), ("BACKGROUND", 1, False), ("RESULT", 2, False)],
)
def test_a_page_on_a_paper_that_only_the_record_lists_is_news_of_its_trial(
    reading: Make, kind: str, records: int, is_one: bool
) -> None:
    """No trial was read in the paper, or it is not here at all."""
    lists = DocumentRelation(
        relation=Relation.CITES, scheme="doi", value="10.5555/one", method=f"reference:{kind}", confidence=1.0
    )
    listing = [
        reading(nct, DocumentKind.REGISTRY, facts={"relations": (lists,)}, trial=TrialClaim(registry_ids=(nct,)))
        for nct in (FIRST, SECOND)[:records]
    ]
    found = linked(*listing, page(reading, "page", "one"))
    assert (len(found.clusters) == records) is is_one
    if is_one:
        (trial,) = found.clusters
        said = f"cites DOI 10.5555/one as its only paper, which the registry record {FIRST} lists as its result"
        assert trial.links[1] == Link("cited_paper", 0.855, said)
