"""Clusters of citations on made records: two ways agree, no order matters, no veto is bridged, no shortcut differs."""

import csv
import random
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.duplicates import pairs as pairs_of
from bench.duplicates import read_export
from bench.made_citations import as_row, made_records
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.resolution.duplicates import Duplicates, find_duplicates
from trialhouse.resolution.duplicates.clusters import Edge, Forest, joined
from trialhouse.resolution.duplicates.engine import find_duplicates_in, limited_database
from trialhouse.resolution.duplicates.judge import judge
from trialhouse.resolution.duplicates.search import Search
from trialhouse.resolution.duplicates.verdict import Finding
from trialhouse.resources import data_root
from trialhouse.store.connection import scratch_database

SQL = data_root() / "warehouse" / "duplicates"
PAIRS = st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda pair: pair[0] < pair[1])
EDGES = st.dictionaries(PAIRS, st.integers(1, 3), max_size=30)


def edges_of(weights: dict[tuple[int, int], int]) -> list[Edge]:
    return [Edge(-weight, *pair) for pair, weight in weights.items()]


@pytest.fixture(scope="module")
def made() -> tuple[pa.Table, list[int]]:
    """Made records, and the document of each."""
    records = list(made_records(4000, seed=7))
    rows = [as_row(n, one) for n, one in enumerate(records)]
    columns = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in CITATION_SCHEMA]
    return pa.Table.from_arrays(columns, schema=CITATION_SCHEMA), [one.document for one in records]


def sql_clusters(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """The clusters of pairs by recursive SQL."""
    left, right = (pa.array([pair[side] for pair in pairs], type=pa.int64()) for side in (0, 1))
    with scratch_database() as connection:
        connection.register("bib_links", pa.table({"l": left, "r": right}))
        return dict(connection.execute((SQL / "components.sql").read_text(encoding="utf-8")).fetchall())


@settings(max_examples=12)
@given(EDGES)
def test_union_find_and_recursive_sql_give_the_same_clusters(weights: dict[tuple[int, int], int]) -> None:
    forest = Forest(lambda x, y: None)
    used, refused = joined(edges_of(weights), forest)
    records = {record for pair in weights for record in pair}
    assert {record: forest.root(record) for record in records} == sql_clusters(sorted(weights))
    assert refused == []
    assert len(used) == len(records) - len({forest.root(record) for record in records})


@settings(max_examples=60)
@given(EDGES, st.sets(PAIRS, max_size=12), st.randoms(use_true_random=False))
def test_no_veto_is_bridged_and_the_order_of_edges_does_not_matter(
    weights: dict[tuple[int, int], int], vetoes: set[tuple[int, int]], chance: random.Random
) -> None:
    def between(x: int, y: int) -> str | None:
        return "veto" if (min(x, y), max(x, y)) in vetoes else None

    edges = edges_of({pair: weight for pair, weight in weights.items() if pair not in vetoes})
    forest = Forest(between)
    used, refused = joined(edges, forest)
    assert not [pair for pair in vetoes if forest.root(pair[0]) == forest.root(pair[1])]
    for edge, pair, _ in refused:
        assert forest.root(edge.left) != forest.root(edge.right)
        assert tuple(sorted(pair)) in vetoes
    chance.shuffle(edges)
    again = Forest(between)
    assert joined(edges, again) == (used, refused)
    assert all(again.root(record) == forest.root(record) for record in range(13))


def test_the_order_of_records_does_not_matter(made: tuple[pa.Table, list[int]]) -> None:
    table = made[0].slice(0, 400)
    first = find_duplicates(table, SQL)
    order = list(range(len(table)))
    random.Random(3).shuffle(order)
    assert find_duplicates(table.take(order), SQL) == first
    assert first.links


def test_copies_are_found_and_near_misses_are_kept_apart(made: tuple[pa.Table, list[int]]) -> None:
    table, documents = made
    result = find_duplicates(table, SQL)
    found = _pairs([[int(record[1:]) for record in records] for records in result.clusters.values()])
    groups: dict[int, list[int]] = {}
    for record, document in enumerate(documents):
        groups.setdefault(document, []).append(record)
    truth = _pairs(list(groups.values()))
    assert len(truth) > 300
    assert len(found & truth) / len(truth) >= 0.97
    assert len(found & truth) / len(found) >= 0.99
    assert _links_hold(result)


def _pairs(groups: list[list[int]]) -> set[tuple[int, int]]:
    return {(a, b) for group in groups for a in group for b in group if a < b}


def _links_hold(result: Duplicates) -> bool:
    """Whether the links of a result, walked by SQL, give its clusters."""
    numbers = {record: n for n, record in enumerate(result.cluster_of)}
    walked = sql_clusters([(numbers[link.left], numbers[link.right]) for link in result.links])
    clusters = {numbers[one]: numbers[name] for one, name in result.cluster_of.items()}
    return all(walked.get(record, record) == cluster for record, cluster in clusters.items())


def test_a_pair_that_is_certain_by_sql_is_the_same_by_the_judge(made: tuple[pa.Table, list[int]]) -> None:
    with limited_database() as connection:
        connection.register("made", made[0])
        find_duplicates_in(connection, "made", SQL)
        search = Search(connection, SQL)
        pairs = connection.execute("SELECT l, r FROM bib_certain ORDER BY l, r").fetchall()
        assert len(pairs) > 30
        connection.execute("CREATE OR REPLACE TEMP TABLE bib_numbered AS SELECT 0 AS pair, l, r FROM bib_certain")
        sides = search.sides(0, 1)
        verdicts = [judge(sides[left], sides[right], search.spelling).finding for left, right in pairs]
        assert set(verdicts) == {Finding.SAME}


@pytest.mark.parametrize(("name", "most_missed"), [("stroke", 4), ("cytology_screening", 8), ("diabetes", 24)])
def test_labelled_exports_have_no_false_pair_and_hardly_a_missed_one(shared: Path, name: str, most_missed: int) -> None:
    folder = shared / "dedup" / name
    result = find_duplicates(read_export(folder / "records.csv"), SQL)
    with (folder / "duplicate_groups.csv").open(encoding="utf-8", newline="") as lines:
        truth = pairs_of(row["merged_ids"].split(";") for row in csv.DictReader(lines))
    found = pairs_of(result.clusters.values())
    assert len(found - truth) <= 1
    assert len(truth - found) <= most_missed
