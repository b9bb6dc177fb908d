"""The forms of units in seeds/: every one has a valid UCUM code and means one unit."""

import csv
import pathlib
from collections import Counter

import pytest

from tests.repo.ucum import is_ucum

FILE = pathlib.Path(__file__).parents[2] / "seeds" / "units.csv"


@pytest.fixture(scope="module")
def rows():
    """The rows of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_code_is_valid_ucum(rows):
    assert sorted({row["ucum"] for row in rows if not is_ucum(row["ucum"])}) == []


@pytest.mark.parametrize(
    "code",
    [
        "mg/kg/d",
        "mm[Hg]",
        "mm[H2O]",
        "{events}/(100.a{person})",
        "m[iU]/L",
        "10*9/L",
        "dyn.s/cm5",
        "/uL",
        "%",
        "mo{person}",
    ],
)
def test_the_reading_of_ucum_takes_what_the_standard_allows(code):
    assert is_ucum(code)


@pytest.mark.parametrize(
    "code",
    ["", "/", "mmHg", "m[U]/L", "mcg", "IU", "mg//L", "mg/", "(mg", "mg)", "weeks", "kmin", "mg {x}", "µg"],
)
def test_the_reading_of_ucum_refuses_what_it_does_not(code):
    assert not is_ucum(code)


def test_the_file_is_in_order_and_no_form_means_two_units(rows):
    names = [row["name"] for row in rows]
    assert names == sorted(names)
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert all(row["unit"] and row["source"] and len(row["date"]) == len("2026-11-22") for row in rows)


def test_a_unit_has_one_code(rows):
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row["unit"], set()).add(row["ucum"])
    assert {unit: known for unit, known in codes.items() if len(known) > 1} == {}


@pytest.mark.parametrize(
    ("name", "ucum"),
    [
        ("mm Hg", "mm[Hg]"),
        ("logMAR", "{logMAR}"),
        ("ETDRS letters", "{letters}"),
        ("mg/m2", "mg/m2"),
        ("µg/kg/min", "ug/kg/min"),
        ("μg/kg/min", "ug/kg/min"),
        ("IU/mL", "[iU]/mL"),
        ("log10 copies/mL", "{log_copies}/mL"),
        ("cells/µL", "{cells}/uL"),
        ("mmol/mol", "mmol/mol"),
        ("dB", "dB"),
        ("dioptres", "[diop]"),
        ("events per 100 patient-years", "{events}/(100.a{person})"),
        ("person-months", "mo{person}"),
        ("kcal", "kcal"),
        ("mU/L", "mU/L"),
    ],
)
def test_forms_of_every_field_are_known(rows, name, ucum):
    assert [row["ucum"] for row in rows if row["name"] == name] == [ucum]
