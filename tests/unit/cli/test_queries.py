"""`trialhouse queries`, and `trialhouse sql --example`."""

import csv
import datetime
import io
import json

import pytest

from tests.unit.releases.made_releases import publish_all, publish_next, release_row
from trialhouse.model.tables import TrialRow
from trialhouse.releases.rollback import roll_back


def test_the_examples_are_listed_with_their_questions(run):
    ended = run("queries")
    assert ended.code == 0
    assert "dose_response" in ended.out
    assert "--example" in ended.err
    listed = {query["name"]: query for query in json.loads(run("queries", "--json").out)}
    assert listed["dose_response"]["parameters"] == {"substance": "ziltivekimab"}


def test_an_example_is_printed_as_it_is_asked(run, warehouse, tmp_path):
    file = tmp_path / "mine.sql"
    file.write_text(run("queries", "enrollment_against_arms").out, encoding="utf-8")
    given = ("--format", "csv", "--warehouse", warehouse)
    asked = run("sql", "--example", "enrollment_against_arms", *given)
    assert asked.out.splitlines()[1].startswith("NCT09990931,80,ACTUAL,")
    assert run("sql", "--file", file, *given).out == asked.out


def test_a_parameter_replaces_its_default(run, warehouse):
    given = ("sql", "--example", "responder_rates", "--format", "csv", "--warehouse", warehouse)
    assert len(run(*given).out.splitlines()) == 3
    assert len(run(*given, "--param", "measure=no such%").out.splitlines()) == 1
    assert run(*given, "--param", "measures=x").code == 2


@pytest.mark.parametrize("command", [("queries", "no_such"), ("sql", "--example", "no_such")])
def test_an_unknown_example_is_wrong_use_and_the_others_are_named(run, warehouse, command):
    ended = run(*command)
    assert (ended.code, ended.out) == (2, "")
    assert "dose_response" in ended.err


def changed(run, warehouse):
    """The cells that the example tells without parameters."""
    ended = run("sql", "--example", "what_changed", "--format", "csv", "--warehouse", warehouse)
    assert ended.code == 0, ended.err
    return [(row["old_value"], row["new_value"]) for row in csv.DictReader(io.StringIO(ended.out))]


def test_nothing_changed_before_there_is_a_second_release(run, tmp_path):
    publish_all(tmp_path, [TrialRow(trial_id="t", enrollment=1)])
    assert changed(run, tmp_path) == []


def test_what_changed_is_told_of_the_last_two_that_were_not_withdrawn(run, tmp_path):
    states = [[TrialRow(trial_id="t", enrollment=number)] for number in (1, 2, 3)]
    layout = publish_all(tmp_path, *states[:2])
    assert changed(run, tmp_path) == [("1", "2")]
    now = datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC)
    roll_back(layout, release_row(1).release_id, "a slip", "somebody", now)
    publish_next(layout, 3, states[2])
    assert changed(run, tmp_path) == [("1", "3")]
