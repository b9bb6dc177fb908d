"""Names of adverse events that the words beside them make more exact: why a treatment was stopped, which event it was.

"Treatment was discontinued because of any adverse event in 10%" counts those who stopped, and "the most common
complications were seroma (1 vs 5)" those with seroma.
"""

import re
from collections.abc import Sequence

from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

GENERAL = ("adverse events", "adverse event", "serious adverse events", "side effects")
_STOPPED = Cued(
    "because of|due to|owing to",
    r"\b(?:discontinu\w+|withdr[ae]w\w*|stopped|dropped out)\b[^.;:,\d]{0,40}\b(?:because of|due to|owing to)\s+"
    r"(?:(?:an?|any|the|treatment-related|study-related|drug-related)\s+)*\Z",
    re.I,
)
_PEOPLE_AHEAD = lazy_compile(rf"\b(?:{PEOPLE}|deaths?|eyes)\s*\Z", re.I)
_CALLED = lazy_compile(
    r"[^.;:()\d]{0,40}?(?:(?:at least|more than|over|≥|>)\s?\d+\s?%[^.;:()\d]{0,60}?)?"
    r"\b(?:were|included|including|such as)\s+(?P<what>(?!(?:more|less|lower|higher|similar|fewer|rare"
    r"|mild|common|uncommon|seen|reported|observed|not)\b)[a-z][a-z’'-]+(?: [a-z’'-]+){0,3}?) [(\[]\Z"
)
_GENERAL_WORDS = lazy_compile(r"adverse|complication|side|toxic|events?\Z")


def with_causes(text: str, sentence: Sentence, names: Sequence[Mention]) -> list[Mention]:
    """The names of a sentence, adverse events for which a treatment was stopped as what they are."""
    out: list[Mention] = []
    for one in names:
        stopped = one.norm in GENERAL and _STOPPED.search(text, max(sentence.start, one.start - 100), one.start)
        norm = "discontinuation due to adverse events"
        out.append(one._replace(start=stopped.start(), norm=norm, kind="binary") if stopped else one)
    return out


def in_own_bracket(text: str, span: Span, refs: Sequence[Span]) -> bool:
    """Whether numbers stand in a bracket behind words that are neither an arm nor participants: "shingles (3%)"."""
    if text[span[0] - 1 : span[0]] not in ("(", "["):
        return False
    return not any(span[0] - 4 <= end <= span[0] for _, end in refs) and not _PEOPLE_AHEAD.search(
        text, max(0, span[0] - 24), span[0] - 1
    )


def called(text: str, one: Mention, start: int) -> Mention | None:
    """Which event it was, right before the bracket of numbers at `start`, behind a name for events of any kind."""
    match = _CALLED.fullmatch(text, one.end, start) if _GENERAL_WORDS.search(one.norm) else None
    return Mention(*match.span("what"), match["what"], "binary", is_known=False) if match else None
