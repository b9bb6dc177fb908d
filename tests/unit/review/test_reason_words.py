"""Reasons of links as people read them."""

import pytest

from tests.unit.review.serving import NOW
from trialhouse.model.tables import DocumentRow, RowSet, TrialRow
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.resources import data_root
from trialhouse.review.reason_words import LONGEST, Reasons
from trialhouse.store.connection import scratch_database

ONE, LONG, TRIAL = "doc-aaaaaaaaaaaaaaaa", "doc-bbbbbbbbbbbbbbbb", "trial-cccccccccccccccc"


def document(name: str, title: str) -> DocumentRow:
    return DocumentRow(document_id=name, source="s", sha256="0" * 64, fetched_at=NOW, is_partial=False, title=title)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            f"{ONE} names NCT00000001 in its text, but",
            "“A paper” names NCT00000001 in its text, but",
        ),
        (f"corrects {ONE}, a document of the trial", "corrects “A paper”, a document of the trial"),
        (f"{ONE} retracts {LONG}: it says so", f"“A paper” retracts “{'x' * (LONGEST - 1)}…”: it says so"),
        (f"{ONE} possibly is a preprint of {TRIAL}", "“A paper” possibly is a preprint of “NCT00000001”"),
        ("doc-zzzzzzzzzzzzzzzz is unknown here", "doc-zzzzzzzzzzzzzzzz is unknown here"),
        ("The titles are the same.", "The titles are the same."),
        (None, ""),
    ],
)
def test_documents_are_named_by_their_titles(reason: str | None, said: str) -> None:
    rows = [document(ONE, "A paper"), document(LONG, "x" * 200), TrialRow(trial_id=TRIAL, registry_id="NCT00000001")]
    with scratch_database() as connection:
        create_tables(connection, data_root() / "warehouse" / "views")
        write_rows(connection, RowSet(rows))
        assert Reasons(connection, [reason]).said(reason) == said
