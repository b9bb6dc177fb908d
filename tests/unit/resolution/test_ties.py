"""Every kind of link: what ties a document to a trial, with its method, confidence and reason, and what does not."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
NCT = "NCT09990001"


def linked(*readings: Reading, **more: Any) -> Linked:
    return link([Mention(r.document, r.extractions[0], r.extractor, r.extractor_version) for r in readings], **more)


def groups(found: Linked) -> set[frozenset[str]]:
    return {frozenset(m.document.receipt.record_id for m in one.mentions) for one in found.clusters}


def links(found: Linked) -> dict[str, Link]:
    return {
        m.document.receipt.record_id: how
        for one in found.clusters
        for m, how in zip(one.mentions, one.links, strict=True)
    }


def together(*names: str) -> frozenset[str]:
    return frozenset(names)


def record(reading: Make, value: str = NCT, *more: str, references: Any = (), **claims: Any) -> Reading:
    """A registry record with references given as (type, scheme, value)."""
    relations = [
        DocumentRelation(relation=Relation.CITES, scheme=scheme, value=written, method=f"reference:{kind}")
        for kind, scheme, written in references
    ]
    trial = TrialClaim(registry_ids=(value, *more), **claims)
    return reading(value, DocumentKind.REGISTRY, facts={"relations": tuple(relations)}, trial=trial)


def paper(reading: Make, name: str = "paper", *registry_ids: str, **facts: Any) -> Reading:
    return reading(name, facts=facts, trial=TrialClaim(registry_ids=registry_ids, enrollment=10))


@pytest.mark.parametrize(("kind", "confidence"), [("RESULT", 0.95), ("DERIVED", 0.9)])
def test_a_paper_that_a_record_lists_as_its_result_is_of_its_trial(reading: Make, kind: str, confidence: float) -> None:
    found = linked(record(reading, references=[(kind, "pmid", "123")]), paper(reading, pmid="0123"))
    assert groups(found) == {together(NCT, "paper")}
    said = f"the registry record {NCT} lists PMID 123 as a {kind} reference"
    assert links(found)["paper"] == Link("registry_reference", confidence, said)
    assert links(found)[NCT] == Link("registry_id", 1.0, f"is the registry record of {NCT}")


def test_a_background_reference_links_nothing(reading: Make) -> None:
    found = linked(record(reading, references=[("BACKGROUND", "pmid", "123")]), paper(reading, pmid="123"))
    assert len(groups(found)) == 2
    assert found.doubtful == ()


def test_a_reference_by_doi_is_known_with_a_prefix_and_in_capitals(reading: Make) -> None:
    listed = record(reading, references=[("RESULT", "doi", "https://doi.org/10.5555/ABC")])
    found = linked(listed, paper(reading, doi="10.5555/abc"))
    assert groups(found) == {together(NCT, "paper")}


def test_a_paper_that_several_records_list_is_of_none_of_them_and_told(reading: Make) -> None:
    records = [record(reading, value, references=[("RESULT", "pmid", "123")]) for value in (NCT, "NCT09990002")]
    found = linked(*records, paper(reading, pmid="123"))
    assert len(groups(found)) == 3
    assert {(one.left, one.right) for one in found.doubtful} == {
        ("doc-NCT09990001", "doc-NCT09990002"),
        ("doc-NCT09990001", "doc-paper"),
    }


def test_a_paper_with_its_own_registration_is_not_of_a_record_that_lists_it(reading: Make) -> None:
    listed = record(reading, references=[("RESULT", "pmid", "123")])
    found = linked(listed, paper(reading, "paper", "NCT09990002", pmid="123"))
    assert len(groups(found)) == 2
    assert [one.method for one in found.doubtful] == ["shared_pmid"]


@pytest.mark.parametrize("kind", ["RESULT", "DERIVED"])
def test_a_listed_paper_that_is_registered_elsewhere_is_told_to_a_person(reading: Make, kind: str) -> None:
    """Unless the record says that this registration is the trial's too."""
    listing = {"references": [(kind, "pmid", "123")]}
    found = linked(record(reading, **listing), paper(reading, "paper", "ISRCTN09990102", pmid="123"))
    assert groups(found) == {together(NCT), together("paper")}
    said = f"the record lists the paper as a {kind} reference, but that is registered as ISRCTN09990102"
    assert [(one.method, one.score, one.reason) for one in found.doubtful] == [("registry_reference", 0.4, said)]
    stated = record(reading, NCT, "ISRCTN09990102", **listing)
    both = linked(stated, paper(reading, "paper", "ISRCTN09990102", pmid="123"))
    assert (groups(both), both.doubtful) == ({together(NCT, "paper")}, ())


