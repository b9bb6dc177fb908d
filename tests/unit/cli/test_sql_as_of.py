"""`trialhouse sql --as-of`: plain names mean the state at an earlier moment."""

import csv
import datetime
import io

import pytest

from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.prune import plan_pruning, prune
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import put_words
from trialhouse.settings import load_settings

from .conftest import TRIAL_TEXT

RATES = "SELECT value FROM outcome_measurements WHERE statistic = 'PERCENT' ORDER BY value"


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A warehouse of three releases: of 24, 26 and 28 patients whose cough ended. The first is tagged and pruned."""
    folder, given = tmp_path_factory.mktemp("changed"), tmp_path_factory.mktemp("given")
    settings = load_settings(warehouse=folder, environ={}).settings
    for number, share in ((24, 60), (26, 65), (28, 70)):
        text = TRIAL_TEXT.replace("24 of 40 patients (60%)", f"{number} of 40 patients ({share}%)")
        (given / "harvomab.txt").write_text(text, encoding="utf-8")
        refresh(settings, files=[given])
    layout, now = Layout(folder), datetime.datetime.now(datetime.UTC)
    prune(layout, plan_pruning(layout, keep=2), now)
    put_words(layout, list_releases(folder)[0].release_id, "paper", None)
    return folder


def values(ended):
    assert ended.code == 0, ended.err
    return [row[0] for row in csv.reader(io.StringIO(ended.out))][1:]


def test_an_id_and_a_tag_name_the_tables_of_their_release_although_it_was_pruned(run, changed):
    first, second, _ = list_releases(changed)
    assert first.is_pruned
    for moment, share in ((first.release_id, "60.0"), ("paper", "60.0"), (second.release_id, "65.0")):
        for query in (RATES, RATES.replace("FROM ", "FROM main.")):
            ended = run("sql", query, "--as-of", moment, "--format", "csv", "--warehouse", changed)
            assert values(ended) == ["30.0", share]
    assert first.release_id in run("sql", RATES, "--as-of", "paper", "--warehouse", changed).err


def test_views_are_those_of_the_moment(run, changed):
    query = "SELECT DISTINCT quote FROM results WHERE value = 60"
    ended = run("sql", query, "--as-of", "paper", "--format", "csv", "--warehouse", changed)
    assert "24 of 40 patients (60%)" in ended.out
    assert values(run("sql", query, "--format", "csv", "--warehouse", changed)) == []


def test_a_date_means_the_last_release_of_that_day_and_other_schemas_are_set_back_too(run, changed):
    today = list_releases(changed)[-1].published_at.date().isoformat()
    assert values(run("sql", RATES, "--as-of", today, "--format", "csv", "--warehouse", changed)) == ["30.0", "70.0"]
    runs = "SELECT count(*) FROM meta.runs"
    assert values(run("sql", runs, "--as-of", "paper", "--format", "csv", "--warehouse", changed)) == ["1"]
    assert values(run("sql", runs, "--as-of", today, "--format", "csv", "--warehouse", changed)) == ["3"]


def test_today_is_there_beside_the_moment(run, changed):
    query = (
        "SELECT n.value FROM release.outcome_measurements AS n JOIN outcome_measurements AS o USING (measurement_id)"
    )
    ended = run("sql", f"{query} WHERE o.value = 60", "--as-of", "paper", "--format", "csv", "--warehouse", changed)
    assert values(ended) == ["70.0"]


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "it went with its files"), (2, "--release {} instead of --as-of reads it in the file of that release")],
)
def test_what_has_no_history_is_said_with_where_to_read_it(run, changed, tmp_path, number, said):
    release = list_releases(changed)[number - 1].release_id
    moment = ("--as-of", release, "--warehouse", changed)
    for ended in (
        run("sql", "FROM dq.failing_rows", *moment),
        run("export", tmp_path / "out", "--query", "FROM dq.failing_rows", *moment),
        run("export", tmp_path / "out", "--table", "trials", "--table", "dq.failing_rows", *moment),
    ):
        assert (ended.code in (1, 2), ended.out) == (True, "")
        assert f"dq.failing_rows has no history: {'as of' if number == 1 else '--release'}" in ended.err
        assert said.format(release) in ended.err
        assert "release.dq.failing_rows" not in ended.err
    assert run("sql", "FROM dq.failing_rows", "--warehouse", changed).code == 0
    assert "failing_rowz does not exist" in run("sql", "FROM dq.failing_rowz", *moment).err


@pytest.mark.parametrize(
    "asked",
    [
        ("sql", "FROM changes('paper', 'paper')"),
        ("sql", "--example", "what_changed"),
        ("sql", "FROM trials_as_of('1')"),
    ],
)
def test_a_macro_is_not_there_as_of_a_moment_and_it_is_said_what_to_do(run, changed, asked):
    ended = run(*asked, "--as-of", "paper", "--warehouse", changed)
    assert (ended.code, ended.out) == (1, "")
    assert "is a macro of a release's file, and not there with --as-of: leave that out, or name" in ended.err
    assert "Did you mean" not in ended.err


@pytest.mark.parametrize("moment", ["never", "1999-12-31", "2026-02-30", "", "x'; DROP TABLE trials; --"])
def test_a_moment_that_names_nothing_is_wrong_use(run, changed, moment):
    ended = run("sql", RATES, "--as-of", moment, "--warehouse", changed)
    assert (ended.code, ended.out) == (2, "")
    assert moment in ended.err


def test_release_and_moment_exclude_each_other(run, changed):
    assert run("sql", RATES, "--as-of", "paper", "--release", "paper", "--warehouse", changed).code == 2


@pytest.mark.parametrize("query", ["CREATE TABLE mine AS SELECT 1", "DROP VIEW trials", "ATTACH 'other.duckdb'"])
def test_the_state_of_a_moment_is_only_read(run, changed, query):
    ended = run("sql", query, "--as-of", "paper", "--warehouse", changed)
    assert (ended.code, ended.out) == (1, "")


def test_a_date_passes_over_what_was_withdrawn_and_its_id_does_not(run, changed):
    _, second, third = list_releases(changed)
    roll_back(Layout(changed), second.release_id, "wrong", "a test", datetime.datetime.now(datetime.UTC))
    today = third.published_at.date().isoformat()
    assert values(run("sql", RATES, "--as-of", today, "--format", "csv", "--warehouse", changed)) == ["30.0", "65.0"]
    ended = run("sql", RATES, "--as-of", third.release_id, "--format", "csv", "--warehouse", changed)
    assert values(ended) == ["30.0", "70.0"]
