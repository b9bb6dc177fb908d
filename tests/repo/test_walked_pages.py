"""The how-tos: what a page says is done, on a warehouse of its own, and comes to what it shows."""

import contextlib
import io
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay.server import Answer, ReplayServer
from tests.replay.world import NOON, World
from tests.repo.page_walk import DOCS, Walk
from tests.unit.bulk.pubmed_files import record, write_file
from trialhouse.model.tables import TABLES, Row, table_of
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, RefreshResult, network, questions, refresh
from trialhouse.releases.dictionary import diagram_markdown, dictionary_markdown
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import scratch_database
from trialhouse.store.schema import ledger_schema_sql


@pytest.fixture
def walk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings
) -> Walk:
    return Walk(tmp_path, monkeypatch, capsys, settings)


def blocks_in(page: str, language: str) -> Iterator[str]:
    """The blocks of a page in a language, without the indent of a list."""
    for block in re.findall(
        rf"```{language}(?: [^\n]*)?\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL
    ):
        yield textwrap.dedent(block.rstrip(" "))


def printed_by(page: str) -> str:
    """What the Python of a page prints in the folder of the walk."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for program in blocks_in(page, "python"):
            exec(compile(program, page, "exec"), {})
    return said.getvalue()


def test_starting(walk: Walk) -> None:
    walk.run("trialhouse refresh")
    assert walk.do("start.md") == 5
    assert "RESCUE" in printed_by("start.md")


def test_adding_a_topic(walk: Walk) -> None:
    with ReplayServer() as server:
        world = World(server)

        def ask(settings: Settings, assignment: Assignment) -> RefreshResult:
            there = world.settings(walk.folder / "there")
            asked = there.model_copy(update={"topics": settings.topics, "warehouse": settings.warehouse})
            return refresh(asked, assignment, clock=lambda: NOON)

        walk.refreshing = ask
        assert walk.do("how-to-add-a-topic.md") == 4
    assert walk.results[0].status is RunStatus.PUBLISHED


def test_adding_a_name(walk: Walk) -> None:
    assert walk.do("how-to-add-a-name.md") == 7
    assert [result.status for result in walk.results] == [RunStatus.PUBLISHED] * 2


def test_querying_as_of(walk: Walk) -> None:
    assert walk.do("how-to-query-as-of.md") == 7
    (shown,) = re.findall(r"```text\n(.*?)```", (DOCS / "how-to-query-as-of.md").read_text(), re.DOTALL)
    assert printed_by("how-to-query-as-of.md") == shown


@pytest.mark.long
def test_moving_to_a_server(walk: Walk) -> None:
    walk.do("how-to-move-to-a-server.md")
    first, second = walk.results
    assert (first.status, second.status) == (RunStatus.PUBLISHED, RunStatus.PUBLISHED)
    assert "ada" in walk.run("trialhouse alerts list --release 2 --all"), "the decision came along"


def test_watching(walk: Walk) -> None:
    assert walk.do("how-to-watch-it.md") == 8


def test_upgrading(walk: Walk) -> None:
    assert walk.do("how-to-upgrade.md") == 8
    assert [result.status for result in walk.results] == [RunStatus.PUBLISHED, RunStatus.UNCHANGED]


KEPT = ["landing", "slices", "runs", "releases", "decisions.sqlite", "outbox.sqlite"]
"""What cannot be made again, as the pages name it."""


def test_a_copy_as_the_pages_name_it_is_a_warehouse_that_goes_on(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No day is due again that was done, every run is in the books, and nothing is fetched a second time."""
    upgrade, move = ((DOCS / f"how-to-{page}.md").read_text("utf-8") for page in ("upgrade", "move-to-a-server"))
    (backup,) = re.findall(r"What cannot be made again is (.*?);", move, re.DOTALL)
    assert re.findall(r"`([a-z.]+)/?`", re.sub(r"\(.*?\)", "", backup, flags=re.DOTALL)) == KEPT
    assert re.findall(r"for kept in (.*?); do", upgrade) == [" ".join(KEPT)]
    with ReplayServer() as server:
        world = World(server)
        settings = world.settings(tmp_path / "there").model_copy(update={"warehouse": walk.folder / "warehouse"})
        first = [refresh(settings, clock=lambda: NOON).run_id, refresh(settings, clock=lambda: NOON).run_id]
        for line in next(block for block in blocks_in("how-to-upgrade.md", "sh") if "for kept" in block).splitlines():
            walk.run(line.strip())
        for name, value in (world.configuration(tmp_path / "config") | {"TRIALHOUSE_PROFILE": "live"}).items():
            monkeypatch.setenv(name, value)
        days = json.loads(walk.run("trialhouse status --json"))["days"]
        assert json.loads(walk.run("trialhouse status --json --warehouse copy"))["days"] == days
        assert all(one["through"] for one in days["done"])
        after = refresh(settings.model_copy(update={"warehouse": walk.folder / "copy"}), clock=lambda: NOON)
    assert after.status is RunStatus.UNCHANGED
    told = walk.run("trialhouse sql 'SELECT run_id FROM meta.runs' --format json --warehouse copy")
    assert {one["run_id"] for one in json.loads(told)} >= {first[0]}
    runs = json.loads(walk.run("trialhouse status --json --warehouse copy"))["runs"]
    assert [one["row"]["run_id"] for one in runs] == [after.run_id, *reversed(first)]


