"""Several events that are one outcome: "death, myocardial infarction or stroke", "a composite of A and B".

Events joined by "or" are counted in those who had any of them, which is no measure of one of them alone: the list is a
measure in its own words, without a code. Events joined by "and" are one only where the words call them a composite.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_STOP = (
    r"(?!(?:was|were|is|are|had|has|have|been|be|did|does|do|occurred|occur|developed|achieved|experienced|reported"
    r"|reached|showed|fell|rose|at|during|within|after|by|before|than|versus|vs|compared|comparing|between|among|in|on"
    r"|over|until|through|per|who|which|that|and|or|p|while|whereas|but|not|no|without|respectively|because|as|if|when"
    r"|whichever|more|less|fewer|greater|higher|lower|better|worse|both|either|neither|patients|participants)\b)"
)
_WORD = rf"{_STOP}[A-Za-z][\w'’/-]*"
_WHEN = r"(?: (?:within|at|by) (?:\d+|one|two|three|six)[ -](?:hours?|days?|weeks?|months?|years?))?"
_MOVED = (
    r"(?:(?:an? |the |any )?(?:[a-z]+ )?(?i:declines?|decreases?|falls?|reductions?|drops?|loss|rises?|increases?"
    r"|doubling|worsening)(?: from baseline)? (?:in|of) (?:the )?)?"
)
"""What a limit is of: "a decline in the eGFR of at least 50%"."""
_LIMIT = (
    r"(?:(?: from baseline)?(?: of)? (?:(?:at least|more than|less than|above|below|[<>≤≥])\s?\d[\d,.]*(?<![.,])"
    r"(?:\s?%| [A-Za-zµμ/]{1,8})?|\d[\d,.]*(?<![.,])(?:\s?%| [A-Za-zµμ/]{1,8}){0,2}? or "
    r"(?:more|less|higher|lower|greater|fewer|above|below)))"
)
"""From which value on something is an event: "of 3% or more", "of at least 50%"."""
_LIMITED = lazy_compile(_LIMIT)
_ITEM = rf"{_MOVED}{_WORD}(?: {_WORD}){{0,8}}{_LIMIT}?(?: ?\([^()\d]{{2,160}}\))?"
_EITHER = lazy_compile(rf"(?<![\w'’/-]){_ITEM}{_WHEN}(?:, {_ITEM}{_WHEN}){{0,12}},? (?:and/)?or (?:an? |the )?{_ITEM}")
"""Events of which one is enough."""
_JOIN = rf"{_WHEN}(?:[,;] (?:and |or |and/or )?| and/or | and | or )"
_NAMED_COMPOSITE = Cued(
    "omposite|ombin",
    r"[cC](?:omposite|ombin(?:ed|ation))(?: (?!of\b)[a-z-]+){0,3}?"
    r"(?: (?:of|comprising|including|consisting of|comprised of|composed of|defined as)|,? ?\(|:)"
    rf" ?(?:either |the |any of )?(?P<list>(?:the )?{_ITEM}(?:{_JOIN}(?:an? |the )?{_ITEM}){{1,12}})",
)
"""What the words call a composite, with its events."""
_LEAD = lazy_compile(
    r"(?:.*\b(?:incidence|rates?|risks?|odds|number|occurrence|proportion|percentage|frequency|probability|likelihood"
    r"|hazard|episodes?) (?:of|for) |.*\btime (?:from [a-z]+ )?(?:to|until) |.*\b(?:with|whose|of whom) "
    r"|(?:the|an?|any|first|either|new|fewer) ){1,3}",
    re.I,
)
_NEGATED = lazy_compile(r"\b(?:freedom|free|survival free|alive|absence)(?: (?:of|from|without|and))+ \Z", re.I)
_QUALITY = lazy_compile(
    r"(?:[\w'’/-]+ )*(?!(?:survival|withdrawal|removal|transplant|infarct|event|accident)s?\Z)"
    r"(?:[a-z-]+(?:al|ic|ive|ous|ed|ary|ar|ate|ere|ete|ant|ent|ible|able)|minor|major|mild|good|poor|low|high|new|any|all)\Z",
    re.I,
)
"""A word for the quality of what follows: "moderate or severe hypoglycemia" is one event."""
_DEFINES = lazy_compile(r" \([^()\d]{4,200}\)")
_BRACKET = lazy_compile(r" ?\([^()]*\)")
_SPLIT = lazy_compile(
    r"[,;]? (?:and/or|and|or) (?!(?:more|less|higher|lower|greater|fewer|above|below)\b)(?:an? |the )?"
    r"|[,;] (?:an? |the )?"
)
_ENDS = lazy_compile(r"(?:,|[;.]|\Z| or | and )")
"""What stands behind a drug that is itself listed: "relapse or placebo" are no events."""
_LONGEST = 4000
"""Characters; a longer sentence is a table or rubbish."""
_BEFORE_LIST = lazy_compile(r"[\d%]\s?\Z")


def with_composites(
    text: str, begin: int, end: int, names: Sequence[Mention], drugs: Sequence[Mention] = ()
) -> list[Mention]:
    """The names of measures in a sentence, those that are events of one composite as one of its own words.

    Its `norm`, which tells composites apart, are its events in the order of the alphabet; it is no known one.
    """
    out = list(names)
    for start, events, stop in _lists(text, begin, end) if names and end - begin <= _LONGEST else ():
        inside = [one for one in out if events <= one.start and one.end <= stop]
        if not _are_events(text, events, stop, inside, out):
            continue
        if any(events < d.end <= stop and _ENDS.match(text, d.end) for d in drugs):
            continue
        at = out.index(inside[0])
        norm = _of_events(text, events, stop, inside)
        out[at : at + len(inside)] = [Mention(start, stop, norm, "binary", is_known=False)]
    return _with_definitions(text, out)


def is_quality(words: str) -> bool:
    """Whether words only say of what kind something is: "low", "moderate"."""
    return _QUALITY.fullmatch(words) is not None


@lru_cache(maxsize=64)
def _lists(text: str, begin: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """The lists of events in a sentence, in order, without overlap: where its name, its first event and its end are."""
    found = []
    for match in _NAMED_COMPOSITE.finditer(text, begin, end):
        closes = "(" in text[match.start() : match.start("list")] and text.startswith(")", match.end())
        found.append((match.start(), match.start("list"), match.end() + closes))
    if text.find(" or ", begin, end) < 0 and text.find("and/or ", begin, end) < 0:
        return tuple(found)
    for match in _EITHER.finditer(text, begin, end):
        lead = _LEAD.match(text, match.start(), match.start() + len(_SPLIT.split(match[0], maxsplit=1)[0]))
        start = lead.end() if lead else match.start()
        if any(a < match.end() and start < b for a, _, b in found):
            continue
        if not _BEFORE_LIST.search(text, max(begin, start - 2), start):
            negated = _NEGATED.search(text, max(begin, start - 24), start)
            found.append((negated.start() if negated else start, start, match.end()))
    return tuple(sorted(found))


def is_event_of(norm: str | None, composite: Mention | None) -> bool:
    """Whether a measure is one of the events of a composite."""
    return composite is not None and not composite.is_known and norm in composite.norm.split(" or ")


def _are_events(text: str, start: int, stop: int, inside: list[Mention], names: list[Mention]) -> bool:
    """Whether the words of a list are events: no quantities, no one event of several qualities, no longer name."""
    if not inside or any(one.kind == "continuous" and not _LIMITED.match(text, one.end, stop) for one in inside):
        return False
    if any(one.start < start < one.end or one.start < stop < one.end for one in names):
        return False
    if len(inside) == 1 and len(_SPLIT.split(text[inside[0].start : inside[0].end])) > 1:
        return False
    return not any(map(_QUALITY.match, _items(text, start, stop)[:-1]))


def _items(text: str, start: int, stop: int) -> list[str]:
    """The events of a list, in its words."""
    return [one.strip() for one in _SPLIT.split(_BRACKET.sub("", text[start:stop])) if one.strip()]


def _of_events(text: str, start: int, stop: int, inside: list[Mention]) -> str:
    """What tells a composite from others: its events, known ones by their names, others by their words."""
    events = []
    for item in _items(text, start, stop):
        known = [one.norm for one in inside if text[one.start : one.end] in item]
        events.append(known[0] if known else item.lower())
    return " or ".join(sorted(dict.fromkeys(events)))


def _with_definitions(text: str, names: list[Mention]) -> list[Mention]:
    """The names without those that a bracket defines the one before it by: "MACE (death, infarction or stroke)"."""
    out: list[Mention] = []
    for one in names:
        defined = _DEFINES.match(text, out[-1].end) if out else None
        if defined and one.end <= defined.end() and ("," in defined[0] or " or " in defined[0]):
            continue
        out.append(one)
    return out
