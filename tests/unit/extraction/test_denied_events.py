"""Those who were spared an event are no result of it: its name and the denial are a measure without its code."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted

SHARES = "93% with veltocimab and 80% with placebo"
GROUPS = "93% of the veltocimab group and 80% of the placebo group"


def named(results: str) -> list[tuple[str, str | None]]:
    return [(one.measure, one.norm) for one in extracted(TRIAL.format(results=results)).outcomes]


@pytest.mark.parametrize(
    ("results", "measure"),
    [
        (f"A stable rhythm without atrial fibrillation was maintained in {GROUPS}.", "without atrial fibrillation"),
        (f"{GROUPS} were alive without stroke.", "alive without stroke"),
        (f"{GROUPS} were free of atrial fibrillation.", "free of atrial fibrillation"),
        (f"{GROUPS} had had no relapse.", "no relapse"),
        (f"Freedom from stroke was {SHARES}.", "Freedom from stroke"),
        (f"Survival without relapse was {SHARES}.", "Survival without relapse"),
        (f"Stroke-free survival was {SHARES}.", "Stroke-free survival"),
        (f"No hypoglycemia occurred in {GROUPS}.", "No hypoglycemia"),
        (f"{GROUPS} did not have a relapse.", "did not have a relapse"),
        (f"The proportion of patients without a relapse was {SHARES}.", "without a relapse"),
        (f"Patients who had no hypoglycemia were {SHARES}.", "no hypoglycemia"),
        (f"{GROUPS} remained free of any stroke or relapse.", "free of any stroke or relapse"),
        ("Relapse was prevented in 93% with veltocimab and in 80% with placebo.", "Relapse was prevented"),
        ("Veltocimab prevented relapse in 60% vs 40% with placebo.", "prevented relapse"),
    ],
)
def test_a_denied_event_is_said_with_its_denial_and_has_no_code(results: str, measure: str) -> None:
    assert named(results) == [(measure, None)]


@pytest.mark.parametrize(
    ("results", "norm"),
    [
        (f"In patients without diabetes, relapse occurred in {GROUPS}.", "relapse"),
        (f"There was no difference in relapse ({SHARES}).", "relapse"),
        (f"Pain fell without a significant rise in bleeding ({SHARES}).", "bleeding"),
        ("Stroke occurred in 2% with veltocimab and 3% with placebo, without major bleeding.", "stroke"),
    ],
)
def test_a_denial_of_something_else_leaves_the_event(results: str, norm: str) -> None:
    assert [one for _, one in named(results)] == [norm]


def test_the_declared_outcome_keeps_its_denial() -> None:
    text = TRIAL.replace("pain score at week 12", "freedom from relapse").format(
        results=f"Relapse occurred in {GROUPS}."
    )
    (outcome,) = extracted(text).outcomes
    assert (outcome.norm, outcome.outcome_type) == ("relapse", None)
