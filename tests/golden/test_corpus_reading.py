"""The comparison that the corpus's test rests on: it has to see what is wrong."""

import copy
from typing import Any

import pytest

from tests.golden.corpus_reading import CORPUS, Json, compare, expected_result, wrong_facts


def first(value: Any) -> Any:
    return first(value["any"][0]) if isinstance(value, dict) and "any" in value else value


def perfect_record(expected: Json) -> Json:
    """A record that says just what is expected."""
    absent = dict.fromkeys(("dose_value", "dose_unit", "route", "frequency", "duration_weeks", "norm"))
    arms = [
        dict.fromkeys(("factor", "n_randomized", "n_analyzed"))
        | {key: first(value) for key, value in arm.items()}
        | {
            "key": f"said-{arm['key']}",
            "label": arm["names"][0],
            "interventions": [
                absent | {key: first(value) for key, value in one.items()} for one in arm["interventions"]
            ],
        }
        for arm in expected["arms"]
    ]
    outcomes = copy.deepcopy(expected["outcomes"])
    for outcome in outcomes:
        for key in ("outcome_type", "time_frame_weeks", "population"):
            outcome[key] = first(outcome[key])
        for value in outcome["measurements"] + outcome["analyses"]:
            value.pop("read")
            value.setdefault("p_value", None)
            value.setdefault("estimate", None)
            for key in ("arm", "comparator"):
                value[key] = value.get(key) and f"said-{value[key]}"
            value.update({key: first(one) for key, one in value.items()})
    trial = {key: first(value) for key, value in expected["trial"].items()}
    return {"trial": trial, "arms": arms, "outcomes": outcomes}


@pytest.fixture
def expected() -> Json:
    return expected_result(CORPUS / "trivelo-paper.html")


@pytest.fixture
def record(expected: Json) -> Json:
    return perfect_record(expected)


def lengths(expected: Json, *records: Json) -> tuple[int, int, int, int]:
    found = compare(expected, list(records))
    return len(found.read), len(found.in_part), len(found.unread), len(found.unexpected)


def test_what_is_expected_is_read(expected: Json, record: Json) -> None:
    assert lengths(expected, record) == (20, 0, 0, 0)
    assert list(wrong_facts(expected, [record])) == []


def test_nothing_said_is_nothing_read_and_nothing_wrong(expected: Json) -> None:
    assert lengths(expected) == (0, 0, 20, 0)


def test_swapped_arms_are_wrong(expected: Json, record: Json) -> None:
    remission = record["outcomes"][1]["measurements"]
    remission[0]["arm"], remission[1]["arm"] = remission[1]["arm"], remission[0]["arm"]
    assert lengths(expected, record) == (18, 0, 2, 2)


def test_a_row_said_twice_is_one_too_many(expected: Json, record: Json) -> None:
    record["outcomes"][1]["measurements"].append(dict(record["outcomes"][1]["measurements"][0]))
    assert lengths(expected, record) == (20, 0, 0, 1)


def test_a_missing_interval_is_read_in_part_and_a_wrong_one_is_wrong(expected: Json, record: Json) -> None:
    record["outcomes"][0]["analyses"][0]["ci_low"] = None
    record["outcomes"][0]["analyses"][1]["ci_low"] = 0.27
    assert lengths(expected, record) == (18, 1, 1, 1)


def test_a_missing_time_frame_is_allowed_and_a_wrong_one_is_not(expected: Json, record: Json) -> None:
    record["outcomes"][1]["time_frame_weeks"] = None
    record["outcomes"][2]["time_frame_weeks"] = 12
    assert lengths(expected, record) == (17, 0, 3, 3)


def test_a_wrong_measure_is_wrong(expected: Json, record: Json) -> None:
    record["outcomes"][1]["measure"] = "overall survival"
    assert lengths(expected, record) == (17, 0, 3, 3)


def test_a_baseline_value_is_no_result(expected: Json, record: Json) -> None:
    record["outcomes"][1]["measurements"].append(
        {"arm": None, "statistic": "MEAN", "value": 51.0, "unit": "years", "is_baseline": True}
    )
    assert lengths(expected, record) == (20, 0, 0, 0)


def test_an_arm_of_another_dose_is_another_arm(expected: Json, record: Json) -> None:
    record["arms"][1]["interventions"][0]["dose_value"] = 60.0
    assert any("no such arm" in line for line in wrong_facts(expected, [record]))
    assert lengths(expected, record)[3] > 0


def test_wrong_facts_are_told(expected: Json, record: Json) -> None:
    record["trial"]["enrollment"] = 240
    record["arms"][0]["n_randomized"] = 81
    assert len(list(wrong_facts(expected, [record]))) == 2
