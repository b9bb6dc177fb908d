"""What a paper's own record says of its retraction reaches its trial, with or without the notice, and is quoted."""

from collections.abc import Callable

import pytest

from trialhouse.model.document import DocumentRelation, OwnNotice
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import DocumentRow, EvidenceRow, RowSet, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.resources import data_root

ONE = TrialClaim(registry_ids=("NCT09990001",))
PROOF = Evidence(start=3, end=6, quote="abc")


def own(status: str, words: str = "words") -> OwnNotice:
    return OwnNotice(status=EvidenceStatus(status), words=words, evidence=PROOF)


def status_of(*readings: Reading) -> tuple[str, list[tuple[str, str | None, bool]]]:
    """The status of the only trial, and its evidence: the document, the rule and whether it is the main one."""
    rows: RowSet = resolve(readings, Vocabulary(), lambda document: True)
    (trial,) = rows.of(TrialRow)
    proof = [
        row for row in rows.of(EvidenceRow) if (row.row_id, row.column_name) == (trial.trial_id, "evidence_status")
    ]
    return trial.evidence_status.value, [(row.document_id, row.rule, row.is_main) for row in proof]


@pytest.mark.parametrize("status", ["RETRACTED", "EXPRESSION_OF_CONCERN", "CORRECTED"])
def test_the_record_of_a_paper_alone_decides_and_is_quoted(reading: Callable[..., Reading], status: str) -> None:
    paper = reading("paper", trial=ONE, facts={"notices": (own(status, "said in"),)})
    assert status_of(paper) == (status, [("doc-paper", "said in", True)])
    assert status_of(reading("paper", trial=ONE)) == ("CURRENT", [])


def test_the_gravest_statement_decides_and_only_those_that_say_it_are_its_evidence(
    reading: Callable[..., Reading],
) -> None:
    both = reading("both", trial=ONE, facts={"notices": (own("CORRECTED"), own("RETRACTED", "retraction in"))})
    doubted = reading("doubted", trial=ONE, facts={"notices": (own("EXPRESSION_OF_CONCERN"),)})
    assert status_of(both, doubted) == ("RETRACTED", [("doc-both", "retraction in", True)])


def test_a_retracted_preprint_says_nothing_of_a_paper_that_stands(reading: Callable[..., Reading]) -> None:
    gone, mended = (own("RETRACTED", "retraction in"),), (own("CORRECTED", "erratum in"),)
    facts = {"doi": "10.5555/preprint", "published": "2025", "notices": gone}
    preprint = reading("preprint", DocumentKind.PREPRINT, trial=ONE, facts=facts)
    facts = {"doi": "10.5555/paper", "published": "2026"}
    assert status_of(preprint) == ("RETRACTED", [("doc-preprint", "retraction in", True)])
    assert status_of(preprint, reading("paper", trial=ONE, facts=facts)) == ("CURRENT", [])
    corrected = reading("paper", trial=ONE, facts=facts | {"notices": mended})
    assert status_of(preprint, corrected) == ("CORRECTED", [("doc-paper", "erratum in", True)])


def test_a_preprint_or_a_further_paper_does_not_stand_for_a_paper_that_was_retracted(
    reading: Callable[..., Reading],
) -> None:
    gone = (own("RETRACTED", "retraction in"),)
    facts = {"doi": "10.5555/paper", "title": "Quenosartan: a randomised trial", "published": "2025", "notices": gone}
    paper = reading("paper", trial=ONE, facts=facts)
    preprint = reading("preprint", DocumentKind.PREPRINT, trial=ONE, facts={"doi": "10.5555/preprint"})
    facts = {"doi": "10.5555/later", "title": "Quenosartan: a post-hoc analysis", "published": "2026"}
    later = reading("later", trial=ONE, facts=facts)
    assert status_of(paper, preprint, later) == ("RETRACTED", [("doc-paper", "retraction in", True)])
    withdrawn = reading("later", trial=ONE, facts=facts | {"notices": gone})
    sound = reading("paper", trial=ONE, facts=paper.document.model_dump(include={"doi", "title", "published"}))
    assert status_of(sound, withdrawn) == ("CURRENT", [])


