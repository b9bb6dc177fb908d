"""The words that a person would write for an arm: a stretch of a sentence without what parts it from its neighbours.

Between the brackets that number two groups stands "), or the longer course ": its name is "longer course". What is left
with no word that tells anything ("the other", "group") is no name.
"""

import re

from trialhouse.text.lazy_patterns import lazy_compile

_BETWEEN = (
    r"either|or|and|to|the|an?|into|in|versus|vs\.?|with|receiv\w+|receive|undergo\w*|underwent|who|which|that|given|was"
    r"|were|treated|offered|had|use|used|have|be"
)
"""Words that lead from one treatment of a list to the next, and to what was given."""
_LEAD = lazy_compile(rf"[\s,;:.)\]–—]*(?:(?:{_BETWEEN})\s+)*(?:\d+\s(?:days|weeks|months|years)\sof\s+)?", re.I)
_TAIL = lazy_compile(r"(?:[\s,;:(\[–—]+(?:(?:or|and|to|the|an?|versus|vs\.?|either|with|of|for)(?![\w-]))?)*\Z", re.I)
_WORD = lazy_compile(r"[A-Za-z][\w'’-]*|\d+[A-Za-z][\w-]*")
_TELLS_NOTHING = frozenset(
    """
    a an and another arm arms assigned at both by each either first for four from given group groups her his in into is
    it its n no number of on one or other others patient patients participant participants received receive receiving
    respectively same second study subjects than that the their them these third this those three to treated treatment
    two underwent versus vs was were which who with
    """.split()
)
_OPENING, _CLOSING = "([", ")]"


def trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """A stretch without the rest of a bracket at either end and without the words that part it from its neighbours."""
    begin, end = _within_brackets(text, begin, end)
    lead = _LEAD.match(text, begin, end)
    begin = lead.end() if lead else begin
    tail = _TAIL.search(text, begin, end)
    return begin, tail.start() if tail else end


def tells(words: str) -> bool:
    """Whether words name a treatment: one of them is more than a word for any group."""
    return any(word.lower() not in _TELLS_NOTHING for word in _WORD.findall(words))


def _within_brackets(text: str, begin: int, end: int) -> tuple[int, int]:
    """The stretch behind its last bracket that closes what it does not open, up to the first that it does not close."""
    opened: list[int] = []
    for at in range(begin, end):
        if text[at] in _OPENING:
            opened.append(at)
        elif text[at] in _CLOSING:
            if opened:
                opened.pop()
            else:
                begin = at + 1
    return begin, opened[0] if opened else end
