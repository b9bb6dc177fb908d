"""`trialhouse queries`, and `trialhouse sql --example`."""

import json

import pytest


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
