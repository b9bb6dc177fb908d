"""What is looked for at the end of the words before a head count hides none of the expressions that refuse it."""

import pytest

from trialhouse.extraction.enrollment import _NOT_BEFORE, _refused

BEFORE = """
week|weeks|day|days|month|months|year|years|phase|age|aged|ages|type|more than|at least|≥|>|<|≤|2:|12,|of 12.|and
versus|vs|vs.|50 patients, of whom|of which,|of these:|respectively,
""".replace("\n", "|")


@pytest.mark.parametrize("words", BEFORE.strip("|").split("|"))
@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_a_number_behind_these_words_is_no_head_count(words: str, space: str) -> None:
    for before in (words + space, words.upper() + space):
        assert _NOT_BEFORE.search(before)
        assert _refused(before, " were seen in all")


def test_other_words_refuse_nothing() -> None:
    assert not _refused("A total of ", " patients were randomised")
