"""Reading the vocabularies of a folder."""

import pathlib

import pytest

from trialhouse.resources import read_vocabulary


def test_terms_come_sorted_by_name_and_other_columns_are_ignored(tmp_path):
    (tmp_path / "interventions.csv").write_text(
        'date,norm,name,code,source\n2026-01-01,zetamab,ZM 1,U1,a list\n2026-01-01,alphamab,"alphamab, human",,a list\n'
    )
    terms = read_vocabulary(tmp_path).interventions
    assert [(term.name, term.norm, term.code) for term in terms] == [
        ("ZM 1", "zetamab", "U1"),
        ("alphamab, human", "alphamab", None),
    ]


def test_a_row_that_ends_early_or_has_no_name_is_no_term_of_something_else(tmp_path):
    (tmp_path / "interventions.csv").write_text("name,norm,code\nzetamab,zetamab\n\n,nothing,U2\n")
    assert [(term.name, term.code) for term in read_vocabulary(tmp_path).interventions] == [("zetamab", None)]


def test_files_that_are_not_there_are_empty_lists(tmp_path):
    assert read_vocabulary(tmp_path).units == ()


def test_a_file_without_a_column_it_needs_is_refused(tmp_path):
    (tmp_path / "interventions.csv").write_text("name,code\nzetamab,U1\n")
    with pytest.raises(ValueError, match=r"interventions\.csv has no column norm"):
        read_vocabulary(tmp_path)


def test_measured_rules_come_sorted_by_rule(tmp_path):
    (tmp_path / "rule_confidence.csv").write_text("rule,said,right,confidence\nframe.b,4,3,0.825\nframe.a,1,1,1\n")
    assert [(one.rule, one.confidence) for one in read_vocabulary(tmp_path).rules] == [
        ("frame.a", 1.0),
        ("frame.b", 0.825),
    ]


@pytest.mark.parametrize("confidence", ["", "high", "1.2", "-0.1", "nan"])
def test_a_confidence_that_is_none_is_refused_with_its_rule(tmp_path, confidence):
    (tmp_path / "rule_confidence.csv").write_text(f"rule,confidence\nframe.a,{confidence}\n")
    with pytest.raises(ValueError, match=r"rule_confidence\.csv: the confidence of frame\.a is "):
        read_vocabulary(tmp_path)


def test_measured_rules_without_a_column_are_refused(tmp_path):
    (tmp_path / "rule_confidence.csv").write_text("rule,right\nframe.a,1\n")
    with pytest.raises(ValueError, match=r"rule_confidence\.csv has no column confidence"):
        read_vocabulary(tmp_path)


def test_the_vocabulary_is_read_again_when_a_file_was_changed(tmp_path: pathlib.Path) -> None:
    (tmp_path / "units.csv").write_text("name,unit,ucum\nmilligrams,mg,mg\n")
    first = read_vocabulary(tmp_path)
    assert read_vocabulary(tmp_path) is first
    (tmp_path / "units.csv").write_text("name,unit,ucum\nmilligrams,mg,mg\ngrams,g,g\n")
    assert [term.name for term in read_vocabulary(tmp_path).units] == ["grams", "milligrams"]
    (tmp_path / "units.csv").unlink()
    assert read_vocabulary(tmp_path).units == ()
