"""Expressions that begin with a word find what an alternation behind the start of a word finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from trialhouse.text.word_starts import at_word

WORDS = ("trial", "tri", "a trial", "an? arm", "both", r"arms?\b")
WITHIN = ("meta-analys", "arm")
TEXTS = st.lists(
    st.sampled_from([*"Tt Aa_-", "trial", "Trial", "arm", "arms", "both", "a ", "an ", "meta-", "analys", "1"]),
    max_size=12,
).map("".join)


@given(TEXTS, st.sampled_from([re.NOFLAG, re.I]))
def test_finds_what_the_alternation_finds(text: str, flags: re.RegexFlag) -> None:
    plain = re.compile(rf"\b(?:{'|'.join(WORDS)})", flags)
    made = re.compile(at_word(*WORDS), flags)
    assert [match.span() for match in made.finditer(text)] == [match.span() for match in plain.finditer(text)]


@given(TEXTS)
def test_what_may_stand_within_a_word_does(text: str) -> None:
    plain = re.compile(rf"\b(?:{'|'.join(WORDS)})|{'|'.join(WITHIN)}", re.I)
    made = re.compile(at_word(*WORDS, within=WITHIN), re.I)
    assert [match.span() for match in made.finditer(text)] == [match.span() for match in plain.finditer(text)]


@given(TEXTS)
def test_what_stands_before_can_be_another_condition(text: str) -> None:
    plain = re.compile(r"(?<=[\s-])(?:arms?|trial)", re.I)
    made = re.compile(at_word("arms?", "trial", before=r"[\s-]"), re.I)
    assert [match.span() for match in made.finditer(text)] == [match.span() for match in plain.finditer(text)]


def test_a_group_can_be_named_inside() -> None:
    found = re.search(rf"(?P<name>{at_word('in', 'o(?P<of>f)')}) it", "one of it")
    assert found is not None
    assert (found["name"], found["of"]) == ("of", "f")
