"""Two reports on one page, each with its registration."""

from typing import Any

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import Receipt
from trialhouse.model.vocabulary import Vocabulary

FIRST = """Quenosartan for high blood pressure: a randomised trial

METHODS: We randomly assigned 200 adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group (P = 0.004).
The trial is registered at ClinicalTrials.gov, {ids}.
"""
SECOND = """
METHODS: We randomly assigned 120 adults (1:1) to belotarin 5 mg once weekly or usual care for 8 weeks.
RESULTS: At week 8, cure occurred in 70.0% of the belotarin group and 45.0% of the usual care group (P = 0.006).
The trial is registered at ClinicalTrials.gov, NCT09990002.
"""


def read(text: str) -> Any:
    moment = "2026-11-21T00:00:00Z"
    receipt = Receipt(
        source="files", record_id="page.txt", locator="page.txt", fetched_at=moment, sha256="0", size_bytes=1
    )
    (record,) = extract(parse_document(text.encode(), receipt), Vocabulary())
    return record


def test_two_reports_with_a_registration_each_bind_nothing_and_say_why() -> None:
    record = read(FIRST.format(ids="NCT09990001") + SECOND)
    assert (record.arms, record.outcomes, record.trial.enrollment) == ((), (), None)
    assert "NCT09990001, NCT09990002" in record.error
    assert [candidate.quote for candidate in record.candidates] == ["NCT09990001", "NCT09990002"]


@pytest.mark.parametrize("ids", ["NCT09990001", "NCT09990001 and NCT09990003 (extension)"])
def test_one_report_binds_its_numbers_also_with_two_registrations(ids: str) -> None:
    record = read(FIRST.format(ids=ids))
    assert len(record.arms) == 2
    assert record.error is None
