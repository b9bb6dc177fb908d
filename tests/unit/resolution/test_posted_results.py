"""Posted results of a registry as rows: plans join what was posted, groups are no arms, papers meet the numbers."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from trialhouse.model.enums import ArmType, DocumentKind, Effect, OutcomeType, Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim, ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import (
    ArmRow,
    ConflictRow,
    EvidenceRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    RowSet,
)
from trialhouse.model.vocabulary import UnitTerm, Vocabulary
from trialhouse.resolution.resolve import Reading, resolve

UNITS = Vocabulary(units=(UnitTerm(name="days", unit="days", ucum="d"), UnitTerm(name="%", unit="%", ucum="%")))
ONE = TrialClaim(registry_ids=("NCT09990001",))
ARMS = (
    ArmClaim(key="arm1", label="Belotarin", arm_type=ArmType.EXPERIMENTAL,
             interventions=(InterventionClaim(name="belotarin"),)),
    ArmClaim(key="arm2", label="Placebo", arm_type=ArmType.PLACEBO_COMPARATOR,
             interventions=(InterventionClaim(name="placebo"),)),
)  # fmt: skip
POOL = ArmClaim(key="group1", label="All Belotarin", is_result_group=True)


def rows_of(*readings: Reading) -> RowSet:
    return resolve(readings, UNITS, lambda document: True)


def outcome(*numbers: Any, **said: Any) -> OutcomeClaim:
    fields = {"measure": "Days of fever", "outcome_type": OutcomeType.PRIMARY, "time_frame": "12 weeks"}
    return OutcomeClaim(**fields | said, measurements=numbers)


def test_a_plan_is_the_posted_outcome_of_its_type_measure_and_time(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    claims = (
        outcome(measure="Days of FEVER"),
        outcome(outcome_type=OutcomeType.SECONDARY),
        outcome(time_frame="24 weeks"),
        outcome(measured("arm1", 5), population="ITT"),
        outcome(measured("arm1", 6), population="PER_PROTOCOL"),
    )
    rows = rows_of(reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=claims))
    found = [(row.measure, row.outcome_type, row.time_frame, row.population) for row in rows.of(OutcomeRow)]
    assert Counter(found) == Counter(
        [
            ("Days of FEVER", "PRIMARY", "12 weeks", "ITT"),
            ("Days of FEVER", "PRIMARY", "12 weeks", "PER_PROTOCOL"),
            ("Days of fever", "SECONDARY", "12 weeks", None),
            ("Days of fever", "PRIMARY", "24 weeks", None),
        ]
    )
    assert rows.of(ConflictRow) == []


def test_a_plan_of_another_document_joins_by_measure_and_time_and_not_by_type_alone(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    plan = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=(outcome(),))

    def together(**said: Any) -> int:
        told = outcome(measured("arm1", 5), population="ITT", **said)
        return len(rows_of(plan, reading("paper", trial=ONE, arms=ARMS, outcomes=(told,))).of(OutcomeRow))

    assert together() == 1
    assert together(measure="Days in hospital") == 2
    assert together(time_frame="24 weeks") == 2


def test_outcomes_told_apart_stay_apart(reading: Callable[..., Reading], measured: Callable[..., Any]) -> None:
    claims = (outcome(measured("arm1", 5)), outcome(measured("arm1", 5), occurrence=2))
    rows = rows_of(reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=claims))
    assert len(rows.of(OutcomeRow)) == len(rows.of(OutcomeMeasurementRow)) == 2


def test_a_result_group_is_a_row_of_its_own_and_meets_no_arm_of_a_paper(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    unnamed = ArmClaim(key="a", label="Belotarin, any dose", arm_type=ArmType.EXPERIMENTAL)
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=(*ARMS, POOL),
                     outcomes=(outcome(measured("group1", 5)),))  # fmt: skip
    again = reading("later", DocumentKind.REGISTRY, trial=ONE, arms=(*ARMS, POOL.model_copy(update={"key": "g7"})))
    rows = rows_of(record, again, reading("paper", trial=ONE, arms=(unnamed,)))
    labels = {row.label: row.is_result_group for row in rows.of(ArmRow)}
    assert labels == {"Belotarin": False, "Placebo": False, "All Belotarin": True, "Belotarin, any dose": False}
    assert len(rows.of(ArmRow)) == 4
    (number,) = rows.of(OutcomeMeasurementRow)
    assert number.arm_id == next(row.arm_id for row in rows.of(ArmRow) if row.is_result_group)


def test_a_percentage_of_participants_meets_the_percentage_of_a_paper(
    reading: Callable[..., Reading], measured: Callable[..., Any]
) -> None:
    posted = measured("arm1", 60, statistic=Statistic.PERCENT, unit="percentage of participants", value_raw="60.0")
    stated = measured("arm1", 60, statistic=Statistic.PERCENT, unit="%", value_raw="60%")
    days = measured("arm1", 4, statistic=Statistic.MEAN, unit="Days")
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=(outcome(posted, days),))
    paper = reading("paper", trial=ONE, arms=ARMS, outcomes=(outcome(stated),))
    rows = rows_of(record, paper)
    numbers = {(row.unit, row.unit_ucum, row.value_raw) for row in rows.of(OutcomeMeasurementRow)}
    assert numbers == {("percentage of participants", "%", "60.0"), ("Days", "d", None)}
    proven = [row for row in rows.of(EvidenceRow) if row.column_name == "value"]
    assert Counter(row.document_id for row in proven)["doc-paper"] == 1
    assert rows.of(ConflictRow) == []


def test_a_cell_has_the_proof_of_its_own_place(reading: Callable[..., Reading], measured: Callable[..., Any]) -> None:
    title = Evidence(start=0, end=3, quote="arm", locator="$.title", rule="ctgov:group.drug_dose", confidence=0.9)
    number = measured("arm1", 5, unit="days", field_evidence={"arm": title, "unit": title})
    rows = rows_of(reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=(outcome(number),)))
    proofs = {
        row.column_name: (row.locator, row.rule)
        for row in rows.of(EvidenceRow)
        if row.table_name == "outcome_measurements"
    }
    assert proofs["arm_id"] == proofs["unit"] == ("$.title", "ctgov:group.drug_dose")
    assert proofs["value"][0] is None


def test_analyses_without_roles_stay_apart_by_groups_and_description(reading: Callable[..., Reading]) -> None:
    proof = Evidence(start=0, end=1, quote="x")

    def p_value(*titles: str, said: str | None = None) -> AnalysisClaim:
        return AnalysisClaim(effect=Effect.P_VALUE_ONLY, p_value=0.5, group_titles=titles, groups_description=said,
                             rule="ctgov", confidence=1.0, evidence=proof)  # fmt: skip

    analyses = (
        p_value("A", "B", "C"),
        p_value("A", "B"),
        p_value("A", "B", said="women"),
        p_value("A", "B", said="men"),
    )
    claim = outcome().model_copy(update={"analyses": analyses})
    rows = rows_of(reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=(claim,)))
    kept = {(row.group_titles, row.groups_description, row.arm_id) for row in rows.of(OutcomeAnalysisRow)}
    assert kept == {(("A", "B", "C"), None, None), (("A", "B"), None, None), (("A", "B"), "women", None),
                    (("A", "B"), "men", None)}  # fmt: skip