def test_another_record_of_the_paper_speaks_for_it_though_it_reports_no_trial(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", trial=ONE, facts={"doi": "10.5555/Paper"})
    record = reading("crossref", None, facts={"doi": "10.5555/paper", "notices": (own("RETRACTED"),)})
    other = reading("other", None, facts={"doi": "10.5555/other", "notices": (own("RETRACTED"),)})
    assert status_of(paper, record) == ("RETRACTED", [("doc-crossref", "words", True)])
    assert status_of(paper, other) == ("CURRENT", [])


def test_a_notice_weighs_as_much_as_a_record_and_one_that_was_corrected_itself_says_nothing(
    reading: Callable[..., Reading],
) -> None:
    stated = DocumentRelation(relation=Relation.RETRACTION_OF, scheme="doi", value="10.5555/paper", method="stated")
    paper = reading("paper", trial=ONE, facts={"doi": "10.5555/paper", "notices": (own("CORRECTED"),)})
    notice = reading("notice", DocumentKind.NOTICE, facts={"relations": (stated,)})
    assert status_of(paper, notice) == ("RETRACTED", [])
    mended = reading("n", DocumentKind.NOTICE, facts={"doi": "10.5555/paper", "notices": (own("RETRACTED"),)})
    assert status_of(paper, mended)[0] == "CORRECTED"


def documents_of(*readings: Reading) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The status of each document, and all that is said of it."""
    sql = data_root() / "warehouse" / "duplicates"
    rows = resolve(readings, Vocabulary(), lambda document: True, duplicates=sql)
    return {row.document_id: (row.evidence_status.value, row.notices) for row in rows.of(DocumentRow)}


def notice(reading: Callable[..., Reading], name: str, *relations: Relation, **facts: str) -> Reading:
    """A notice about the paper of the DOI 10.5555/paper."""
    said = [DocumentRelation(relation=one, scheme="doi", value="10.5555/paper", method="stated") for one in relations]
    return reading(name, DocumentKind.NOTICE, facts={"relations": tuple(said), **facts})


def test_each_kind_of_notice_about_a_document_is_kept_and_others_of_its_trial_stay_as_they_are(
    reading: Callable[..., Reading],
) -> None:
    paper = reading("paper", trial=ONE, facts={"doi": "10.5555/paper", "notices": (own("CORRECTED", "erratum in"),)})
    record = reading("record", DocumentKind.REGISTRY, trial=ONE)
    doubt = notice(reading, "doubt", Relation.CONCERN_ABOUT, doi="10.5555/doubt")
    assert documents_of(paper, record, doubt) == {
        "doc-paper": ("EXPRESSION_OF_CONCERN", ("EXPRESSION_OF_CONCERN", "CORRECTED")),
        "doc-record": ("CURRENT", ()),
        "doc-doubt": ("CURRENT", ()),
    }
    rows = resolve([paper, record, doubt], Vocabulary(), lambda document: True)
    said = [row for row in rows.of(EvidenceRow) if row.row_id == "doc-paper"]
    assert [(row.column_name, row.rule, row.quote) for row in said] == [("notices", "erratum in", "abc")]


def test_a_notice_with_the_doi_of_its_paper_is_not_what_it_says_of_the_paper(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", trial=ONE, facts={"doi": "10.5555/paper"})
    same = notice(reading, "notice", Relation.RETRACTION_OF, doi="10.5555/paper")
    found = documents_of(paper, same)
    assert found["doc-paper"] == ("RETRACTED", ("RETRACTED",))


def test_what_became_of_a_paper_holds_for_every_record_and_copy_of_it(reading: Callable[..., Reading]) -> None:
    title = "Quenosartan for hypertension: a randomised trial"
    abstract = reading("abstract", trial=ONE, facts={"doi": "10.5555/paper", "pmid": "1", "title": title})
    full = reading(
        "full", DocumentKind.FULLTEXT, trial=ONE, facts={"doi": "10.5555/paper", "pmcid": "PMC1", "title": title}
    )
    by_pmc = reading("pmc", None, facts={"pmcid": "PMC1", "notices": (own("RETRACTED"),)})
    found = documents_of(abstract, full, by_pmc, reading("other", trial=ONE, facts={"doi": "10.5555/other"}))
    assert {name: status for name, (status, _) in found.items()} == {
        "doc-abstract": "RETRACTED",
        "doc-full": "RETRACTED",
        "doc-pmc": "RETRACTED",
        "doc-other": "CURRENT",
    }