@pytest.mark.long
def test_growing_to_a_cluster(walk: Walk) -> None:
    files = walk.folder / "files"
    write_file(files, "pubmed26n0001.xml.gz", [record(100), record(102)], md5=True)
    assert walk.do("how-to-grow-to-a-cluster.md") == 3
    own = load_settings(environ={"TRIALHOUSE_CONFIG": str(walk.folder / "my-config")}).settings
    assert (own.bulk_cluster, own.bulk_shards) == ("tcp://scheduler:8786", "s3://bucket/pubmed")


RIS = "TY  - JOUR\nTI  - Belotarin for spring fever\nDO  - 10.5555/fever.1\nPY  - 2026\nER  -\n"


def test_adding_a_source(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's class and rows are used as they stand; the archive is a server on this machine."""
    sources, named = dict(network.SOURCES), dict(questions.NAMED_BY)
    monkeypatch.setattr(network, "SOURCES", sources)
    monkeypatch.setattr(questions, "NAMED_BY", named)
    names: dict[str, object] = {"SOURCES": sources, "NAMED_BY": named}
    with ReplayServer() as server:
        server.route("/citations/10.5555/fever.1", lambda request: Answer(body=RIS.encode()))
        world = World(server)

        def ask(settings: Settings, assignment: Assignment) -> RefreshResult:
            there = world.settings(walk.folder / "there")
            own = settings.sources["fever_archive"].model_copy(
                update={"base_url": server.url, "requests_per_second": 1e5}
            )
            told = {"topics": settings.topics, "warehouse": settings.warehouse}
            known = there.model_copy(update=told | {"sources": there.sources | {"fever_archive": own}})
            only = assignment.model_copy(update={"sources": ("fever_archive",)})
            return refresh(known, only, clock=lambda: NOON)

        walk.refreshing = ask
        for program in blocks_in("how-to-add-a-source.md", "python"):
            exec(program, names)
        assert walk.do("how-to-add-a-source.md") == 4
    asked = [request.path for request in server.requests if request.path.startswith("/citations")]
    assert sorted(asked) == ["/citations/10.5555/fever.1", "/citations/10.5555/fever.none"]


def test_adding_a_table() -> None:
    """The declaration gives a table with comments, and the migration makes of a ledger what the declaration says."""
    names: dict[str, type[Row]] = {}
    (declaration,) = blocks_in("how-to-add-a-table.md", "python")
    exec(declaration, names)
    table = table_of(names["TrialSiteRow"])
    assert "### trial_sites" in dictionary_markdown([*TABLES, table])
    assert "trials ||--o{ trial_sites : trial_id" in diagram_markdown([*TABLES, table])
    (migration,) = blocks_in("how-to-add-a-table.md", "sql")
    assert re.match(r"-- to: \d+\n-- message: .+", migration)
    with scratch_database() as migrated, scratch_database() as declared:
        migrated.execute(ledger_schema_sql(TABLES))
        migrated.execute(migration)
        declared.execute(ledger_schema_sql([*TABLES, table]))
        columns = "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() ORDER BY ALL"
        assert migrated.execute(columns).fetchall() == declared.execute(columns).fetchall()


def test_every_how_to_is_walked() -> None:
    """A page without a test here goes wrong without a word; the page on checks is that of the tests of checks."""
    pages = {path.name for path in DOCS.glob("how-to-*.md")} - {"how-to-add-a-check.md"}
    tests = Path(__file__).read_text(encoding="utf-8")
    assert [page for page in sorted(pages) if tests.count(f'"{page}"') < 1] == []