def test_another_record_of_a_paper_that_is_registered_elsewhere_is_not_the_trials_either(reading: Make) -> None:
    by_doi = record(reading, references=[("RESULT", "doi", "10.5555/a")])
    records = (
        paper(reading, "paper", "ISRCTN09990102", pmid="123", doi="10.5555/a"),
        paper(reading, "export", doi="10.5555/a"),
    )
    assert groups(linked(by_doi, *records)) == {together(NCT), together("paper", "export")}


def test_a_paper_that_was_out_before_the_trial_began_is_not_its_result(reading: Make) -> None:
    listed = record(reading, references=[("RESULT", "pmid", "123")], start_date="2020-03")
    found = linked(listed, paper(reading, pmid="123", published="2018-05-01"))
    assert len(groups(found)) == 2
    assert ["began after it was out" in one.reason for one in found.doubtful] == [True]
    assert len(groups(linked(listed, paper(reading, pmid="123", published="2020")))) == 1


def test_an_alias_of_a_record_names_its_trial(reading: Make) -> None:
    found = linked(
        record(reading, NCT, "NCT09990007"), paper(reading, "old", "NCT09990007"), paper(reading, "new", NCT)
    )
    assert groups(found) == {together(NCT, "old", "new")}


def test_one_protocol_that_is_registered_as_two_studies_joins_them_not(reading: Make) -> None:
    """Two records of ClinicalTrials.gov have one EudraCT number, as a trial and its extension may."""
    shared = "2019-000001-11"
    records = [record(reading, value, shared) for value in (NCT, "NCT09990002")]
    found = linked(*records, paper(reading, "paper", shared))
    assert len(groups(found)) == 3
    assert "they name different ids of one registry" in found.doubtful[0].reason
    assert groups(linked(records[0], paper(reading, "paper", shared))) == {together(NCT, "paper")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NTR1234", "NL7839"),
        ("NTR1234", "NL-OMON21345"),
        ("NL7839", "NL12345.018.07"),
        ("2019-000001-11", "2022-500024-30-00"),
    ],
)
def test_an_old_and_a_new_number_of_one_registry_are_no_contradiction(reading: Make, one: str, other: str) -> None:
    pair = paper(reading, "old", one, pmid="7"), paper(reading, "new", other, pmid="7")
    assert groups(linked(*pair)) == {together("old", "new")}
    both = linked(paper(reading, "both", one, other), paper(reading, "old", one), paper(reading, "new", other))
    assert groups(both) == {together("both", "old", "new")}


@pytest.mark.parametrize(
    ("one", "other"),
    [("NTR1234", "NTR1235"), ("NL7839", "NL7840"), ("2022-500024-30-00", "2022-500025-12-00")],
)
def test_two_numbers_of_one_numbering_are_two_trials(reading: Make, one: str, other: str) -> None:
    assert len(groups(linked(paper(reading, "old", one, pmid="7"), paper(reading, "new", other, pmid="7")))) == 2


def test_a_slip_in_a_second_registration_does_not_part_what_the_first_one_joins(reading: Make) -> None:
    one, other = (paper(reading, name, NCT, f"2019-00000{n}-11") for name, n in (("one", 1), ("other", 2)))
    assert groups(linked(one, other)) == {together("one", "other")}


def test_a_link_says_where_the_registry_id_stands(reading: Make) -> None:
    text = f"<DataBank><AccessionNumber>{NCT}</AccessionNumber></DataBank>"
    start = text.index(NCT)
    place = Identifier(scheme="registry", value=NCT, registry="ClinicalTrials.gov", start=start, end=start + 11)
    indexed = paper(reading, "indexed", NCT, registry_ids=(place,))
    document = indexed.document.model_copy(update={"text": text})
    told = links(linked(Reading(document, indexed.extractions, "test", "1"), paper(reading, "written", NCT)))
    assert told["indexed"] == Link("registry_id", 1.0, f"names {NCT} in its DataBankList")
    assert told["written"] == Link("registry_id", 0.98, f"names {NCT} in its text")


