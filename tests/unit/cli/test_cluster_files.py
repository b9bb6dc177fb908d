"""The reasons of records, from the links of their clusters."""

import random

import pyarrow as pa
import pytest

from trialhouse.cli.cluster_files import link_reasons, survivors, titles_of
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.resolution.duplicates import DuplicateLink, Duplicates


def linked(*pairs: tuple[str, str]) -> tuple[DuplicateLink, ...]:
    return tuple(DuplicateLink(left, right, "same DOI", 0.9, f"why {left}{right}") for left, right in pairs)


def table(*records: str) -> pa.Table:
    rows = [
        {"record_id": record, "title": f"Title of {record}", "authors": [], "registry_ids": []} for record in records
    ]
    return pa.Table.from_pylist(rows, schema=CITATION_SCHEMA)


@pytest.mark.parametrize("seed", range(3))
def test_each_record_has_the_link_on_the_way_to_the_first(seed: int) -> None:
    links = list(linked(("a", "c"), ("b", "c"), ("b", "d")))
    random.Random(seed).shuffle(links)
    found = Duplicates(dict.fromkeys("abcd", "a") | {"e": "e"}, tuple(links))
    assert link_reasons(found) == {
        "a": "the first of 4 records",
        "c": "with a: why ac",
        "b": "with c: why bc",
        "d": "with b: why bd",
    }


def test_survivors_come_in_the_order_of_their_first_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialhouse.cli.cluster_files.CLUSTERS_AT_ONCE", 2)
    found = Duplicates({"x": "x", "b": "a", "a": "a", "y": "y"})
    kept = list(survivors(table("x", "b", "y", "a"), found))
    assert [(one.cluster_id, one.records) for one in kept] == [("x", ("x",)), ("a", ("a", "b")), ("y", ("y",))]


def test_titles_of_no_record() -> None:
    assert titles_of(table("a"), set()) == {}
    assert titles_of(table("a", "b"), {"b"}) == {"b": "Title of b"}
