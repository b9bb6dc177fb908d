"""One trial: found by what people call it, and its history as narrow as its own rows."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.properties.made_history import MadeHistory, made_history, release_id
from trialhouse.releases.differences import difference
from trialhouse.releases.trial_history import trial_history
from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial, find_trial_ever
from trialhouse.store.connection import Connection, release_reader

RELEASES = 5


def fill(history: MadeHistory) -> None:
    """t1 and t2 share a paper; t3 was merged into t1, and t4 is gone."""
    for number in (1, 2):
        history.version("trials", 1, trial_id=f"t{number}", registry_id=f"NCT0000000{number}")
        history.version("trial_registrations", 1, trial_id=f"t{number}", registry_id=f"NCT0000000{number}")
        history.version("arms", 1, 3, arm_id=f"a{number}", trial_id=f"t{number}", label="high dose")
        history.version("arms", 3, arm_id=f"a{number}", trial_id=f"t{number}", label="low dose")
        history.version("outcomes", 2, outcome_id=f"o{number}", trial_id=f"t{number}")
        history.version("documents", 1, document_id=f"d{number}")
        history.version("trial_documents", 1, trial_id=f"t{number}", document_id=f"d{number}")
        history.version("trial_documents", 1, trial_id=f"t{number}", document_id="shared")
    history.version("outcome_measurements", 2, 4, measurement_id="m1", outcome_id="o1", value=1.0)
    history.version("outcome_measurements", 4, measurement_id="m1", outcome_id="o1", value=2.0)
    history.version("evidence", 5, table_name="outcome_measurements", row_id="m1", document_id="d1")
    history.version("evidence", 4, table_name="trial_registrations", row_id="t2/NCT00000002", document_id="d2")
    history.version("conflicts", 3, table_name="arms", row_id="a2", kept_document_id="d2", other_document_id="shared")
    history.version("documents", 1, 5, document_id="shared", sha256="a")
    history.version("documents", 5, document_id="shared", sha256="b")
    history.version("candidates", 2, document_id="shared")
    history.version("candidates", 3, document_id="d2")
    history.version("trials", 1, 2, trial_id="t3")
    history.version("trial_registrations", 1, 2, trial_id="t3", registry_id="NCT00000003")
    history.version("trial_registrations", 2, trial_id="t1", registry_id="NCT00000003")
    history.version("trial_redirects", 2, old_trial_id="t3", trial_id="t1", reason="They share a number.")
    history.version("trial_redirects", 2, old_trial_id="t0", trial_id="t3", reason="They share a paper.")
    history.version("trial_redirects", 2, old_trial_id="t9", trial_id="t1", reason="It was two.")
    history.version("trial_redirects", 2, old_trial_id="t9", trial_id="t2", reason="It was two.")
    history.version("trials", 1, 4, trial_id="t4")
    # Its document was there before it.
    history.version("documents", 1, document_id="d5")
    history.version("trial_documents", 2, trial_id="t5", document_id="d5")
    history.version("trials", 2, trial_id="t5")
    history.version("trial_registrations", 1, 4, trial_id="t4", registry_id="NCT00000004")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.duckdb"
    with made_history(path, RELEASES) as history:
        fill(history)
    return path


@pytest.fixture
def connection(database: Path) -> Iterator[Connection]:
    with release_reader(database) as connection:
        yield connection


@pytest.mark.parametrize("trial_id", ["t1", "t2", "t3", "t4"])
def test_the_history_says_what_the_differences_of_all_say_of_the_trial(connection: Connection, trial_id: str) -> None:
    every = {
        number: [
            asdict(change)
            for change in difference(connection, release_id(number - 1), release_id(number)).changes
            if change.trial_id == trial_id
        ]
        for number in range(2, RELEASES + 1)
    }
    steps = trial_history(connection, trial_id)
    assert [step.release_id for step in steps if step.difference is None] == [release_id(1)]
    told = {s.release_id: [asdict(c) for c in s.difference.changes] for s in steps if s.difference is not None}
    assert told == {release_id(number): changes for number, changes in every.items() if changes}


def test_names_of_a_trial(connection: Connection) -> None:
    assert find_trial(connection, "t1").told == ()
    assert find_trial(connection, " nct00000002 ").trial_id == "t2"
    followed = find_trial(connection, "t0")
    assert followed.trial_id == "t1"
    assert followed.told == ("Trial t0 is now t3: They share a paper.", "Trial t3 is now t1: They share a number.")


def test_a_trial_that_was_split_must_be_chosen(connection: Connection) -> None:
    with pytest.raises(NoSuchTrial, match="t9 is several trials now: t1, t2; name one of them"):
        find_trial(connection, "t9")


def test_a_trial_that_is_gone_has_a_history(connection: Connection) -> None:
    with pytest.raises(NoSuchTrial, match=r"`trialhouse trial history t4` tells since when and why"):
        find_trial(connection, "NCT00000004")
    assert find_trial_ever(connection, "NCT00000004").trial_id == "t4"
    steps = trial_history(connection, "t4")
    assert [step.release_id for step in steps] == [release_id(1), release_id(4)]
    assert steps[1].difference is not None
    assert {change.change for change in steps[1].difference.changes} == {"removed"}


@pytest.mark.parametrize("name", ["t3", "nct00000003"])
def test_the_history_of_a_merged_trial_tells_its_end_and_does_not_take_the_other_for_it(
    connection: Connection, name: str
) -> None:
    found = find_trial_ever(connection, name)
    assert (found.trial_id, found.earlier) == ("t1", ("t3",))
    first, second, *_ = trial_history(connection, *found.all_ids)
    assert first.began == ("t1", "t3")
    assert second.difference is not None
    ends = {(c.table_name, c.change) for c in second.difference.changes if c.trial_id == "t3"}
    assert ends >= {("trials", "removed"), ("trial_registrations", "removed")}
    assert {c.trial_id for c in second.difference.changes} == {"t1", "t3"}


def test_a_trial_that_came_later_is_not_said_to_be_in_the_first_release(connection: Connection) -> None:
    assert [step.began for step in trial_history(connection, "t5")] == [()]


def test_what_never_was_is_nowhere(connection: Connection) -> None:
    for find in (find_trial, find_trial_ever):
        with pytest.raises(NoSuchTrial, match="there is no trial 'nothing'"):
            find(connection, "nothing")
