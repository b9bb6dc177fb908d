"""A year of nightly refreshes: twenty nights here, and all of them in the long tests."""

import datetime
import itertools
import statistics
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.replay.pubmed import SEARCH
from tests.replay.server import ReplayServer
from tests.replay.world import World
from tests.year.calendar_of_nights import OUTAGES, ROUND, Year, day_before, day_of, is_off
from tests.year.nights import KEPT, Night, Sleeper
from trialhouse.model.tables import AlertDecisionRow, JudgementRow
from trialhouse.model.words import AlertState, RunStatus
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.quality.decisions import Decisions
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


def id_of(one: AlertDecisionRow | JudgementRow) -> str:
    return one.decision_id if isinstance(one, AlertDecisionRow) else one.judgement_id


def test_each_night_ends_whole_or_says_which_source_was_incomplete(slept: Slept) -> None:
    _, nights = slept
    for night in nights:
        in_outage = night.night % ROUND in OUTAGES
        assert (night.result.exit_code == INCOMPLETE) == in_outage, (night.night, night.result.sentences)
        assert night.result.exit_code in (DONE, INCOMPLETE)
    assert any(night.was_killed for night in nights)
    assert any(night.result.status is RunStatus.UNCHANGED for night in nights)


def test_the_accounting_of_all_runs_adds_up(slept: Slept) -> None:
    sleeper, nights = slept
    landed: Counter[str] = Counter()
    for file in read_runs(sleeper.settings.warehouse):
        assert file.row.status is not RunStatus.RUNNING
        for row in file.accounting:
            assert row.asked == row.received + row.missing, row
            assert row.received == row.landed + row.unchanged, row
            assert row.received == row.parsed + row.dropped, row
            landed[row.source] += row.landed
    # Each record was landed once for each content that it had on a night that could ask for it. What a killed run
    # landed was there already for the run after it, which has it as unchanged.
    told = {(source_of(name), name, seen) for seen, _, name in _seen(sleeper, nights)}
    expected = Counter(source for source, _, _ in told)
    killed = {night.night for night in nights if night.was_killed}
    by_killed = Counter(source for source, _, seen in told if seen in killed)
    for source in ("ctgov", "pubmed"):
        assert expected[source] - by_killed[source] <= landed[source] <= expected[source]
    documents = dict(rows(sleeper, "SELECT source, count(*) FROM documents GROUP BY ALL"))
    records = {source: len({name for of, name, _ in told if of == source}) for source in ("ctgov", "pubmed")}
    assert {source: documents[source] for source in records} == records


def test_every_record_of_the_sources_is_in_the_warehouse_as_it_is_by_now(slept: Slept) -> None:
    sleeper, _ = slept
    trials = sleeper.year.trials
    assert rows(sleeper, "SELECT registry_id, enrollment, overall_status FROM trials ORDER BY ALL") == sorted(
        (trial.nct_id, trial.enrollment, trial.status) for trial in trials.values()
    )
    assert "WITHDRAWN" in {trial.status for trial in trials.values()}
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
    sleeper, nights = slept
    written = Decisions(Layout(sleeper.settings.warehouse).decisions)
    assert {*map(id_of, sleeper.decisions)} == {*map(id_of, [*written.alert_decisions(), *written.judgements()])}
    # What somebody decided after the last refresh is in the next release.
    decided = [one for one in sleeper.decisions if one.decided_at.date() < day_of(nights[-1].night)]
    held = rows(sleeper, "SELECT decision_id FROM dq.alert_decisions UNION SELECT judgement_id FROM dq.judgements")
    assert {*map(id_of, decided)} == {row[0] for row in held}
    assert len(held) == len(decided) >= 2
    # An alert that was looked at is acknowledged as long as its evidence is what it was.
    alerts = rows(sleeper, "SELECT alert_id, evidence_hash, state FROM dq.alerts")
    states = {(alert_id, evidence): state for alert_id, evidence, state in alerts}
    looked_at = [one for one in decided if isinstance(one, AlertDecisionRow)]
    held_to = [states[key] for one in looked_at if (key := (one.alert_id, one.evidence_hash)) in states]
    assert set(held_to) == {AlertState.ACKNOWLEDGED}
    # Trials that are different, as somebody said, are two.
    ids = set(nights[-1].trial_of.values())
    assert all({one.left_id, one.right_id} <= ids for one in sleeper.decisions if isinstance(one, JudgementRow))


def test_everything_keeps_its_id_all_the_time(slept: Slept) -> None:
    _, nights = slept
    last = nights[-1].trial_of
    for night in nights:
        assert night.trial_of.items() <= last.items()
    for before, night in itertools.pairwise(nights):
        assert {kind for kind, _, _ in night.ids} == {"arm", "outcome", "document"}
        changed = {key for key in before.ids.keys() & night.ids.keys() if before.ids[key] != night.ids[key]}
        assert changed == set(), night.night


