"""Words in a text: where they stand whole, and a text in lower case with every character at its place."""

import re

from hypothesis import given
from hypothesis import strategies as st

from trialhouse.text.cues import SHORT, Cued, lower_text
from trialhouse.text.words import word_places


def test_a_part_of_a_longer_word_is_no_place() -> None:
    text = "trine, trinexate, a trine_b, 2trine and trine"
    assert [text[a:b] for a, b in word_places(text, "trine")] == ["trine", "trine"]
    assert [a for a, _ in word_places(text, "trine")] == [0, 40]


@given(st.text("ab -_é1", max_size=40), st.sampled_from(["a", "ab", "ba b"]))
def test_places_are_those_of_the_expression(text: str, word: str) -> None:
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    assert list(word_places(text, word)) == [match.span() for match in found]


def test_lower_case_keeps_every_character_at_its_place() -> None:
    text = "İI ÀB ſ" * SHORT
    assert len(lower_text(text)) == len(text)
    assert lower_text(text).startswith("ii àb")


def test_a_cue_is_seen_behind_a_character_that_is_two_in_lower_case() -> None:
    text = "İ" * SHORT + " HIGH dose"
    found = Cued("dose", r"\bhigh dose\b", re.IGNORECASE).search(text, SHORT)
    assert found is not None
    assert found.group() == "HIGH dose"
