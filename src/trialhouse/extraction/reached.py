"""Names of quantities that the words beside them make something that participants had or reached: shares, not means.

"Blood pressure control" and "a reduction in X of at least 4 points" count those who reached it, "heart rate
abnormality" those who had it.
"""

import re

from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_TAIL = lazy_compile(
    r"[\s-]+(?:control|responses?|responders?|response rates?|remissions?|normali[sz]ation|targets?|goals?)\b"
    r"(?! groups?)",
    re.I,
)
_STEP = (
    r"(?:(?:reductions?|decreases?|improvements?|increases?|drops?|falls?|gains?|rises?|loss|changes?)"
    r" (?:in|of|from|on))"
)
_THRESHOLD_BEFORE = Cued(
    " or greater| or more|>=|a minimum of|at least|more than|≥|⩾",
    rf"(?:≥|>=|⩾|at least|a minimum of|more than)\s*(?:an? )?[\w.·]+[\s-]*(?:%|points?|mg/dL|fold|kg"
    rf"|\w+)?[\s-]*{_STEP}"
    rf"(?:[\s-](?:the|their|baseline|total|an?))*\s*\Z"
    r"|\b(?:reduction|decrease|improvement|increase|drop|fall|gain)s? (?:from baseline )?of (?:(?:at least|≥"
    r"|>=)\s*[\w.·]+"
    r"|[\w.·]+(?: ?%| \w+)? or (?:more|greater))[^.;:]{0,60}\Z"
    rf"|\b{_STEP}\s*(?:≥|at least)\s*[\w.·]+[\s-]*(?:%|points?|\w+)?\s*(?:in|on|of|from)(?:\s(?:the|their))*\s*\Z",
    re.I,
)
_THRESHOLD_BEHIND = lazy_compile(
    r"[\s-]*(?:scores?|levels?|values?)?[\s(]*(?:(?:[<>≤≥⩽⩾]|of less than|of more than|below|above|under|over)"
    r"\s*\d[\d,.·]*(?<![,.])"
    r"(?:\s*(?:%|mm ?Hg|[a-zµμA-Z]{1,6}/[a-zA-Z]{1,4}\b|points?\b|kg\b))?"
    r"|(?:reductions?|decreases?|improvements?|increases?|drops?|falls?|gains?)"
    r"(?: from baseline)? of (?:at least|≥|\w+(?: \w+)? or more))",
    re.I,
)
_DISORDER = lazy_compile(
    r"(?:\s+(?:pattern|tracing))?\s+(?:abnormalit(?:y|ies)|disorders?|disturbances?|irregularit(?:y|ies))\b", re.I
)
"""What makes a quantity an event: "fetal heart rate abnormality"."""


def as_share(text: str, sentence: Sentence, one: Mention) -> Mention:
    """A quantity as the share who reached something of it: "blood pressure control", "≥4-point reduction in X"."""
    disorder = _DISORDER.match(text, one.end, sentence.end)
    if disorder:
        return Mention(one.start, disorder.end(), text[one.start : disorder.end()], "binary", is_known=False)
    tail = _TAIL.match(text, one.end, sentence.end)
    if tail:
        return one._replace(end=tail.end(), kind="binary")
    ahead = _THRESHOLD_BEFORE.search(text, max(sentence.start, one.start - 110), one.start)
    behind = _THRESHOLD_BEHIND.match(text, one.end, sentence.end)
    if not ahead and not behind:
        return one
    start = ahead.start() if ahead else one.start
    end = behind.end() if behind else one.end
    opened = text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")"
    return one._replace(start=start, end=end + opened, kind="binary")
