"""The time at which a text declares its primary outcome, which results of that outcome have that name no other."""

import re
from typing import NamedTuple

from trialhouse.extraction.context import About, times_in
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.terms import Mention
from trialhouse.text.lazy_patterns import lazy_compile

_LISTED = lazy_compile(r"\s*(?:,|and|or|to|through|/|, and)\s*(?:at\s+)?(?:\d|weeks?|months?)", re.I)
"""What goes on with a list of times, of which none is the one of the results."""
_WORD = lazy_compile(r"[^\W_]{3,}")


class DeclaredTime(NamedTuple):
    """The primary outcome, and the weeks and the place of the only time that its declaration names."""

    primary: Mention
    time: tuple[float, int, int]


def declared_time(matter: Matter, primary: Mention | None) -> DeclaredTime | None:
    """When the primary outcome is assessed, by the sentence that declares it; None where it tells several times."""
    if primary is None:
        return None
    said = next((one for one in matter.said if one.sentence.start <= primary.start < one.sentence.end), None)
    times = times_in(matter.reading.text, primary.start, said.sentence.end) if said else []
    if len(times) != 1 or _LISTED.match(matter.reading.text, times[0][2]):
        return None
    return DeclaredTime(primary, times[0])


def is_of_primary(what: About, declared: DeclaredTime, text: str) -> bool:
    """Whether a result is of the primary outcome: by its known name, or by the last words of what was declared."""
    primary = declared.primary
    if what.measure_at == (primary.start, primary.end):
        return True
    if primary.is_known or what.norm:
        return primary.is_known and primary.norm in (what.norm, what.key)
    told, said = (_WORD.findall(one.lower()) for one in (text[primary.start : primary.end], what.measure))
    return bool(said) and told[-len(said) :] == said
