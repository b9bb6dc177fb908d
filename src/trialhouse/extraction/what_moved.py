"""What was moved, told ahead of its number: "A reduced pain by 2.1", "led to less pain", "as likely to relapse"."""

import re

from trialhouse.extraction.reading import Sentence
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_WHAT = (
    r"(?P<what>(?!(?:risks?|odds|hazards?|rates?|incidence|frequency|likelihood|it|them|this|that|these|those|the|its|their)\b)"
    r"[a-z][a-z-]*(?: [a-z-]+){0,4}?)"
)
_ENDS = r"(?=\s+(?:on|at|by|after|during|compared|with|versus|vs|as|than|for|among|within|over|from)\b|\s*[(\[,;])"
_BY = lazy_compile(
    rf"\b(?:reduced|lowered|decreased|increased|raised|improved|cut|shortened|prolonged)\s+(?:the\s+|their\s+)?{_WHAT}\s+by\s+"
    r"(?:an?\s+(?:mean|average|median)\s+(?:of\s+)?)?\Z"
)
_LED_TO = lazy_compile(
    r"\b(?:led to|resulted in|produced|caused|had|experienced|(?:was|were) associated with|reported)\s+"
    r"(?:[a-z]+ly\s+)?(?:an?\s+)?"
    rf"(?:less|more|fewer|lower|higher|greater|better|worse|shorter|longer)\s+"
    rf"(?:(?:incidence|rates?|risks?|frequency|odds|likelihood) of )?{_WHAT}{_ENDS}"
)
_LIKELY_TO = lazy_compile(rf"\b(?:more|less|as) likely to (?:have (?:an? )?)?{_WHAT}{_ENDS}")
_CUES = (
    " by",
    "led to",
    "resulted in",
    "produced",
    "caused",
    "had ",
    "experienced",
    "associated with",
    "reported",
    "likely to",
)


def what_moved(text: str, sentence: Sentence, at: int) -> Span | None:
    """The words for what was moved, in a sentence whose numbers begin at `at`; None where none of the forms is told."""
    words = text[sentence.start : at]
    if not any(cue in words for cue in _CUES):
        return None
    by = _BY.search(text, sentence.start, at)
    if by:
        return by.span("what")
    told = [match for pattern in (_LED_TO, _LIKELY_TO) if (match := _last(pattern, text, sentence.start, at))]
    return max(told, key=lambda match: match.start()).span("what") if told else None


def _last(pattern: re.Pattern[str], text: str, start: int, stop: int) -> re.Match[str] | None:
    """The last place before a number where a pattern is found."""
    return next(reversed(list(pattern.finditer(text, start, min(len(text), stop)))), None)
