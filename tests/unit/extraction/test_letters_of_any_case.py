"""Letters that `re` takes for others where case is ignored: ſ is an s to it, İ and ı are an i, the sign K is a k."""

import itertools

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.extraction.dates import find_dates
from trialhouse.extraction.times import lengths
from trialhouse.text.numbers import find_numbers

TEXT = (
    "Phase III trial of six weeks. Six hundred patients were randomised to metformin or placebo for six months from"
    " April to Sept 2019. At week 6, pain fell by 6 points in six of sixty-six patients."
)


@pytest.mark.parametrize(("s", "i", "k"), list(itertools.product("sſ", "iİı", "kK")))
def test_they_raise_nothing(s: str, i: str, k: str) -> None:
    extracted(TEXT.replace("s", s).replace("i", i).replace("k", k))
    extracted(TEXT.upper().replace("S", s).replace("I", i).replace("K", k))


def test_they_are_read_as_the_letters_that_they_stand_for() -> None:
    assert [one.value for one in find_numbers("one of ſeven, two of Sİx")] == [1.0, 7.0, 2.0, 6.0]
    assert [weeks for weeks, _, _ in lengths("for 3 weekſ", 0, 11)] == [3.0]
    assert [day.iso for day in find_dates("in ſept 2019", 0, 12)] == ["2019-09"]