def test_records_of_one_paper_are_linked_by_its_identifiers(reading: Make) -> None:
    title = "Quenosartan for hypertension"
    found = linked(
        paper(reading, "abstract", doi="10.5555/A", pmid="7", title=title),
        paper(reading, "portal", pmid="7"),
        paper(reading, "full", doi="10.5555/a", title=f"{title}: a randomized trial."),
    )
    told = links(found)
    assert groups(found) == {together("abstract", "portal", "full")}
    assert told["portal"] == Link("pmid", 0.99, "is a record of the paper with PMID 7, as doc-abstract is")
    assert told["full"] == Link("doi", 0.97, "is a record of the paper with DOI 10.5555/a, as doc-abstract is")


def test_abstracts_of_a_supplement_share_a_doi_and_are_of_different_trials(reading: Make) -> None:
    first = paper(reading, "first", doi="10.5555/s", title="Quenosartan in adults with hypertension", language="en")
    other = paper(reading, "other", doi="10.5555/s", title="Velomarib for pulmonary sarcoidosis", language="en")
    found = linked(first, other)
    assert len(groups(found)) == 2
    assert [one.reason for one in found.doubtful] == [
        "share doi 10.5555/s, but their titles are of different papers",
    ]
    german = paper(reading, "german", doi="10.5555/s", title="Quenosartan bei Hypertonie", language="de")
    assert groups(linked(first, german)) == {together("first", "german")}


@pytest.mark.parametrize(
    ("relation", "method", "words"),
    [
        (Relation.PREPRINT_OF, "relation:PREPRINT_OF", "a preprint of"),
        (Relation.TRANSLATION_OF, "relation:TRANSLATION_OF", "a translation of"),
        (Relation.CONFERENCE_ABSTRACT_OF, "relation:CONFERENCE_ABSTRACT_OF", "the conference abstract of"),
        (Relation.PROTOCOL_OF, "relation:PROTOCOL_OF", "the protocol of"),
        (Relation.DUPLICATE_OF, "duplicate", "a copy of"),
    ],
)
def test_what_a_document_says_it_is_to_a_paper_links_it(
    reading: Make, relation: Relation, method: str, words: str
) -> None:
    stated = DocumentRelation(relation=relation, scheme="doi", value="10.5555/Paper", method="stated")
    found = linked(paper(reading, "other", relations=(stated,)), paper(reading, doi="10.5555/paper"))
    told = links(found)
    assert told["other"] == Link(method, 0.98, f"says that it is {words} DOI 10.5555/paper")
    assert told["paper"] == Link(method, 0.98, f"doc-other says that it is {words} DOI 10.5555/paper")


@pytest.mark.parametrize("relation", [Relation.OTHER_PART_OF, Relation.COMMENT_ON, Relation.CITES])
def test_another_part_a_comment_and_a_citation_link_nothing(reading: Make, relation: Relation) -> None:
    stated = DocumentRelation(relation=relation, scheme="doi", value="10.5555/paper", method="stated")
    assert len(groups(linked(paper(reading, "o", relations=(stated,)), paper(reading, doi="10.5555/paper")))) == 2


def test_relations_that_were_inferred_link_when_they_are_sure_enough(reading: Make) -> None:
    def row(relation: Relation, confidence: float) -> DocumentRelationRow:
        return DocumentRelationRow(
            from_document_id="doc-b", to_document_id="doc-a", relation=relation, method="alike", confidence=confidence
        )

    pair = (paper(reading, "a"), paper(reading, "b"))
    sure = linked(*pair, relations=[row(Relation.DUPLICATE_OF, 0.93)])
    assert links(sure)["b"] == Link("duplicate", 0.93, "doc-b is a copy of doc-a: alike")
    unsure = linked(*pair, relations=[row(Relation.PREPRINT_OF, 0.7)])
    assert len(groups(unsure)) == 2
    assert [(one.method, one.score) for one in unsure.doubtful] == [("relation:PREPRINT_OF", 0.7)]


