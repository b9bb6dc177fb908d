"""What a registry record and the papers of its trial say meets: their arms, their outcomes, their analyses."""

from tests.planted.trials import MadeTrial
from tests.planted.world import Warehouse
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import ArmRow, ConflictRow, OutcomeAnalysisRow, OutcomeRow, RowSet

SEQUELS = (DocumentKind.PREPRINT, DocumentKind.NOTICE)


def told_twice(warehouse: Warehouse) -> list[MadeTrial]:
    """The trials of a registry record with papers of the same outcomes."""
    found = []
    for trial in warehouse.world.trials:
        kinds = [reading.document.kind for reading in trial.readings]
        if DocumentKind.REGISTRY in kinds and len(kinds) > 1 and not set(kinds) & set(SEQUELS):
            found.append(trial)
    return found


def has_posted(trial: MadeTrial) -> bool:
    return any(outcome.measurements or outcome.analyses for outcome in trial.readings[0].extractions[0].outcomes)


def test_every_arm_of_a_paper_is_an_arm_of_the_registry(warehouse: Warehouse) -> None:
    trials = told_twice(warehouse)
    assert len(trials) > 80
    assert [t.plan.number for t in trials if len(RowSet(t.rows).of(ArmRow)) != len(t.plan.arms)] == []


def test_every_outcome_of_a_paper_is_one_of_those_posted_though_time_or_population_is_said_otherwise(
    warehouse: Warehouse,
) -> None:
    trials = [trial for trial in told_twice(warehouse) if has_posted(trial)]
    assert len(trials) > 50
    apart = [
        trial.plan.number
        for trial in trials
        if len(RowSet(trial.rows).of(OutcomeRow)) != len(trial.readings[0].extractions[0].outcomes)
    ]
    assert apart == []


def test_a_planned_outcome_meets_the_reported_one_unless_the_paper_reports_two_partial_populations(
    warehouse: Warehouse,
) -> None:
    for trial in told_twice(warehouse):
        if has_posted(trial):
            continue
        planned, *papers = (reading.extractions[0].outcomes for reading in trial.readings)
        reported = {(claim.norm, claim.population, claim.subgroup) for paper in papers for claim in paper}
        apart = 0
        for plan in planned:
            populations = {population for norm, population, group in reported if norm == plan.norm and group is None}
            apart += not populations or (len(populations) > 1 and not populations & {None, "ITT"})
        assert len(RowSet(trial.rows).of(OutcomeRow)) == len(reported) + apart, trial.plan.number


def test_an_analysis_that_a_paper_gives_without_its_method_is_that_of_the_registry(warehouse: Warehouse) -> None:
    """Each posted analysis is one row; what a journal rounds is no conflict."""
    trials = [trial for trial in told_twice(warehouse) if has_posted(trial)]
    posted = sum(len(o.analyses) for trial in trials for o in trial.readings[0].extractions[0].outcomes)
    rows = [row for trial in trials for row in trial.rows]
    assert posted > 100
    assert len(RowSet(rows).of(OutcomeAnalysisRow)) <= posted * 1.1
    differing = [row for row in RowSet(rows).of(ConflictRow) if row.column_name in ("value", "estimate")]
    assert len(differing) < posted / 10
