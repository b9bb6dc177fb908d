import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.config_files import read_trust_config
from trialhouse.model.document import Document, DocumentRelation
from trialhouse.model.enums import ArmType, DocumentKind, EnrollmentType, EvidenceStatus, Relation, Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    ConflictRow,
    DocumentRelationRow,
    DocumentRow,
    DocumentTextRow,
    EvidenceRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    RowSet,
    TrialDocumentRow,
    TrialRow,
)
from trialhouse.model.vocabulary import UnitTerm, Vocabulary
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.resources import data_root

TRUST = read_trust_config(data_root() / "config" / "trust.toml")
UNITS = Vocabulary(units=(UnitTerm(name="mg", unit="mg", ucum="mg"), UnitTerm(name="percent", unit="%", ucum="%")))


def arm(key: str, dose: float | None = None, n: int | None = None, **more: Any) -> ArmClaim:
    drug = InterventionClaim(name="quenosartan", dose_value=dose, dose_unit="mg" if dose else None)
    return ArmClaim(key=key, label=key, arm_type=ArmType.EXPERIMENTAL, n_randomized=n, interventions=(drug,), **more)


def placebo(key: str = "placebo", n: int | None = None) -> ArmClaim:
    given = (InterventionClaim(name="placebo"),)
    return ArmClaim(key=key, label=key, arm_type=ArmType.PLACEBO_COMPARATOR, n_randomized=n, interventions=given)


def resolved(*readings: Reading, passed_on: bool = True) -> RowSet:
    return resolve(readings, UNITS, lambda document: passed_on, trust=TRUST)


ONE = TrialClaim(registry_ids=("NCT09990001",))


def test_arms_of_two_documents_meet_by_drug_dose_and_role(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", trial=ONE, arms=(arm("q40", 40, n=50), arm("q80", 80, n=49), placebo(n=51)))
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=(placebo("control"), arm("A", 80), arm("B", 40)))
    rows = resolved(paper, record)
    sizes = {row.label: row.n_randomized for row in rows.of(ArmRow)}
    assert sizes == {"control": 51, "A": 49, "B": 50}
    doses = [row.dose_value for row in rows.of(ArmInterventionRow) if row.dose_value]
    assert sorted(doses) == [40, 80]


