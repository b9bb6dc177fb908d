"""`trialhouse export`: files that can be read back, whole or not at all, and never in the place of anything else."""

import contextlib
import hashlib
import json
import signal
import subprocess
import sys

import pyarrow.parquet
import pytest

from trialhouse.model.tables import TABLES
from trialhouse.releases.catalog import find_release
from trialhouse.store.connection import release_reader, scratch_database


def read_back(folder, file):
    with contextlib.chdir(folder), scratch_database() as connection:
        return connection.sql(file["read_back"]).fetchall()


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_every_table_and_view_comes_back_as_it_is(run, warehouse, tmp_path, format):
    folder = tmp_path / "new" / "all"
    ended = run("export", folder, "--format", format, "--json", "--warehouse", warehouse)
    assert ended.code == 0, ended.err
    note = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    assert json.loads(ended.out) == note
    assert {file["table"] for file in note["files"]} == {table.qualified_name for table in TABLES} | {"results"}
    assert {path.name for path in folder.iterdir()} == {file["file"] for file in note["files"]} | {"export.json"}
    with release_reader(find_release(warehouse, None).database) as connection:
        for file in note["files"]:
            rows = connection.execute(f"FROM {file['table']}").fetchall()
            assert sorted(read_back(folder, file), key=repr) == sorted(rows, key=repr), file["table"]
            assert file["rows"] == len(rows)
            assert file["sha256"] == hashlib.sha256((folder / file["file"]).read_bytes()).hexdigest()
    assert [path.name for path in folder.parent.iterdir()] == ["all"]


def test_the_note_says_which_release_and_how_to_cite_it(run, warehouse, tmp_path):
    release = find_release(warehouse, None)
    run("export", tmp_path / "out", "--table", "arms", "--warehouse", warehouse)
    note = json.loads((tmp_path / "out" / "export.json").read_text(encoding="utf-8"))
    assert (note["release_id"], note["content_hash"]) == (release.release_id, release.content_hash)
    assert note["schema_version"] == release.schema_version
    assert release.release_id in note["cite"]
    assert note["files"][0]["columns"]["n_randomized"] == "BIGINT"


def test_chosen_tables_by_any_of_their_names(run, warehouse, tmp_path):
    tables = ("--table", "main.trials", "--table", "dq.checks", "--table", "history.trials", "--table", "trials")
    ended = run("export", tmp_path / "out", *tables, "--format", "csv", "--warehouse", warehouse)
    assert ended.code == 0, ended.err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "trials.csv",
        "dq.checks.csv",
        "history.trials.csv",
        "export.json",
    }


def test_one_query_goes_to_a_file_with_a_note_beside_it(run, warehouse, tmp_path):
    out = tmp_path / "rates.parquet"
    query = "SELECT value FROM outcome_measurements WHERE statistic = $s ORDER BY 1"
    given = ("export", out, "--query", query, "--param", "s=PERCENT", "--warehouse", warehouse)
    assert run(*given).code == 0
    assert pyarrow.parquet.read_table(out).to_pylist() == [{"value": 30.0}, {"value": 60.0}]
    note = json.loads((tmp_path / "rates.parquet.export.json").read_text(encoding="utf-8"))
    (file,) = note["files"]
    assert (file["query"], file["parameters"], file["table"]) == (query, {"s": "PERCENT"}, None)
    assert read_back(tmp_path, file) == [(30.0,), (60.0,)]
    assert run(*given).code == 2
    assert run(*given, "--force").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rates.parquet", "rates.parquet.export.json"]


def test_the_tables_of_an_earlier_moment(run, warehouse, tmp_path):
    today = find_release(warehouse, None).published_at.date().isoformat()
    ended = run("export", tmp_path / "out", "--as-of", today, "--json", "--warehouse", warehouse)
    assert ended.code == 0, ended.err
    note = json.loads(ended.out)
    assert note["as_of"]
    trials = next(file for file in note["files"] if file["table"] == "trials")
    assert len(read_back(tmp_path / "out", trials)) == trials["rows"] == 1
    assert "results" in {file["table"] for file in note["files"]}


