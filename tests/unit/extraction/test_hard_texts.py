"""Texts that were made to be hard give records and no exception, whatever stands in them."""

import pathlib

import pytest

from bench.extraction_growth import SHAPES, TRIAL, milliseconds
from trialhouse.resources import read_vocabulary

VOCABULARY = read_vocabulary(pathlib.Path(__file__).parents[3] / "seeds")
LENGTH = 5_000
"""Characters: enough for each shape to come again and again. How time grows with them is measured by the benchmark."""


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_hard_text_is_read(name: str) -> None:
    assert milliseconds(TRIAL + SHAPES[name](LENGTH) + "\n", VOCABULARY) > 0


def test_signs_that_stay_capitals_are_read_once_in_small_letters() -> None:
    assert milliseconds("A TRIAL\n\nRESULTS: " + "95% CI " * 500, VOCABULARY) > 0
