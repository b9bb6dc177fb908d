"""Every check finds what its cases say, and nothing in the cases that pass."""

import pytest

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
