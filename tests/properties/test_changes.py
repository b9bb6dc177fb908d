"""Two ways to the same answer: a release as it was, and another as it was with the changes applied to it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.made_history import BY_NAME, MadeHistory, made_history, release_id

RELEASES = 4
TABLES = ("trials", "trial_registrations", "arms", "arm_interventions", "documents", "outcome_measurements")
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.none() | st.text("aé\"',/[]{}\n", max_size=4)
CELLS = {
    "trials": st.fixed_dictionaries(
        {
            "title": TEXTS,
            "countries": st.lists(st.text("a,\"'[] ", max_size=3), max_size=2),
            "enrollment": st.none() | st.integers(0, 3),
            "placebo_controlled": st.none() | st.booleans(),
            "start_date": st.none() | st.dates(),
        }
    ),
    "trial_registrations": st.fixed_dictionaries({"registry": st.sampled_from("ab"), "is_primary": st.booleans()}),
    "arms": st.fixed_dictionaries({"trial_id": st.sampled_from("12"), "n_randomized": st.none() | st.integers(0, 3)}),
    "arm_interventions": st.fixed_dictionaries({"dose_value": NUMBERS, "duration_days": NUMBERS}),
    "documents": st.fixed_dictionaries(
        {"fetched_at": st.datetimes(), "title": TEXTS, "sha256": st.sampled_from("ab"), "doi": TEXTS}
    ),
    "outcome_measurements": st.fixed_dictionaries({"value": NUMBERS.filter(lambda n: n is not None), "unit": TEXTS}),
}
KEYS = st.sampled_from(["1", "2", "3/4"])
ROWS = st.sampled_from(TABLES).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.tuples(*(KEYS for _ in BY_NAME[name].key)),
        # What the row is in each release; None where there is no such row.
        st.lists(st.none() | CELLS[name], min_size=RELEASES, max_size=RELEASES),
    )
)
HISTORIES = st.lists(ROWS, max_size=6, unique_by=lambda row: row[:2])


@pytest.fixture(scope="module")
def empty_history() -> Iterator[MadeHistory]:
    with made_history(releases=RELEASES) as history:
        history.with_as_of(*TABLES)
        yield history


def write(history: MadeHistory, name: str, key: tuple[str, ...], states: list[dict[str, Any] | None]) -> None:
    """The versions of a row, each as long as it held; of two states that follow each other, equal ones are one."""
    table = BY_NAME[name]
    own = dict(zip(table.key, key, strict=True))
    compared = [s and {c: v for c, v in s.items() if c not in table.not_compared} for s in states]
    since = 1
    for number in range(2, RELEASES + 2):
        if number <= RELEASES and compared[number - 1] == compared[since - 1]:
            continue
        state = states[since - 1]
        if state is not None:
            history.version(name, since, None if number > RELEASES else number, **own | state)
        since = number


def as_of(history: MadeHistory, number: int) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a release by table and id, without what is not compared."""
    found = {}
    for name in TABLES:
        left_out = BY_NAME[name].not_compared
        rows = history.connection.execute(
            f"SELECT to_json(t)::VARCHAR FROM (SELECT * EXCLUDE (since_release_no) FROM {name}_as_of(?)) AS t",
            [release_id(number)],
        )
        for (text,) in rows.fetchall():
            row = {column: value for column, value in json.loads(text).items() if column not in left_out}
            found[name, "/".join(row[column] for column in BY_NAME[name].key)] = row
    return found


def applied(
    state: dict[tuple[str, str], dict[str, Any]], changes: list[dict[str, Any]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """A state with changes applied to it; each must fit what it finds."""
    state = {key: dict(row) for key, row in state.items()}
    for change in changes:
        table = BY_NAME[change["table_name"]]
        key = change["table_name"], change["row_id"]
        if change["change"] == "changed":
            sql_type = next(c.sql_type for c in table.columns if c.name == change["column_name"])
            assert state[key][change["column_name"]] == read(change["old_value"], sql_type)
            state[key][change["column_name"]] = read(change["new_value"], sql_type)
            continue
        whole = json.loads(change["new_value"] or change["old_value"])
        row = {column: value for column, value in whole.items() if column not in table.not_compared}
        if change["change"] == "added":
            assert key not in state
            state[key] = row
        else:
            assert state.pop(key) == row
    return state


def read(text: str | None, sql_type: str) -> object:
    """A cell of the changes as the value that JSON has for it."""
    if text is None or sql_type in ("VARCHAR", "DATE", "TIMESTAMP"):
        return text
    return float(text) if sql_type == "DOUBLE" else json.loads(text)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=HISTORIES, old=st.integers(1, RELEASES), new=st.integers(1, RELEASES))
def test_changes_lead_from_one_release_to_the_other(
    empty_history: MadeHistory, rows: list[Any], old: int, new: int
) -> None:
    history = empty_history
    history.connection.execute("BEGIN")
    try:
        for name, key, states in rows:
            write(history, name, key, states)
        changes = history.changes(old, new)
        assert applied(as_of(history, old), changes) == as_of(history, new)
        assert all(change["old_value"] != change["new_value"] for change in changes)
    finally:
        history.connection.execute("ROLLBACK")
