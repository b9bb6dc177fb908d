"""Every query of the docs runs on a warehouse of the bundled corpus."""

import re
from pathlib import Path

import pytest

from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import load_settings
from trialhouse.store.connection import release_reader

CHECKOUT = Path(__file__).parents[2]
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
QUERIES = [
    (path.name, query)
    for path in DOCUMENTS
    for query in re.findall(r"```sql\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    # A file of a check begins with its header and is run by the tests of checks; the queries beside the store of bulk
    # loads are run by tests/unit/cli/test_sql_pubmed.py.
    if not query.startswith("-- severity") and path.name != "bulk-pubmed.md"
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    refresh(load_settings(warehouse=folder, environ={}).settings)
    return find_release(folder, None).database


@pytest.mark.parametrize(("name", "query"), QUERIES, ids=[name for name, _ in QUERIES])
def test_a_documented_query_runs_and_answers(database: Path, name: str, query: str) -> None:
    with release_reader(database) as connection:
        assert connection.execute(query).fetchall()
