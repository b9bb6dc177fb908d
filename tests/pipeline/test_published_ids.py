"""Ids through two refreshes: a registry record that arrives later, and two trials that turn out to be one."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.pipeline.published import published_of
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

ABSTRACT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

Ex J Hypertens. 2026 Feb 3;12(2):101-110. doi: 10.5555/ejh.2026.0001

METHODS: We randomly assigned 200 adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks.

RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group (P = 0.004).
"""
REGISTERED = ABSTRACT + "\nThe trial is registered at ClinicalTrials.gov, NCT09990001.\n"


@pytest.fixture
def abstract(tmp_path: Path) -> Path:
    path = tmp_path / "abstract.txt"
    path.write_text(ABSTRACT)
    return path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    arms = [
        {"label": "Quenosartan", "type": "EXPERIMENTAL", "interventionNames": ["Drug: quenosartan"]},
        {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: placebo"]},
    ]
    interventions = [
        {"type": "DRUG", "name": name, "armGroupLabels": [label]}
        for name, label in (("quenosartan", "Quenosartan"), ("placebo", "Placebo"))
    ]
    protocol = {
        "identificationModule": {"nctId": "NCT09990001", "briefTitle": "Quenosartan for high blood pressure"},
        "designModule": {"studyType": "INTERVENTIONAL", "enrollmentInfo": {"count": 200, "type": "ACTUAL"}},
        "armsInterventionsModule": {"armGroups": arms, "interventions": interventions},
    }
    path = tmp_path / "NCT09990001.json"
    path.write_text(json.dumps({"protocolSection": protocol}))
    return path


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


IDS = {
    "trials": "SELECT trial_id FROM trials",
    "arms": "SELECT arm_id FROM arms ORDER BY arm_id",
    "outcomes": "SELECT outcome_id FROM outcomes ORDER BY outcome_id",
    "numbers": "SELECT measurement_id FROM outcome_measurements ORDER BY measurement_id",
    "comparisons": "SELECT analysis_id FROM outcome_analyses ORDER BY analysis_id",
}
LOST = "SELECT check_id, message FROM dq.alerts WHERE check_id LIKE '%/lost_since_last'"


def test_an_abstract_keeps_its_ids_when_its_registry_record_arrives(
    settings: Settings, abstract: Path, record: Path
) -> None:
    refresh(settings, files=[abstract])
    assert query(settings, "SELECT registry_id FROM trials") == [(None,)]
    first = {name: query(settings, sql) for name, sql in IDS.items()}
    assert {name: len(ids) for name, ids in first.items()} == {
        "trials": 1,
        "arms": 2,
        "outcomes": 1,
        "numbers": 2,
        "comparisons": 1,
    }
    abstract.write_text(REGISTERED)
    assert refresh(settings, files=[abstract, record]).status is RunStatus.PUBLISHED
    assert query(settings, "SELECT registry_id FROM trials") == [("NCT09990001",)]
    assert {name: query(settings, sql) for name, sql in IDS.items()} == first
    assert query(settings, LOST) == []
    assert query(settings, "SELECT * FROM trial_redirects") == []
    assert refresh(settings, files=[abstract, record]).status is RunStatus.UNCHANGED


def test_two_trials_that_are_one_lose_nothing_and_the_old_id_leads_on(
    settings: Settings, abstract: Path, record: Path
) -> None:
    refresh(settings, files=[abstract, record])
    papers = query(settings, "SELECT trial_id FROM trials WHERE registry_id IS NULL")
    registered = query(settings, "SELECT trial_id FROM trials WHERE registry_id IS NOT NULL")
    abstract.write_text(REGISTERED)
    assert refresh(settings, files=[abstract]).status is RunStatus.PUBLISHED
    assert query(settings, IDS["trials"]) == registered
    assert query(settings, "SELECT old_trial_id, trial_id FROM trial_redirects") == [(*papers[0], *registered[0])]
    assert query(settings, LOST) == []


def test_a_release_without_the_table_of_keys_gives_the_same_ids(
    settings: Settings, abstract: Path, record: Path, tmp_path: Path
) -> None:
    """A file as schema version 1 had it: the keys that can be made of its other rows are those that it would have."""
    refresh(settings, files=[abstract, record])
    release = find_release(settings.warehouse, None)
    folder = tmp_path / "older"
    folder.mkdir()
    older = release.model_copy(update={"folder": folder})
    older.database.write_bytes(release.database.read_bytes())
    with duckdb.connect(str(older.database)) as connection:
        connection.execute("DROP TABLE trial_keys CASCADE")
    assert published_of(None).keys == ()
    made, kept = published_of(older), published_of(release)
    assert {*made.keys} == {*kept.keys} != set()
    assert {row.scheme for row in made.keys} == {"registry", "doi", "document"}
    assert (made.trials, made.arms, made.outcomes) == (kept.trials, kept.arms, kept.outcomes)
