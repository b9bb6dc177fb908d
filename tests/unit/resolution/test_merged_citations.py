"""What is kept of records that are one document."""

import itertools

from trialhouse.resolution.merged_citations import survivor

LITTLE = {"record_id": "b1", "title": "Fever", "authors": [], "doi": "10.5555/x", "abstract": None}
MUCH = {"record_id": "a22", "title": "Fever.", "authors": ["Muster, A."], "journal": "J Fever", "year": 2026}
SAME = {"record_id": "a3", "title": "FEVER", "authors": ["Muster A"], "journal": "J Fev", "year": 2025}


def test_each_field_is_from_the_record_that_says_most_and_has_it() -> None:
    kept = survivor("a3", [LITTLE, MUCH])
    assert kept.records == ("a22", "b1")
    assert kept.values == {"title": "Fever.", "journal": "J Fever", "year": 2026, "doi": "10.5555/x"} | {
        "authors": ["Muster, A."]
    }
    assert kept.sources == dict.fromkeys(("title", "journal", "year", "authors"), "a22") | {"doi": "b1"}


def test_among_equals_the_shorter_id_is_trusted() -> None:
    assert survivor("a3", [MUCH, SAME]).records == ("a3", "a22")


def test_the_order_of_the_records_changes_nothing() -> None:
    assert len({repr(survivor("a3", order)) for order in itertools.permutations([LITTLE, MUCH, SAME])}) == 1


def test_what_no_record_says_has_no_source() -> None:
    kept = survivor("b1", [LITTLE])
    assert "abstract" not in kept.values
    assert "abstract" not in kept.sources
