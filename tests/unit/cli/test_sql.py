"""`trialhouse sql` on a small warehouse."""

import csv
import io
import json
import signal
import subprocess
import sys

import pyarrow.parquet
import pytest

from tests.unit.releases.made_releases import MIGRATIONS, publish_next
from tests.unit.releases.older_releases import publish_older
from trialhouse.model.tables import SCHEMA_VERSION, TrialRow
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import ensure_ledger


def test_csv_has_a_heading_and_lists_as_json(run, warehouse):
    ended = run("sql", "SELECT 1 AS n, ['a', 'b'] AS l, NULL AS e", "--format", "csv", "--warehouse", warehouse)
    assert ended.code == 0
    assert list(csv.reader(io.StringIO(ended.out))) == [["n", "l", "e"], ["1", '["a", "b"]', ""]]


def test_json_keeps_types(run, warehouse):
    ended = run(
        "sql", "SELECT 2 AS n, sum(3) AS s, DATE '2020-02-03' AS d", "--format", "json", "--warehouse", warehouse
    )
    assert json.loads(ended.out) == [{"n": 2, "s": 3, "d": "2020-02-03"}]


def test_json_of_no_rows_is_an_empty_array(run, warehouse):
    ended = run("sql", "SELECT 1 AS n WHERE false", "--format", "json", "--warehouse", warehouse)
    assert json.loads(ended.out) == []


def test_table_says_when_rows_were_cut(run, warehouse):
    cut = run("sql", "SELECT * FROM range(41)", "--warehouse", warehouse)
    whole = run("sql", "SELECT * FROM range(40)", "--warehouse", warehouse)
    assert "first 40 rows" in cut.err
    assert whole.err == ""
    assert "39" in whole.out


def test_limit_zero_gives_all(run, warehouse):
    ended = run("sql", "SELECT * FROM range(500)", "--limit", 0, "--format", "csv", "--warehouse", warehouse)
    assert len(ended.out.splitlines()) == 501
    assert ended.err == ""


def test_parquet_goes_to_a_file(run, warehouse, tmp_path):
    out = tmp_path / "trials.parquet"
    ended = run("sql", "FROM trials", "--format", "parquet", "--out", out, "--warehouse", warehouse)
    assert ended.code == 0
    assert "trial_id" in pyarrow.parquet.read_table(out).column_names


def test_csv_goes_to_a_file(run, warehouse, tmp_path):
    out = tmp_path / "one.csv"
    ended = run("sql", "SELECT 1 AS n", "--format", "csv", "--out", out, "--warehouse", warehouse)
    assert (out.read_text(), ended.out) == ("n\n1\n", "")


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "PARQUET"])
def test_the_ending_of_a_file_is_its_format(run, warehouse, tmp_path, ending):
    query = ("sql", "SELECT range AS n FROM range(41)", "--warehouse", warehouse)
    by_ending, stated = tmp_path / f"by.{ending}", tmp_path / "stated.txt"
    assert run(*query, "--out", by_ending).err == ""
    run(*query, "--out", stated, "--format", ending.lower())
    assert by_ending.read_bytes() == stated.read_bytes()


def test_a_stated_format_comes_before_the_ending(run, warehouse, tmp_path):
    out = tmp_path / "rows.csv"
    run("sql", "SELECT 1 AS n", "--format", "json", "--out", out, "--warehouse", warehouse)
    assert json.loads(out.read_text()) == [{"n": 1}]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM trials",
        "COPY trials TO 'here.csv'",
        "FROM read_text('/etc/hostname')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "SELECT nothing FROM nowhere",
    ],
)
def test_what_is_not_allowed_is_said_without_a_trace(run, warehouse, query):
    ended = run("sql", query, "--warehouse", warehouse)
    assert ended.code == 1
    assert ended.err.startswith("trialhouse: ")
    assert "Traceback" not in ended.err


def test_without_a_release_it_says_what_to_run(run, tmp_path):
    ended = run("sql", "SELECT 1", "--warehouse", tmp_path)
    assert ended.code == 1
    assert "trialhouse refresh" in ended.err


def test_an_unknown_release_is_wrong_use(run, warehouse):
    ended = run("sql", "SELECT 1", "--release", "1999.01.01.01", "--warehouse", warehouse)
    assert ended.code == 2
    assert "1999.01.01.01" in ended.err


def test_wrong_use_exits_2(run):
    assert run("sql", "SELECT 1", "--format", "xml").code == 2
    assert run("nonsense").code == 2


def test_columns_of_one_name_are_renamed_and_said(run, warehouse):
    query = "SELECT 1 AS x, 2 AS x, 3 AS x_1, 4 AS x"
    ended = run("sql", query, "--format", "json", "--warehouse", warehouse)
    assert json.loads(ended.out) == [{"x": 1, "x_2": 2, "x_1": 3, "x_3": 4}]
    assert "x_2" in ended.err
    assert run("sql", query, "--format", "csv", "--warehouse", warehouse).out == "x,x_2,x_1,x_3\n1,2,3,4\n"


