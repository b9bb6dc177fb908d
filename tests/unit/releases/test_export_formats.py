"""What was written as Parquet, CSV or JSON Lines is read back as it was, whatever the texts."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trialhouse.releases.export_formats import FORMATS, write_file
from trialhouse.store.connection import scratch_database

EVERY_TYPE = """
SELECT * FROM (VALUES
    (1, TIMESTAMP '2026-01-02 03:04:05.123456', DATE '2020-02-03', 1.5::DOUBLE, true, {'a': 'x', 'b': [1, 2]},
     '\\x00\\xff'::BLOB, 3::HUGEINT, 1.25::DECIMAL(9, 3), INTERVAL '3 days', TIME '10:00:01',
     MAP {'k': 1}, [[1], NULL]),
    (2, NULL, NULL, 'nan'::DOUBLE, NULL, NULL, NULL, 170141183460469231731687303715884105727::HUGEINT, NULL, NULL,
     NULL, NULL, NULL),
    (3, TIMESTAMP 'infinity', DATE '-infinity', '-infinity'::DOUBLE, false, {'a': NULL, 'b': NULL}, ''::BLOB,
     -1::HUGEINT, 2::DECIMAL(9, 3), INTERVAL '1 month 2 seconds', TIME '00:00:00', MAP {}, []),
    (4, TIMESTAMP '1600-01-01', DATE '0001-01-01', 1e300, false, {'a': '"', 'b': []}, 'abc'::BLOB, 0::HUGEINT,
     2::DECIMAL(9, 3), INTERVAL '0 days', TIME '23:59:59.999999', MAP {'"': NULL}, [[], [NULL]])
) AS t(i, ts, d, f, b, s, bl, h, de, iv, ti, m, ll)
"""

TEXTS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["", " ", '"', '""', ",", "\n", "\r", "\r\n", "\0", "NULL", "null", "\\", "\\N", "é漢😀"]),
    st.sampled_from(["a\tb", "#", "'", "[]", "{}", "1", "true", "nan", '["x"]', "\ufeff", "\u2028", "end\n"]),
)


@pytest.fixture
def connection():
    with scratch_database() as connection:
        yield connection


def written_and_read(connection, sql, values, format, folder):
    with contextlib.chdir(folder):
        written = write_file(connection.sql(sql, params=values), format, folder / f"x'.{format}", lambda rows: None)
        back = connection.sql(written.read_back)
        return back.columns, [str(kind) for kind in back.types], back.fetchall(), written.rows


@pytest.mark.parametrize("format", FORMATS)
def test_every_type_comes_back(connection, tmp_path, format):
    asked = connection.sql(EVERY_TYPE)
    names, types, rows, number = written_and_read(connection, EVERY_TYPE, None, format, tmp_path)
    assert names == asked.columns
    assert types == [str(kind) for kind in asked.types]
    assert repr(rows) == repr(asked.fetchall())
    assert number == 4


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, st.one_of(st.none(), st.lists(TEXTS, max_size=3))), min_size=1, max_size=4))
def test_odd_texts_and_lists_of_them_come_back(tmp_path_factory, format, rows):
    folder = tmp_path_factory.mktemp("texts")
    with scratch_database() as connection:
        connection.execute("CREATE TABLE odd (n INTEGER, t VARCHAR, l VARCHAR[])")
        connection.executemany("INSERT INTO odd VALUES (?, ?, ?)", [(n, *row) for n, row in enumerate(rows)])
        _, _, back, _ = written_and_read(connection, "FROM odd", None, format, folder)
    assert sorted(back) == [(n, *row) for n, row in enumerate(rows)]


@pytest.mark.parametrize("format", FORMATS)
def test_a_text_longer_than_readers_expect_comes_back(connection, tmp_path, format):
    sql = "SELECT i, repeat('line \"' || chr(10), 1500000 * i) AS t FROM range(3) AS r(i)"
    _, _, rows, _ = written_and_read(connection, sql, None, format, tmp_path)
    assert [(i, len(text)) for i, text in sorted(rows)] == [(0, 0), (1, 10_500_000), (2, 21_000_000)]


@pytest.mark.parametrize("format", FORMATS)
def test_no_rows_have_columns(connection, tmp_path, format):
    names, types, rows, _ = written_and_read(connection, f"{EVERY_TYPE} WHERE i = $i", {"i": 0}, format, tmp_path)
    assert (names, rows) == (connection.sql(EVERY_TYPE).columns, [])
    assert types == [str(kind) for kind in connection.sql(EVERY_TYPE).types]


@pytest.mark.parametrize("format", FORMATS)
def test_odd_names_of_columns_come_back(connection, tmp_path, format):
    sql = 'SELECT 1 AS "a ""b""", [2] AS "c,d", 3 AS "it\'s", INTERVAL \'1 day\' AS "select"'
    names, _, rows, _ = written_and_read(connection, sql, None, format, tmp_path)
    assert names == ['a "b"', "c,d", "it's", "select"]
    assert rows[0][:3] == (1, [2], 3)


def test_columns_of_one_name_are_refused(connection, tmp_path):
    with pytest.raises(ValueError, match="two columns are called x"):
        written_and_read(connection, "SELECT 1 AS x, 2 AS X", None, "csv", tmp_path)
