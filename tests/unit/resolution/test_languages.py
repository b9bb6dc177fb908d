"""A text and its copy in another language that disagree: conflicts, and both places kept."""

from collections.abc import Callable

from trialhouse.model.enums import ArmType
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, InterventionClaim, LanguageDifference, TrialClaim
from trialhouse.model.tables import ArmInterventionRow, CandidateRow, ConflictRow, DocumentTextRow, RowSet
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.resolve import Reading, resolve

ONE = TrialClaim(registry_ids=("NCT09990001",))
MakeReading = Callable[..., Reading]


def arm(key: str, frequency: str | None) -> ArmClaim:
    kind = ArmType.PLACEBO_COMPARATOR if key == "placebo" else ArmType.EXPERIMENTAL
    background = InterventionClaim(name="methotrexate", frequency=frequency, background=True)
    return ArmClaim(
        key=key, label=key, arm_type=kind, interventions=(InterventionClaim(name=key, frequency=frequency), background)
    )


def resolved(reading: MakeReading, *differences: LanguageDifference) -> tuple[RowSet, str]:
    arms = (arm("quenosartan", "every other day"), arm("placebo", "every other day"), arm("orfacimab", "once daily"))
    one = reading("paper", trial=ONE, arms=arms, language_differences=differences)
    return resolve([one], Vocabulary(), lambda document: False), one.document.text


def test_a_schedule_is_in_conflict_in_each_cell_that_has_it(reading: MakeReading) -> None:
    text = reading("paper").document.text
    difference = LanguageDifference(
        field="frequency",
        arms=("quenosartan", "placebo"),
        language="zh",
        kept="every other day",
        other="every 2 weeks",
        evidence=Evidence.of(text, 3, 13),
        other_evidence=Evidence.of(text, 100, 120),
    )
    rows, text = resolved(reading, difference)
    cells = {
        row.arm_intervention_id: row.intervention_name
        for row in rows.of(ArmInterventionRow)
        if row.frequency == "every other day" and not row.is_background
    }
    conflicts = rows.of(ConflictRow)
    assert sorted(cells[row.row_id] for row in conflicts) == ["placebo", "quenosartan"]
    assert {(row.table_name, row.column_name, row.kept_value, row.other_value, row.rule) for row in conflicts} == {
        ("arm_interventions", "frequency", "every other day", "every 2 weeks", "other_language:zh")
    }
    assert {row.quote for row in rows.of(CandidateRow)} == {text[3:13], text[100:120]}
    assert [(row.span_start, row.text) for row in rows.of(DocumentTextRow)] == [(3, text[3:13]), (100, text[100:120])]


def test_a_number_without_a_cell_is_a_conflict_of_the_trial_once(reading: MakeReading) -> None:
    text = reading("paper").document.text
    both = [
        LanguageDifference(
            field="number", language=code, kept="61.5%", other=None, evidence=Evidence.of(text, 3, 13 + step)
        )
        for step, code in enumerate(("es", "zh"))
    ]
    rows, _ = resolved(reading, *both)
    (conflict,) = rows.of(ConflictRow)
    assert (conflict.table_name, conflict.column_name, conflict.other_value) == ("trials", "number", "not stated")
    assert len(rows.of(CandidateRow)) == 2


def test_without_a_difference_there_is_nothing(reading: MakeReading) -> None:
    rows, _ = resolved(reading)
    assert rows.of(ConflictRow) == []
    assert rows.of(CandidateRow) == []
