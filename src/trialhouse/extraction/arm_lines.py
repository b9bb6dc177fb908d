"""Arms listed a line each, as in summaries: "Experimental: …", "- X 300 mcg (low dose)", "A. Placebo, weekly (n = 66)".

A run of lines is a list of arms when each begins with another treatment and something says so: a heading ("Arms",
"Treatment groups"), the type of an arm, a letter or a bullet with a dose or a size. Results are never such lines.
"""

import itertools
import re
from dataclasses import dataclass

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.arm_table import CONTROLS, ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.terms import Mention
from trialhouse.text.lazy_patterns import lazy_compile

_HEADING = lazy_compile(
    r"\A\W*(?:(?:study|treatment|trial|intervention|dose|randomi[sz]ed|the)\s+)*"
    r"(?:arms?|groups?|cohorts?|interventions?|treatments?|regimens?|comparison)\b[^.]{0,60}\Z",
    re.I,
)
_MARK = lazy_compile(r"\s*(?:(?P<bullet>[-–•*·▪◦])|(?P<letter>[A-H]|\d|[ivx]{1,3})[.)])\s+")
_TYPE = lazy_compile(
    r"\s*(?:(?:active|placebo|sham|no)[\s-]+(?:comparator|intervention)|experimental|control|comparator|intervention"
    r"|(?:study\s+)?(?:arm|group|cohort)\s+(?:[A-H]|\d|I{1,3}))(?:\s+(?:arm|group))?\s*(?::|[-–—]\s)\s*",
    re.I,
)
_LEAD = lazy_compile(
    r"\W*(?:(?:low|high|mid|medium)[\s-]dose\s+|oral\s+|subcutaneous\s+|intravenous\s+|matching\s+)?", re.I
)
_RESULT = (Kind.PERCENT, Kind.P_VALUE, Kind.INTERVAL, Kind.DISPERSION)
_OR = lazy_compile(r"\bor\b", re.I)


@dataclass(slots=True)
class _ArmLine:
    """A line that may be an arm: its draft, whether its mark or type says so, and the line's place."""

    said: Said
    draft: Draft
    typed: bool
    marked: bool


def from_lines(matter: Matter) -> ArmTable | None:
    """The first list of at least two arms that are lines of their own; None where there is none."""
    run: list[_ArmLine] = []
    heading: Said | None = None
    before: Said | None = None
    for said in (*matter.said, None):
        line = _arm_line(matter, said) if said else None
        if line:
            heading = before if not run else heading
            run.append(line)
            continue
        if said and run and said.sentence.paragraph == run[-1].said.sentence.paragraph:
            before = said
            continue
        table = _table(matter, run, heading)
        if table:
            return table
        run, before = [], said
    return None


def _arm_line(matter: Matter, said: Said) -> _ArmLine | None:
    """A sentence as a line of an arm, if it can be one."""
    text, start, end = matter.reading.text, said.sentence.start, said.sentence.end
    if said.sentence.is_title or not said.drugs or any(n.kind in _RESULT for n in said.numbers):
        return None
    mark = _MARK.match(text, start, end)
    at = mark.end() if mark else start
    type_ = _TYPE.match(text, at, end)
    at = type_.end() if type_ else at
    drugs = tuple(d for d in said.drugs if d.start >= at)
    if not drugs or not _LEAD.fullmatch(text, at, drugs[0].start) or not is_own(matter, said):
        return None
    return _ArmLine(said, _draft(text, said, drugs), type_ is not None, mark is not None)


def _draft(text: str, said: Said, drugs: tuple[Mention, ...]) -> Draft:
    """The arm of a line: each intervention once, with the first dose behind it; alternatives where "or" parts them."""
    parts: list[Part] = []
    for i, drug in enumerate(drugs):
        stop = drugs[i + 1].start if i + 1 < len(drugs) else said.sentence.end
        dose = next((d for d in said.doses if drug.end <= d.start < stop), None) if drug.norm not in CONTROLS else None
        same = next((p for p in parts if p.mention.norm == drug.norm), None)
        if same:
            same.dose = same.dose or dose
        else:
            parts.append(Part(drug, dose))
    label = None
    if len(parts) > 1 and re.match(r"\s*(?:\([^()]*\)\s*)?:", text[parts[0].mention.end : said.sentence.end]):
        label, parts = parts[0].mention, parts[1:]
    if len(parts) > 1 and all(_OR.search(text, a.mention.end, b.mention.start) for a, b in itertools.pairwise(parts)):
        for part in parts:
            part.alternative = True
    size: Typed | None = next((n for n in said.numbers if n.kind is Kind.SIZE), None)
    first = label or parts[0].mention
    last = parts[0].dose if label is None and parts[0].dose else first
    return Draft(parts, size, first.start, max(first.end, last.end), label=label)


def _table(matter: Matter, run: list[_ArmLine], heading: Said | None) -> ArmTable | None:
    """A run of lines as a table, where a heading, types, or marks with doses or sizes say that it is one."""
    unique = {line.draft.identity(): line for line in run}
    if len(unique) < 2 or len(unique) != len(run):
        return None
    headed = bool(heading and _HEADING.search(heading.sentence.words))
    told = any(line.draft.size or any(p.dose for p in line.draft.parts) for line in run)
    if not (headed or all(line.typed for line in run) or (told and all(line.marked for line in run))):
        return None
    lines = [line.said for line in run] + ([heading] if heading and headed else [])
    return ArmTable(
        [line.draft for line in run],
        source=run[0].said,
        rule="arms.listed",
        lines=frozenset(said.sentence.index for said in lines),
    )
