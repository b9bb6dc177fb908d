"""What kind of number a number is: its statistic, and whether it is a change from baseline, with its sign."""

import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.context import About
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.lost_weight import lost_or_gained
from trialhouse.extraction.movement import movement
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.times import WEEKS
from trialhouse.model.enums import DispersionType, Statistic
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_SIGN = lazy_compile(r"[-−–](?=\d)")
_FIGURE = lazy_compile(r"\d[\d,.·]*\s*%?")
_DIGIT = lazy_compile(r"\d")
_WHEREAS = lazy_compile(r"\bwhereas\b|;")
_FALL = (
    r"(?:reduced?|decreased?|declined?|fell|fall|fallen|dropped|drop|lowered|diminished|came down|went down"
    r"|shrank|shrunk|cut)"
)
_FALL_BY = Cued(
    "by",
    rf"\b{_FALL}\b(?:[^.;\d]{{0,60}}?)\bby\s+(?:a |an )?(?:mean |median "
    rf"|average )?(?:of )?\Z",
    re.I,
)
_BY = lazy_compile(at_word("by") + r"\s+(?:a |an )?(?:mean |median |average )?(?:of )?\Z", re.I)
_MOVED_SO = lazy_compile(rf"\b(?:(?P<fall>{_FALL})|increased?|rose|risen|rise|improved|grew|grown|climbed)\b", re.I)
"""A verb that says which way; a part that has none, "…; Y by W", goes on with that of the one before."""
_FALLS_BY = Cued("by", rf"\b{_FALL}\b[^.;]{{0,40}}\bby\b", re.I)
_RISE_BY = Cued(
    "by",
    r"\b(?:increased?|rose|risen|rise|improved|grew|grown|went up|climbed)\b(?:[^.;\d]{0,60}?)\bby\s+(?:a "
    r"|an )?(?:mean |median |average )?(?:of )?\Z",
    re.I,
)
_FALL_OF = Cued(
    "decline|decrease|drop|fall|loss|lowering|reduction",
    r"\b(?:reductions?|decreases?|declines?|(?<!\d )(?<!rate of )(?<!number of )(?<!risk of )falls?|drop|lowering"
    r"|(?<!blood )(?<!fluid )loss)\b(?! of at least)(?![^.;]{0,40}\b(?:response|achiev|patients))[^.;\d]{0,170}\Z",
    re.I,
)
_CHANGE = Cued(
    "change|from baseline|gain|improvement|increase",
    r"\bchanges?\b[^.;\d]{0,120}\Z|\bfrom baseline\b[^.;\d]{0,90}\Z|\b(?:increases?|gains?"
    r"|improvements?)\b (?:in|of|from)\b[^.;\d]{0,90}\Z",
    re.I,
)
_SHARE_WORDS = Cued(
    "achiev|common|experienced|frequent|incidence|occurred|patient w|patients w|percentage|proportion|rate of|rates of"
    "|reported|respon",
    r"\b(?:proportions?|percentages? of|(?<!\bin )(?<!\bamong )patients? (?:with|achieving|who)|achiev\w+|response"
    r"|responders?|incidence|rates? of|occurred|reported|experienced"
    r"|(?:more|less|most|as) (?:common|frequent)(?:ly)?)\b",
    re.I,
)
_STATISTICS = (
    (Statistic.MEDIAN, Cued("median", r"\bmedians?\b", re.I)),
    (
        Statistic.LEAST_SQUARES_MEAN,
        Cued(
            "mean|lsm",
            r"\b(?:least[\s-]squares?|LS)[\s-](?:adjusted )?means?\b|\badjusted (?:\([^()]{1,12}\) )?means?\b"
            r"|\bLSM\b",
            re.I,
        ),
    ),
    (Statistic.GEOMETRIC_MEAN, Cued("geometric mean", r"\bgeometric means?\b", re.I)),
    (Statistic.MEAN, Cued("mean|average|+/-|±", r"\b(?:means?|averages?|\+/-|±)(?!\w)", re.I)),
)
_SPAN_OF_TIME = r" (?:(?:duration|length|time|period) of )?(?:[\w-]+ ){0,2}?(?:follow-?up|observation|exposure|age)\b"
_OVER_TIME = r" an? (?:median|mean|average) of (?=[\d.]+ (?:day|week|month|year))"
_OF_TIME = Cued(
    "follow|observation|exposure|age|median of|mean of|average of",
    at_word(
        *(word + _SPAN_OF_TIME for word in ("median", "mean", "average")),
        *(word + _OVER_TIME for word in ("over", "during")),
    ),
    re.I,
)
"""What is a median or a mean and no result: "at a median follow-up of 58 months"."""
_RATE = Cued(
    "annual|per|rate|/patient|/person|/subject",
    r"\b(?:annuali[sz]ed|annual (?:\w+ ){0,2}rates?|per (?:100 )?(?:patient|person|subject)[\s-](?:years?|months?)"
    r"|per (?:patient|person|subject) per (?:year|month)|rate of events|incidence rate"
    r"|(?:events?|episodes?|attacks?) per)\b"
    r"|/(?:patient|person|subject)[\s-](?:year|month)",
    re.I,
)
_PER_TIME = lazy_compile(
    r"(?:\s*(?:vs\.?|versus|and|or|,|compared with)*\s*[\d.·]+\s*%){0,3}\s*(?:per|/|an?|each|every)\s*"
    r"(?:(?:person|patient|participant)[\s-])?(?:year|month|week|day)\b",
    re.I,
)
"""Behind a percentage that is a rate over time: "2.1% per year", "2.1% vs 3.4% a year"."""
_NOT_COUNTED = (None, "%", "percentage points", "participants", "events")
_NUMBER_OF = lazy_compile(
    rf"\bnumbers? of (?:{PEOPLE}|events|episodes|cases|deaths|eyes)\b"
    r"|\b(?:events?|cases?|deaths?|episodes?|infections?|malignanc\w+|hospitali[sz]ations?)\s+(?:were|was)\s+"
    r"(?:reported|observed|recorded|noted|seen)\b",
    re.I,
)
_IN_SO_MANY = Cued(
    "found|noted|observed|present|recorded|seen|shown",
    r"\b(?:observed|seen|noted|recorded|found|shown|present) (?:in|by|among)\s+\Z",
    re.I,
)
_SEEN_IN = Cued(
    "found|noted|observed|present|recorded|seen|shown",
    r"\b(?:observed|seen|noted|recorded|found|shown|present) (?:in|by|among)\s+\d[\d.·]*\s?%[^;]*\Z"
    r"|\b(?:observed|seen|noted|recorded|found|shown|present) (?:in|by|among)\s+\Z",
    re.I,
)
"""Before shares of those in whom something was seen, which are no change: "loss of response was seen in 6%"."""
_OF_PEOPLE = lazy_compile(
    rf"\s*(?:of\s+(?:the\s+|all\s+|those\s+)?)(?:[\w-]+\s+){{0,3}}?(?:{PEOPLE}|eyes|those)\b", re.I
)
_MOVED = r"(?:reductions?|decreases?|improvements?|increases?|drops?|falls?|gains?|loss|changes?)"
_MOVES = lazy_compile(rf"\b{_MOVED}\b|\b{_FALL}\b", re.I)
_BRACKET = lazy_compile(r"\([^()]*\)")
_REACHED = Cued(
    ">|at least|greater|more|≥",
    rf"\b{_MOVED}\b[^.;:()\d≥>]{{0,40}}?"
    r"(?:(?:at least|≥|>=|>|more than)\s*[\w.·]+|\d[\d.·]*\s*(?:%|\w+)?\s+or\s+(?:more|greater))"
    rf"|(?:≥|>=|>|at least|more than)\s*(?:an?\s+)?[\d.·]+[\s-]{{0,2}}(?:%|[a-z]+)?[\s-]{{1,2}}(?:[a-z]+\s)?{_MOVED}\b",
    re.I,
)
"""A change that participants reached or did not: "an improvement of 4 or more points", "a ≥30 % reduction"."""
_CORRESPONDING = lazy_compile(
    r"\b(?:corresponding|respective|same|these|those) (?:\w+ )?(?:figures?|values?|changes?|numbers)\b", re.I
)
_THAN_BASELINE = lazy_compile(
    r"\s*(?:points?\s+)?(?:(?P<fall>lower|less|fewer|smaller|shorter)|higher|greater|more|longer|larger)\s+than\s+"
    r"(?:at |the |their |corresponding )*baseline\b",
    re.I,
)
"""A change told as a distance: "2.6 mm Hg lower than baseline"."""


