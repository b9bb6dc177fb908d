"""The generated checks: current, and each catches the fault that it is for and lets sound rows pass."""

import pathlib

import pytest

from trialhouse.model.tables import TABLES
from trialhouse.quality.declared import WRITTEN_AFTER_CHECKS, declared_checks

FOLDER = pathlib.Path(__file__).parents[2] / "warehouse" / "checks"
CHECKED = {table.qualified_name: table for table in TABLES if table.qualified_name not in WRITTEN_AFTER_CHECKS}
REFERENCES = [(name, column, target) for name, table in CHECKED.items() for column, target in table.references]
WORDS = [(name, column.name) for name, table in CHECKED.items() for column in table.columns if column.words]
ANOTHER = {"VARCHAR": "another", "BIGINT": 2}


def test_the_files_are_what_the_declaration_says():
    ideas = ("key_is_unique", "references_exist", "words_are_known")
    files = {path for idea in ideas for path in FOLDER.glob(f"*/{idea}.sql")}
    texts = {path.relative_to(FOLDER).with_suffix("").as_posix(): path.read_text(encoding="utf-8") for path in files}
    stale = "run: python -m trialhouse.quality.declared warehouse/checks"
    assert texts == declared_checks(), stale


@pytest.mark.parametrize("name", CHECKED)
def test_a_key_twice_is_found_and_two_keys_are_not(name, checks, evaluate, make_row):
    check = checks[f"{name}/key_is_unique"]
    last = next(column for column in CHECKED[name].columns if column.name == CHECKED[name].key[-1])
    other = last.words[1] if last.words else ANOTHER[last.sql_type]
    report = evaluate([check], [(name, [make_row(name, {}), make_row(name, {last.name: other})])])
    assert report.failing == []
    report = evaluate([check], [(name, [make_row(name, {})])])
    assert [row.column_name for row in report.failing] == [last.name]
    assert report.failing[0].message.startswith("2 rows have the key")


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda reference: f"{reference[0]}.{reference[1]}")
def test_a_reference_to_nothing_is_found_and_one_to_a_row_is_not(reference, checks, evaluate, make_row):
    name, column, target = reference
    check = checks[f"{name}/references_exist"]
    sound, tables = {}, {}
    for child, parent in CHECKED[name].references:
        table, _, parent_column = parent.rpartition(".")
        tables[table] = [make_row(table, {})]
        sound[child] = getattr(tables[table][0], parent_column)
    assert evaluate([check], [*tables.items(), (name, [make_row(name, sound)])]).failing == []
    found = evaluate([check], [(name, [make_row(name, {**sound, column: "nowhere"})])]).failing
    assert [(row.column_name, row.message) for row in found] == [
        (column, f"{column} is nowhere, which {target.rpartition('.')[0]} does not have.")
    ]


@pytest.mark.parametrize(("name", "column"), WORDS)
def test_an_unknown_word_is_found_and_known_ones_are_not(name, column, checks, evaluate, make_row):
    check = checks[f"{name}/words_are_known"]
    words = next(declared.words for declared in CHECKED[name].columns if declared.name == column)
    assert evaluate([check], [(name, [make_row(name, {column: word}) for word in words])]).failing == []
    wrong = make_row(name, {}).model_copy(update={column: "NEAR MISS"})
    found = evaluate([check], [(name, [wrong])]).failing
    assert [(row.column_name, row.message) for row in found] == [
        (column, f"{column} is NEAR MISS, which is none of its words.")
    ]
