"""`trialhouse sql` on a small warehouse."""

import csv
import io
import json

import pyarrow.parquet
import pytest


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
