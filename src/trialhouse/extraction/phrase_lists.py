"""Lists of phrases that a sentence sets side by side as what people were assigned to.

"To cognitive therapy (n = 40) or usual care (n = 41)", "120 to the app and 118 to the control group". A list is read
whole or not at all: words that do not fit end it, and with it the reading.
"""

import re
from dataclasses import dataclass, replace

from trialhouse.extraction.arm_controls import GROUP, WHO
from trialhouse.extraction.arm_headings import SIZED, behind_heading
from trialhouse.extraction.elements import Said
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_TO = Cued(
    "allocated|assigned|random",
    r"\b(?:random(?:ly|i[sz]ed)|assigned|allocated)\b[^.;]{0,80}?"
    r"\b(?:to receive|to undergo|to either|into|between|to)\s+"
    r"(?:either\s+)?(?=[a-zA-Z]|\((?:1|a|i)\)\s|\d+(?:\.\d+)?%\s)",
    re.I,
)
_BETWEEN = lazy_compile(r"\s*(?:,\s*)?\b(?:or|and|versus|vs\.?)\s+(?:to\s+)?(?:receive\s+|undergo\s+)?", re.I)
_NEXT = lazy_compile(
    r"\s*,\s*(?P<last>(?:or|and)\s+)?(?:to\s+)?(?:receive\s+|undergo\s+)?(?=[A-Za-z\d]|\((?:\d|[a-h])\)\s)", re.I
)
_COURSE = lazy_compile(
    r"(?:(?:one of\s+(?:the\s+)?)?(?:two|three|four|five|[2-5])\s+(?:[\w-]+\s+)?(?:groups|arms|conditions)\s*[:,]\s*)?"
    r"(?:\((?:\d|[a-h]|[ivx]{1,3})\)\s*)?(?:an?\s+)?(?:\d+-(?:day|week|month|session|year)\s+|\d:\d\s+)?"
    r"(?:(?:one|two|three|\d)\s+(?:doses?|injections?|courses?|cycles?|sessions?)\s+of\s+"
    r"|\d+\s+(?:weeks|months|days|sessions|years)\s+of\s+)?(?:treatment\s+with\s+)?"
    r"(?:the\s+|an?\s+)?",
    re.I,
)
_SIZE = lazy_compile(
    r"\s*[(\[]\s*(?:(?P<short>[A-Z][A-Za-z-]{1,7})[;,\s]+)?(?:group\s*[;,]?\s*)?"
    rf"(?:[nN]\s*=\s*\d+|\d[\d,]*\s+{PEOPLE})[^()\[\]]{{0,30}}[)\]]"
)
_SHORT = lazy_compile(r"\s*[(\[]\s*(?P<short>(?!(?:AM|PM|QD|BID|TID)\b)[A-Z][A-Za-z/-]{1,7})\s*[)\]]")
_ASIDE = lazy_compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]")
_PHRASE = lazy_compile(
    r"(?:an?\s+|the\s+)?(?P<phrase>(?:\d+(?:\.\d+)?%\s)?[A-Za-z][\w'-]*(?:[ -](?:\d+(?:\.\d+)?%|[\w'-]+)){0,6}?)"
    r"(?=\s*(?:[(\[,.;:]|\bfor\s+\d|\b(?:over|during)\s+(?:an?\s+|the\s+)?\d|\Z)|\s+(?:or|versus|vs)\b)"
)
_CONTROLS = lazy_compile(rf"(?:serve as\s+|be\s+)?{GROUP}{WHO}", re.I)
_JOINED = lazy_compile(
    r"(?:an?\s+|the\s+)?(?P<phrase>[A-Za-z][\w'-]*(?:[ -][\w'-]+){0,3}\s*\(\d[^()=]{0,40}\)\s+"
    r"(?:followed by|plus|combined with|in combination with|and then|with)\s+(?:an?\s+|the\s+)?"
    r"[A-Za-z][\w'-]*(?:[ -](?!(?:or|for|versus|vs|in|at)\b)[\w'-]+){0,4}?)"
    r"(?=\s*(?:[(\[,.;:]|\bfor\s+\d|\b(?:over|during)\s+(?:an?\s+|the\s+)?\d|\Z)|\s+(?:or|versus|vs)\b)"
)
"""A treatment with its dose and what went with it: "alteplase (0.9 mg/kg) followed by thrombectomy"."""
_BARE_SIZE = lazy_compile(r"\s*[(\[]\s*\d[\d,]*\s*[)\]]")
"""A bracket that holds a number alone, which is a size where each arm of the list has one."""
_LASTS = lazy_compile(
    r"\s*\b(?:for|over|during)\s+(?:an?\s+|the\s+)?\d+(?:\.\d+)?[\s-](?:minute|hour|day|week|month|year)s?(?:\s+periods?)?\b"
)
"""How long a treatment went on, which is no part of its name."""
_GROUP_NAMED = lazy_compile(r"\b(?:group|arm)\b", re.I)
FEWEST, MOST_PHRASES = 2, 5
_COUNT = rf"{HEAD_COUNT}\s+(?:(?:[a-z-]+\s+)?{PEOPLE}\s+)?"
_COUNT_TO = Cued(
    "random|assign|allocat",
    rf"(?<![\w(])(?:{_COUNT}(?:(?:were|was)\s+)?(?:then\s+)?(?:\w+ly\s+)?(?:randomi[sz]ed|assigned|allocated)\s+to"
    rf"|(?:randomi[sz]ed|assigned|allocated)(?:\s*[:(,])?\s+{_COUNT}to"
    rf"|(?:randomi[sz]ed|assigned|allocated)\s*\({_COUNT}to)\s+(?:receive\s+|undergo\s+)?",
    re.I,
)
_COUNTED = lazy_compile(
    r"(?:an?\s+|the\s+)?(?P<phrase>[A-Za-z][\w'-]*(?:[ -](?!(?:or|and \d)\b)[A-Za-z][\w'-]*){0,7}?)"
    r"(?=\s*(?:[(\[,.;)]|\Z)|\s+and\s+(?:the\s+(?:other|remaining)\s+)?\d)"
)
_NEXT_COUNT = lazy_compile(
    rf"\s*(?:[,;]\s*)?(?:and\s+)?(?:the\s+(?:other|remaining)\s+)?{_COUNT}(?:(?:were|was)\s+(?:\w+ly\s+)?"
    r"(?:randomi[sz]ed\s+|assigned\s+|allocated\s+)?)?to\s+(?:receive\s+|undergo\s+)?",
    re.I,
)
"""Before each treatment of a list that counts people first, and between two of them: " and 118 to "."""
_ROLES = lazy_compile(r"(?:intervention|experimental|study|active|treatment|new treatment)", re.I)
"""What tells no more of an arm than its part in the trial."""
_NO_ARM = lazy_compile(
    r"\A(?:which|who|that|where|consisting|comprising|then|followed|thereafter|every|and|with|after|titrated|both|all|each"
    r"|maximum|maximal|minimum|starting|initial|up)\b"
    r"|\b(?:two|three|four|five|one of|1 of|2 of|arms?|ratio|blocks?|basis|order|sequence|treatments)\b"
    r"|\bgroups?\b(?!\s+(?!(?:that|which|who|receiv\w+|given|with|only|alone|or|and)\b)[a-z]{4})",
    re.I,
)
"""What is no treatment; "group therapy" is one, "the exercise group" a group that goes by its name."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a list of arms: its words in lower case, its abbreviation, and the drug that alone tells it."""

    name: str
    short: str | None
    start: int
    end: int
    drug: Mention | None = None
    sized: bool = False
    """Whether the bracket behind it says how many people were in the arm."""


