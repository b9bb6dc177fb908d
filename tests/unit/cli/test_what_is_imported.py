"""The commands that only read import nothing that a refresh or an extraction needs: each import costs a start."""

import json
import os
import subprocess
import sys

import pytest

LIBRARIES = ("prefect", "pyarrow", "bs4", "lxml", "requests", "rich", "apprise")
HEAVY = (*LIBRARIES, "trialhouse.extraction", "trialhouse.documents")

WITH_DATABASE = [
    ["sql", "FROM trials", "--format", "csv"],
    ["status"],
    ["alerts", "list"],
    ["alerts", "trends"],
    ["alerts", "ack", "--check", "arms/has_label"],
    ["decisions", "list"],
    ["doctor"],
    ["releases", "diff", "1", "current"],
    ["trial", "show", "NCT09990931"],
    ["trial", "history", "NCT09990931"],
]
WITHOUT = [
    ["dictionary"],
    ["dictionary", "trials"],
    ["dictionary", "results", "--json"],
    ["releases", "list"],
    ["config", "show"],
    ["open"],
]

PROGRAM = """
import json, sys
from trialhouse.cli.app import main
code = main(json.loads(sys.argv[1]))
print(json.dumps([code, sorted(set(sys.modules) & set(json.loads(sys.argv[2])))]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [(command, HEAVY) for command in WITH_DATABASE] + [(command, (*HEAVY, "duckdb")) for command in WITHOUT],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_reading_command_imports_only_what_it_needs(warehouse, command, unwanted):
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(command), json.dumps(unwanted)],
        env=os.environ | {"TRIALHOUSE_WAREHOUSE": str(warehouse)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ended.stderr.splitlines()[-1]) == [0, []]


def test_help_of_the_menu_and_of_refresh_does_not_import_prefect():
    for command in (["--help"], ["refresh", "--help"]):
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps(command), json.dumps(["prefect"])],
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ended.stderr.splitlines()[-1]) == [0, []]


def test_dedupe_imports_no_reader_of_documents_and_nothing_of_a_refresh(tmp_path):
    (tmp_path / "a.csv").write_text("ID,title\na,Fever\n", encoding="utf-8")
    unwanted = ["prefect", "requests", "bs4", "apprise", "starlette", "trialhouse.extraction", "trialhouse.pipeline"]
    asked = ["dedupe", str(tmp_path / "a.csv"), "--out", str(tmp_path / "c.csv")]
    for command, more in ((["dedupe", "--help"], ["duckdb", "pyarrow", "trialhouse.documents"]), (asked, [])):
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps(command), json.dumps(unwanted + more)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ended.stderr.splitlines()[-1]) == [0, []]


def test_extract_of_a_text_imports_no_reader_of_markup_and_nothing_of_releases(tmp_path):
    (tmp_path / "a.txt").write_text("Adults were randomly assigned to zetamab or placebo.\n", encoding="utf-8")
    unwanted = ["prefect", "requests", "bs4", "lxml", "charset_normalizer", "duckdb", "zstandard", "multiprocessing"]
    unwanted += ["trialhouse.resolution", "trialhouse.releases", "trialhouse.store"]
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(["extract", str(tmp_path / "a.txt")]), json.dumps(unwanted)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ended.stderr.splitlines()[-1]) == [0, []]
