"""Rows on their way into a table: in the order of its key; words of enumerations and moments come back as they were."""

import datetime
import itertools
from pathlib import Path

import pytest

from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.tables import TABLES, DocumentRelationRow, DocumentRow, Table
from trialhouse.store.connection import new_database
from trialhouse.store.insert import insert_rows
from trialhouse.store.schema import schema_sql


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.qualified_name)
def test_no_part_of_a_key_is_null_so_that_rows_can_be_sorted_by_it(table: Table) -> None:
    assert [column.name for column in table.columns if column.name in table.key and column.nullable] == []


def relation(one: int, other: int, relation: Relation) -> DocumentRelationRow:
    ends = {"from_document_id": f"doc-{one}", "to_document_id": f"doc-{other}"}
    return DocumentRelationRow(**ends, relation=relation, method="said", confidence=1.0)


def test_rows_lie_in_the_order_of_their_key_whatever_order_they_came_in(tmp_path: Path) -> None:
    rows = [relation(2, 1, Relation.CITES), relation(1, 2, Relation.ERRATUM_FOR), relation(1, 2, Relation.CITES)]
    for number, given in enumerate(itertools.permutations(rows)):
        with new_database(tmp_path / f"{number}.duckdb") as connection:
            connection.execute(schema_sql(TABLES, 1))
            insert_rows(connection, list(given))
            query = "SELECT from_document_id, relation FROM document_relations ORDER BY rowid"
            found = connection.execute(query).fetchall()
        assert found == [("doc-1", "CITES"), ("doc-1", "ERRATUM_FOR"), ("doc-2", "CITES")]


def test_words_lists_and_moments_come_back_as_they_were(tmp_path: Path) -> None:
    east = datetime.timezone(datetime.timedelta(hours=2))
    row = DocumentRow(
        document_id="doc-1",
        source="files",
        kind=DocumentKind.ABSTRACT,
        other_languages=("de", "fr"),
        is_partial=False,
        fetched_at=datetime.datetime(2026, 11, 1, 1, 30, tzinfo=east),
        sha256="0" * 64,
    )
    with new_database(tmp_path / "a.duckdb") as connection:
        connection.execute(schema_sql(TABLES, 1))
        insert_rows(connection, [row])
        query = "SELECT kind, other_languages, fetched_at, title, notices FROM documents"
        (found,) = connection.execute(query).fetchall()
    assert found == ("abstract", ["de", "fr"], datetime.datetime(2026, 10, 31, 23, 30), None, [])
