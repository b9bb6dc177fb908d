"""What groups did not differ in: "the groups did not differ in pain (4.1 vs 4.3)" is of pain."""

import re

from trialhouse.text.cues import Cued

_NOT_DIFFERENT = Cued(
    "differ",
    r"\b(?:(?:did not|didn['’]t) (?:\w+ly )?differ|no (?:\w+ ){0,2}differences?"
    r"(?: (?:was|were) (?:seen|found|observed|noted))?)(?: \w+ly)?"
    r"(?: between (?:the )?(?:two |treatment |study )?(?:groups|arms|treatments))?"
    r" (?:in|for|on|in terms of|with (?:respect|regard) to|regarding) (?:the |mean |median |rates of )*",
    re.I,
)


def behind_denial(text: str, begin: int, end: int, refs: list[tuple[int, int]]) -> int:
    """Where the measure begins that groups did not differ in, else where the stretch begins.

    It begins there where words and no arm follow: "no difference between A and B".
    """
    at = begin
    for denied in _NOT_DIFFERENT.finditer(text, begin, end):
        at = denied.end()
    named = sum(c.isalpha() for c in text[at:end]) >= 4 and not any(at <= start < end for start, _ in refs)
    return at if named else begin
