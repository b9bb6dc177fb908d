"""Ids over any history of releases: whatever documents come, go and are read anew, and in whatever order."""

import datetime
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.resolution.remembered import remembered
from trialhouse.model.document import Document, Receipt
from trialhouse.model.enums import ArmType, DocumentKind
from trialhouse.model.extraction import ArmClaim, DocumentFacts, Extraction, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import ArmRow, OutcomeRow, Row, RowSet, TrialKeyRow, TrialRedirectRow, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.published import Published
from trialhouse.resolution.resolve import Reading, resolve

REGISTRY_IDS = ("NCT09990001", "NCT09990002", "ISRCTN10000001", "ISRCTN10000002")


def drug() -> st.SearchStrategy[InterventionClaim]:
    doses = st.sampled_from([None, 40.0, 80.0])
    return st.builds(InterventionClaim, name=st.sampled_from(["quenosartan", "milgliptin"]), dose_value=doses)


def arm() -> st.SearchStrategy[ArmClaim]:
    return st.builds(
        ArmClaim,
        key=st.just("set below"),
        label=st.sampled_from(["A", "B", "Placebo"]),
        arm_type=st.sampled_from([None, ArmType.EXPERIMENTAL, ArmType.PLACEBO_COMPARATOR]),
        is_result_group=st.sampled_from([False, False, True]),
        interventions=st.lists(drug(), max_size=2).map(tuple),
    )


def outcome() -> st.SearchStrategy[OutcomeClaim]:
    return st.builds(
        OutcomeClaim,
        measure=st.sampled_from(["Response", "The response", "Death"]),
        norm=st.sampled_from([None, "response"]),
        time_frame_weeks=st.sampled_from([None, 12.0, 24.0]),
        population=st.sampled_from([None, "ITT"]),
    )


@st.composite
def reading(draw: st.DrawFn) -> Reading:
    """One of five documents in one of many states: its DOI, the ids read in it, arms and outcomes."""
    number = draw(st.integers(1, 5))
    doi = draw(st.sampled_from([None, "10.5555/a", "10.5555/b", "10.5555/c"]))
    receipt = Receipt(
        source="files",
        record_id=f"{number}",
        locator=f"{number}",
        fetched_at=datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=1,
    )
    document = Document(
        document_id=f"doc-{number}", receipt=receipt, format="text", kind=DocumentKind.ABSTRACT, text="Words.", doi=doi
    )
    arms = [a.model_copy(update={"key": f"{i}"}) for i, a in enumerate(draw(st.lists(arm(), max_size=3)))]
    claims = Extraction(
        id=f"{number}",
        text_sha256="",
        document=DocumentFacts(),
        trial=TrialClaim(registry_ids=tuple(draw(st.lists(st.sampled_from(REGISTRY_IDS), max_size=2, unique=True)))),
        arms=tuple(arms),
        outcomes=tuple(draw(st.lists(outcome(), max_size=3))),
    )
    if not (arms or claims.outcomes or claims.trial.registry_ids):
        claims = claims.model_copy(update={"trial": TrialClaim(enrollment=10)})
    return Reading(document, (claims,), "test", "1")


states = st.lists(
    st.lists(reading(), max_size=5, unique_by=lambda one: one.document.document_id), min_size=2, max_size=4
)


def released(readings: list[Reading], before: Published) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: False, before)


def sorted_rows(rows: RowSet) -> list[str]:
    return sorted(f"{type(row).__name__} {row.model_dump_json()}" for row in rows)


def ids_of(rows: RowSet, row_class: Any, name: str) -> list[str]:
    return [getattr(row, name) for row in rows.of(row_class)]


def known(rows: RowSet) -> set[str]:
    """Every id of a trial that a release remembers."""
    return {
        *ids_of(rows, TrialRow, "trial_id"),
        *ids_of(rows, TrialKeyRow, "trial_id"),
        *ids_of(rows, TrialRedirectRow, "old_trial_id"),
        *(row.value for row in rows.of(TrialKeyRow) if row.scheme == "trial"),
    }


def keys(rows: RowSet) -> set[tuple[str, str, str]]:
    return {(row.trial_id, row.scheme, row.value) for row in rows.of(TrialKeyRow)}


@given(states, st.integers(0, 2**16))
@settings(max_examples=60)
def test_ids_over_a_history_of_releases(history: list[list[Reading]], seed: int) -> None:
    before, published = RowSet(), Published()
    for readings in history:
        rows = released(readings, published)
        again = random.Random(seed).sample(readings, len(readings))
        assert sorted_rows(released(again, published)) == sorted_rows(rows), "the order of documents matters"
        assert sorted_rows(released(readings, remembered(Published.of(rows), published))) == sorted_rows(rows), (
            "it differs"
        )
        hold_together(rows)
        assert known(before) <= known(rows), "an id was forgotten"
        standing, stood = set(ids_of(rows, TrialRow, "trial_id")), known(before)
        same = {trial_id for trial_id, *_ in keys(rows) & keys(before)}
        apart = {row.value for row in before.of(TrialKeyRow) if row.scheme == "trial"}
        assert standing & stood <= same | apart, "an id was given to another trial"
        before, published = rows, remembered(Published.of(rows), published)


def hold_together(rows: RowSet) -> None:
    """Ids are unique, redirects lead to trials, each trial has a key and each key names one."""
    trials: list[str] = ids_of(rows, TrialRow, "trial_id")
    for row_class, name in ((TrialRow, "trial_id"), (ArmRow, "arm_id"), (OutcomeRow, "outcome_id")):
        found = ids_of(rows, row_class, name)
        assert len(found) == len(set(found))
    assert {row.trial_id for row in rows.of(TrialRedirectRow)} <= set(trials)
    assert all(row.old_trial_id != row.trial_id for row in rows.of(TrialRedirectRow))
    pairs: list[Row] = [*rows.of(TrialKeyRow)]
    assert len({(row.scheme, row.value) for row in rows.of(TrialKeyRow)}) == len(pairs)
    assert set(trials) <= {row.trial_id for row in rows.of(TrialKeyRow)}
