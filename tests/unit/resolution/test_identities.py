"""Ids of trials from release to release: kept, merged, split, taken apart again, gone and back."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.model.tables import (
    DocumentRow,
    TrialDocumentRow,
    TrialKeyRow,
    TrialRedirectRow,
    TrialRegistrationRow,
    TrialRow,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.identities import identify
from trialhouse.resolution.published import NOTHING_PUBLISHED, Published, TrialKey, keys_without_table
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.resolve import resolve
from trialhouse.resolution.trials import cluster

Ids = dict[str, str]


def released(readings: Sequence[Reading], before: Published = NOTHING_PUBLISHED) -> tuple[Ids, Published]:
    """The trial of each document by the document's name, and what a release of these readings publishes."""
    mentions = [Mention(r.document, r.extractions[0], r.extractor, r.extractor_version) for r in readings]
    trials, keys, redirects = identify(cluster(mentions), before)
    published = Published(
        trials=frozenset(trial.trial_id for trial in trials),
        keys=tuple(TrialKey(trial_id, *key) for key, trial_id in sorted(keys.items())),
        redirects=tuple(redirects),
    )
    assert {row.trial_id for row in published.redirects} <= published.trials
    assert len({(row.scheme, row.value) for row in published.keys}) == len(published.keys)
    assert published.trials <= {row.trial_id for row in published.keys}
    return {m.document.receipt.record_id: trial.trial_id for trial in trials for m in trial.mentions}, published


def leads(published: Published) -> dict[tuple[str, str], str]:
    return {(row.old_trial_id, row.trial_id): row.reason for row in published.redirects}


Make = Callable[..., Reading]


@pytest.fixture
def paper(reading: Make) -> Make:
    """A paper by its name, its DOI being 10.5555/NAME, with the registry ids that are read in it."""

    def make(name: str, *registry_ids: str, doi: str | None = None) -> Reading:
        facts = {"doi": f"10.5555/{doi or name}"}
        return reading(name, facts=facts, trial=TrialClaim(registry_ids=registry_ids, enrollment=10))

    return make


@pytest.fixture
def record(reading: Make) -> Make:
    """The registry record of an id."""

    def make(*registry_ids: str) -> Reading:
        return reading(registry_ids[0], DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=registry_ids))

    return make


def test_a_trial_keeps_its_id_when_its_registry_number_arrives(paper: Make, record: Make) -> None:
    first, published = released([paper("p")])
    then, published = released([paper("p", "NCT09990001"), record("NCT09990001")], published)
    assert then == {"p": first["p"], "NCT09990001": first["p"]}
    assert published.redirects == ()
    assert released([record("NCT09990001")], published)[0] == {"NCT09990001": first["p"]}


def test_two_trials_that_are_one_keep_the_id_of_the_registered_one(paper: Make, record: Make) -> None:
    first, published = released([paper("p"), record("NCT09990001")])
    then, published = released([paper("p", "NCT09990001"), record("NCT09990001")], published)
    assert set(then.values()) == {first["NCT09990001"]}
    assert leads(published) == {
        (first["p"], first["NCT09990001"]): "Merged: doi 10.5555/p and registry nct09990001 name one trial."
    }
    assert TrialKey(trial_id=first["NCT09990001"], scheme="trial", value=first["p"]) in published.keys


def test_clinicaltrials_gov_comes_before_other_registries(record: Make) -> None:
    first, published = released([record("ISRCTN12345678"), record("NCT09990001")])
    then, _ = released([record("ISRCTN12345678", "NCT09990001"), record("NCT09990001")], published)
    assert set(then.values()) == {first["NCT09990001"]}


def test_of_two_papers_that_are_one_trial_the_smaller_id_is_kept(paper: Make) -> None:
    first, published = released([paper("p"), paper("q")])
    then, published = released([paper("p", "NCT09990001"), paper("q", "NCT09990001")], published)
    assert set(then.values()) == {min(first.values())}
    assert list(leads(published)) == [(max(first.values()), min(first.values()))]