def news(reading: Make, *dois: str) -> Reading:
    cited = tuple(Identifier(scheme="doi", value=doi, start=0, end=1) for doi in dois)
    return reading("news", DocumentKind.NEWS, facts={"cites": cited}, trial=TrialClaim(enrollment=10))


def test_news_are_linked_by_the_papers_that_they_cite(reading: Make) -> None:
    one, two = paper(reading, "one", NCT, doi="10.5555/one"), paper(reading, "two", NCT, doi="10.5555/two")
    alone = linked(one, news(reading, "10.5555/ONE"))
    assert links(alone)["news"] == Link("cited_paper", 0.9, "cites DOI 10.5555/one as its only paper")
    both = linked(one, two, news(reading, "10.5555/one", "10.5555/two"))
    said = "cites DOI 10.5555/one and DOI 10.5555/two, all papers of this trial"
    assert links(both)["news"] == Link("cited_paper", 0.85, said)
    assert links(linked(one, news(reading, "10.5555/one", "10.5555/unknown"))).keys() == {"one"}
    other = paper(reading, "two", "NCT09990002", doi="10.5555/two")
    found = linked(one, other, news(reading, "10.5555/one", "10.5555/two"))
    assert groups(found) == {together("one"), together("two")}
    assert found.on_several == {"doc-news": (("doi", "10.5555/one"), ("doi", "10.5555/two"))}


def test_what_stands_alone_says_so(reading: Make) -> None:
    assert links(linked(paper(reading)))["paper"] == Link("own", 1.0, "the trial is known from this document only")
    assert links(linked(paper(reading, "paper", NCT)))["paper"].method == "registry_id"


def judged(left: str, right: str) -> tuple[Constraint, ...]:
    return (Constraint(frozenset({f"doc-{left}"}), frozenset({f"doc-{right}"}), "j1", "ada: they are the same"),)


def test_a_judgement_joins_what_different_registrations_part(reading: Make) -> None:
    pair = (paper(reading, "a", NCT, doi="10.5555/x"), paper(reading, "b", "NCT09990002", doi="10.5555/x"))
    assert len(groups(linked(*pair))) == 2
    found = linked(*pair, constraints=Constraints(same=judged("a", "b")))
    assert groups(found) == {together("a", "b")}
    assert links(found)["b"] == Link("judgement", 1.0, "ada: they are the same")
    assert found.doubtful == ()


def test_a_judgement_takes_one_document_out_of_a_trial_and_no_other_one(reading: Make) -> None:
    """The paper names the trial's number, and a person says that it is of another one: a third paper stays."""
    everything = (record(reading), paper(reading, "wrong", NCT, doi="10.5555/w"), paper(reading, "right", NCT))
    found = linked(*everything, constraints=Constraints(different=judged("wrong", NCT)))
    assert groups(found) == {together(NCT, "right"), together("wrong")}
    assert found.doubtful == ()
    apart = Constraints(different=judged("wrong", "right"))
    assert groups(linked(*everything[1:], constraints=apart)) == {together("wrong"), together("right")}


def test_a_judgement_parts_what_a_chain_of_documents_would_join(reading: Make) -> None:
    chain = (
        paper(reading, "a", doi="10.5555/a"),
        paper(reading, "b", doi="10.5555/a", pmid="7"),
        paper(reading, "c", pmid="7"),
    )
    assert len(groups(linked(*chain))) == 1
    found = groups(linked(*chain, constraints=Constraints(different=judged("a", "c"))))
    assert not any(together("a", "c") <= group for group in found)
    assert len(found) == 2


def test_a_record_of_a_file_with_several_records_is_linked_by_all_that_it_has(reading: Make) -> None:
    """Its claims are named after the record's place in the file, which is no page on several trials."""
    both = paper(reading, "one", doi="10.5555/x.1", pmid="91"), paper(reading, "other", pmid="91")
    placed = [
        Mention(record.document, record.extractions[0].model_copy(update={"id": f"papers.xml#{number}"}), "test", "1")
        for number, record in enumerate(both)
    ]
    assert len(link(placed).clusters) == 1
