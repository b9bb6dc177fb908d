"""The commands that ask sources: what is wrong is said before anything starts, and `status` says how far each is."""

import io
import json
import pathlib
from collections.abc import Callable

import pytest

from tests.replay.server import ReplayServer
from tests.replay.world import NOON, World
from tests.unit.cli.conftest import Ended
from trialhouse.cli.accounting import print_accounting
from trialhouse.model.tables import AccountingRow
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import list_releases

Command = Callable[..., Ended]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["refresh", "--topic", "nowhere"], "there is no topic 'nowhere'; there are: "),
        (["refresh", "--source", "nowhere"], "there is no source 'nowhere'; there are: corpus, crossref, ctgov"),
        (["refresh", "--topic", "seeds", "--files", "."], "--files are taken instead of the sources"),
        (["backfill", "--from", "2020-02-01", "--to", "2020-01-01", "--topic", "seeds"], "2020-02-01 is after"),
        (["backfill"], "a backfill is of days: --from 2026-01-01 --to 2026-01-31, both included"),
        (["backfill", "--to", "2020-01-01"], "a backfill is of days"),
        (["backfill", "--from", "January", "--to", "2020-01-01", "--topic", "seeds"], "'January' is no day"),
        (["backfill", "--from", "2020-01-01", "--to", "9999-12-31", "--topic", "seeds"], "9999-12-31 is a day to come"),
        (["backfill", "--from", "3027-01-01", "--to", "3027-01-31", "--topic", "seeds"], "3027-01-31 is a day to come"),
        (["backfill", "--from", "2020-01-01", "--to", "2020-01-31"], "the profile 'seeds' has no topics"),
    ],
)
def test_wrong_use_is_said_at_once(run: Command, tmp_path: pathlib.Path, arguments: list[str], told: str) -> None:
    ended = run(*arguments, "--warehouse", tmp_path)
    assert ended.code == 2
    assert told in ended.err
    assert list(tmp_path.iterdir()) == []


def a_row(source: str, topic: str) -> AccountingRow:
    figures = ("matched", "asked", "received", "missing", "landed", "unchanged", "parsed", "dropped")
    return AccountingRow(run_id="run-1", source=source, topic=topic, **dict.fromkeys(figures, 123_456))


def test_the_accounting_of_five_sources_and_two_topics_fits_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    sources, topics = (
        ("crossref", "ctgov", "europepmc", "pubmed", "web"),
        ("interleukin-inhibitors", "sglt2-inhibitors"),
    )
    print_accounting([a_row(source, topic) for topic in topics for source in sources], terminal)
    lines = terminal.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    # A row is a line: nothing is folded.
    assert len(lines) == 2 * (1 + 2 + 5)


def test_status_fits_80_columns_and_breaks_no_word(
    run: Command, warehouse: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialhouse.cli.folded.terminal_width", lambda *_: 80)
    monkeypatch.setattr("trialhouse.terminal.terminal_width", lambda *_: 80)
    ended = run("status", "--warehouse", warehouse)
    lines = [line for line in ended.out.splitlines() if str(warehouse) not in line]
    assert max(map(len, lines)) <= 80
    (release,) = list_releases(warehouse)
    row = next(line.split() for line in lines if line.startswith("run-"))
    assert row[0].endswith("Z")
    assert row[-2:] == ["published", release.release_id]


def test_status_says_what_was_matched_received_and_dropped_and_why(
    run: Command, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ReplayServer() as server:
        world = World(server, registry_ids=["NCT00000099"])
        world.pubmed.poisonous.add(min(world.pubmed.records))
        settings = world.settings(tmp_path)
        refresh(settings, clock=lambda: NOON)
        for name, value in (world.configuration(tmp_path / "config") | {"TRIALHOUSE_PROFILE": "live"}).items():
            monkeypatch.setenv(name, value)
    ended = run("status", "--warehouse", settings.warehouse)
    assert ended.code == 0
    records, _, topics = ended.out.partition("\nTopics\n")
    assert "Topic fruit" in records
    lines = {line.split()[0]: line.split() for line in records.splitlines() if line[:1].strip()}
    # matched, asked, missing, landed, unchanged, parsed, dropped
    assert lines["pubmed"][1:] == ["6", "6", "2", "4", "0", "4", "0"]
    assert lines["ctgov"][1:] == ["4", "4", "1", "3", "0", "3", "0"]
    assert "NCT00000099 (fetch): not_in_source: " in ended.out
    assert f"{min(world.pubmed.records)} (fetch): " in ended.out
    assert "1 slice incomplete: the next live refresh goes on" in topics
    states = {
        state["source"]: state
        for state in json.loads(run("status", "--json", "--warehouse", settings.warehouse).out)["topics"]
    }
    assert (states["ctgov"]["through"], states["ctgov"]["open_slices"]) == ("2026-11-20", 0)
    assert (states["pubmed"]["through"], states["pubmed"]["open_slices"]) == (None, 1)
    assert (states["ctgov"]["stale_slices"], states["pubmed"]["stale_slices"]) == (0, 0)

    # The topic's query is another one by now: nobody goes on with what is open.
    topic = tmp_path / "config" / "topics" / "fruit.toml"
    topic.write_text(topic.read_text().replace('pubmed = "apple"', 'pubmed = "pear"'))
    topics = run("status", "--warehouse", settings.warehouse).out
    assert "goes on" not in topics
    assert "1 slice incomplete that no topic asks for any more: the next refresh gives up on it" in topics

    # Where the configuration says nothing, nothing is claimed.
    topic.write_text("topic = ")
    ended = run("status", "--warehouse", settings.warehouse)
    assert ended.code == 0
    assert "Problem   " in ended.out
    assert "fruit.toml" in ended.out
    assert "the next" not in ended.out.partition("\nTopics\n")[2]
