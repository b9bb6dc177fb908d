"""Every check finds what its cases say, and nothing in the cases that pass."""

import pytest

from trialhouse.model.enums import Severity
from trialhouse.model.tables import TABLES
from trialhouse.model.words import CheckStatus
from trialhouse.quality.declared import declared_checks


def test_case(case, checks, run_case):
    run_case(checks[case.check_id], case)


@pytest.mark.parametrize("verdict", ["fails", "passes"])
def test_every_check_has_a_case_that_fails_and_one_that_passes(verdict, checks, all_cases):
    with_case = {case.check_id for case in all_cases if case.verdict == verdict}
    generated = set(declared_checks())  # test_declared.py makes both cases for these, from the declaration
    assert set(checks) - generated - with_case == set()


def test_a_case_names_a_check_that_exists(checks, all_cases):
    assert {case.check_id for case in all_cases} <= set(checks)


def test_all_checks_run_over_an_empty_release_and_find_nothing(checks, evaluate):
    report = evaluate(list(checks.values()), [])
    assert {run.check_id: run.why for run in report.runs if run.status != CheckStatus.PASSED} == {}
    assert len(report.runs) == len(checks)


def test_what_is_set_aside_is_named_by_rows_of_its_table(checks, all_cases):
    """Each case of a check that sets cells aside expects their column, and the column may be null."""
    tables = {table.qualified_name: {column.name: column for column in table.columns} for table in TABLES}
    for case in all_cases:
        check = checks[case.check_id]
        for row in case.expected if check.sets_aside == "cell" else []:
            assert tables[check.table_name][row["column_name"]].nullable, case.check_id


def test_an_error_that_sets_nothing_aside_says_why(checks):
    for check in checks.values():
        if check.severity is Severity.ERROR and check.sets_aside is None and "." not in check.table_name:
            assert "-- Nothing is set aside: " in check.sql, check.check_id