def test_json_is_json_whatever_the_values(run, warehouse):
    query = (
        "SELECT 'nan'::DOUBLE AS n, {'i': '-infinity'::DOUBLE} AS s, '\\x00\\xFF'::BLOB AS b, 1.5 AS d, "
        "MAP {DATE '2020-01-01': 1} AS m, 0.12345678901234567890123 AS long"
    )
    ended = run("sql", query, "--format", "json", "--warehouse", warehouse)
    (row,) = json.loads(ended.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert row == {
        "n": None,
        "s": {"i": None},
        "b": "00ff",
        "d": 1.5,
        "m": {"2020-01-01": 1},
        "long": "0.12345678901234567890123",
    }


def test_csv_holds_bytes_as_hexadecimal_and_lists_as_json(run, warehouse):
    query = "SELECT 'ab'::BLOB AS b, ['nan'::DOUBLE, 2] AS l"
    ended = run("sql", query, "--format", "csv", "--warehouse", warehouse)
    assert list(csv.reader(io.StringIO(ended.out))) == [["b", "l"], ["6162", "[null, 2.0]"]]


def test_parquet_keeps_columns_of_one_name(run, warehouse, tmp_path):
    out = tmp_path / "two.parquet"
    run("sql", "SELECT 1 AS x, 2 AS x", "--format", "parquet", "--out", out, "--warehouse", warehouse)
    assert pyarrow.parquet.read_table(out).to_pylist() == [{"x": 1, "x_1": 2}]


@pytest.mark.parametrize("before", [[], ["--"]], ids=["as it is", "after two dashes"])
def test_a_query_may_begin_with_a_comment(run, warehouse, before):
    query = "-- how many = what?\nSELECT 7 AS n"
    ended = run("sql", "--format", "csv", "--warehouse", warehouse, *before, query)
    assert (ended.code, ended.out) == (0, "n\n7\n")


@pytest.mark.parametrize("query", ["SELECT 1; SELECT 2", "", "-- only a comment"])
def test_other_than_one_statement_is_wrong_use(run, warehouse, query):
    ended = run("sql", query, "--warehouse", warehouse)
    assert (ended.code, ended.out) == (2, "")


def test_one_statement_may_be_written_as_several_or_end_with_a_semicolon(run, warehouse):
    pivot = "PIVOT (SELECT 'a' AS k, 1 AS v) ON k USING sum(v);"
    assert run("sql", pivot, "--format", "csv", "--warehouse", warehouse).out == "a\n1\n"


def test_a_negative_limit_is_wrong_use(run, warehouse):
    ended = run("sql", "FROM trials", "--limit", "-1", "--warehouse", warehouse)
    assert (ended.code, ended.out) == (2, "")
    assert "--limit -1" in ended.err


def test_json_lines_are_an_object_a_line(run, warehouse):
    ended = run("sql", "SELECT i AS n, 'é' AS t FROM range(3) AS r(i)", "--format", "jsonl", "--warehouse", warehouse)
    assert [json.loads(line) for line in ended.out.splitlines()] == [{"n": n, "t": "é"} for n in range(3)]


@pytest.mark.parametrize("format", ["table", "csv", "json", "jsonl", "parquet"])
def test_every_format_says_what_it_cut(run, warehouse, tmp_path, format):
    out = tmp_path / "out"
    more = run("sql", "FROM range(4)", "--limit", 3, "--format", format, "--out", out, "--warehouse", warehouse)
    assert "first 3 rows" in more.err
    size = out.stat().st_size
    whole = run("sql", "FROM range(3)", "--limit", 3, "--format", format, "--out", out, "--warehouse", warehouse)
    assert (whole.err, out.stat().st_size) == ("", size)


def test_a_table_says_that_it_does_not_draw_everything(run, warehouse):
    ended = run("sql", "FROM range(10001)", "--limit", 0, "--warehouse", warehouse)
    assert "first 10,000 rows" in ended.err
    assert "9999" in ended.out
    assert run("sql", "FROM range(10000)", "--limit", 0, "--warehouse", warehouse).err == ""


def in_terminal(monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("trialhouse.cli.answers.sys.stdout.isatty", lambda: True)


def test_a_terminal_says_which_columns_and_texts_it_cut(run, warehouse, monkeypatch):
    in_terminal(monkeypatch, 80)
    wide = run("sql", "FROM results", "--warehouse", warehouse)
    assert "of 29 columns are left out" in wide.err
    long = "SELECT repeat('word ', 40) AS t, i FROM range(40) AS r(i)"
    cut = run("sql", long, "--warehouse", warehouse)
    assert "a text that ends in … goes on" in cut.err
    assert max(map(len, cut.out.splitlines())) <= 80
    for text in ("an ellipsis …", "folded … " * 12 + "here…"):
        assert run("sql", f"SELECT '{text}' AS t", "--warehouse", warehouse).err == ""
    in_terminal(monkeypatch, 300)
    assert run("sql", long, "--warehouse", warehouse).err == ""


def test_a_query_is_evaluated_once(run, warehouse):
    # Rows are counted by a limit that random numbers would change from one evaluation to the next.
    query = "SELECT random() AS r, count(*) OVER () AS n FROM range(1000) WHERE random() < 0.5"
    for format in ("table", "csv", "jsonl"):
        ended = run("sql", query, "--limit", 2000, "--format", format, "--warehouse", warehouse)
        assert ended.err == ""
        told = int(ended.out.split("│")[-2]) if format == "table" else None
        rows = ended.out.count("\n") - (6 if format == "table" else 1 if format == "csv" else 0)
        assert told is None or told == rows


def test_parameters_are_bound_and_not_pasted(run, warehouse):
    query = "SELECT $n + 1 AS n, $t AS t, $b AS b, $z AS z, $q AS q, typeof($n) AS kind"
    parameters = ("--param", "n=7", "--param", "t=a=b'; DROP", "--param", "b=true", "--param", "z=null")
    ended = run("sql", query, *parameters, "--param", 'q="7"', "--format", "json", "--warehouse", warehouse)
    (row,) = json.loads(ended.out)
    assert list(row.values()) == [8, "a=b'; DROP", True, None, "7", "INTEGER"]


@pytest.mark.parametrize(
    ("query", "parameters", "said"),
    [
        ("SELECT $a, $b", ["a=1"], "$b"),
        ("SELECT $a", ["a=1", "c=1"], "$c"),
        ("SELECT 1", ["a=1"], "has none"),
        ("SELECT $a", ["a"], "NAME=VALUE"),
    ],
)
def test_parameters_that_do_not_fit_are_wrong_use(run, warehouse, query, parameters, said):
    given = [word for parameter in parameters for word in ("--param", parameter)]
    ended = run("sql", query, *given, "--warehouse", warehouse)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_query_may_be_kept_in_a_file(run, warehouse, tmp_path):
    file = tmp_path / "mine.sql"
    file.write_text("\ufeff-- mine\nSELECT $n AS n;\n", encoding="utf-8")
    given = ("sql", "--file", file, "--param", "n=3", "--format", "csv", "--warehouse", warehouse)
    assert run(*given).out == "n\n3\n"
    assert run(*given, "SELECT 1").code == 2
    assert run("sql", "--file", tmp_path / "none.sql", "--warehouse", warehouse).code == 2
    assert run("sql", "--warehouse", warehouse).code == 2


def test_a_file_that_could_not_be_written_whole_is_not_there(run, warehouse, tmp_path):
    query = "SELECT CASE WHEN i = 5000 THEN error('stop') ELSE i END AS i FROM range(9000) AS r(i)"
    out = tmp_path / "half.csv"
    assert run("sql", query, "--format", "csv", "--out", out, "--warehouse", warehouse).code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT sum(sqrt(i * j)) FROM range(1000000) AS a(i), range(100000) AS b(j)",
        "SELECT i, random() AS r FROM range(300000000) AS a(i) ORDER BY r",
    ],
    ids=["one long step", "a sort"],
)
def test_ctrl_c_ends_a_long_query_at_once(warehouse, query):
    # The child says when the query begins: its parent does not guess.
    program = (
        "import sys, trialhouse.cli.commands.sql as sql; from trialhouse.cli.app import main; w = sql.write_answer\n"
        "def told(*given): print('begins', flush=True); w(*given)\n"
        "sql.write_answer = told; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "sql", query, "--warehouse", str(warehouse)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "begins\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert (child.returncode, out) == (130, "")
    assert "trialhouse: interrupted\n" in err


def test_a_column_that_came_after_a_release_is_said_to_be_newer(run, tmp_path):
    publish_older(Layout(tmp_path), 3)
    asked = ("sql", "SELECT evidence_status FROM documents", "--warehouse", tmp_path)
    ended = run(*asked)
    assert ended.code == 1
    assert f"has the tables of schema version 3, and today's are of {SCHEMA_VERSION}" in ended.err
    assert "schema version" not in run("sql", "SELECT 1 / 'x'", "--warehouse", tmp_path).err


def test_a_slip_as_of_an_older_release_is_not_laid_to_its_age(run, tmp_path):
    """What is asked then is the file of the newest release, whose tables have all columns."""
    layout = Layout(tmp_path)
    publish_older(layout, 3)
    ensure_ledger(layout, MIGRATIONS)
    publish_next(layout, 3, [TrialRow(trial_id="a")])
    first, second = list_releases(tmp_path)
    assert (first.schema_version, second.schema_version) == (3, SCHEMA_VERSION)
    ended = run("sql", "SELECT nothing FROM documents", "--as-of", first.release_id, "--warehouse", tmp_path)
    assert ended.code == 1
    assert "nothing" in ended.err
    assert "schema version" not in ended.err


def test_a_slip_in_a_release_of_today_is_not_laid_to_its_age(run, warehouse):
    assert "schema version" not in run("sql", "SELECT nothing FROM documents", "--warehouse", warehouse).err