def test_an_arm_without_a_dose_meets_the_only_arm_of_its_drug(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", trial=ONE, arms=(arm("q40", 40, n=50), placebo(n=50)))
    news = reading("news", DocumentKind.NEWS, trial=ONE, arms=(arm("the drug"), placebo("dummy pill")))
    assert len(resolved(paper, news).of(ArmRow)) == 2


def test_an_arm_that_could_be_either_of_two_stays_apart(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", trial=ONE, arms=(arm("q40", 40), arm("q80", 80), placebo()))
    news = reading("news", DocumentKind.NEWS, trial=ONE, arms=(arm("the drug"), placebo()))
    assert len(resolved(paper, news).of(ArmRow)) == 4


def outcome(*numbers: Any, analyses: tuple[Any, ...] = (), weeks: float | None = 12) -> OutcomeClaim:
    return OutcomeClaim(measure="Response", time_frame_weeks=weeks, measurements=numbers, analyses=analyses)


def test_a_number_that_two_documents_give_is_one_row_with_two_proofs(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    arms = (arm("q40", 40), placebo())
    paper = reading("paper", trial=ONE, arms=arms, outcomes=(outcome(measured("q40", 60), measured("placebo", 0)),))
    news = reading("news", DocumentKind.NEWS, trial=ONE, arms=arms, outcomes=(outcome(measured("q40", 60)),))
    rows = resolved(news, paper)
    assert sorted(row.value for row in rows.of(OutcomeMeasurementRow)) == [0, 60]
    proofs = [row for row in rows.of(EvidenceRow) if row.column_name == "value"]
    assert [(row.document_id, row.is_main) for row in sorted(proofs, key=lambda row: row.document_id)] == [
        ("doc-news", False),
        ("doc-paper", True),
        ("doc-paper", True),
    ]
    assert {row.time_frame_days for row in rows.of(OutcomeRow)} == {84}


def test_a_number_that_differs_stays_visible_as_a_conflict_and_its_interval_is_not_taken_over(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    arms = (arm("q40", 40), placebo())
    paper = reading("paper", trial=ONE, arms=arms, outcomes=(outcome(measured("q40", 60)),))
    other = measured("q40", 63, dispersion_type="CI", dispersion_low=55, dispersion_high=70)
    preprint = reading("preprint", DocumentKind.PREPRINT, trial=ONE, arms=arms, outcomes=(outcome(other),))
    rows = resolved(preprint, paper)
    (kept,) = rows.of(OutcomeMeasurementRow)
    assert (kept.value, kept.dispersion_low) == (60, None)
    (conflict,) = rows.of(ConflictRow)
    assert (conflict.column_name, conflict.kept_value, conflict.other_value) == ("value", "60.0", "63.0")
    assert (conflict.kept_document_id, conflict.other_document_id) == ("doc-paper", "doc-preprint")


def test_two_numbers_of_one_document_that_nothing_read_tells_apart_both_stay(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    paper = reading(
        "paper", trial=ONE, arms=(arm("q40", 40),), outcomes=(outcome(measured("q40", 60), measured("q40", 61)),)
    )
    rows = resolved(paper)
    assert sorted(row.value for row in rows.of(OutcomeMeasurementRow)) == [60, 61]
    assert rows.of(ConflictRow) == []


def test_a_comparison_gains_the_interval_that_a_second_document_adds(
    reading: Callable[..., Reading], compared: Callable[..., Any]
) -> None:
    arms = (arm("q40", 40), placebo())
    bare = compared("q40", "placebo", estimate=20)
    full = compared("q40", "placebo", estimate=20, ci_pct=95, ci_low=1, ci_high=39, p_value=0.04, p_modifier="=")
    paper = reading("paper", trial=ONE, arms=arms, outcomes=(outcome(analyses=(bare,)),))
    preprint = reading("preprint", DocumentKind.PREPRINT, trial=ONE, arms=arms, outcomes=(outcome(analyses=(full,)),))
    (row,) = resolved(paper, preprint).of(OutcomeAnalysisRow)
    assert (row.estimate, row.ci_low, row.ci_high, row.p_value) == (20, 1, 39, 0.04)


def test_a_spread_is_taken_whole_from_one_document(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    arms = (arm("q40", 40), placebo())
    spread = measured("q40", 5, dispersion_type="SD", dispersion_value=3.1)
    interval = measured("q40", 5, dispersion_type="CI", dispersion_low=4.5, dispersion_high=5.5)
    paper = reading("paper", trial=ONE, arms=arms, outcomes=(outcome(spread),))
    preprint = reading("preprint", DocumentKind.PREPRINT, trial=ONE, arms=arms, outcomes=(outcome(interval),))
    rows = resolved(paper, preprint)
    (row,) = rows.of(OutcomeMeasurementRow)
    assert (row.dispersion_type, row.dispersion_value, row.dispersion_low) == ("SD", 3.1, None)
    assert [(c.column_name, c.kept_value, c.other_value) for c in rows.of(ConflictRow)] == [
        ("dispersion_type", "SD", "CI")
    ]


def test_a_name_in_another_case_is_no_conflict(reading: Callable[..., Reading]) -> None:
    given = InterventionClaim(name="Placebo")
    record = reading(
        "record",
        DocumentKind.REGISTRY,
        trial=ONE,
        arms=(ArmClaim(key="c", label="c", arm_type=ArmType.PLACEBO_COMPARATOR, interventions=(given,)),),
    )
    assert resolved(record, reading("paper", trial=ONE, arms=(placebo(),))).of(ConflictRow) == []


def test_where_design_facts_disagree_the_trusted_one_is_kept_and_the_other_shown(
    reading: Callable[..., Reading],
) -> None:
    record = reading("record", DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=("NCT09990001",), enrollment=100))
    paper = reading("paper", trial=TrialClaim(registry_ids=("NCT09990001",), enrollment=98, start_date="2020-03-02"))
    early = reading(
        "early", DocumentKind.PREPRINT, trial=TrialClaim(registry_ids=("NCT09990001",), start_date="2020-03")
    )
    rows = resolved(paper, record, early)
    (trial,) = rows.of(TrialRow)
    assert (trial.enrollment, str(trial.start_date), trial.start_date_precision) == (100, "2020-03-02", "day")
    assert [(c.column_name, c.kept_value, c.other_value) for c in rows.of(ConflictRow)] == [("enrollment", "100", "98")]


def test_how_many_there_were_is_kept_over_how_many_were_planned(reading: Callable[..., Reading]) -> None:
    planned = TrialClaim(registry_ids=("NCT09990001",), enrollment=120, enrollment_type=EnrollmentType.ESTIMATED)
    counted = TrialClaim(registry_ids=("NCT09990001",), enrollment=98)
    record = reading("record", DocumentKind.REGISTRY, trial=planned)
    rows = resolved(reading("paper", trial=counted), record)
    (trial,) = rows.of(TrialRow)
    assert (trial.enrollment, trial.enrollment_type) == (98, None)
    assert [(c.kept_value, c.other_value, c.rule) for c in rows.of(ConflictRow)] == [
        ("98", "120", "trust_order:enrollment:planned_registry")
    ]
    protocol = reading("protocol", trial=counted, facts={"title": "Quenosartan in adults: study protocol"})
    (trial,) = resolved(protocol, record).of(TrialRow)
    assert (trial.enrollment, trial.enrollment_type) == (120, EnrollmentType.ESTIMATED)


@pytest.mark.parametrize(
    ("relation", "status"),
    [
        (Relation.ERRATUM_FOR, EvidenceStatus.CORRECTED),
        (Relation.RETRACTION_OF, EvidenceStatus.RETRACTED),
        (Relation.CONCERN_ABOUT, EvidenceStatus.EXPRESSION_OF_CONCERN),
        (Relation.COMMENT_ON, EvidenceStatus.CURRENT),
    ],
)
def test_a_notice_reaches_the_trial_of_the_paper_that_it_names(
    reading: Callable[..., Reading], relation: Relation, status: EvidenceStatus
) -> None:
    stated = DocumentRelation(relation=relation, scheme="doi", value="10.5555/PAPER", method="stated")
    notice = reading("notice", DocumentKind.NOTICE, facts={"relations": (stated,)}, trial=ONE)
    paper = reading("paper", facts={"doi": "10.5555/paper"}, trial=ONE)
    rows = resolved(notice, paper)
    (link,) = rows.of(DocumentRelationRow)
    assert (link.from_document_id, link.to_document_id, link.relation) == ("doc-notice", "doc-paper", relation)
    (trial,) = rows.of(TrialRow)
    assert trial.evidence_status == status
    (row,) = (row for row in rows.of(DocumentRow) if row.kind is DocumentKind.NOTICE)
    assert (row.problem or "").startswith("a notice: none of its numbers")
    linked = [link.method for link in rows.of(TrialDocumentRow) if link.document_id == "doc-notice"]
    assert linked == ([] if status is EvidenceStatus.CURRENT else [relation])


def test_a_notice_about_a_paper_that_a_trial_has_twice_is_one_link_by_the_gravest_thing_it_says(
    reading: Callable[..., Reading],
) -> None:
    said = [
        DocumentRelation(relation=relation, scheme="doi", value="10.5555/paper", method="stated")
        for relation in (Relation.ERRATUM_FOR, Relation.RETRACTION_OF)
    ]
    notice = reading("notice", DocumentKind.NOTICE, facts={"relations": tuple(said)}, trial=ONE)
    abstract = reading("abstract", facts={"doi": "10.5555/paper"}, trial=ONE)
    full_text = reading("full", DocumentKind.FULLTEXT, facts={"doi": "10.5555/paper"}, trial=ONE)
    links = resolved(notice, abstract, full_text).of(TrialDocumentRow)
    assert [link.method for link in links if link.document_id == "doc-notice"] == [Relation.RETRACTION_OF]


def test_copies_of_one_paper_are_related_and_a_supplement_under_its_doi_is_not(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", facts={"doi": "10.5555/x", "title": "Quenosartan for hypertension: a trial"})
    copy = reading(
        "copy", DocumentKind.PORTAL, facts={"doi": "10.5555/X", "title": "Quenosartan for hypertension - A Trial."}
    )
    supplement = reading("supplement", facts={"doi": "10.5555/x", "title": "Abstracts of the annual meeting"})
    untitled = reading("untitled", facts={"doi": "10.5555/x"})
    sql = data_root() / "warehouse" / "duplicates"
    readings = [paper, copy, supplement, untitled]
    rows = resolve(readings, UNITS, lambda document: True, duplicates=sql).of(DocumentRelationRow)
    assert [(row.from_document_id, row.to_document_id) for row in rows] == [("doc-copy", "doc-paper")]


def test_a_text_that_may_not_be_passed_on_is_kept_as_its_quotes_only(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    claims = {"trial": ONE, "arms": (arm("q40", 40),), "outcomes": (outcome(measured("q40", 60)),)}
    whole = resolved(reading("paper", **claims)).of(DocumentTextRow)
    parts = resolved(reading("paper", **claims), passed_on=False).of(DocumentTextRow)
    assert [text.is_whole for text in whole] == [True]
    assert [(text.is_whole, text.span_start, text.span_end) for text in parts] == [(False, 0, 60)]
    assert parts[0].text == whole[0].text[:60]


def test_a_zero_is_a_number_and_a_stated_no_is_a_statement(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    trial = TrialClaim(registry_ids=("NCT09990001",), placebo_controlled=False)
    deaths = measured("q40", 0, statistic=Statistic.COUNT, unit="participants")
    rows = resolved(reading("paper", trial=trial, arms=(arm("q40", 40),), outcomes=(outcome(deaths),)))
    assert [row.value for row in rows.of(OutcomeMeasurementRow)] == [0]
    assert [row.placebo_controlled for row in rows.of(TrialRow)] == [False]


def test_the_rows_do_not_depend_on_the_order_of_documents(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    proof = {"enrollment": Evidence(start=3, end=6, quote="100")}
    readings = [
        reading("paper", trial=ONE, arms=(arm("q40", 40), placebo()), outcomes=(outcome(measured("q40", 60)),)),
        reading(
            "record",
            DocumentKind.REGISTRY,
            trial=TrialClaim(registry_ids=("NCT09990001",), enrollment=100, evidence=proof),
        ),
        reading(
            "news",
            DocumentKind.NEWS,
            trial=ONE,
            arms=(arm("drug"), placebo()),
            outcomes=(outcome(measured("drug", 61)),),
        ),
        reading("alone", trial=TrialClaim(enrollment=5)),
    ]
    wanted = set(resolved(*readings))
    assert len(wanted) > 10
    for order in itertools.permutations(readings):
        assert set(resolved(*order)) == wanted


def test_documents_are_told_whether_they_may_be_passed_on(reading: Callable[..., Reading]) -> None:
    asked: list[Document] = []
    resolve([reading("paper", trial=ONE)], UNITS, lambda document: bool(asked.append(document)))
    assert [document.document_id for document in asked] == ["doc-paper"]
