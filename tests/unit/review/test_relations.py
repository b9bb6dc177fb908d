"""What documents are to each other, in the order in which a reader has to know it."""

from tests.unit.review.serving import NOW
from trialhouse.model.enums import Relation
from trialhouse.model.tables import DocumentRelationRow, DocumentRow, RowSet
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.resources import data_root
from trialhouse.review.relations import relations_of
from trialhouse.store.connection import scratch_database


def test_the_gravest_notice_stands_first_and_what_is_only_cited_nowhere() -> None:
    said = {
        "a": Relation.ERRATUM_FOR, "b": Relation.CONCERN_ABOUT, "c": Relation.RETRACTION_OF,
        "d": Relation.PREPRINT_OF, "e": Relation.CITES,
    }  # fmt: skip
    rows = [
        *(DocumentRow(document_id=name, source="s", sha256="0" * 64, fetched_at=NOW, is_partial=False)
          for name in (*said, "paper")),
        *(DocumentRelationRow(from_document_id=name, to_document_id="paper", relation=one, method="own", confidence=1.0)
          for name, one in said.items()),
    ]  # fmt: skip
    with scratch_database() as connection:
        create_tables(connection, data_root() / "warehouse" / "views")
        write_rows(connection, RowSet(rows))
        found = [(one.from_id, one.is_notice) for one in relations_of(connection, ["paper"])]
    assert found == [("c", True), ("b", True), ("a", True), ("d", False)]