def test_a_split_trial_stays_with_its_registry_id_and_leads_to_its_other_part(paper: Make, record: Make) -> None:
    first, published = released([paper("p", "NCT09990001"), record("NCT09990001")])
    then, published = released([paper("p"), record("NCT09990001")], published)
    assert then["NCT09990001"] == first["p"] != then["p"]
    said = "Split: doi 10.5555/p is no longer of the trial that registry nct09990001 names."
    assert leads(published) == {(first["p"], then["p"]): said}
    assert released([paper("p"), record("NCT09990001")], published) == (then, published)


def test_a_part_gets_no_id_that_was_published_for_something_else(paper: Make, record: Make) -> None:
    """The trial's id was made of the paper, and its registry record keeps it: the paper's own id is taken."""
    first, published = released([paper("p")])
    _, published = released([paper("p", "NCT09990001"), record("NCT09990001")], published)
    then, published = released([paper("p"), record("NCT09990001")], published)
    assert then["NCT09990001"] == first["p"] != then["p"]
    assert (first["p"], then["p"]) in leads(published)
    only_paper, published = released([paper("p")], published)
    assert only_paper == {"p": then["p"]}
    assert released([paper("p"), record("NCT09990001")], published)[0] == then


def test_a_trial_that_is_taken_apart_again_gets_its_old_id_back(paper: Make, record: Make) -> None:
    apart = [paper("p"), record("NCT09990001")]
    first, published = released(apart)
    _, published = released([paper("p", "NCT09990001"), record("NCT09990001")], published)
    then, published = released(apart, published)
    assert then == first
    assert leads(published) == {}
    assert released(apart, published) == (then, published)
    together, published = released([paper("p", "NCT09990001"), record("NCT09990001")], published)
    assert list(leads(published)) == [(first["p"], first["NCT09990001"])]
    assert set(together.values()) == {first["NCT09990001"]}


def test_redirects_lead_to_the_trial_that_stands_after_two_merges(paper: Make, record: Make) -> None:
    everything = [paper("p"), paper("q"), record("NCT09990001")]
    first, published = released(everything)
    old, middle = sorted((first["p"], first["q"]), reverse=True)
    kept = first["NCT09990001"]
    papers = [paper("p", "ISRCTN12345678"), paper("q", "ISRCTN12345678")]
    _, published = released([*papers, record("NCT09990001")], published)
    assert list(leads(published)) == [(old, middle)]
    reason = leads(published)[old, middle]
    then, published = released([*papers, record("NCT09990001", "ISRCTN12345678")], published)
    assert set(then.values()) == {kept}
    assert leads(published).keys() == {(old, kept), (middle, kept)}
    assert leads(published)[old, kept] == reason
    assert released([record("NCT09990001")], published)[1].redirects == published.redirects


def test_a_chain_of_redirects_ends_where_a_trial_stands_and_a_ring_nowhere(paper: Make) -> None:
    first, published = released([paper("p")])
    rows = [("a", "b"), ("b", "c"), ("c", first["p"]), ("ring", "gnir"), ("gnir", "ring"), ("lost", "gone")]
    chained = [TrialRedirectRow(old_trial_id=old, trial_id=new, reason=old) for old, new in rows]
    then, published = released([paper("p")], Published(published.trials, published.keys, tuple(chained)))
    assert then == first
    assert leads(published) == {(old, first["p"]): old for old in "abc"}


def test_a_trial_of_the_last_release_comes_before_one_that_was_gone(paper: Make, record: Make) -> None:
    gone, published = released([record("NCT09990001")])
    first, published = released([paper("p")], published)
    then, published = released([paper("p", "NCT09990001"), record("NCT09990001")], published)
    assert set(then.values()) == {first["p"]}
    assert list(leads(published)) == [(gone["NCT09990001"], first["p"])]


def test_a_redirect_whose_trial_is_gone_comes_back_with_it(paper: Make, record: Make) -> None:
    both = [paper("p", "NCT09990001"), record("NCT09990001")]
    first, published = released([paper("p"), record("NCT09990001")])
    _, published = released(both, published)
    _, published = released([paper("other")], published)
    assert published.redirects == ()
    then, published = released([*both, paper("other")], published)
    assert then["p"] == first["NCT09990001"]
    assert list(leads(published)) == [(first["p"], first["NCT09990001"])]


