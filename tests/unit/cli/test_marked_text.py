"""Passages on a terminal and elsewhere: marks, widths, and nothing that a terminal would obey."""

import re

import pytest

from trialhouse.cli.marked_text import folded, passage_lines
from trialhouse.quality.passages import Mark, Passage


def passage(text, *marks, before=None, after=None):
    return Passage(
        document_id="d", locator=None, start=0, end=len(text), text=text, before=before, after=after, columns=("c",),
        marks=tuple(
            Mark(start=text.index(words), end=text.index(words) + len(words), column_name="c", is_blamed=is_blamed)
            for words, is_blamed in marks
        ),
    )  # fmt: skip


@pytest.fixture
def on_terminal(monkeypatch):
    monkeypatch.setattr("trialhouse.cli.marked_text.is_styled", lambda: True)


def test_without_styles_marks_are_characters():
    (line,) = passage_lines(passage("ratio 0.34, P=0.001", ("0.34", False), ("0.001", True)), 60)
    assert line.rstrip() == "“ratio ‹0.34›, P=«0.001»”"
    assert len(line) == 60


def test_on_a_terminal_they_are_styles_and_the_other_sentences_dim(on_terminal):
    one = passage("ratio 0.34, P=0.001", ("0.34", False), ("0.001", True), before="Before.", after="After.")
    before, line, after = passage_lines(one, 60)
    assert line.rstrip() == "“ratio \x1b[4m0.34\x1b[0m, P=\x1b[7;1m0.001\x1b[0m”"
    assert (before.rstrip(), after.rstrip()) == ("\x1b[2mBefore.\x1b[0m", "\x1b[2mAfter.\x1b[0m")


def test_a_mark_that_goes_on_is_closed_at_the_end_of_the_line():
    lines = passage_lines(passage("It was given every other day to all.", ("every other day", True)), 24)
    assert [line.rstrip() for line in lines] == ["“It was given «every»", "«other day» to all.”"]


@pytest.mark.parametrize("width", [40, 57, 98])
def test_lines_are_as_wide_as_told_with_and_without_styles(width, monkeypatch):
    text = "Across all of the groups, 246 participants were randomly assigned to one of three arms of 82 each. " * 3
    for styled in (True, False):
        monkeypatch.setattr("trialhouse.cli.marked_text.is_styled", lambda styled=styled: styled)
        lines = passage_lines(passage(text.strip(), ("246", True), ("82", False), before=text), width)
        assert {len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines} == {width}


def test_wide_characters_take_two_columns():
    text = "药物每两周皮下注射一次" * 6
    assert all(len(line) <= 20 for line in folded(text, 40))


def test_what_a_terminal_would_obey_is_not_printed():
    (line,) = passage_lines(passage("a\x1b[2Jb \ue000c\x07", ("b", True)), 40)
    assert line.rstrip() == "“a [2J«b» c ”"
