"""Orders of trust: whose value is kept, by which rule, and documents whose kind is not known."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.config_files import read_trust_config
from trialhouse.model.document import Document, DocumentRelation, OwnNotice
from trialhouse.model.enums import ArmType, DocumentKind, EnrollmentType, EvidenceStatus, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    CandidateRow,
    ConflictRow,
    DocumentRow,
    EvidenceRow,
    OutcomeMeasurementRow,
    RowSet,
    TrialDocumentRow,
    TrialRow,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.resolution.trust import ORDER, trust_key
from trialhouse.resources import data_root

TRUST = read_trust_config(data_root() / "config" / "trust.toml")
ID = ("NCT09990001",)
ONE = TrialClaim(registry_ids=ID)
RETRACTED = OwnNotice(
    status=EvidenceStatus.RETRACTED, words="retraction in", evidence=Evidence(start=0, end=2, quote="Of")
)


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True, trust=TRUST)


def told(rows: RowSet) -> list[tuple[str, str, str, str]]:
    return [(c.column_name, c.kept_value, c.other_value, c.rule) for c in rows.of(ConflictRow)]


def test_a_document_of_no_known_kind_is_trusted_least(reading: Callable[..., Reading]) -> None:
    documents: list[Document] = [reading(f"r{n}", kind).document for n, kind in enumerate((None, *ORDER))]
    assert [one.kind for one in sorted(documents, key=trust_key)] == [*ORDER, None]
    unknown = reading("unknown", None, trial=TrialClaim(registry_ids=ID, enrollment=5))
    news = reading("news", DocumentKind.NEWS, trial=TrialClaim(registry_ids=ID, enrollment=6))
    assert [row.enrollment for row in resolved(unknown, news).of(TrialRow)] == [6]


def test_a_document_of_no_known_kind_keeps_its_row_and_has_no_role(reading: Callable[..., Reading]) -> None:
    rows = resolved(reading("r1", None, trial=ONE))
    assert [row.kind for row in rows.of(DocumentRow)] == [None]
    assert [row.role for row in rows.of(TrialDocumentRow)] == [None]


def said(enrollment: int, kind: str | None = None, **more: Any) -> TrialClaim:
    return TrialClaim(registry_ids=ID, enrollment=enrollment, enrollment_type=kind, **more)


def test_each_column_has_its_own_order(reading: Callable[..., Reading]) -> None:
    record = reading("record", DocumentKind.REGISTRY, trial=said(100, "ACTUAL", site_count=9, phase="PHASE3"))
    paper = reading("paper", trial=said(98, site_count=7, phase="PHASE2"))
    rows = resolved(record, paper)
    (trial,) = rows.of(TrialRow)
    assert (trial.enrollment, trial.site_count, trial.phase) == (100, 7, "PHASE3")
    assert sorted(told(rows)) == [
        ("enrollment", "100", "98", "trust_order:enrollment:actual_registry"),
        ("phase", "PHASE3", "PHASE2", "trust_order:design"),
        ("site_count", "7", "9", "trust_order:sites"),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_plan_and_a_protocol_give_way_to_every_count_whatever_the_order(
    reading: Callable[..., Reading], order: tuple[int, ...]
) -> None:
    readings = [
        reading("record", DocumentKind.REGISTRY, trial=said(120, "ESTIMATED")),
        reading("protocol", DocumentKind.FULLTEXT, trial=said(110), facts={"title": "Study protocol of a trial"}),
        reading("news", DocumentKind.NEWS, trial=said(98)),
    ]
    rows = resolved(*(readings[place] for place in order))
    assert [(row.enrollment, row.enrollment_type) for row in rows.of(TrialRow)] == [(98, None)]
    assert sorted(told(rows)) == [
        ("enrollment", "98", "110", "trust_order:enrollment:protocol"),
        ("enrollment", "98", "120", "trust_order:enrollment:planned_registry"),
    ]


DRUG = InterventionClaim(name="quenosartan")


def arm(n: int, *, is_derived: bool = False, **more: Any) -> ArmClaim:
    more = {"key": "q", "label": "q", "arm_type": ArmType.EXPERIMENTAL, "interventions": (DRUG,)} | more
    return ArmClaim(n_randomized=n, n_is_derived=is_derived, **more)


def test_the_participants_that_a_paper_counts_are_kept_over_those_planned_and_those_computed(
    reading: Callable[..., Reading],
) -> None:
    record = reading("record", DocumentKind.REGISTRY, trial=said(100, EnrollmentType.ESTIMATED), arms=(arm(50),))
    paper = reading("paper", trial=ONE, arms=(arm(49),))
    full = reading("full", DocumentKind.FULLTEXT, trial=ONE, arms=(arm(48, is_derived=True),))
    rows = resolved(record, paper, full)
    assert [(row.n_randomized, row.n_is_derived) for row in rows.of(ArmRow)] == [(49, False)]
    assert sorted(told(rows)) == [
        ("n_randomized", "49", "48", "trust_order:participants:derived"),
        ("n_randomized", "49", "50", "trust_order:participants:planned_registry"),
    ]
    posted = reading("record", DocumentKind.REGISTRY, trial=said(100, EnrollmentType.ACTUAL), arms=(arm(50),))
    assert [row.n_randomized for row in resolved(posted, paper).of(ArmRow)] == [50]


def result(value: float, measured: Callable[..., Any]) -> dict[str, Any]:
    claim = OutcomeClaim(measure="Response", time_frame_weeks=12, measurements=(measured("q", value),))
    return {"trial": ONE, "arms": (arm(50),), "outcomes": (claim,)}


def test_a_retracted_paper_gives_way_to_news_and_its_agreeing_word_stays_as_evidence(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    paper = reading("paper", DocumentKind.FULLTEXT, facts={"notices": (RETRACTED,)}, **result(60, measured))
    news = reading("news", DocumentKind.NEWS, **result(58, measured))
    rows = resolved(paper, news)
    assert [row.value for row in rows.of(OutcomeMeasurementRow)] == [58]
    assert told(rows) == [("value", "58.0", "60.0", "trust_order:results:retracted")]
    rows = resolved(paper, reading("news", DocumentKind.NEWS, **result(60, measured)))
    proofs = {(row.document_id, row.is_main) for row in rows.of(EvidenceRow) if row.column_name == "value"}
    assert proofs == {("doc-news", True), ("doc-paper", False)}
    assert [row.value for row in resolved(paper).of(OutcomeMeasurementRow)] == [60]


def test_a_preprint_whose_paper_is_there_gives_way_to_news_of_the_paper(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    stated = DocumentRelation(relation=Relation.PREPRINT_OF, scheme="doi", value="10.5555/paper", method="stated")
    preprint = reading("pre", DocumentKind.PREPRINT, facts={"relations": (stated,)}, **result(61, measured))
    news = reading("news", DocumentKind.NEWS, **result(60, measured))
    assert [row.value for row in resolved(preprint, news).of(OutcomeMeasurementRow)] == [61]
    paper = reading("paper", trial=ONE, facts={"doi": "10.5555/paper"})
    rows = resolved(preprint, news, paper)
    assert [row.value for row in rows.of(OutcomeMeasurementRow)] == [60]
    assert told(rows) == [("value", "60.0", "61.0", "trust_order:results:published_preprint")]


def test_of_two_records_of_one_paper_the_later_one_is_believed(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    paper = {"title": "Quenosartan for high blood pressure in adults"}
    first = reading("first", facts={"published": "2024-05", **paper}, **result(61, measured))
    later = reading("later", facts={"published": "2025", **paper}, **result(60, measured))
    assert told(resolved(first, later)) == [("value", "60.0", "61.0", "trust_order:results:later_published")]
    undated = reading("undated", **result(62, measured))
    again = reading("zz", **result(63, measured))
    assert told(resolved(undated, again)) == [("value", "62.0", "63.0", "trust_order:results")]


def test_the_paper_of_the_main_results_is_believed_before_a_further_one_whatever_its_kind(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    main = reading("main", facts={"published": "2024-05", "title": "Quenosartan in adults: a trial"}, **arms_of(50))
    title = "Quenosartan in adults: a post hoc analysis of a trial"
    for kind in (DocumentKind.ABSTRACT, DocumentKind.FULLTEXT):
        further = reading("later", kind, facts={"published": "2025-05", "title": title}, **arms_of(48))
        rows = resolved(main, further)
        assert [row.n_randomized for row in rows.of(ArmRow)] == [50]
        assert told(rows) == [("n_randomized", "50", "48", "trust_order:participants:secondary_results")]
        # What it alone says is taken from it, and it stays a paper: news of it is worth less.
        news = reading("news", DocumentKind.NEWS, **result(61, measured))
        paper = reading("later", kind, facts={"published": "2025-05", "title": title}, **result(60, measured))
        assert [row.value for row in resolved(main, paper, news).of(OutcomeMeasurementRow)] == [60]


@pytest.mark.parametrize("kind", [DocumentKind.ABSTRACT, DocumentKind.PREPRINT])
def test_the_paper_is_believed_before_interim_results_that_a_meeting_heard_under_another_title(
    reading: Callable[..., Reading], measured: Callable[..., Any], kind: DocumentKind
) -> None:
    facts = {"published": "2022", "title": "Interim results of quenosartan", "publication_types": ("meeting abstract",)}
    interim = reading("interim", facts=facts, **result(44, measured))
    paper = {"published": "2023-05", "title": "Quenosartan in adults: a trial", "doi": "10.5555/main"}
    rows = resolved(interim, reading("main", kind, facts=paper, **result(51, measured)))
    assert told(rows) == [("value", "51.0", "44.0", "trust_order:results:secondary_results")]
    assert [row.value for row in resolved(interim).of(OutcomeMeasurementRow)] == [44]


def arms_of(n: int) -> dict[str, Any]:
    return {"trial": ONE, "arms": (arm(n),)}


CONCERN = RETRACTED.model_copy(update={"status": EvidenceStatus.EXPRESSION_OF_CONCERN})


def test_what_is_questioned_comes_last_and_what_was_retracted_after_it(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    full = reading("full", DocumentKind.FULLTEXT, facts={"notices": (RETRACTED,)}, **result(60, measured))
    doubted = reading("doubted", facts={"notices": (CONCERN,)}, **result(61, measured))
    news = reading("news", DocumentKind.NEWS, **result(62, measured))
    rows = resolved(full, doubted, news)
    assert [row.value for row in rows.of(OutcomeMeasurementRow)] == [62]
    assert sorted(told(rows)) == [
        ("value", "62.0", "60.0", "trust_order:results:retracted"),
        ("value", "62.0", "61.0", "trust_order:results:expression_of_concern"),
    ]
    assert [row.value for row in resolved(full, doubted).of(OutcomeMeasurementRow)] == [61]


def test_a_page_that_repeats_a_paper_is_worth_no_more_than_the_paper(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    """What it cites was retracted, so that it has nothing of its own to be believed for."""
    cites = DocumentRelation(relation=Relation.CITES, scheme="doi", value="10.5555/paper", method="cited")
    paper = reading("paper", facts={"notices": (RETRACTED,), "doi": "10.5555/paper"}, **result(60, measured))
    page = reading("page", DocumentKind.NEWS, facts={"relations": (cites,)}, **result(58, measured))
    assert [row.value for row in resolved(paper, page).of(OutcomeMeasurementRow)] == [60]
    registered = reading("record", DocumentKind.REGISTRY, **result(59, measured))
    rows = resolved(paper, page, registered)
    assert [row.value for row in rows.of(OutcomeMeasurementRow)] == [59]
    assert {rule for *_, rule in told(rows)} == {"trust_order:results:retracted"}


def test_a_number_that_stands_is_not_completed_from_a_retracted_paper(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    spread = {"dispersion_type": "SD", "dispersion_value": 3.5}

    def told_of(**more: Any) -> dict[str, Any]:
        number = measured("q", 12, statistic="MEAN", unit="points", **more)
        claim = OutcomeClaim(measure="Response", time_frame_weeks=12, measurements=(number,))
        return {"trial": ONE, "arms": (arm(50),), "outcomes": (claim,)}

    paper = reading("paper", facts={"notices": (RETRACTED,)}, **told_of(**spread))
    news = reading("news", DocumentKind.NEWS, **told_of())
    rows = resolved(paper, news)
    assert [(row.value, row.dispersion_value) for row in rows.of(OutcomeMeasurementRow)] == [(12, None)]
    left_out = [(row.document_id, row.kind, row.reason.partition(":")[0]) for row in rows.of(CandidateRow)]
    assert left_out == [("doc-paper", "measurement.dispersion_type", "questioned")]
    # A paper that stands completes it, and a retracted one alone is as it was.
    stands = resolved(reading("paper", **told_of(**spread)), news)
    assert [row.dispersion_value for row in stands.of(OutcomeMeasurementRow)] == [3.5]
    assert [row.dispersion_value for row in resolved(paper).of(OutcomeMeasurementRow)] == [3.5]


def test_a_conflict_of_a_duration_is_told_in_days_as_the_cell_is(reading: Callable[..., Reading]) -> None:
    def given(weeks: float) -> dict[str, Any]:
        return {"trial": ONE, "arms": (arm(50, interventions=(DRUG.model_copy(update={"duration_weeks": weeks}),)),)}

    rows = resolved(reading("record", DocumentKind.REGISTRY, **given(12.0)), reading("paper", **given(24.0)))
    assert [row.duration_days for row in rows.of(ArmInterventionRow)] == [84]
    assert [one[:3] for one in told(rows)] == [("duration_days", "84.0", "168.0")]