def test_a_trial_that_comes_back_is_known_by_any_key_that_it_had(paper: Make, record: Make) -> None:
    first, published = released([paper("p", "NCT09990001"), record("NCT09990001")])
    _, published = released([], published)
    assert {row.trial_id for row in published.keys} == set(first.values())
    assert released([paper("p")], published)[0] == {"p": first["p"]}


def test_the_id_of_a_trial_that_is_gone_is_never_given_to_another(paper: Make, record: Make) -> None:
    """The id was made of a DOI, and the trial had a registry id in the end; then the DOI is that of another trial."""
    first, published = released([paper("p")])
    _, published = released([record("NCT09990001"), paper("p", "NCT09990001")], published)
    _, published = released([record("NCT09990001")], published)
    _, published = released([], published)
    then, published = released([paper("q", doi="p")], published)
    assert then["q"] != first["p"]
    assert released([record("NCT09990001"), paper("q", doi="p")], published)[0]["NCT09990001"] == first["p"]


def test_a_paper_with_another_registry_id_is_another_trial_and_the_old_id_leads_to_it(paper: Make) -> None:
    first, published = released([paper("p", "NCT09990001")])
    then, published = released([paper("p", "NCT09990002")], published)
    assert then != first
    said = "Read anew: doi 10.5555/p is now of the trial that registry nct09990002 names."
    assert leads(published) == {(first["p"], then["p"]): said}
    assert released([paper("p", "NCT09990002")], published) == (then, published)
    late, published = released([paper("p", "NCT09990002"), paper("q", "NCT09990001")], published)
    assert late == {"p": then["p"], "q": first["p"]}
    assert published.redirects == ()


def test_a_page_that_holds_another_paper_now_is_another_trial(reading: Make) -> None:
    old = reading("page", facts={"doi": "10.5555/p"}, trial=TrialClaim(enrollment=10))
    new = reading("page", facts={"doi": "10.5555/q"}, trial=TrialClaim(enrollment=20))
    first, published = released([old])
    then, published = released([new], published)
    assert then != first
    assert published.redirects == ()


def test_a_document_that_moves_between_two_trials_splits_none(paper: Make, record: Make) -> None:
    both = [record("NCT09990001"), record("NCT09990002")]
    first, published = released([*both, paper("p", "NCT09990001")])
    then, published = released([*both, paper("p", "NCT09990002")], published)
    assert then == first | {"p": first["NCT09990002"]}
    assert published.redirects == ()


def test_a_key_of_several_trials_names_none(paper: Make) -> None:
    shared = [paper("a", "NCT09990001", doi="d"), paper("b", "NCT09990002", doi="d"), paper("c", doi="d")]
    first, published = released(shared)
    assert len(set(first.values())) == 3
    assert "10.5555/d" not in {row.value for row in published.keys}
    assert released(shared, published) == (first, published)


def test_two_documents_without_a_key_of_their_own_are_two_trials(paper: Make) -> None:
    """All four have one DOI, which two registry ids say is of two trials: of which the others are is not known."""
    shared = [paper("a", "NCT09990001", doi="d"), paper("b", "NCT09990002", doi="d")]
    first, _ = released([*shared, paper("c", doi="d"), paper("e", doi="d")])
    assert len(set(first.values())) == 4


def listing(reading: Make, pmid: str | None) -> Reading:
    """A registry record that lists a paper as its result, or none."""
    listed = (
        [DocumentRelation(relation=Relation.CITES, scheme="pmid", value=pmid, method="reference:RESULT")]
        if pmid
        else []
    )
    trial = TrialClaim(registry_ids=("NCT09990001",))
    return reading("NCT09990001", DocumentKind.REGISTRY, facts={"relations": tuple(listed)}, trial=trial)


def test_a_reference_that_appears_merges_and_one_that_disappears_gives_the_old_id_back(reading: Make) -> None:
    report = reading("p", facts={"pmid": "7"}, trial=TrialClaim(enrollment=10))
    apart = [report, listing(reading, None)]
    first, published = released(apart)
    then, published = released([report, listing(reading, "7")], published)
    assert set(then.values()) == {first["NCT09990001"]}
    said = "Merged: pmid 7 and registry nct09990001 name one trial."
    assert leads(published) == {(first["p"], first["NCT09990001"]): said}
    back, published = released(apart, published)
    assert back == first
    assert leads(published) == {}


