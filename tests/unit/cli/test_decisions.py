"""`trialhouse decisions`: what people decided, as files that others review, and judgements of pairs."""

import csv
import json

import duckdb
import pytest

from trialhouse.model.tables import RowSet
from trialhouse.model.words import Verdict
from trialhouse.quality.decisions import Decisions
from trialhouse.releases.build import write_rows
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.store.connection import release_reader


@pytest.fixture
def do(run, mine, monkeypatch):
    """Runs a command in it as ada."""
    monkeypatch.setenv("TRIALHOUSE_REVIEWER", "ada")
    return lambda *words: run(*words, "--warehouse", mine)


@pytest.fixture
def decided(do):
    """It, after all alerts were acknowledged and two trials judged."""
    assert do("alerts", "ack", "--check", "*", "--yes", "--comment", "Seen, one by one.").code == 0
    assert do("decisions", "judge", "trials", "NCT09990001", "NCT02467504", "different", "--comment", "no").code == 0
    return do


def ledger(warehouse):
    return Decisions(Layout(warehouse).decisions)


def test_decisions_are_listed(decided):
    ended = decided("decisions", "list")
    assert ended.out.count("ada: acknowledge alert-") == 3
    assert "are different\n    “no”" in ended.out
    assert "3 decisions on alerts, 1 judgement" in ended.err
    told = json.loads(decided("decisions", "list", "--json").out)
    assert {name: len(rows) for name, rows in told.items()} == {"alert_decisions": 3, "judgements": 1}


def test_without_any_there_is_nothing_to_list(do):
    assert "0 decisions on alerts, 0 judgements" in do("decisions", "list").err


def test_what_is_exported_can_be_imported_elsewhere_and_again(decided, mine, tmp_path, run):
    exported = decided("decisions", "export", tmp_path / "out")
    assert exported.out.splitlines() == [str(tmp_path / "out" / n) for n in ("alert_decisions.csv", "judgements.csv")]
    elsewhere = tmp_path / "elsewhere"
    first = run("decisions", "import", tmp_path / "out", "--warehouse", elsewhere)
    assert "4 new, 0 known already. The next refresh carries them into a release." in first.err
    assert "0 new, 4 known already." in run("decisions", "import", tmp_path / "out", "--warehouse", elsewhere).err
    assert ledger(elsewhere).alert_decisions() == ledger(mine).alert_decisions()
    assert ledger(elsewhere).judgements() == ledger(mine).judgements()


def test_one_bad_line_and_nothing_is_taken_in(decided, tmp_path, run):
    decided("decisions", "export", tmp_path / "out")
    path = tmp_path / "out" / "alert_decisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[2][2] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    ended = run("decisions", "import", tmp_path / "out", "--warehouse", tmp_path / "elsewhere")
    assert ended.code == 2
    assert f"{path}, line 3: actor is empty: fill it in" in ended.err
    assert "nothing was taken in" in ended.err
    assert ledger(tmp_path / "elsewhere").judgements() == []


@pytest.mark.parametrize("words", [[], ["somewhere", "--from-release"], ["/no/such/folder"]])
def test_what_to_import_is_one_thing_that_is_there(do, words):
    assert do("decisions", "import", *words).code == 2


def test_what_a_release_carries_comes_back(do, mine, decided):
    before = ledger(mine).alert_decisions(), ledger(mine).judgements()
    _carry(mine, *before)
    Layout(mine).decisions.unlink()
    ended = do("decisions", "import", "--from-release")
    assert "4 new, 0 known already." in ended.err
    assert (ledger(mine).alert_decisions(), ledger(mine).judgements()) == before
    assert do("decisions", "import", "--from-release", "--warehouse", mine / "nothing").code in (1, 2)


def finding(do, name):
    """What `doctor` found of that name."""
    (found,) = (one for one in json.loads(do("doctor", "--json").out) if one["name"] == name)
    return found


def test_doctor_tells_of_decisions_that_are_gone_and_how_they_come_back(do, mine, decided):
    _carry(mine, ledger(mine).alert_decisions(), ledger(mine).judgements())
    assert (finding(do, "decisions")["is_ok"], finding(do, "decisions")["says"]) == (True, "4 readable")
    Layout(mine).decisions.unlink()
    told = finding(do, "decisions")
    assert not told["is_ok"]
    assert f"lacks 4 of the 4 that release {find_release(mine, None).release_id} carries" in told["says"]
    assert "trialhouse decisions import --from-release" in told["advice"]
    do("decisions", "import", "--from-release")
    assert finding(do, "decisions")["is_ok"]


