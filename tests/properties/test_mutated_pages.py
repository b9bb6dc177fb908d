"""Pages damaged at random: whatever is still read from them stands in the text, number and all."""

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.test_extraction_text import proofs
from tests.unit.extraction.test_extract import extracted
from trialhouse.model.extraction import Extraction
from trialhouse.text.numbers import find_numbers

CORPUS = pathlib.Path(__file__).parents[2] / "seeds" / "corpus"
PAGES = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
SCRAPS = (
    "",
    " ",
    "\n",
    "\n\n",
    ")",
    "(",
    "0",
    "12.5%",
    " vs ",
    "\u202e",
    "\u00a0",
    "−",
    "placebo",
    ";",
    ".",
    "95% CI",
    "é",
    "二",
)
LONGEST = 6000
"""Characters of a page that are taken: enough for an abstract, and quick to read."""


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The beginning of a page with stretches of it taken out, doubled, moved or written over."""
    text = draw(st.sampled_from(PAGES))[:LONGEST]
    for _ in range(draw(st.integers(1, 8))):
        start, length = draw(st.integers(0, len(text))), draw(st.integers(0, 120))
        stretch = text[start : start + length]
        put = draw(st.one_of(st.sampled_from(SCRAPS), st.just(stretch * 2), st.text(max_size=8)))
        text = text[:start] + put + text[start + length :]
        if draw(st.booleans()):
            place = draw(st.integers(0, len(text)))
            text = text[:place] + stretch + text[place:]
    return text if text.strip() else "."


def decoded(text: str) -> str:
    """The text as it is read from a file."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def assert_all_stands_in(text: str, record: Extraction) -> None:
    """Every quote is the text at its place, and every number that was read is in its quote."""
    for proof in proofs(record):
        assert text[proof.start : proof.end] == proof.quote != ""
    for candidate in record.candidates:
        assert text[candidate.start : candidate.end] == candidate.quote != ""
    for outcome in record.outcomes:
        for one in outcome.measurements:
            assert_holds(one.evidence.quote, one.value, one.dispersion_value, one.dispersion_low, one.dispersion_high)
        for analysis in outcome.analyses:
            said = (analysis.estimate, analysis.ci_low, analysis.ci_high, analysis.p_value)
            assert_holds(analysis.evidence.quote, *said)


def assert_holds(quote: str, *values: float | None) -> None:
    """The numbers stand in a quote, whatever their sign."""
    there = {abs(one.value) for one in find_numbers(quote)}
    assert {abs(value) for value in values if value is not None} <= there


@settings(max_examples=60)
@given(damaged())
def test_what_is_read_from_a_damaged_page_stands_in_it(text: str) -> None:
    assert_all_stands_in(decoded(text), extracted(text))


@pytest.mark.parametrize("page", PAGES, ids=[path.stem for path in sorted(CORPUS.glob("*.txt"))])
def test_what_is_read_from_a_whole_page_stands_in_it(page: str) -> None:
    record = extracted(page)
    assert_all_stands_in(decoded(page), record)
