"""`trialhouse sql` with the citations of bulk loads beside a release, and before there is one."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from trialhouse.cli.app import main
from trialhouse.pipeline import refresh
from trialhouse.pipeline.bulk_load import load_pubmed
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings

PAGE = Path(__file__).parents[3] / "docs" / "bulk-pubmed.md"


@pytest.fixture
def warehouse(settings: Settings, tmp_path: Path) -> Path:
    """A release of one trial, and a store with its report and a paper that names it and came later."""
    report = record(1, title="Old", abstract=TRIAL, registry_id="NCT09990001")
    load_pubmed(settings, [write_file(tmp_path, "pubmed26n0001.xml", [report, record(2)])], with_trials=True)
    refresh(settings.model_copy(update={"include_corpus": False}))
    newer = [record(1, version=2, title="New", registry_id="NCT09990001"), record(3, registry_id="NCT09990001")]
    load_pubmed(settings, [write_file(tmp_path, "pubmed26n0002.xml", newer)])
    return settings.warehouse


def documented() -> list[str]:
    """The queries of the page: the join, what opens both files, the reports that name no trial."""
    return re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def ask(warehouse: Path, query: str) -> int:
    return main(["sql", query, "--format", "json", "--warehouse", str(warehouse)])


def test_the_query_of_the_page_joins_citations_to_trials(warehouse, capsys, monkeypatch):
    joining, attaching, _ = documented()
    assert ask(warehouse, joining) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["registry_id"], row["pmid"], row["title"], row["is_in_release"]) for row in rows] == [
        ("NCT09990001", 1, "New", True),
        ("NCT09990001", 3, "How engines weave.", False),
    ]
    monkeypatch.chdir(warehouse.parent)
    with duckdb.connect() as connection:
        connection.execute(attaching)
        found = connection.execute(joining)
        names = [column[0] for column in found.description]
        asked = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    assert [{**row, "pub_date": None} for row in asked] == [{**row, "pub_date": None} for row in rows]


def test_the_store_is_not_written_and_a_damaged_one_does_not_keep_from_asking(warehouse, capsys):
    assert ask(warehouse, "DELETE FROM pubmed.citations") == 1
    (Layout(warehouse).pubmed / "pubmed.duckdb").write_bytes(b"none")
    capsys.readouterr()
    assert ask(warehouse, "SELECT count(*) AS n FROM trials") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == [{"n": 1}]
    assert "The catalog pubmed is not there: " in printed.err


def test_citations_can_be_asked_before_there_is_a_release(settings, tmp_path, capsys):
    load_pubmed(settings, [write_file(tmp_path, "pubmed26n0001.xml", [record(1), record(2)])])
    capsys.readouterr()
    assert ask(settings.warehouse, "SELECT count(*) AS n FROM pubmed.citations") == 0
    assert json.loads(capsys.readouterr().out) == [{"n": 2}]
    assert ask(settings.warehouse, "FROM trials") == 1
    told = capsys.readouterr().err
    assert "There is no release yet, only the catalog pubmed: `trialhouse refresh` makes one" in told
    assert ask(settings.warehouse, "DELETE FROM pubmed.citations") == 1
    (Layout(settings.warehouse).pubmed / "pubmed.duckdb").write_bytes(b"none")
    assert ask(settings.warehouse, "FROM pubmed.citations") == 1
    assert "pubmed.duckdb" in capsys.readouterr().err


TO_LOAD = "holds no citations of PubMed yet: run `trialhouse load-pubmed` with PubMed's files"


@pytest.mark.parametrize("query", ["FROM pubmed.citations", 'SELECT pmid FROM trials, "PubMed".main.citations'])
def test_where_nothing_was_loaded_it_is_said_what_loads_citations(settings, tmp_path, capsys, query):
    assert ask(settings.warehouse, query) == 1
    assert capsys.readouterr().err == f"trialhouse: {settings.warehouse} {TO_LOAD}\n"
    refresh(settings)
    capsys.readouterr()
    assert ask(settings.warehouse, query) == 1
    assert capsys.readouterr().err.endswith(f"\n{settings.warehouse} {TO_LOAD}\n")


def test_who_asks_for_no_citations_is_not_told_to_load_them(settings, capsys):
    assert ask(settings.warehouse, "FROM trials") == 1
    assert "holds no release yet: run `trialhouse refresh`" in capsys.readouterr().err
    refresh(settings)
    for query in ("SELECT pubmed.nothing FROM trials AS pubmed", "FROM pubmeds.citations", "FROM pubmed_citations"):
        capsys.readouterr()
        assert ask(settings.warehouse, query) == 1
        assert "load-pubmed" not in capsys.readouterr().err
