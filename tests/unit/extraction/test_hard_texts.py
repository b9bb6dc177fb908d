"""Texts that were made to be hard give records and no exception, and every quote stands where its span says."""

import contextlib
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from bench.evaluation.reading import received
from bench.extraction_growth import SHAPES, TRIAL
from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import UnreadableDocument
from trialhouse.resources import read_vocabulary

VOCABULARY = read_vocabulary(pathlib.Path(__file__).parents[3] / "seeds")
LENGTH = 5_000
"""Characters: enough for each shape to come again and again. How time grows with them is measured by the benchmark."""


def quotes(part: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence in a record as JSON has it."""
    if isinstance(part, dict):
        if {"start", "end", "quote"} <= part.keys():
            yield part
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from quotes(one)


def read_and_checked(text: str) -> int:
    """Read a text; the number of its records, all of whose quotes stand in it."""
    document = parse_document(*received("a.txt", text))
    records = extract(document, VOCABULARY)
    for record in records:
        for one in quotes(record.to_json()):
            assert document.text[one["start"] : one["end"]] == one["quote"]
    return len(records)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_hard_text_is_read(name: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert read_and_checked(TRIAL + SHAPES[name](LENGTH) + "\n") > 0


def test_signs_that_stay_capitals_are_read_once_in_small_letters() -> None:
    assert read_and_checked("A TRIAL\n\nRESULTS: " + "95% CI " * 500) > 0
