"""An extension under the trial's own number: it was open-label, and the trial was not."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.resolution.conftest import TEXT
from trialhouse.model.enums import DocumentKind, Masking
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import CandidateRow, ConflictRow, RowSet, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.resolve import resolve

Make = Callable[..., Reading]
NCT = "NCT07650001"
TWO_YEARS = "Two-year open-label extension of zirolimab in colitis"


def of(reading: Make, name: str, masking: Masking | None, title: str, **more: Any) -> Reading:
    proof = {"masking": Evidence.of(TEXT, 3, 13)} if masking else {}
    trial = TrialClaim(registry_ids=(NCT,), masking=masking, evidence=proof)
    return reading(name, facts={"title": title}, trial=trial, **more)


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True)


def maskings(rows: RowSet) -> tuple[list[Masking | None], int, list[str]]:
    """Those of the trials, the number of conflicts, and what was left out."""
    (left_out, conflicts) = rows.of(CandidateRow), rows.of(ConflictRow)
    return [row.masking for row in rows.of(TrialRow)], len(conflicts), [one.kind for one in left_out]


@pytest.mark.parametrize("kind", [DocumentKind.ABSTRACT, DocumentKind.REGISTRY])
def test_the_masking_of_an_extension_is_no_conflict_with_the_trials(reading: Make, kind: DocumentKind) -> None:
    main = of(reading, "main", Masking.DOUBLE, "Zirolimab in colitis", kind=kind)
    rows = resolved(main, of(reading, "further", Masking.NONE, TWO_YEARS))
    assert maskings(rows) == ([Masking.DOUBLE], 0, ["trial.masking"])
    (left_out,) = rows.of(CandidateRow)
    assert left_out.reason.startswith("extension: ")
    assert (left_out.document_id, left_out.quote) == ("doc-further", TEXT[3:13])


def test_two_papers_of_the_trial_that_differ_are_in_conflict(reading: Make) -> None:
    main = of(reading, "main", Masking.DOUBLE, "Zirolimab in colitis")
    rows = resolved(main, of(reading, "further", Masking.NONE, "Zirolimab and sleep in colitis"))
    assert maskings(rows)[1:] == (1, [])


@pytest.mark.parametrize("main", [None, Masking.NONE])
def test_what_nothing_else_says_and_what_all_say_stays(reading: Make, main: Masking | None) -> None:
    whole = of(reading, "main", main, "Zirolimab in colitis")
    assert maskings(resolved(whole, of(reading, "further", Masking.NONE, TWO_YEARS))) == ([Masking.NONE], 0, [])


def test_a_trial_known_by_its_extension_alone_has_its_design(reading: Make) -> None:
    assert maskings(resolved(of(reading, "further", Masking.NONE, TWO_YEARS))) == ([Masking.NONE], 0, [])
