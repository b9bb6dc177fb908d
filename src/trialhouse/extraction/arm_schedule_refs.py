"""Places that mean an arm by how often it is given: "200 mg every 8 weeks", "the every 8 weeks group", "Q8W"."""

import re
from collections.abc import Iterator, Sequence

from trialhouse.extraction.arm_list import Draft
from trialhouse.extraction.times import schedule
from trialhouse.text.lazy_patterns import lazy_compile

_GROUP = lazy_compile(r"[\s-]*(?:dosing\s+)?(?:groups?|arms?|regimens?|schedules?)\b", re.I)
_SHORT = lazy_compile(r"Q\d+[WMD]")
_FAR = 70
"""Characters behind a name within which its schedule stands."""
CLOSE = 20
"""Behind a dose that names its arm alone: the schedule is the next word, or another dose would have come before it."""


def narrowed(
    text: str, drafts: Sequence[Draft], fitting: list[int], end: int, *, stop: int, far: int = _FAR
) -> tuple[list[int], int]:
    """Of arms that a schedule tells apart those whose schedule stands behind `end`, before `stop`, and where it ends.

    The arms themselves where one of them has no schedule or none is told. A single arm is meant with its schedule where
    that follows and others are told by theirs: "100 mg every 4 weeks, 200 mg every 4 weeks, 200 mg every 8 weeks".
    """
    if not fitting or not any(draft.schedule for draft in drafts):
        return fitting, end
    found = schedule(text, end, min(stop, end + far))
    if found is None:
        return fitting, end
    if len(fitting) == 1:
        return fitting, end if text[end : found[1]].strip() else found[2]
    exact = [i for i in fitting if _told(drafts[i]) == found[0]]
    return (exact, found[2]) if exact and all(drafts[i].schedule for i in fitting) else (fitting, end)


def by_schedule_alone(text: str, start: int, end: int, drafts: Sequence[Draft]) -> Iterator[tuple[int, int, int]]:
    """Where a stretch means one arm by its schedule alone, as (start, end, arm): before a word for group, or as "Q8W".

    Only of arms that schedules tell apart, and of a schedule that no other arm has.
    """
    told = [_told(draft) for draft in drafts]
    if sum(one is not None for one in told) < 2:
        return
    at = start
    while found := schedule(text, at, end):
        words, begin, at = found
        means = told.count(words) == 1 and (_GROUP.match(text, at, end) or _SHORT.fullmatch(text, begin, at))
        if means:
            yield begin, at, told.index(words)


def _told(draft: Draft) -> str | None:
    return draft.schedule[0] if draft.schedule else None
