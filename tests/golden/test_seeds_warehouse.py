"""A refresh over the five real seeds: every number of the gold in the tables with its proof, and their alerts."""

import json
from pathlib import Path
from typing import Any

import pytest

from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import load_settings
from trialhouse.store.connection import release_reader

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def asked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that asks a warehouse of the five seeds."""
    settings = load_settings(warehouse=tmp_path_factory.mktemp("seeds"), environ={}).settings
    refresh(settings, files=[shared / "seeds"])
    database = find_release(settings.warehouse, None).database

    def ask(query: str) -> Rows:
        with release_reader(database) as connection:
            return connection.execute(query).fetchall()

    return ask


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8"))


def numbers(gold: dict[str, Any], kind: str, *keys: str) -> list[tuple[float | None, ...]]:
    """The numbers of the gold that must be there, as many times as they are."""
    found = [
        tuple(number.get(key) for key in keys)
        for document in gold.values()
        for outcome in document["outcomes"]
        for number in outcome[kind]
        if not number.get("optional")
    ]
    return sorted(found, key=repr)


def test_five_trials_and_sixteen_arms(asked: Any) -> None:
    assert asked("SELECT count(*) FROM trials") == [(5,)]
    assert asked("SELECT count(*) FROM arms") == [(16,)]
    assert asked("SELECT count(*) FROM documents WHERE problem IS NULL") == [(5,)]


def test_every_measurement_of_the_gold_is_there_and_no_other(asked: Any, gold: dict[str, Any]) -> None:
    rows = asked("SELECT value, unit FROM outcome_measurements WHERE NOT is_baseline")
    assert sorted(rows, key=repr) == [
        (float(value), unit) for value, unit in numbers(gold, "measurements", "value", "unit")
    ]


def test_every_comparison_of_the_gold_is_there(asked: Any, gold: dict[str, Any]) -> None:
    rows = asked("SELECT estimate, ci_low, ci_high, p_value FROM outcome_analyses")
    for wanted in numbers(gold, "analyses", "estimate", "ci_low", "ci_high", "p_value"):
        assert wanted in rows
        rows.remove(wanted)
    # The p-value whose scope the fourth seed leaves open may be read or not.
    assert rows in ([], [(None, None, None, 0.014)])


def test_every_number_has_its_proof(asked: Any) -> None:
    assert asked("SELECT count(*) FROM results WHERE quote IS NULL OR quote = ''") == [(0,)]
    assert asked("SELECT count(*) FROM results")[0][0] >= 27


def test_the_interval_that_its_p_value_contradicts_is_named_with_both_and_the_sentence(asked: Any) -> None:
    ((severity, message),) = asked(
        "SELECT severity, message FROM dq.alerts WHERE check_id = 'outcome_analyses/interval_fits_p'"
    )
    assert severity == "warn"
    for words in ("0.17 to 0.74", "p = 0.004", "p = 0.001 is stated", "“", "P=0.001"):
        assert words in message
