"""Rows that the gate sets aside: handed to it as a parser with a fault would."""

from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.bulk.pubmed_files import as_set, record
from trialhouse.bulk.gate import Sifted, gate, keys_of
from trialhouse.bulk.parser import parse_file
from trialhouse.bulk.tables import SCHEMAS

SQL = Path(__file__).parents[3] / "warehouse" / "bulk"

Tables = dict[str, pa.Table]


@pytest.fixture(scope="module")
def tables() -> Tables:
    """A batch of three citations."""
    (batch,) = parse_file(as_set([record(pmid) for pmid in (1, 2, 3)]))
    return dict(batch.tables)


def sifted(tables: Tables) -> Sifted:
    with gate(SQL) as own:
        return own.sift(tables)


def changed(tables: Tables, name: str, row: int, **values: object) -> Tables:
    rows = tables[name].to_pylist()
    rows[row] |= values
    # A field that must not be null is so in this batch.
    schema = pa.schema([field.with_nullable(True) for field in SCHEMAS[name]])
    return tables | {name: pa.Table.from_pylist(rows, schema)}


def faults(result: Sifted) -> list[tuple[object, ...]]:
    return [(row["table_name"], row["pmid"], row["cause"]) for row in result.refused]


def test_a_whole_batch_stays_as_it_is(tables):
    result = sifted(tables)
    assert (result.refused, result.citations_refused) == ([], 0)
    assert result.tables == tables


def test_a_row_that_says_nothing_goes_alone(tables):
    result = sifted(changed(tables, "citation_authors", 1, last_name=None, fore_name=None, initials=None))
    assert faults(result) == [("citation_authors", 2, "empty_row")]
    assert '"position": 1' in result.refused[0]["content"]
    assert result.refused[0]["place"] == "citation_authors of PMID 2, version 1, position 1"
    assert keys_of(result.tables["citation_authors"]) == [(1, 1), (3, 1)]
    assert result.tables["citations"] == tables["citations"]


@pytest.mark.parametrize(("pmid", "version"), [(None, 1), (0, 1), (2**40, 1), (2, None), (2, 0)])
def test_a_citation_without_a_key_takes_its_rows_with_it(tables, pmid, version):
    broken = {
        name: changed(tables, name, 1, pmid=pmid, version=version)[name] for name in ("citations", "citation_authors")
    }
    result = sifted(tables | broken)
    assert result.citations_refused == 1
    assert ("citations", pmid, "no_key") in faults(result)
    assert keys_of(result.tables["citations"]) == keys_of(result.tables["citation_authors"]) == [(1, 1), (3, 1)]


def test_a_place_that_comes_twice_is_kept_once(tables):
    twice = changed(tables, "citation_authors", 1, pmid=1)
    result = sifted(twice)
    assert faults(result) == [("citation_authors", 1, "repeated_key")]
    assert keys_of(result.tables["citation_authors"]) == [(1, 1), (3, 1)]


def test_every_table_of_a_citation_has_its_line_in_the_gate(tables):
    """A row without a place, and one that says nothing, is found in each, so that no table is forgotten."""
    for name, schema in SCHEMAS.items():
        if name in ("citations", "deleted_citations"):
            continue
        empty = {field.name: None for field in schema} | {"pmid": 1, "version": 1, "position": None}
        empty |= {field.name: [] for field in schema if pa.types.is_list(field.type)}
        placed = empty | {field.name: 1 for field in schema if field.name.endswith("position")}
        nullable = pa.schema([field.with_nullable(True) for field in schema])
        result = sifted(tables | {name: pa.Table.from_pylist([placed, empty], nullable)})
        assert faults(result) == [(name, 1, "empty_row"), (name, 1, "no_key")], name


def reasons_of(**said: str) -> list[str]:
    (batch,) = parse_file(as_set([record(1, **said)]))
    (row,) = sifted(dict(batch.tables)).reports.to_pylist() or [{"reasons": []}]
    return row["reasons"]


@pytest.mark.parametrize(
    "registry_id",
    "NCT09990001 JapicCTI-101234 JMA-IIA00123 PER-012-19 RPCEC00000123 SLCTR/2011/008 PHRR140101-000123 LBCTR2019010123"
    " EUCTR2010-012345-12-GB 2022-501234-12-00 NL-OMON12345 NL7654 ITMCTR2000001234 RBR-6qbm5w PACTR201101000"
    " NCT0999001".split(),
)
def test_an_id_of_any_registry_in_the_abstract_lets_a_citation_pass(registry_id):
    assert reasons_of(abstract=f"Registered as {registry_id}.") == ["registry_id"]


@pytest.mark.parametrize(
    "said",
    [
        "A phase-3 study",
        "RCT of looms",
        "A single arm study",
        "A dose-ranging study",
        "double dummy",
        "A stepped-wedge design",
        "first-in-human",
        "Patients received looms or vehicle",
        "Universal number U1111-1234-5678",
        "Pacientes asignados al azar",
    ],
)
def test_words_of_a_trial_let_a_citation_pass(said):
    assert reasons_of(abstract=f"{said}.") == ["words"]


@pytest.mark.parametrize("said", ["It fell by 12-0.5 mm", "Only 5 looms", "doi 10.5555/nct.1", "In 2010 control 7 won"])
def test_numbers_that_are_none_of_a_registry_do_not(said):
    assert reasons_of(abstract=f"{said}.") == []


@pytest.mark.parametrize(
    ("before", "instead", "reason"),
    [
        (
            "</MedlineCitation>",
            '<OtherAbstract Type="Publisher" Language="chi"><AbstractText>ChiCTR2000029308</AbstractText>'
            "</OtherAbstract></MedlineCitation>",
            "registry_id",
        ),
        (
            "</MedlineCitation>",
            '<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">Randomized controlled trial</Keyword></KeywordList>'
            "</MedlineCitation>",
            "words",
        ),
        (">Journal Article<", ">Clinical Study<", "publication_type"),
    ],
)
def test_what_else_of_a_record_says_that_it_reports_a_trial(before, instead, reason):
    (batch,) = parse_file(as_set([record(1).replace(before, instead)]))
    assert [row["reasons"] for row in sifted(dict(batch.tables)).reports.to_pylist()] == [[reason]]


def test_an_author_s_own_identifier_stands_at_place_0(tables):
    row = {"pmid": 1, "version": 1, "author_position": 1, "affiliation_position": 0, "position": 1, "identifier": "0-1"}
    name = "citation_author_identifiers"
    own = pa.Table.from_pylist([row, row | {"author_position": 0}], SCHEMAS[name])
    assert faults(sifted(tables | {name: own})) == [(name, 1, "no_key")]
