"""Between releases that are not neighbours, each cell has the cause of the step that made it what it is."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.made_history import MadeHistory, evidence, facts, made_history, measurement, two_trials

Row = dict[str, Any]
RELEASES = 5


@pytest.fixture(scope="module")
def empty_history() -> Iterator[MadeHistory]:
    with made_history(releases=RELEASES) as history:
        yield history


@pytest.fixture
def history(empty_history: MadeHistory) -> Iterator[MadeHistory]:
    """Five releases that were made alike, without rows; what a test adds is taken back."""
    empty_history.connection.execute("BEGIN")
    yield empty_history
    empty_history.connection.execute("ROLLBACK")


def made_with(history: MadeHistory, since: int, **values: object) -> None:
    """Say that all releases from one on were made with something else."""
    for number in range(since, RELEASES + 1):
        facts(history, number, **values)


def causes(rows: list[Row], table_name: str) -> dict[tuple[str, str | None], str]:
    return {(r["row_id"], r["column_name"]): r["cause"] for r in rows if r["table_name"] == table_name}


def test_each_cell_has_the_cause_of_the_last_step_with_which_it_changed(history: MadeHistory) -> None:
    two_trials(history)
    made_with(history, 2, extractor_version="2")
    made_with(history, 4, judgements_sha256="j1")
    history.version("documents", 3, document_id="d3", title="A late paper")
    history.version("trial_documents", 3, trial_id="t1", document_id="d3")
    measurement(history, 1, 2, value=1.0, n_analyzed=5, unit="a")
    measurement(history, 2, 4, value=2.0, n_analyzed=6, unit="b")
    measurement(history, 4, value=2.0, n_analyzed=7, unit="a")
    history.version("trial_redirects", 4, old_trial_id="t8", trial_id="t1", reason="the same")
    history.version("arms", 1, 2, arm_id="gone", trial_id="t1")
    history.version("arms", 3, arm_id="came", trial_id="t1")
    for one, other in ((1, 5), (5, 1)):
        rows = history.changes(one, other)
        assert causes(rows, "outcome_measurements") == {
            ("m1", "value"): "EXTRACTOR_VERSION",
            ("m1", "n_analyzed"): "JUDGEMENT",
        }
        assert causes(rows, "trial_redirects") == {("t8/t1", None): "JUDGEMENT"}
        document = "NEW_DOCUMENT" if one < other else "DOCUMENT_GONE"
        assert causes(rows, "arms") == {("gone", None): "EXTRACTOR_VERSION", ("came", None): document}
        # What else changed is said of the same step alone.
        assert not any("too" in row["cause_detail"] for row in rows)
        details = {row["cause_detail"] for row in rows if row["cause"] == "EXTRACTOR_VERSION"}
        versions = "1 to 2" if one < other else "2 to 1"
        assert details == {f"The rules that read documents changed, from version {versions}."}


def test_a_row_that_came_again_came_with_the_last_time(history: MadeHistory) -> None:
    two_trials(history)
    made_with(history, 2, extractor_version="2")
    made_with(history, 4, judgements_sha256="j1")
    # Came with the rules of 2, went with 3, came again with the judgement of 4, and has another label since 5.
    history.version("arms", 2, 3, arm_id="again", trial_id="t2")
    history.version("arms", 4, 5, arm_id="again", trial_id="t2")
    history.version("arms", 5, arm_id="again", trial_id="t2", label="other")
    # Was always there, but for a gap, and went with 4.
    history.version("arms", 1, 2, arm_id="went", trial_id="t2")
    history.version("arms", 3, 4, arm_id="went", trial_id="t2")
    rows = history.changes(1, 5)
    assert causes(rows, "arms") == {("again", None): "JUDGEMENT", ("went", None): "JUDGEMENT"}


def test_a_document_explains_what_changed_with_it_and_not_what_changed_before(history: MadeHistory) -> None:
    two_trials(history)
    made_with(history, 2, extractor_version="2")
    for sha256, since, until in (("a", 1, 4), ("b", 4, None)):
        history.version("documents", since, until, document_id="d3", sha256=sha256, title="A page")
    measurement(history, 1, 2, value=1.0, n_analyzed=1)
    measurement(history, 2, 4, value=2.0, n_analyzed=1)
    measurement(history, 4, value=2.0, n_analyzed=2)
    for column in ("value", "n_analyzed"):
        evidence(history, 1, document_id="d3", column_name=column)
    assert causes(history.changes(1, 5), "outcome_measurements") == {
        ("m1", "value"): "EXTRACTOR_VERSION",
        ("m1", "n_analyzed"): "SOURCE_CHANGED",
    }


def test_judgements_are_not_said_to_differ_where_another_schema_hashed_something_else(history: MadeHistory) -> None:
    two_trials(history)
    facts(history, 1, judgements_sha256="that of a file", schema_version=3)
    facts(history, 2, schema_version=4, extractor_version="2")
    measurement(history, 1, 2, value=1.0)
    measurement(history, 2, value=2.0)
    (row,) = history.changes()
    assert row["cause_detail"] == "The rules that read documents changed, from version 1 to 2."


VALUES = st.lists(st.none() | st.sampled_from([1.0, 2.0, 3.0]), min_size=RELEASES, max_size=RELEASES)
"""The value of a measurement in each release; None where there is none."""

BYTES = st.lists(st.none() | st.sampled_from("ab"), min_size=RELEASES, max_size=RELEASES)
FACTS = st.lists(st.integers(0, 15), min_size=RELEASES, max_size=RELEASES)


def versions_of(states: list[Any]) -> Iterator[tuple[int, int | None, Any]]:
    """Since when, until when, and what, for each stretch of equal states."""
    since = 1
    for number in range(2, len(states) + 2):
        if number > len(states) or states[number - 1] != states[since - 1]:
            if states[since - 1] is not None:
                yield since, None if number > len(states) else number, states[since - 1]
            since = number


def last_step(values: list[Any], old: int, new: int) -> int:
    """The last release, after the one and up to the other, whose value is not that of the release before."""
    if values[old - 1] is not None and values[new - 1] is not None:
        there = [number for number in range(old, new + 1) if values[number - 1] is not None]
        pairs = itertools.pairwise(there)
        return max(later for earlier, later in pairs if values[earlier - 1] != values[later - 1])
    changes = range(old + 1, new + 1)
    return max(n for n in changes if (values[n - 1] is None) != (values[n - 2] is None))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=VALUES, sha256=BYTES, made=FACTS, pair=st.sets(st.integers(1, RELEASES), min_size=2, max_size=2))
def test_the_cause_is_the_one_that_the_step_has_between_its_two_neighbours(
    empty_history: MadeHistory, values: list[Any], sha256: list[Any], made: list[int], pair: set[int]
) -> None:
    history, (old, new) = empty_history, sorted(pair)
    if values[old - 1] == values[new - 1]:
        return
    history.connection.execute("BEGIN")
    try:
        two_trials(history)
        for number, bits in enumerate(made, start=1):
            facts(history, number, extractor_version=str(bits & 1), judgements_sha256=str(bits & 2))
            facts(history, number, vocabulary_sha256=str(bits & 4), code_version=str(bits & 8))
        for since, until, content in versions_of(sha256):
            history.version("documents", since, until, document_id="d3", sha256=content)
        evidence(history, 1, document_id="d3")
        for since, until, value in versions_of(values):
            measurement(history, since, until, value=value)
        step = last_step(values, old, new)
        (told,) = (row for row in history.changes(old, new) if row["table_name"] == "outcome_measurements")
        steps = [row for row in history.changes(step - 1, step) if row["table_name"] == "outcome_measurements"]
        said = ("cause", "cause_detail", "document_id")
        assert [[told[name] for name in said]] == [[row[name] for name in said] for row in steps]
    finally:
        history.connection.execute("ROLLBACK")
