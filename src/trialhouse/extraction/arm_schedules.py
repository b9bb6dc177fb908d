"""Arms that differ by schedule alone: "X 30 mg every 4 weeks or every 8 weeks, or placebo" are two arms of X."""

import re

from trialhouse.extraction.arm_list import ArmList, Draft, Part
from trialhouse.extraction.arm_table import CONTROLS, ArmTable
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.size_lists import size_lists
from trialhouse.extraction.times import schedule
from trialhouse.text.lazy_patterns import lazy_compile

_OR = lazy_compile(r"[^.;]{0,70}(?:\bor\b|,)[^.;]{0,70}", re.I)
_LATER = lazy_compile(
    r"\b(?:then|thereafter|followed|first|loading|induction|initial\w*|after|until|switch\w*|titrat\w*|escalat\w*"
    r"|and every|maintenance)\b", re.I
)  # fmt: skip
_ENDS = lazy_compile(r"(?:\s*[(\[][^()\[\]]{0,60}[)\]])?\s*(?:[.;]|\Z|(?:for|over|through|during|until)\s)", re.I)
"""Behind the last schedule of a list: nothing that says who got which ("depending on weight")."""

Schedule = tuple[str, int, int]


def schedules(text: str, start: int, end: int) -> list[Schedule]:
    """All schedules of a stretch in order, as (the contract's words, start, end)."""
    found = []
    at = start
    while one := schedule(text, at, end):
        found.append(one)
        at = one[2]
    return found


def with_schedules(text: str, said: Said, listed: ArmList) -> ArmList:
    """The list of one drug with an arm for each schedule that it gives as alternatives and ends with.

    "Assigned to X every 4 weeks (n = 90) or every 12 weeks (n = 92)."
    """
    only = listed.drafts[0] if len(listed.drafts) == 1 else None
    if only is None or len(only.parts) != 1 or only.parts[0].mention.norm in CONTROLS:
        return listed
    given = _given(text, said, only)
    if len(given) < 2 or not _ENDS.match(text, given[-1][2], said.sentence.end):
        return listed
    if sum(d.norm in only.norms() and only.start <= d.start < given[-1][1] for d in said.drugs) > 1:
        return listed  # two forms of one drug may differ in more than their schedule
    rows = [row.numbers for row in size_lists(text, said) if row.closed and row.start > given[-1][1]]
    row = rows[0] if len(rows) == 1 and len(rows[0]) == len(given) else None
    drafts = []
    for i, one in enumerate(given):
        stop = given[i + 1][1] if i + 1 < len(given) else said.sentence.end
        beside = () if rows else (n for n in said.numbers if n.kind is Kind.SIZE and one[2] <= n.start < stop)
        size = row[i] if row else next(iter(beside), None)
        part = Part(only.parts[0].mention, only.parts[0].dose)
        drafts.append(Draft([part], size, only.start, max(only.end, one[2]), schedule=one))
    return ArmList(drafts, listed.shared)


def split_by_schedule(matter: Matter, table: ArmTable) -> None:
    """Turn an arm whose list gives it two or more schedules, one or the other, into an arm for each."""
    if table.source is None or table.factors or table.lines:
        return
    for draft in list(table.drafts):
        alone = sum(draft.norms() == other.norms() for other in table.drafts) == 1
        if not alone or len(draft.parts) != 1 or draft.parts[0].mention.norm in CONTROLS:
            continue
        given = _given(matter.reading.text, table.source, draft)
        if len(given) >= 2:
            at = table.drafts.index(draft)
            part = draft.parts[0]
            table.drafts[at : at + 1] = [
                Draft([Part(part.mention, part.dose)], None, draft.start, max(draft.end, one[2]), schedule=one)
                for one in given
            ]


def _given(text: str, said: Said, draft: Draft) -> list[Schedule]:
    """The schedules that a sentence gives one drug as alternatives, each once."""
    norm = draft.parts[0].mention.norm
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