def test_an_earlier_export_is_replaced_only_with_force_and_whole(run, warehouse, tmp_path):
    out = tmp_path / "out"
    run("export", out, "--format", "csv", "--warehouse", warehouse)
    before = (out / "export.json").read_bytes()
    refused = run("export", out, "--table", "arms", "--warehouse", warehouse)
    assert refused.code == 2
    assert "--force" in refused.err
    assert (out / "export.json").read_bytes() == before
    assert run("export", out, "--table", "arms", "--force", "--warehouse", warehouse).code == 0
    assert {path.name for path in out.iterdir()} == {"arms.parquet", "export.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_no_export_wrote_is_never_replaced(run, warehouse, tmp_path):
    out = tmp_path / "out"
    run("export", out, "--table", "arms", "--warehouse", warehouse)
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    ended = run("export", out, "--force", "--warehouse", warehouse)
    assert ended.code == 2
    assert "mine.txt" in ended.err
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    assert run("export", tmp_path / "mine.csv", "--table", "arms", "--force", "--warehouse", warehouse).code == 2
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert run("export", tmp_path / "file", "--force", "--warehouse", warehouse).code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("export", empty, "--table", "arms", "--warehouse", warehouse).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("out", "--table", "no_such"), "no_such"),
        (("out.csv",), "one table"),
        (("out.json", "--table", "arms"), ".jsonl"),
        (("out.csv", "--table", "arms", "--format", "parquet"), ".parquet"),
        (("out", "--table", "arms", "--query", "SELECT 1"), "not both"),
        (("out", "--query", "SELECT 1 AS x, 2 AS x"), "two columns"),
        (("out", "--query", "SELECT $x"), "$x"),
        (("out", "--param", "x=1"), "--query"),
        (("out", "--release", "none"), "none"),
    ],
)
def test_wrong_use_leaves_nothing(run, warehouse, tmp_path, arguments, said):
    ended = run("export", tmp_path / arguments[0], *arguments[1:], "--warehouse", warehouse)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_fails_in_the_middle_leaves_nothing(run, warehouse, tmp_path):
    query = "SELECT CASE WHEN i = 60000 THEN error('stop') ELSE i END AS i FROM range(90000) AS r(i)"
    ended = run("export", tmp_path / "out", "--query", query, "--format", "csv", "--warehouse", warehouse)
    assert ended.code == 1
    assert "stop" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_died_while_it_replaced_another_is_put_right(run, warehouse, tmp_path):
    out = tmp_path / "out"
    run("export", out, "--table", "arms", "--warehouse", warehouse)
    out.rename(tmp_path / ".out.before")
    (tmp_path / ".out.part").mkdir()
    assert run("export", out, "--table", "trials", "--warehouse", warehouse).code == 2
    assert (out / "arms.parquet").is_file()
    assert run("export", out, "--table", "trials", "--force", "--warehouse", warehouse).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_ctrl_c_ends_it_and_the_place_stays_free(warehouse, tmp_path):
    # The child says when it writes: its parent does not guess.
    program = (
        "import sys, trialhouse.cli.commands.export as export; from trialhouse.cli.app import main; e = export.export\n"
        "def told(*given): print('begins', flush=True); return e(*given)\n"
        "export.export = told; sys.exit(main(sys.argv[1:]))"
    )
    query = "SELECT sum(sqrt(i * j)) AS s FROM range(1000000) AS a(i), range(100000) AS b(j)"
    command = [sys.executable, "-c", program, "export", str(tmp_path / "out"), "--query", query]
    with subprocess.Popen(
        [*command, "--warehouse", str(warehouse)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "begins\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert (child.returncode, out) == (130, "")
    assert "trialhouse: interrupted\n" in err
    assert not (tmp_path / "out").exists()