def statistic(
    text: str, what: About, cell: Cell, sentence: Sentence, said_before: str = "", *, changed: bool
) -> list[Statistic | None]:
    """The statistic of each number of a cell; `said_before` are the words that a carried measure comes from.

    `changed` is whether the cell is a change from baseline by its own words (`change_sign`).
    """
    before = _heading(text, sentence, cell) + text[max(sentence.start, cell.start - 160) : cell.start]
    whole = _OF_TIME.remove(text[sentence.start : sentence.end] + said_before)
    before = _OF_TIME.remove(before)
    out: list[Statistic | None] = []
    counted = any(n.kind is Kind.COUNT for n in cell.numbers)
    stated = next((s for s, pattern in _STATISTICS if pattern.search(before)), None)
    if stated is None and cell.dispersion_type is DispersionType.IQR:
        stated = Statistic.MEDIAN
    share = what.kind != "continuous" or bool(_SHARE_WORDS.search(before)) or counted or _is_of_people(text, cell)
    for number in cell.numbers:
        if number.kind is Kind.COUNT:
            out.append(Statistic.COUNT)
        elif number.kind is Kind.PERCENT and not changed and not stated and _PER_TIME.match(text, cell.end):
            out.append(Statistic.RATE)
        elif number.kind is Kind.PERCENT and not changed and share and not (stated and cell.dispersion):
            out.append(Statistic.PERCENT)
        elif _RATE.search(whole) and not stated and what.kind != "continuous" and not cell.dispersion:
            out.append(Statistic.RATE)
        elif stated:
            out.append(stated)
        elif _is_whole(number, cell) and what.kind != "continuous" and _NUMBER_OF.search(before):
            out.append(Statistic.COUNT)
        else:
            known = next((s for s, pattern in _STATISTICS if pattern.search(whole)), None)
            measured = bool(cell.dispersion) or what.kind == "continuous" or _is_amount(number) or changed
            out.append(known or (Statistic.MEAN if measured else None))
    return out


