"""What the page of a trial shows of its record: outcomes folded, primary first; very many are a click away."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.review.made_numbers import analysis, arm, measurement, trial
from trialhouse.model.tables import ArmInterventionRow, ConflictRow, OutcomeRow
from trialhouse.releases.trial_record import TrialRecord
from trialhouse.review.sentences import Sentences, place
from trialhouse.review.trial_view import (
    MOST_LINES,
    MOST_OPEN_LINES,
    conflict_views,
    facts,
    intervention_said,
    outcome_groups,
    row_ids,
    with_remarks,
)
from trialhouse.store.connection import scratch_database


def outcome(name: str, numbers: int, kind: str | None = "SECONDARY", **cells: Any) -> dict[str, Any]:
    row = OutcomeRow.model_validate(
        {"outcome_id": name, "trial_id": "t", "measure": name, "outcome_type": kind} | cells
    )
    values = [measurement(1, measurement_id=f"{name}-{number}") for number in range(numbers)]
    return row.model_dump(mode="json") | {"measurements": values, "analyses": []}


def record(*outcomes: dict[str, Any], conflicts: list[dict[str, Any]] = [], **cells: Any) -> TrialRecord:  # noqa: B006
    arms = [arm("placebo", arm_id="arm-2") | {"interventions": []}]
    return TrialRecord(trial(**cells), [], arms, list(outcomes), [], conflicts, [])


@pytest.fixture
def sentences() -> Sentences:
    """Two cells that were read from sentences."""
    with scratch_database() as connection:
        connection.execute(
            "CREATE TABLE evidence AS FROM (VALUES"
            " ('trials', 't', 'enrollment', 'doc-1', 10, 20, true),"
            " ('trials', 't', 'enrollment', 'doc-0', 5, 9, false),"
            " ('arms', 'arm-2', 'label', 'doc-1', 7, 9, true), ('arms', 'arm-2', 'label', 'doc-1', 3, 6, true)"
            ") e(table_name, row_id, column_name, document_id, span_start, span_end, is_main)"
        )
        return Sentences(connection, ["t", "arm-2"])


def test_a_cell_leads_to_its_sentence_in_the_document_that_is_trusted(sentences):
    assert sentences.link("trials", "t", ("phase", "enrollment")) == "/documents/doc-1?cell=trials/t/enrollment#here"
    assert sentences.link("arms", "arm-2", ("label",)) == "/documents/doc-1?cell=arms/arm-2/label#here"
    assert sentences.link("arms", "t", ("label",)) is None
    assert place("doc/../1") == "/documents/doc%2F..%2F1"


def test_primary_outcomes_are_first_and_those_without_numbers_apart(sentences):
    outcomes = (
        outcome("b", 1, "ADVERSE_EVENT"),
        outcome("c", 0),
        outcome("a", 2),
        outcome("d", 1, "PRIMARY"),
        outcome("e", 1, None),
    )
    groups = outcome_groups(record(*outcomes), sentences)
    assert [(g.title, [o.measure for o in g.outcomes], [o.measure for o in g.named]) for g in groups] == [
        ("Primary outcomes", ["d"], []),
        ("Secondary outcomes", ["a"], ["c"]),
        ("Outcomes of no stated type", ["e"], []),
        ("Adverse events", ["b"], []),
    ]


def test_as_many_are_unfolded_as_people_can_look_over(sentences):
    outcomes = [outcome(name, MOST_OPEN_LINES // 2) for name in "abc"]
    (group,) = outcome_groups(record(*outcomes), sentences)
    assert [one.is_open for one in group.outcomes] == [True, True, False]


def test_of_very_many_numbers_the_rest_is_a_click_away(sentences):
    held = record(outcome("a", MOST_LINES), outcome("b", 3), outcome("c", 2))
    (group,) = outcome_groups(held, sentences)
    assert [(one.is_shown, one.numbers, len(one.values)) for one in group.outcomes] == [
        (True, MOST_LINES, 1), (False, 3, 0), (False, 2, 0),
    ]  # fmt: skip
    (group,) = outcome_groups(held, sentences, "c")
    assert [(one.is_shown, one.is_open) for one in group.outcomes] == [(True, False), (False, False), (True, True)]


def test_time_frames_of_a_measure_are_in_order(sentences):
    outcomes = [outcome(str(days), 1, measure="cough", time_frame_days=days) for days in (84, None, 7.0)]
    (group,) = outcome_groups(record(*outcomes), sentences)
    assert [one.outcome_id for one in group.outcomes] == ["7.0", "84", "None"]


def test_facts_are_told_as_precisely_as_they_were_stated(sentences):
    told = {
        fact.name: fact.value
        for fact in facts(
            record(
                phase="PHASE2/PHASE3", masking="NONE", enrollment=1200, enrollment_type="ESTIMATED",
                placebo_controlled=False, conditions=("Cough", "Cold"), start_date="2026-03-01",
                start_date_precision="month", allocation="NA",
            ),
            sentences,
        )
    }  # fmt: skip
    assert told == {
        "phase": "2/3", "masking": "open label", "participants": "1,200 (estimated)", "placebo-controlled": "no",
        "conditions": "Cough, Cold", "start": "2026-03",
    }  # fmt: skip


def test_an_intervention_is_said_with_dose_route_and_frequency():
    row = ArmInterventionRow(
        arm_intervention_id="i", arm_id="arm-1", intervention_name="harvomab", dose_value=1200.0, dose_unit="mg",
        route="SUBCUTANEOUS", frequency="every 4 weeks", duration_days=84.0,
    )  # fmt: skip
    said = intervention_said(row.model_dump(mode="json"))
    assert said == "harvomab, 1,200 mg, subcutaneous, every 4 weeks, for 84 days"


def test_both_sides_of_a_conflict_lead_to_where_they_are_said(sentences):
    row = ConflictRow(
        table_name="trials", row_id="t", column_name="enrollment", kept_value="60", kept_document_id="doc-1",
        other_value="62", other_document_id="doc-2", rule="registry_first", other_quote="62 adults",
        other_span_start=5, other_span_end=14,
    )  # fmt: skip
    (view,) = conflict_views(record(conflicts=[row.model_dump(mode="json")]), sentences)
    assert (view.about, view.rule) == ("the trial", "registry first")
    assert (view.kept.value, view.kept.link) == ("60", "/documents/doc-1?cell=trials/t/enrollment#here")
    assert (view.kept.source, view.other.source) == ("another document", "another document")
    assert (view.other.value, view.other.link) == ("62", "/documents/doc-2?start=5&end=14#here")


@pytest.mark.parametrize(
    ("kept", "quote", "expected"),
    [
        ("=", "lower (P<.001)", ("0.04", "<0.001")),
        ("<", "lower (P = .001)", ("<0.04", "0.001")),
        (None, "lower", ("0.04", "0.001")),
    ],
)
def test_a_side_of_a_conflict_says_that_its_value_is_a_bound(sentences, kept, quote, expected):
    row = ConflictRow(
        table_name="outcome_analyses", row_id="a", column_name="p_value", kept_value="0.04", kept_document_id="doc-1",
        other_value="0.001", other_document_id="doc-2", rule="trust", other_quote=quote,
    )  # fmt: skip
    held = outcome("o", 0) | {"analyses": [analysis(None, p_value=0.04, p_modifier=kept)]}
    (view,) = conflict_views(record(held, conflicts=[row.model_dump(mode="json")]), sentences)
    assert (view.kept.value, view.other.value) == expected


def test_every_row_with_a_number_is_asked_for(sentences):
    held = record(outcome("a", 2) | {"analyses": [analysis("ODDS_RATIO", 2.0)]})
    assert row_ids(held) == ["t", "arm-2", "a", "a-0", "a-1", "a"]


def test_numbers_say_that_their_document_was_taken_back():
    first, second = {"document_id": "doc-1"}, {"document_id": "doc-2"}
    given = record(outcome("a", 0) | {"measurements": [first, second], "analyses": [first]})
    documents = [first | {"evidence_status": "RETRACTED"}, second | {"evidence_status": None}]
    (shown,) = with_remarks(replace(given, documents=documents)).outcomes
    assert [one["remark"] for one in shown["measurements"]] == ["from a retracted document", ""]
    assert shown["analyses"][0]["remark"] == "from a retracted document"
    # What was corrected may still be right.
    corrected = replace(given, documents=[first | {"evidence_status": "CORRECTED"}])
    assert with_remarks(corrected) is corrected