def test_doctor_and_status_tell_of_decisions_that_cannot_be_read(do, mine):
    assert finding(do, "decisions")["says"] == "none yet"
    Layout(mine).decisions.write_bytes(b"This is no database. " * 100)
    told = finding(do, "decisions")
    assert not told["is_ok"]
    assert f"{Layout(mine).decisions}: file is not a database" in told["says"]
    status = do("status").out
    assert "Alerts    unknown (the problem is said below)" in status
    assert f"Problem   {Layout(mine).decisions}: file is not a database" in status


def _carry(warehouse, decisions, judgements):
    """Write decisions into the release's file, as a refresh would into the next one."""
    with duckdb.connect(str(find_release(warehouse, None).database)) as connection:
        write_rows(connection, RowSet([*decisions, *judgements]))


def test_a_judgement_of_documents_is_in_their_order_and_the_last_counts(do, mine):
    with release_reader(find_release(mine, None).database) as connection:
        one, other, *_ = [
            row[0] for row in connection.execute("SELECT document_id FROM documents ORDER BY 1").fetchall()
        ]
    assert do("decisions", "judge", "documents", other, one, "same", "--comment", "The same text.").code == 0
    told = do("decisions", "judge", "documents", one, other, "withdrawn", "--comment", "A slip.", "--json")
    assert json.loads(told.out)["left_id"] == one
    assert [(row.left_id, row.right_id, row.verdict) for row in ledger(mine).judgements()] == [
        (one, other, Verdict.SAME),
        (one, other, Verdict.WITHDRAWN),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trials", "NCT09990001", "NCT00000000", "same", "--comment", "c"], "no trial 'NCT00000000'"),
        (["documents", "doc-x", "doc-y", "same", "--comment", "c"], "no document 'doc-x'"),
        (["trials", "NCT09990001", "NCT09990001", "same", "--comment", "c"], "is compared with itself"),
        (["trials", "NCT09990001", "NCT02467504", "same"], "--comment is missing"),
        (["trials", "NCT09990001", "NCT02467504", "same", "--comment", "c", "--by", "refresh"], "no person"),
        (["trials", "NCT09990001", "NCT02467504", "perhaps", "--comment", "c"], "Invalid value"),
        (["arms", "a", "b", "same", "--comment", "c"], "Invalid value"),
    ],
)
def test_what_cannot_be_judged_is_wrong_use(do, mine, words, said):
    ended = do("decisions", "judge", *words)
    assert ended.code == 2
    assert said in ended.err
    assert ledger(mine).judgements() == []


def test_sql_sees_what_was_decided_a_moment_ago(decided):
    asked = decided(
        "sql",
        "SELECT live.state, released.state, live.decided_by, live.comment FROM review.alerts AS live "
        "JOIN dq.alerts AS released USING (alert_id) GROUP BY ALL",
        "--format",
        "json",
    )
    assert json.loads(asked.out) == [
        {"state": "acknowledged", "state_1": "open", "decided_by": "ada", "comment": "Seen, one by one."}
    ]
    query = "SELECT (SELECT count(*) FROM review.alert_decisions), (SELECT min(verdict) FROM review.judgements)"
    assert decided("sql", query, "--format", "csv").out.splitlines()[1] == "3,different"


def test_the_catalog_has_the_alerts_of_now_beside_an_earlier_state(decided):
    query = "SELECT count(*), min(state) FROM review.alerts"
    for moment in (["--as-of", "1"], ["--release", "1"], []):
        assert decided("sql", query, *moment, "--format", "csv").out.splitlines()[1] == "3,acknowledged"


def test_a_release_can_be_asked_although_the_decisions_cannot_be_read(decided, mine):
    Layout(mine).decisions.write_bytes(b"This is no database. " * 100)
    ended = decided("sql", "SELECT count(*) AS n FROM trials", "--format", "csv")
    assert (ended.code, ended.out) == (0, "n\n3\n")
    assert "The catalog review is not there" in ended.err
