"""Routes, frequencies and analysis populations in seeds/: what the words mean, and that the extraction agrees."""

import csv
import pathlib
from collections import Counter

import pytest

from trialhouse.extraction.other_schedules import days_between
from trialhouse.extraction.registry_words import population_of
from trialhouse.extraction.times import schedule
from trialhouse.model.enums import Route

SEEDS = pathlib.Path(__file__).parents[2] / "seeds"
MISREAD = {"4-weekly", "8-weekly", "12-weekly", "four-weekly", "three times weekly", "thrice weekly"}
"""Of these the extraction still reads the last word alone."""


def rows_of(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", ["routes.csv", "frequencies.csv", "populations.csv"])
def test_the_file_is_in_order_and_each_row_says_where_it_is_from(name):
    rows = rows_of(name)
    names = [row["name"] for row in rows]
    assert names == sorted(names)
    assert [one for one, times in Counter(names).items() if times > 1] == []
    assert all(row["source"] and len(row["date"]) == len("2026-11-22") for row in rows)


def test_every_route_of_the_warehouse_has_names():
    assert {row["route"] for row in rows_of("routes.csv")} == {route.value for route in Route}


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("once daily", 1),
        ("b.i.d.", 0.5),
        ("every 2 weeks", 14),
        ("q4w", 28),
        ("weekly", 7),
        ("monthly", 30.4375),
        ("q12h", 0.5),
        ("every other day", 2),
        ("quarterly", 91.3125),
    ],
)
def test_the_days_between_doses(name, days):
    assert [float(row["days"]) for row in rows_of("frequencies.csv") if row["name"] == name] == [days]


def test_a_frequency_in_the_words_of_the_warehouse_has_the_days_that_these_words_say():
    said = {row["frequency"]: row["days"] for row in rows_of("frequencies.csv") if days_between(row["frequency"])}
    assert len(said) > 20
    wrong = {words: days for words, days in said.items() if abs(float(days) - (days_between(words) or 0)) > 0.001}
    assert wrong == {}


def test_what_the_extraction_reads_of_these_names_it_reads_as_the_file_does():
    read = {}
    for row in rows_of("frequencies.csv"):
        text = f"received the drug {row['name']} for a year"
        if found := schedule(text, 0, len(text)):
            read[row["name"]] = (found[0], row["days"], row["frequency"])
    assert len(read) > 200
    wrong = {
        name: (said, frequency)
        for name, (said, days, frequency) in read.items()
        if said != frequency and days_between(said) != pytest.approx(float(days or 0), abs=0.001)
    }
    assert wrong.keys() - MISREAD == set()


def test_populations_are_those_of_the_warehouse_and_the_registry_reader_agrees():
    rows = rows_of("populations.csv")
    assert {row["population"] for row in rows} == {"ITT", "MITT", "PER_PROTOCOL", "SAFETY", ""}
    read = {row["name"]: population_of(row["name"]) for row in rows}
    wrong = [row["name"] for row in rows if read[row["name"]] not in {row["population"] or row["name"], row["name"]}]
    assert wrong == []
    assert sum(read[row["name"]] == row["population"] for row in rows) >= 35