def phrase_list(text: str, said: Said) -> list[Phrase]:
    """The phrases of the list of arms that a sentence gives, two or more; [] where it gives none that is read whole."""
    begin, end = _list_begins(text, said), said.sentence.end
    found = _listed(text, begin, end) if begin is not None else []
    return _in_full(found) or _counted(text, said)


def _in_full(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with what the first or the last says for all: "guided by A" or "by B", "high-" or "low-fat diet"."""
    first, last = (phrases[0].name, phrases[-1].name) if phrases else ("", "")
    lead, by, _ = first.partition(" by ")
    _, hyphen, tail = last.partition("-")
    out = []
    for one in phrases:
        name = f"{lead} {one.name}" if by and one.name.startswith("by ") else one.name
        out.append(replace(one, name=f"{name}{tail}" if hyphen and name.endswith("-") else name))
    return out


def _list_begins(text: str, said: Said) -> int | None:
    """Where a sentence begins to list what people were assigned to, by its words or its heading; None for others."""
    headed = behind_heading(text, said.sentence)
    if headed is not None:
        return headed
    match = _TO.search(text, said.sentence.start, said.sentence.end) if _TO.may_match(said.sentence.words) else None
    return match.end() if match else None


def _listed(text: str, start: int, end: int) -> list[Phrase]:
    """The phrases of a list, with their sizes in brackets behind them."""
    found: list[Phrase] = []
    at, last = start, False
    while len(found) < MOST_PHRASES:
        match = _one(text, at, end)
        if match is None:
            return []
        bracket = _SIZE.match(text, match.end(), end) or _SHORT.match(text, match.end(), end)
        short = bracket["short"] if bracket else None
        sized = SIZED.match(text, match.end(), end)
        found.append(_phrase_of(match, short, sized=_is_sized(text, match.end(), end)))
        bracket = bracket or sized or _ASIDE.match(text, match.end(), end)
        at = bracket.end() if bracket else match.end()
        course = _LASTS.match(text, at, end)
        at = course.end() if course else at
        glue, more = _BETWEEN.match(text, at, end), _NEXT.match(text, at, end)
        if last and not _goes_on(text, glue or more, end):
            break
        if not glue and not more:
            return []
        last = last or bool(glue or (more and more["last"]))
        at = (glue or more or match).end()
    return found if last and len({p.name for p in found}) == len(found) else []


def _one(text: str, at: int, end: int) -> re.Match[str] | None:
    """The next phrase of a list at an offset: a control group, a treatment with what went with it, or plain words."""
    course = _COURSE.match(text, at, end)
    begin = course.end() if course else at
    match = _CONTROLS.match(text, at, end) or _JOINED.match(text, begin, end)
    if match is not None:
        return match
    match = _PHRASE.match(text, begin, end)
    return match if match and not _NO_ARM.search(match["phrase"]) else None


def _goes_on(text: str, glue: re.Match[str] | None, end: int) -> bool:
    """Whether a list that seemed to be at its end goes on with an arm that has a size: "or of three: A (n = 70), B"."""
    following = _one(text, glue.end(), end) if glue else None
    return following is not None and _is_sized(text, following.end(), end)


def _is_sized(text: str, at: int, end: int) -> bool:
    """Whether a bracket gives the size of an arm and no name of its group, by which the text goes on to speak of it."""
    sized = SIZED.match(text, at, end)
    return _BARE_SIZE.match(text, at, end) is not None or bool(sized and not _GROUP_NAMED.search(sized.group()))


def _counted(text: str, said: Said) -> list[Phrase]:
    """The phrases of a list that counts people ahead of each: "120 were assigned to the app and 118 to usual care"."""
    end = said.sentence.end
    match = _COUNT_TO.search(text, said.sentence.start, end) if _COUNT_TO.may_match(said.sentence.words) else None
    found: list[Phrase] = []
    while match is not None and len(found) < MOST_PHRASES:
        one = _CONTROLS.match(text, match.end(), end) or _COUNTED.match(text, match.end(), end)
        words = one["phrase"] if one and "phrase" in one.re.groupindex else ""
        if one is None or _NO_ARM.search(words) or _ROLES.fullmatch(words):
            return []
        found.append(_phrase_of(one, None, sized=True))
        match = _NEXT_COUNT.match(text, one.end(), end)
    return found if len({p.name for p in found}) == len(found) >= FEWEST else []


def _phrase_of(match: re.Match[str], short: str | None, *, sized: bool) -> Phrase:
    """The phrase that was read: its words, or the name of a control group."""
    if "group" in match.re.groupindex:
        return Phrase(" ".join(match["name"].lower().split()), short, *match.span("group"), sized=sized)
    return Phrase(" ".join(match["phrase"].lower().split()), short, *match.span("phrase"), sized=sized)
