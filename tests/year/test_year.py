"""A year of nightly refreshes: twenty nights here, and all of them in the long tests."""

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.replay.server import ReplayServer
from tests.replay.world import World
from tests.year.calendar_of_nights import OUTAGES, ROUND, Year, is_off
from tests.year.nights import KEPT, Night, Sleeper
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout, release_folders
from trialhouse.releases.run_files import read_runs
from trialhouse.settings import load_settings
from trialhouse.store.connection import release_reader

Slept = tuple[Sleeper, list[Night]]

NIGHTS = {"twenty nights": 20, "a year": 365}


@pytest.fixture(scope="module", params=["twenty nights", pytest.param("a year", marks=pytest.mark.long)])
def slept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slept]:
    """Whoever ran the nights, and what each came to."""
    folder = tmp_path_factory.mktemp("year")
    with ReplayServer() as server:
        world = World(server, query="apple")
        environ = world.configuration(folder / "config")
        settings = load_settings(profile="live", warehouse=folder / "warehouse", environ=environ).settings
        sleeper = Sleeper(Year(world), settings, environ)
        nights = [sleeper.run(night) for night in range(NIGHTS[request.param])]
        yield sleeper, [night for night in nights if night is not None]


def rows(sleeper: Sleeper, sql: str) -> list[tuple[object, ...]]:
    with release_reader(find_release(sleeper.settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


def test_each_night_ends_whole_or_says_which_source_was_incomplete(slept: Slept) -> None:
    _, nights = slept
    for night in nights:
        in_outage = night.night % ROUND in OUTAGES
        assert (night.result.exit_code == INCOMPLETE) == in_outage, (night.night, night.result.sentences)
        assert night.result.exit_code in (DONE, INCOMPLETE)
    assert any(night.was_killed for night in nights)
    assert any(night.result.status is RunStatus.UNCHANGED for night in nights)


def test_the_accounting_of_all_runs_adds_up(slept: Slept) -> None:
    sleeper, _ = slept
    landed: Counter[str] = Counter()
    for file in read_runs(sleeper.settings.warehouse):
        assert file.row.status is not RunStatus.RUNNING
        for row in file.accounting:
            assert row.asked == row.received + row.missing, row
            assert row.received == row.landed + row.unchanged, row
            assert row.received == row.parsed + row.dropped, row
            landed[row.source] += row.landed
    # What was landed is what the year told of: each record once for each of its contents.
    told = Counter("ctgov" if name.startswith("NCT") else "pubmed" for _, what, name in _told(sleeper))
    assert landed["pubmed"] <= told["pubmed"]
    assert landed["ctgov"] <= told["ctgov"]


def test_every_record_of_the_sources_is_in_the_warehouse_as_it_is_by_now(slept: Slept) -> None:
    sleeper, _ = slept
    trials = sleeper.year.trials
    assert dict(rows(sleeper, "SELECT registry_id, enrollment FROM trials")) == {
        trial.nct_id: trial.enrollment for trial in trials.values()
    }
    papers = {trials[number].pmid for number in sleeper.year.papers}
    assert {row[0] for row in rows(sleeper, "SELECT pmid FROM documents WHERE source = 'pubmed'")} == papers
    values = "SELECT DISTINCT registry_id, value FROM results"
    expected = {(trials[number].nct_id, trials[number].response_pct) for number in sleeper.year.papers}
    assert expected <= set(rows(sleeper, values))
    retracted = {trials[number].doi for number in sleeper.year.papers if trials[number].retracted_by}
    assert retracted
    said = rows(sleeper, "SELECT doi FROM documents WHERE source = 'pubmed' AND evidence_status = 'RETRACTED'")
    assert {row[0] for row in said} == retracted


def test_no_decision_is_lost(slept: Slept) -> None:
    sleeper, _ = slept
    made = {getattr(one, "decision_id", None) or getattr(one, "judgement_id", None) for one in sleeper.decisions}
    held = rows(sleeper, "SELECT decision_id FROM dq.alert_decisions UNION SELECT judgement_id FROM dq.judgements")
    assert made == {row[0] for row in held}
    assert len(made) == len(sleeper.decisions) >= 2


def test_a_trial_keeps_its_id_all_the_time(slept: Slept) -> None:
    _, nights = slept
    last = nights[-1].trial_of
    for night in nights:
        assert night.trial_of.items() <= last.items()


def test_size_follows_what_changed_and_not_the_number_of_nights(slept: Slept) -> None:
    """A night on which nothing is new leaves the run's own file and the note of what was asked, and no release."""
    _, nights = slept
    for before, night in itertools.pairwise(nights):
        if night.result.status is RunStatus.UNCHANGED and not night.was_killed:
            assert night.warehouse_bytes - before.warehouse_bytes < 40_000, night.night


def test_what_was_pruned_can_still_be_asked(slept: Slept) -> None:
    sleeper, nights = slept
    first, there = nights[0].result.release_id, release_folders(Layout(sleeper.settings.warehouse).releases)
    assert len(there) <= KEPT + ROUND
    assert first not in {folder.name for folder in there}
    assert dict(rows(sleeper, f"SELECT registry_id, trial_id FROM trials_as_of('{first}')")) == nights[0].trial_of


def test_nights_without_the_machine_are_made_up_for(slept: Slept) -> None:
    sleeper, nights = slept
    assert {night.night for night in nights} == {night for night in range(nights[-1].night + 1) if not is_off(night)}
    registered = [(night, name) for night, what, name in _told(sleeper) if what == "registered" and is_off(night)]
    for missed, name in registered:
        assert name in next(night for night in nights if night.night > missed).trial_of


def _told(sleeper: Sleeper) -> list[tuple[int, str, str]]:
    """What PubMed and the registry told: when, what and of which record."""
    return [one for one in sleeper.year.log if one[1] not in ("outage", "retracted")]
