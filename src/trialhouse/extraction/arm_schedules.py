"""Arms that differ by schedule alone: "X 30 mg every 4 weeks or every 8 weeks, or placebo" are two arms of X."""

import re

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.arm_table import CONTROLS, ArmTable
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.times import schedule
from trialhouse.text.lazy_patterns import lazy_compile

_OR = lazy_compile(r"[^.;]{0,70}(?:\bor\b|,)[^.;]{0,70}", re.I)
_LATER = lazy_compile(
    r"\b(?:then|thereafter|followed|first|loading|induction|initial\w*|after|until|switch\w*|titrat\w*|escalat\w*"
    r"|and every|maintenance)\b", re.I
)  # fmt: skip

Schedule = tuple[str, int, int]


def schedules(text: str, start: int, end: int) -> list[Schedule]:
    """All schedules of a stretch in order, as (the contract's words, start, end)."""
    found = []
    at = start
    while one := schedule(text, at, end):
        found.append(one)
        at = one[2]
    return found


def split_by_schedule(matter: Matter, table: ArmTable) -> None:
    """Turn an arm whose list gives it two or more schedules, one or the other, into an arm for each."""
    if table.source is None or table.factors or table.lines:
        return
    for draft in list(table.drafts):
        alone = sum(draft.norms() == other.norms() for other in table.drafts) == 1
        if not alone or len(draft.parts) != 1 or draft.parts[0].mention.norm in CONTROLS:
            continue
        given = _given(matter, table.source, draft)
        if len(given) >= 2:
            at = table.drafts.index(draft)
            part = draft.parts[0]
            table.drafts[at : at + 1] = [
                Draft([Part(part.mention, part.dose)], None, draft.start, max(draft.end, one[2]), schedule=one)
                for one in given
            ]


def _given(matter: Matter, said: Said, draft: Draft) -> list[Schedule]:
    """The schedules that a sentence gives one drug as alternatives, each once."""
    text, norm = matter.reading.text, draft.parts[0].mention.norm
    own = [d for d in said.drugs if d.norm == norm and d.start >= draft.parts[0].mention.start]
    if not own:
        return []
    stop = min((d.start for d in said.drugs if d.norm != norm and d.start > own[0].end), default=said.sentence.end)
    out: list[Schedule] = []
    last = 0
    for one in schedules(text, own[0].end, stop):
        gap = text[last : one[1]] if out else ""
        if out and (not _OR.fullmatch(gap) or _LATER.search(gap)):
            break
        last = one[2]
        if all(one[0] != other[0] for other in out):
            out.append(one)
    return out
