"""What is made from the declaration of the tables is current, and the declaration says enough."""

import pathlib

import pytest

from trialhouse.model.tables import TABLES
from trialhouse.releases.dictionary import VIEWS, diagram_markdown, generated_files, views_of

CHECKOUT = pathlib.Path(__file__).parents[2]


def test_generated_files_are_current():
    generated = generated_files(CHECKOUT)
    old = [name for name in generated if (CHECKOUT / name).read_text(encoding="utf-8") != generated[name]]
    assert old == [], "run `make docs` and commit what it writes"


def test_the_dictionary_has_the_contracts_view():
    assert "results" in [view.name for view in views_of(CHECKOUT / VIEWS)]


@pytest.mark.parametrize("table", [*TABLES, *views_of(CHECKOUT / VIEWS)], ids=lambda table: table.qualified_name)
def test_every_table_and_column_is_described_in_a_sentence(table):
    assert table.description.endswith(".")
    for column in table.columns:
        assert column.description.rstrip(")").endswith("."), column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.qualified_name)
def test_keys_and_references_name_columns_that_exist(table):
    columns = {known.qualified_name: {column.name for column in known.columns} for known in TABLES}
    assert table.key
    assert set(table.key) <= columns[table.qualified_name]
    for column, target in table.references:
        assert column in columns[table.qualified_name]
        other, _, name = target.rpartition(".")
        assert name in columns[other]


def test_the_diagram_has_every_table_and_reference():
    diagram = diagram_markdown()
    for table in TABLES:
        assert f"    {table.qualified_name.replace('.', '_')} {{" in diagram
    assert diagram.count("||--o{") == sum(len(table.references) for table in TABLES)
