"""Sizes of the arms of a trial that assigned places: "20 schools (3,320 pupils) to the programme".

The people in the bracket behind the places are the size of the arm that these were assigned to, and not the places.
"""

import re

from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE, PLACES
from trialhouse.extraction.sizes import Sizes
from trialhouse.text.lazy_patterns import lazy_compile

_TO_ARM = lazy_compile(
    rf"\b{HEAD_COUNT}\s+(?:[a-z-]+\s+){{0,2}}?{PLACES}\s*\(\s*(?:with\s+)?(?P<people>\d[\d,]*)\s+(?:[a-z-]+\s+){{0,2}}?{PEOPLE}\s*\)"
    r"\s+(?:(?:were|was)\s+(?:\w+ly\s+)?(?:assigned|allocated|randomi[sz]ed)\s+)?to\s+(?:receive\s+)?"
    r"(?:the\s+|an?\s+)?\Z",
    re.I,
)
"""From places and the people in them to the arm that they were assigned to."""


def take_sizes_of_places(line: Line, sizes: Sizes, *, assigned: bool) -> None:
    """Keep the numbers of people in the places of a sentence that assigns these, each with its arm."""
    if not assigned or ")" not in line.said.sentence.words:
        return
    counted = {n.start: n for n in line.said.numbers if n.kind is Kind.COUNT and n.unit == "participants"}
    for item in line.refs if counted else ():
        match = _TO_ARM.search(line.text, line.said.sentence.start, item.start)
        number = counted.get(match.start("people")) if match else None
        if number and item.ref and item.ref.single:
            sizes.put(item.ref.arms[0], number.value, number.start, number.raw_end, randomized=True)
