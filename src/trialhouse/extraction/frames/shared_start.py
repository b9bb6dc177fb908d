"""Where arms began together: "fell from 8.1 to 7.0 with A and 7.6 with B", "8.1 fell to 7.0 with A, 7.6 on B".

The words say of one value that each arm's later value, or its change, began there. A baseline that the sentence only
tells beside the results stays the whole trial's.
"""

import re

from trialhouse.extraction.baselines import RULE
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

_WENT = lazy_compile(
    r"\b(?:decreased|increased|declined|reduced|lowered|fell|rose|dropped|improved|changed?|reductions?|decreases?"
    r"|increases?|declines?)\b",
    re.I,
)
_OF_ALL = lazy_compile(r"\b(?:overall|pooled|entire|all|total)\b", re.I)
_STATED = lazy_compile(r"\b(?:was|were|averaged|is)\s+(?:(?:approximately|about) )?\Z", re.I)
"""A baseline that is told for itself, before the sentence goes on to the arms: it stays the whole trial's."""
_STOPPED = lazy_compile(r"[.;:](?=\s)|\brespectively\b", re.I)
_OWN = lazy_compile(
    r"\b(?:from|by|was|were|had|rose|fell|decreased|increased|declined|dropped|changed?|remained|stayed|reached|vs|versus"
    r"|than|compared|change|reductions?|but|whereas|while)\b",
    re.I,
)
"""Words that give a further arm a course of its own: "and was 7.6 with B"."""


def with_shared_start(line: Line, bounds: list[Bound], arm_count: int) -> list[Bound]:
    """The bindings of a sentence, those of one start for all arms given to each of them."""
    out = [_each_from_first(line, one) for one in bounds]
    for at, one in enumerate(out[:-1]):
        following = out[at + 1]
        if one.rule == RULE and one.pairs[0][0] is None and _goes_on(line, one, following, arm_count):
            cell = one.pairs[0][1]
            out[at] = one._replace(
                pairs=tuple((arm, cell) for arm in sorted(a for a, _ in following.pairs if a is not None))
            )
    return out


def _each_from_first(line: Line, bound: Bound) -> Bound:
    """A list whose first value says what it changed from, and whose others only what to."""
    start = bound.pairs[0][1]
    if start.before is None or start.earlier or len(bound.pairs) < 2:
        return bound
    pairs = [bound.pairs[0]]
    for arm, cell in bound.pairs[1:]:
        alike = cell.numbers[0].kind is start.numbers[0].kind
        own = cell.before is not None or cell.earlier or _OWN.search(line.text, pairs[-1][1].end, cell.start)
        if own or not alike:
            return bound
        pairs.append((arm, cell._replace(before=start.before)))
    return bound._replace(pairs=tuple(pairs))


def _goes_on(line: Line, start: Bound, following: Bound, arm_count: int) -> bool:
    """Whether a value of all went to the values of a list that names every arm, or fell by them."""
    arms = {arm for arm, _ in following.pairs}
    if None in arms or len(arms) != arm_count or "V" in line.symbols[start.last + 1 : following.first]:
        return False
    words = line.text[start.end : following.start]
    begin = max(line.said.sentence.start, start.start - 60)
    if _OF_ALL.search(line.text, begin, start.start) or _STATED.search(line.text, begin, start.start):
        return False
    return bool(_WENT.search(words)) and not _STOPPED.search(words)