def _is_of_people(text: str, cell: Cell) -> bool:
    """Whether a percentage is one of participants by the words beside it: "seen in 6%", "6% of patients"."""
    return bool(_OF_PEOPLE.match(text, cell.end) or _IN_SO_MANY.search(text, max(0, cell.start - 40), cell.start))


def _is_whole(number: Typed, cell: Cell) -> bool:
    """Whether a number can be a count: whole, of no unit, without a spread."""
    return number.unit is None and number.value == int(number.value) and not cell.dispersion


def _is_amount(number: Typed) -> bool:
    """Whether a number is an amount of something measured: negative, or with a unit, none of time or of counts."""
    return number.value < 0 or (number.unit not in _NOT_COUNTED and str(number.unit).rstrip("s") not in WEEKS)


def _only_reached(before: str) -> bool:
    """Whether the last change before a number is one that participants reached, and no amount."""
    found = list(_REACHED.finditer(before))
    return bool(found) and not _MOVES.search(_BRACKET.sub("", before[found[-1].end() :]))


def _heading(text: str, sentence: Sentence, cell: Cell) -> str:
    """The words before a colon that head a list of values, where semicolons part the cell from them."""
    colon = text.find(": ", sentence.start, cell.start)
    if colon < 0 or ";" not in text[colon : cell.start]:
        return ""
    return text[sentence.start : colon] + " "


def _elided(before: str) -> int:
    """-1 or 1 where the last part of some words has "by" and no verb, and goes on with the verb of a part before."""
    if not _BY.search(before):
        return 0
    said = _BRACKET.sub("", before)
    moves = [*_MOVED_SO.finditer(said)]
    if not moves or _MOVED_SO.search(_WHEREAS.split(said)[-1]):
        return 0
    return -1 if moves[-1]["fall"] else 1


def change_sign(text: str, sentence: Sentence, cell: Cell, said_before: str = "") -> tuple[bool, int]:
    """Whether a cell is a change from baseline, and -1 when the words make a positive number a decrease."""
    if cell.before is not None:
        return False, 1
    if than_baseline := _THAN_BASELINE.match(text, cell.end, sentence.end):
        return True, -1 if than_baseline["fall"] else 1
    before = text[sentence.start : cell.start]
    if cell.numbers[-1].kind is Kind.PERCENT and (_only_reached(before) or _SEEN_IN.search(before)):
        return False, 1
    tail = _FIGURE.sub("", _SIGN.sub("", before))[-260:]
    if ";" in tail or "whereas" in tail:
        tail = _WHEREAS.split(_BRACKET.sub("", tail))[-1]
    if heading := _heading(text, sentence, cell):
        tail = _DIGIT.sub("", heading) + tail
    if _SHARE_WORDS.search(tail[-90:]) and not _FALL_BY.search(before[-90:]):
        return False, 1
    moved = movement(before[-90:], text[cell.end : cell.end + 6]) or _elided(before)
    moved = moved or lost_or_gained(text, sentence.start, cell.start, cell.numbers[-1].unit)
    if moved:
        return True, moved
    if _FALL_BY.search(before[-90:]) or _FALLS_BY.search(tail):
        return True, -1
    if _RISE_BY.search(before[-90:]):
        return True, 1
    if _FALL_OF.search(tail):
        return True, -1
    if _CHANGE.search(tail):
        return True, 1
    if said_before and _CORRESPONDING.search(before):
        falls = re.search(
            rf"\b{_FALL}\b[^.;]{{0,60}}\bby\b|\b(?:reductions?|decreases?|declines?)\b", said_before, re.I
        )
        return bool(falls or re.search(r"\bchanges?\b", said_before, re.I)), -1 if falls else 1
    return False, 1
