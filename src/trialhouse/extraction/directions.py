"""Which way a quantity went where a verb says only whether that is good: "improved by 2.1", "worsened by 0.4".

An improvement is a fall where less is better. That is known of a few kinds of measures, and said of others ("higher
scores indicate worse pain"). Where it is neither, a list that holds improvements and worsenings at once has no signs
that could be trusted, and is not said.
"""

import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.extraction.reading import Sentence
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

REASON = "direction_unknown"

_BETTER = r"(?:improved|got better|recovered)"
_WORSE = r"(?:worsened|deteriorated|got worse|degraded)"
_HOW_MUCH = r"(?:\s+(?:by|an?|mean|median|average|of|about|some|almost|nearly|only|just|over))*\s+\Z"
_VERB = Cued(
    "degraded|deteriorated|got better|got worse|improved|recovered|worsened",
    rf"\b(?:(?P<better>{_BETTER})|(?P<worse>{_WORSE})){_HOW_MUCH}",
    re.I,
)
_ANY_VERB = lazy_compile(
    rf"\b(?:(?P<better>{_BETTER}\s+by)|(?P<worse>{_WORSE}\s+by)|fell|rose|dropped|decreased|increased|reduced|declined"
    r"|changed|lowered|raised|gained|lost|was|were|reached|changes?|reductions?|decreases?|increases?)\b",
    re.I,
)
_OTHER_CLAUSE = lazy_compile(r";|\b(?:whereas|while|but|although)\b")
_LESS_IS_BETTER = lazy_compile(
    r"\b(?:pain|depressi\w+|anxiety|fatigue|itch|pruritus|disability|CDAI|SDAI|DAS-?28\w*|SLEDAI\S*|EASI|PASI|HAQ(?:-DI)?|BASDAI"
    r"|BASFI|UPDRS|ADAS-cog|PANSS|MADRS|HAM-?D|HbA1c|LDL\S*|CRP|hsCRP|C-reactive protein|triglycerides|cholesterol"
    r"|blood pressure|(?:systolic|diastolic) pressure|viral load|EDSS|IPSS|symptom (?:scores?|severity))\b",
    re.I,
)
_MORE_IS_BETTER = lazy_compile(
    r"\b(?:quality of life|FEV1|FVC|eGFR|HDL\S*|visual acuity|(?:6|six)-minute walk\w*|walk(?:ing)? distance|MMSE|MoCA"
    r"|Karnofsky|ejection fraction|bone mineral density|h[a]?emoglobin|KCCQ|SF-36|WOMAC function)\b",
    re.I,
)
_OTHER_WAY = lazy_compile(r"\b(?:KOOS|HOOS|SF-?36|bodily)\b", re.I)
_SAID = lazy_compile(
    r"\b(?P<more>higher|lower|greater|larger|smaller)(?:\s+(?:scores?|values?|numbers?|ratings?))?\s+"
    r"(?:indicat\w+|mean\w*|represent\w*|reflect\w*|denot\w+|(?:is|are|being|were)|=)\s+(?:an?\s+)?"
    r"(?P<worse>better|worse|more severe|greater severity|greater impairment|improve\w+|less severe)\b",
    re.I,
)
_GOOD = ("better", "less severe", "improve")


def better_direction(text: str, measure: str) -> int | None:
    """1 where more of a measure is better, -1 where less is, None where neither is known or said."""
    said = {
        (1 if match["worse"].lower().startswith(_GOOD) else -1)
        * (-1 if match["more"].lower() in ("lower", "smaller") else 1)
        for match in _SAID.finditer(text)
    }
    less, more = _LESS_IS_BETTER.search(measure), _MORE_IS_BETTER.search(measure)
    known = -1 if less and not more else 1 if more and not less else None
    if len(said) == 1 and (known is None or known in said):
        return said.pop()
    return None if said or (known == -1 and _OTHER_WAY.search(text)) else known


def went(text: str, sentence: Sentence, cell: Cell) -> int:
    """1 if the verb right before a number says that things got better, -1 worse, 0 if it says neither."""
    match = _VERB.search(text, max(sentence.start, cell.start - 60), cell.start)
    return 0 if match is None else 1 if match["better"] else -1


def _last_way(text: str, sentence: Sentence, cell: Cell) -> int:
    """What a list goes on with: the verb said once before its first number, where no other verb of change follows."""
    verbs = list(_ANY_VERB.finditer(text, sentence.start, cell.start))
    if not verbs or _OTHER_CLAUSE.search(text, verbs[-1].end(), cell.start):
        return 0
    return 1 if verbs[-1]["better"] else -1 if verbs[-1]["worse"] else 0


def is_unknown(line: Line, bound: Bound, measure: str) -> bool:
    """Whether values got better and worse, by a measure of which it is not known which way that is."""
    ways = {went(line.text, line.said.sentence, cell) for _, cell in bound.pairs}
    return -1 in ways and better_direction(line.text, measure) is None


def signed(text: str, sentence: Sentence, cell: Cell, measure: str, value: float) -> float:
    """A change with the sign that its verb gives it, where that is known; else as it is.

    The verb is the last one before the number that says whether things got better or worse.
    """
    way = went(text, sentence, cell) or _last_way(text, sentence, cell)
    better = better_direction(text, measure) if way else None
    return value if better is None or not way else abs(value) * way * better
