"""Citations in few words, and what is found of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.citation import Citation
from trialhouse.resolution.duplicates import Duplicates, find_duplicates_in
from trialhouse.resolution.duplicates.engine import limited_database
from trialhouse.resolution.duplicates.search import words_file
from trialhouse.resolution.duplicates.spelling import Spelling, read_spelling
from trialhouse.resolution.duplicates.table import citation_table
from trialhouse.resources import data_root

PAPER: dict[str, Any] = {
    "title": "Effect of quenosartan on blood pressure in smokers with hypertension: a randomised trial",
    "authors": ("Miller, Anna B.", "Okafor, Chidi", "Jansen, Piet"),
    "year": 2012,
    "journal": "Journal of Clinical Hypertension Research",
    "volume": "12",
    "number": "3",
    "pages": "73-76",
}


def make_citation(record_id: str, **said: Any) -> Citation:
    """The paper, with what is said otherwise."""
    return Citation(record_id=record_id, **(PAPER | said))


@pytest.fixture(scope="session")
def sql() -> Path:
    """The folder of SQL."""
    return data_root() / "warehouse" / "duplicates"


@pytest.fixture(scope="session")
def spelling(sql: Path) -> Spelling:
    """The spelling of the words that come along."""
    return read_spelling(words_file(sql))


@pytest.fixture(scope="session")
def citation() -> Callable[..., Citation]:
    return make_citation


@pytest.fixture(scope="session")
def found(sql: Path) -> Iterator[Callable[..., Duplicates]]:
    """Finds the duplicates among citations; one database serves all tests."""
    with limited_database() as connection:

        def find(*citations: Citation, **judged: Any) -> Duplicates:
            connection.register("citations", citation_table(citations))
            return find_duplicates_in(connection, "citations", sql, **judged)

        yield find
