"""`trialhouse trial show` and `history`, on a warehouse of three releases."""

import json

import pytest

from tests.unit.releases.made_releases import publish_all
from trialhouse.model.tables import TrialRedirectRow, TrialRegistrationRow, TrialRow
from trialhouse.releases.catalog import list_releases

EDITED, ADDED = "NCT09990001", "NCT09990002"


def test_a_trial_is_shown_on_lines_of_a_hundred_characters(run, three_releases):
    ended = run("trial", "show", EDITED, "--warehouse", three_releases)
    assert ended.code == 0
    assert f"{EDITED} is trial trial-" in ended.err
    assert max(map(len, ended.out.splitlines())) <= 100
    for words in (
        "Harvomab for <b>winter</b> cough",
        "enrollment           80",
        "harvomab 20 mg (EXPERIMENTAL), 40 randomized",
        "harvomab 20 mg once daily for 84 days",
        "harvomab 20 mg: PERCENT 65%, n = 40",
        "harvomab 20 mg against placebo: P_VALUE_ONLY p = 0.007",
        "“Results: Cough ended in 26 of 40",
        "doi 10.5555/exjc.2026.0001",
        "linked by registry_id (confidence 0.98): names NCT09990001 in its text",
    ):
        assert words in ended.out


def test_a_trial_as_json_holds_its_numbers_with_their_quotes(run, three_releases):
    told = json.loads(run("trial", "show", EDITED, "--json", "--warehouse", three_releases).out)
    assert told["trial"]["registry_id"] == EDITED
    assert [arm["label"] for arm in told["arms"]] == ["harvomab 20 mg", "placebo"]
    assert all(arm["interventions"] for arm in told["arms"])
    numbers = [number for outcome in told["outcomes"] for number in outcome["measurements"] + outcome["analyses"]]
    assert len(numbers) == 5
    assert all("26 of 40" in number["quote"] for number in numbers)
    assert {number["document_id"] for number in numbers} == {told["documents"][0]["document_id"]}


def test_a_trial_as_of_an_earlier_release(run, three_releases):
    ended = run("trial", "show", EDITED, "--as-of", "1", "--warehouse", three_releases)
    assert "PERCENT 60%, n = 40" in ended.out
    assert "“Results: Cough ended in 24 of 40" in ended.out
    gone = run("trial", "show", ADDED, "--as-of", "2", "--warehouse", three_releases)
    assert (gone.code, f"there is no trial '{ADDED}'" in gone.err) == (2, True)


def test_a_trial_that_is_not_there_is_wrong_use(run, three_releases):
    for command in ("show", "history"):
        ended = run("trial", command, "NCT00000000", "--warehouse", three_releases)
        assert ended.code == 2
        assert "give a trial_id or a registry's number" in ended.err


def test_the_history_tells_the_releases_that_changed_it(run, three_releases):
    first, second, third = (release.release_id for release in list_releases(three_releases))
    told = json.loads(run("trial", "history", EDITED, "--json", "--warehouse", three_releases).out)
    assert [(step["release_id"], step["since"]) for step in told["steps"]] == [(first, None), (second, first)]
    values = [(c["old_value"], c["new_value"]) for c in told["steps"][1]["changes"] if c["column_name"] == "value"]
    assert sorted(values) == [("24.0", "26.0"), ("60.0", "65.0")]
    added = json.loads(run("trial", "history", ADDED, "--json", "--warehouse", three_releases).out)
    assert [step["release_id"] for step in added["steps"]] == [third]
    assert {change["cause"] for change in added["steps"][0]["changes"]} == {"NEW_DOCUMENT"}


def test_the_history_in_words(run, three_releases):
    first, second, third = (release.release_id for release in list_releases(three_releases))
    ended = run("trial", "history", EDITED, "--warehouse", three_releases)
    assert f"--as-of {first}` tells what" in " ".join(ended.out.split())
    assert f"\n{second}, published " in ended.out
    assert "value 60.0 → 65.0" in ended.out
    assert "SOURCE_CHANGED: " in ended.out
    assert third not in ended.out


def test_a_merged_trial_has_its_own_beginning_and_end(run, tmp_path):
    both = [
        row
        for name, number in (("trial-a", "NCT00000001"), ("trial-b", "NCT00000002"))
        for row in (
            TrialRow(trial_id=name, registry_id=number),
            TrialRegistrationRow(trial_id=name, registry="ctgov", registry_id=number, is_primary=True),
        )
    ]
    merged = [
        *both[:2],
        TrialRegistrationRow(trial_id="trial-a", registry="ctgov", registry_id="NCT00000002", is_primary=False),
        TrialRedirectRow(old_trial_id="trial-b", trial_id="trial-a", reason="They share a number."),
    ]
    layout = publish_all(tmp_path, both, merged)
    ended = run("trial", "history", "NCT00000002", "--warehouse", tmp_path)
    assert "NCT00000002 was trial trial-b before." in ended.err
    assert "`trialhouse trial show trial-b --as-of 2026.11.01.01`" in " ".join(ended.out.split())
    assert "trials trial-b: removed" in ended.out
    told = json.loads(run("trial", "history", "trial-b", "--json", "--warehouse", layout.warehouse).out)
    assert (told["trial_id"], told["earlier"]) == ("trial-a", ["trial-b"])
    differing = run("releases", "diff", "1", "2", "--trial", "trial-b", "--warehouse", tmp_path)
    assert "trials trial-b: removed" in differing.out


@pytest.mark.parametrize("command", ["show", "history"])
def test_an_empty_warehouse_says_what_to_do(run, tmp_path, command):
    ended = run("trial", command, EDITED, "--warehouse", tmp_path)
    assert ended.code == 1
    assert "run `trialhouse refresh`" in ended.err