def test_a_link_by_acronym_that_appears_or_disappears_moves_no_registered_trial(reading: Make) -> None:
    drug = ArmClaim(key="a", label="a", interventions=(InterventionClaim(name="quenosartan"),))
    told = {"acronym": "ALDER-BP", "conditions": ("hypertension",)}

    def page(acronym: str) -> Reading:
        trial = TrialClaim(**(told | {"acronym": acronym}))
        return reading("news", DocumentKind.NEWS, facts={"published": "2021"}, arms=(drug,), trial=trial)

    record = TrialClaim(registry_ids=("NCT09990001",), start_date="2020", **told)
    registered = reading("record", DocumentKind.REGISTRY, arms=(drug,), trial=record)
    first, published = released([registered, page("ALDER")])
    assert first["news"] != first["record"]
    then, published = released([registered, page("ALDER-BP")], published)
    assert set(then.values()) == {first["record"]}
    back, published = released([registered, page("ALDER")], published)
    assert back == first


def test_a_review_that_appears_or_disappears_changes_no_id_and_no_redirect(paper: Make, reading: Make) -> None:
    """Before it was known as a review it was a trial of its own: that id is gone and given to nothing else."""
    alone = reading("review", facts={"doi": "10.5555/r", "title": "Quenosartan"}, trial=TrialClaim(enrollment=900))
    kept = [paper("p", "NCT09990001")]
    first, published = released([*kept, alone])
    review = Identifier(scheme="registry", value="NCT09990001", registry="ClinicalTrials.gov", start=0, end=1)
    facts = {"doi": "10.5555/r", "publication_types": ("meta-analysis",), "registry_ids": (review,)}
    known = reading("review", facts=facts, trial=TrialClaim(enrollment=900))
    readings = [*kept, known]
    rows = resolve(readings, Vocabulary(), lambda document: True, published)
    assert {row.trial_id for row in rows.of(TrialRow)} == {first["p"]}
    assert rows.of(TrialRedirectRow) == []
    assert {row.trial_id for row in rows.of(TrialDocumentRow) if row.document_id == "doc-review"} == {first["p"]}
    again = resolve(kept, Vocabulary(), lambda document: True, Published.of(rows))
    assert set(again.of(TrialRow)) == set(rows.of(TrialRow))
    assert set(again.of(TrialKeyRow)) == set(rows.of(TrialKeyRow))
    back = resolve([*kept, alone], Vocabulary(), lambda document: True, Published.of(again))
    assert {row.trial_id for row in back.of(TrialRow)} == set(first.values())


def test_keys_of_a_release_without_their_table_are_those_that_name_one_trial() -> None:
    registrations = [
        TrialRegistrationRow(trial_id=trial, registry="ClinicalTrials.gov", registry_id=value, is_primary=True)
        for trial, value in (("t1", "NCT09990001"), ("pooled", "NCT09990001"), ("pooled", "NCT09990002"))
    ]
    documents = [
        _document("doc-1", doi="10.5555/A", pmid="1"),
        _document("doc-2", doi="10.5555/shared"),
        _document("doc-3", doi="10.5555/shared"),
        _document("doc-4", DocumentKind.NOTICE, doi="10.5555/notice"),
    ]
    links = [_link("t1", "doc-1"), _link("t1", "doc-2"), _link("pooled", "doc-3"), _link("t1", "doc-4")]
    keys = keys_without_table(registrations, links, documents)
    assert {(row.trial_id, row.scheme, row.value) for row in keys} == {
        ("t1", "registry", "nct09990001"),
        ("t1", "doi", "10.5555/a"),
        ("t1", "pmid", "1"),
        ("t1", "document", "doc-1"),
        ("t1", "document", "doc-2"),
        ("pooled", "document", "doc-3"),
    }


def _document(document_id: str, kind: DocumentKind = DocumentKind.ABSTRACT, **more: Any) -> DocumentRow:
    given = {"source": "files", "fetched_at": "2026-11-21", "sha256": "0" * 64, "kind": kind}
    return DocumentRow.model_validate({"document_id": document_id, **given, **more})


def _link(trial_id: str, document_id: str) -> TrialDocumentRow:
    return TrialDocumentRow(
        trial_id=trial_id, document_id=document_id, role=None, method="doi", confidence=1, reason="named"
    )
