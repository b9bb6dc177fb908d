"""A judgement that made two trials one is taken back: both have the ids again that they had, and nothing leads away."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.pipeline import refresh
from trialhouse.pipeline.judging import judge
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

PAPER = """{drug} for high blood pressure: a randomised, double-blind, placebo-controlled trial

Ex J Hypertens. 2026 Feb 3;12(2):101-110. doi: 10.5555/ejh.{drug}

METHODS: We randomly assigned 200 adults (1:1) to {drug} 40 mg once daily or placebo for 12 weeks.
"""
REGISTERED = "\nThe trial is registered at ClinicalTrials.gov, NCT09990001.\n"
TRIALS = """
SELECT lower(d.doi), l.trial_id
FROM trial_documents AS l
JOIN documents AS d USING (document_id)
ORDER BY ALL
"""


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


def say(settings: Settings, verdict: Verdict, one: str, other: str) -> None:
    judge(
        Layout(settings.warehouse),
        find_release(settings.warehouse, None),
        JudgementSubject.TRIAL,
        (one, other),
        verdict,
        actor="ada",
        comment="I asked the authors",
        now=datetime.datetime.now(datetime.UTC),
        seeds=settings.root / "seeds",
    )


@pytest.mark.parametrize("is_damaged", [False, True])
def test_both_ids_come_back_though_a_registry_number_came_with_it(
    settings: Settings, tmp_path: Path, is_damaged: bool
) -> None:
    """Also when the file of the release that holds the merge was damaged meanwhile: the ledger says what it held."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for drug in ("quenosartan", "tarvosartan"):
        (folder / f"10.5555-ejh.{drug}.txt").write_text(PAPER.format(drug=drug))
    refresh(settings, files=[folder])
    first = query(settings, TRIALS)
    (_, one), (_, other) = first
    say(settings, Verdict.SAME, one, other)
    refresh(settings, files=[folder])
    ((gone, kept, reason),) = query(settings, "SELECT old_trial_id, trial_id, reason FROM trial_redirects")
    assert {gone, kept} == {one, other}
    assert "ada" in reason
    assert "I asked the authors" in reason
    say(settings, Verdict.WITHDRAWN, one, other)
    drug = next(doi for doi, trial_id in first if trial_id == gone).rpartition(".")[2]
    (folder / f"10.5555-ejh.{drug}.txt").write_text(PAPER.format(drug=drug) + REGISTERED)
    if is_damaged:
        database = find_release(settings.warehouse, None).database
        database.chmod(0o644)
        database.write_bytes(database.read_bytes()[:-1])
    refresh(settings, files=[folder])
    assert query(settings, TRIALS) == first
    assert query(settings, "SELECT trial_id FROM trials WHERE registry_id IS NOT NULL") == [(gone,)]
    assert query(settings, "SELECT * FROM trial_redirects") == []
