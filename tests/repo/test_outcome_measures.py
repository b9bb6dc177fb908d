"""The names of outcome measures in seeds/: what each means, of what kind it is and which way is better."""

import csv
import pathlib
from collections import Counter

import pytest

from trialhouse.resources import read_vocabulary

SEEDS = pathlib.Path(__file__).parents[2] / "seeds"
MEASURES = {term.name: term for term in read_vocabulary(SEEDS).measures}
KINDS = {"binary", "continuous", "time_to_event", "count"}


@pytest.fixture(scope="module")
def rows():
    """The rows of the file."""
    with (SEEDS / "outcome_measures.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_has_its_kind_its_direction_and_where_it_is_from(rows):
    assert {row["kind"] for row in rows} == KINDS
    assert {row["better"] for row in rows} == {"higher", "lower", "none"}
    assert all(row["name"] and row["norm"] and row["source"] and len(row["date"]) == len("2026-11-22") for row in rows)


def test_the_file_is_in_order_and_no_name_means_two_measures(rows):
    order = [(row["norm"].lower(), row["norm"], row["name"].lower(), row["name"]) for row in rows]
    assert order == sorted(order)
    assert [name for name, times in Counter(row["name"].lower() for row in rows).items() if times > 1] == []


def test_all_names_of_a_measure_agree_on_kind_and_direction(rows):
    meant: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        meant.setdefault(row["norm"], set()).add((row["kind"], row["better"]))
    assert {norm: said for norm, said in meant.items() if len(said) > 1} == {}
    assert len(meant) >= 300


def test_survival_is_better_longer_and_most_events_are_better_fewer(rows):
    survival = {row["better"] for row in rows if row["norm"].endswith("survival")}
    assert survival == {"higher"}
    counted = {row["norm"]: row["better"] for row in rows if "adverse events" in row["norm"] or "death" in row["norm"]}
    assert set(counted.values()) == {"lower"}


@pytest.mark.parametrize(
    ("name", "norm", "kind", "better"),
    [
        ("DAS28-CRP", "DAS28", "continuous", "lower"),
        ("PASI 90", "PASI 90", "binary", "higher"),
        ("EQ-5D", "EQ-5D", "continuous", "higher"),
        ("HAQ-DI", "HAQ-DI", "continuous", "lower"),
        ("LVEF", "ejection fraction", "continuous", "higher"),
        ("LDL-C", "LDL cholesterol", "continuous", "lower"),
        ("HIV-1 RNA", "viral load", "continuous", "lower"),
        ("SVR12", "sustained virologic response", "binary", "higher"),
        ("HbA1c", "HbA1c", "continuous", "lower"),
        ("body weight", "body weight", "continuous", "none"),
        ("IOP", "intraocular pressure", "continuous", "lower"),
        ("BCVA", "visual acuity", "continuous", "higher"),
        ("ORR", "objective response rate", "binary", "higher"),
        ("progression-free survival", "progression-free survival", "time_to_event", "higher"),
        ("annualized exacerbation rate", "exacerbations", "count", "lower"),
    ],
)
def test_measures_of_every_field_are_read_from_the_file(name, norm, kind, better):
    term = MEASURES[name]
    assert (term.norm, term.kind, term.better) == (norm, kind, better)
