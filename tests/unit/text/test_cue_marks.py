"""The marks of words hide no cue, and cues that come late are told by every sentence."""

import importlib
import pkgutil
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

import trialhouse.extraction
from trialhouse.text import cue_marks
from trialhouse.text.cue_marks import EVERY, mark_of, marks
from trialhouse.text.cues import Cued


def _cued_in(value: object) -> Iterator[Cued]:
    if isinstance(value, Cued):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _cued_in(one)


PACKAGE = [
    cued
    for module in pkgutil.walk_packages(trialhouse.extraction.__path__, "trialhouse.extraction.")
    for value in vars(importlib.import_module(module.name)).values()
    for cued in _cued_in(value)
]
CUES = sorted({cue for cued in PACKAGE for cue in cued.cues})


@given(
    st.lists(st.one_of(st.sampled_from(CUES), st.text(max_size=4)), max_size=12), st.sampled_from(["", " ", "-", "x"])
)
def test_no_cue_is_hidden(parts: list[str], between: str) -> None:
    words = between.join(parts)
    held, lower = marks(words), words.lower()
    for cued in PACKAGE:
        if any(cue in (lower if cued.ignores_case else words) for cue in cued.cues):
            assert cued.mark & held
            assert cued.may_match(words)


def test_most_patterns_are_told_by_their_words() -> None:
    assert sum(cued.mark != EVERY for cued in PACKAGE) > len(PACKAGE) / 2


def test_a_sentence_without_the_words_is_not_searched() -> None:
    cued = next(one for one in PACKAGE if one.mark != EVERY)
    assert not cued.may_match("zz 12 of 15 zz")
    assert cued.search_words("zz 12 of 15 zz") is None


def test_cues_that_come_when_words_were_judged_are_told_by_every_sentence() -> None:
    marks("placebo")
    assert mark_of(("never seen before",)) == EVERY
    late = Cued("placebo", "placebo")
    found = late.search_words("the placebo group")
    assert found is not None
    assert found.span() == (4, 11)


def test_cues_without_a_word_are_told_by_every_sentence() -> None:
    cue_marks._of_word.cache_clear()
    assert mark_of(("<", "placebo")) == EVERY