def test_each_day_is_done_and_by_one_run(slept: Slept) -> None:
    """Also those of an outage and those without the machine: the next run that can is for them as well."""
    sleeper, nights = slept
    rows_of_runs = [file.row for file in read_runs(sleeper.settings.warehouse)]
    # A run that was killed after it had begun its file is kept as failed, beside the one that did its day.
    runs = [row for row in rows_of_runs if row.status is not RunStatus.FAILED]
    assert len(rows_of_runs) - len(runs) <= sum(night.was_killed for night in nights)
    assert [row.interval_last for row in runs] == [day_before(night.night) for night in nights]
    whole = [row for row, night in zip(runs, nights, strict=True) if night.result.exit_code == DONE]
    for before, row in itertools.pairwise(whole):
        assert row.interval_first == before.interval_last + datetime.timedelta(days=1)


def test_size_follows_what_changed_and_not_the_number_of_nights(slept: Slept) -> None:
    """A night on which nothing is new leaves the run's own file and the note of what was asked, and no release."""
    _, nights = slept
    for before, night in itertools.pairwise(nights):
        if night.result.status is RunStatus.UNCHANGED and not night.was_killed:
            assert night.warehouse_bytes - before.warehouse_bytes < 40_000, night.night


def test_the_work_of_a_night_does_not_grow_with_the_nights_before_it(slept: Slept) -> None:
    """Of two nights in a row on which nothing is new the second does what the first did, and reads its file as well."""
    _, nights = slept
    pairs = [
        (before, night)
        for before, night in itertools.pairwise(nights)
        if before.result.status is night.result.status is RunStatus.UNCHANGED
        and not (before.was_killed or night.was_killed)
    ]
    assert pairs
    for before, night in pairs:
        assert night.moved_bytes - before.moved_bytes < 40_000, night.night


def test_the_work_of_a_night_follows_what_the_release_holds(slept: Slept) -> None:
    """Bytes read and written for each row that the release has: the median of the last nights is below that of the
    first. Single ones also depend on when the last pruning was.
    """
    _, nights = slept
    whole = [night for night in nights if night.result.status is RunStatus.PUBLISHED and not night.was_killed]
    quarter = len(whole) // 4
    first, last = (
        statistics.median(night.moved_bytes / night.rows for night in part)
        for part in (whole[:quarter], whole[-quarter:])
    )
    assert last < first


def test_a_release_grows_with_what_it_holds_and_not_with_its_age(slept: Slept) -> None:
    """Bytes of a release for each row that it has, history included: the last are no more than the first."""
    _, nights = slept
    published = [night for night in nights if night.result.status is RunStatus.PUBLISHED]
    quarter = len(published) // 4
    first, last = published[:quarter], published[-quarter:]
    assert min(night.rows for night in last) > max(night.rows for night in first) > 0
    assert max(night.release_bytes / night.rows for night in last) < min(
        night.release_bytes / night.rows for night in first
    )


def test_what_was_pruned_can_still_be_asked(slept: Slept) -> None:
    sleeper, nights = slept
    first, there = nights[0].result.release_id, release_folders(Layout(sleeper.settings.warehouse).releases)
    assert len(there) <= KEPT + ROUND
    assert first not in {folder.name for folder in there}
    assert dict(rows(sleeper, f"SELECT registry_id, trial_id FROM trials_as_of('{first}')")) == nights[0].trial_of


def test_nights_without_the_machine_are_made_up_for(slept: Slept) -> None:
    sleeper, nights = slept
    assert {night.night for night in nights} == {night for night in range(nights[-1].night + 1) if not is_off(night)}
    missed = [(night, seen, name) for seen, night, name in _seen(sleeper, nights) if is_off(night)]
    assert missed
    by_number = {night.night: night for night in nights}
    for night, seen, name in missed:
        assert seen == next(number for number in sorted(by_number) if number > night)
        assert any(name in called for kind, _, called in by_number[seen].ids if kind == "document"), name


def _seen(sleeper: Sleeper, nights: list[Night]) -> list[tuple[int, int, str]]:
    """What PubMed and the registry told: the first night that could ask for it, the night of the change, the record.

    What no night could ask for any more is left out.
    """
    told = [(night, name) for night, what, name in sleeper.year.log if what not in ("outage", "retracted")]
    asking = {
        source: [night.night for night in nights if OUTAGES.get(night.night % ROUND) != prefix]
        for source, prefix in (("pubmed", SEARCH), ("ctgov", "/api/v2"))
    }
    found = []
    for night, name in told:
        seen = next((one for one in asking[source_of(name)] if one >= night), None)
        found += [(seen, night, name)] if seen is not None else []
    return found


def source_of(name: str) -> str:
    """Who tells of a record of this name."""
    return "ctgov" if name.startswith("NCT") else "pubmed"
