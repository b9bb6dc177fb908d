"""The quotes beside what fails."""

import pytest

from tests.unit.quality.test_set_aside import ROWS, evidence
from trialhouse.model.enums import Severity
from trialhouse.model.tables import CheckRow, ConflictRow, FailingRow, RowSet
from trialhouse.quality.quotes import quotes_of
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.resources import data_root
from trialhouse.store.connection import scratch_database

CONFLICT = ConflictRow(
    table_name="trials", row_id="t", column_name="enrollment", kept_value="10", kept_document_id="d",
    other_value="12", other_document_id="d", rule="trust", other_quote="twelve (12) people", other_span_start=0,
    other_span_end=18,
)  # fmt: skip


@pytest.fixture
def quotes():
    def asked(table_name, row_id, column_name=None, severity=Severity.WARN):
        check = CheckRow(
            check_id="c", table_name=table_name, severity=severity, message="m", action="a", owner="o", sql="SELECT 1"
        )
        row = FailingRow(
            check_id="c", row_number=1, table_name=table_name, row_id=row_id, column_name=column_name, message="m"
        )
        named = evidence("arms", "b", "label", 60).model_copy(update={"quote": "the B arm"})
        with scratch_database() as connection:
            create_tables(connection, data_root() / "warehouse" / "views")
            write_rows(connection, RowSet([*ROWS, named, CONFLICT, check, row]))
            return quotes_of(connection).get(("c", 1))

    return asked


def test_they_are_those_of_the_column_that_fails(quotes):
    assert quotes("arms", "b", "label") == ("the B arm",)


def test_without_evidence_of_the_column_they_are_those_of_the_row(quotes):
    assert quotes("arms", "b", "n_analyzed") == ("the B arm",)
    assert quotes("arms", "b") == ("the B arm",)


@pytest.mark.parametrize("row_id", ["trials/t/enrollment/d/12", "trials/t/enrollment/d"])
def test_of_a_conflict_they_are_those_of_both_sides(quotes, row_id):
    assert quotes("conflicts", row_id) == ("n=5", "twelve (12) people")


def test_a_row_of_which_nothing_was_read_has_none(quotes):
    assert quotes("outcomes", "o") is None


def test_a_note_raises_no_alert_and_needs_none(quotes):
    assert quotes("arms", "b", severity=Severity.INFO) is None
