"""Section labels of abstracts and articles, and their categories (NlmCategory of the National Library of Medicine)."""

import re
from dataclasses import dataclass

from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_MAIN = r"(?:(?:main|major|key|principal|primary|important|clinical|efficacy|study|trial|overall) ){0,2}"
_LABELS: dict[Section, str] = {
    Section.BACKGROUND: "background|what is (?:already )?known(?: already)?|introduction|context|rationale|importance|"
    "background and (?:aims?|"
    "objectives?|purpose)",
    Section.OBJECTIVE: "objectives?|aims?|purpose|goals?|study objectives?|aims? of the study|hypothesis|"
    "questions?|(?:research|study) question|aims and objectives",
    Section.METHODS: "methods?|methods and analysis|materials? and methods|patients and methods|methodology|"
    "participants and methods|subjects and methods|design|study design|trial design|design and methods|"
    "research design and methods|"
    "research design|setting|settings?|participants?|patients|subjects|interventions?|exposures?|"
    "study population|patient population|"
    "design, setting,? and participants|design and setting|setting and participants|design, setting, participants|"
    "main outcomes?(?: and)? measures?|main outcomes? measures?|outcome measures?|outcomes? and measures?|"
    "measurements?|main outcomes?|"
    "primary outcomes?|end ?points?|statistical analys[ei]s(?: used)?|procedures",
    Section.RESULTS: rf"(?:summary of )?{_MAIN}(?:outcome )?(?:results?|result\(s\)|findings?)"
    "(?: of the (?:study|trial))?|observations|outcomes|main results and the role of chance|"
    "(?:interventions?, )?measurements,? and (?:main )?results|"
    rf"{_MAIN}results? (?:summary|overview|at a glance)|summary results|"
    rf"what (?:were|are) the {_MAIN}(?:results|findings)(?: of (?:the|this) (?:study|trial))?\??|"
    r"what did (?:the|this) (?:study|trial|researchers) (?:find|show)(?: out)?\??|what we found|"
    r"what happened (?:in|during) (?:the|this) (?:study|trial)\??",
    Section.CONCLUSIONS: rf"{_MAIN}conclusions?|interpretation|discussion|significance|implications|"
    "clinical implications|clinical relevance|conclusions? and clinical relevance|summary|discussion and conclusions?|"
    "conclusions?/interpretation|limitations?|summary answer|wider implications(?: of the findings)?",
    Section.UNASSIGNED: "funding|trial registration|trial registration number|clinical trial registration|registration|"
    "clinical trials? registration(?: information)?|clinicaltrials\\.gov(?: identifier| number| registration)?|"
    "level of evidence|sources? of funding|trial registry|plain language summary|classification of evidence",
}
_SECTION_OF = [(section, lazy_compile(rf"(?:{names})\Z", re.I)) for section, names in _LABELS.items()]
_PARTS = lazy_compile(r"\s*(?:/|,|&|\band\b)\s*", re.I)
# Joined as authors please: "Results and limitations", "Design, setting, and participants".
_ONE = "|".join(_LABELS.values())
_ANY = rf"(?:{_ONE})(?:(?:\s?/\s?|,? and | ?& ?|, )(?:{_ONE})){{0,3}}"
_AT_START = lazy_compile(
    rf"(?:\d{{1,2}}\.?\s+)?({_ANY})\s{{0,2}}(?::|\.(?=\s+[A-Z])|(?<=\?)(?=\s)|[—–](?=\s|(?-i:[A-Z\d]))|\s-\s)", re.I
)
_ALONE = lazy_compile(rf"(?:\d{{1,2}}\.?\s+)?({_ANY})\s?[:.]?\Z", re.I)
# Within a paragraph a label stands after a sentence's end and begins with a capital. The white space is read before
# what stands ahead of it is asked: the engine skips to the former.
_BEHIND_SENTENCE = r"\s(?<=[.!?)\]]\s)\s*"
_BEHIND_FIGURE = r"\s(?<=[.!?)\]\d%]\s)\s*"
_INSIDE = Cued(":", rf"{_BEHIND_FIGURE}(?=[A-Z])((?i:{_ANY}))\s?:(?=\s)")
# Where the first label of a paragraph ends in a full stop or a dash, the others do too.
_MARKED_ALIKE = {
    ".": lazy_compile(rf"{_BEHIND_FIGURE}(?=[A-Z])((?i:{_ANY}))\.(?=\s+[A-Z\d])"),
    "-": lazy_compile(rf"{_BEHIND_FIGURE}(?=[A-Z])((?i:{_ANY}))(?:\s?[—–-]\s|[—–](?=[A-Z\d]))"),
}
# "RESULTS" in capitals without a sign, where another label stands in capitals.
_INSIDE_BARE = lazy_compile(rf"{_BEHIND_SENTENCE}((?=[A-Z]{{4}})(?i:{_ANY}))(?=\s+[A-Z\d](?![A-Z]))")
_OUTCOME = lazy_compile(r"(?:key )?(?:primary|secondary) (?:outcomes?|end ?points?)", re.I)
"""A label that below a heading of results is ahead of those of one outcome: "Results summary", "Primary outcome: …"."""
_CAPITALS = r"([A-Z][A-Z ,/&()-]{3,60}):(?=\s)"
_CAPITALS_AT_START = lazy_compile(_CAPITALS)
_CAPITALS_INSIDE = Cued(":", rf"{_BEHIND_SENTENCE}{_CAPITALS}")


@dataclass(frozen=True)
class Labelled:
    """A part of a paragraph: offsets in the paragraph (the label included), its category and the label as written."""

    start: int
    end: int
    section: Section
    label: str | None


def section_of(label: str) -> Section | None:
    """The category of a label's words, or None for words that are no label.

    UNASSIGNED for "Methods and results" and "Methods and findings" (`is_undivided`).
    """
    bare = " ".join(label.split())
    known = _known(bare)
    if known is not None:
        return known
    # "AIMS/HYPOTHESIS", "Introduction and purpose": the first part that is a label speaks for the whole, but results
    # are results also beside what they mean, and beside anything else nobody knows where they begin.
    parts = _parts_of(bare)
    if Section.RESULTS in parts:
        return Section.RESULTS if {*parts} <= {Section.RESULTS, Section.CONCLUSIONS} else Section.UNASSIGNED
    return parts[0] if parts else None


def is_undivided(label: str) -> bool:
    """Whether a label is of methods and results in one: nobody knows where in it the results begin."""
    bare = " ".join(label.split())
    whole = _known(bare)
    return whole in (None, Section.UNASSIGNED) and {Section.METHODS, Section.RESULTS} <= {*_parts_of(bare)}


def _parts_of(label: str) -> list[Section]:
    return [section for part in _PARTS.split(label) if (section := _known(part)) is not None]


def _known(label: str) -> Section | None:
    return next((section for section, pattern in _SECTION_OF if pattern.match(label)), None)


def heading_label(line: str) -> str | None:
    """The label that a line consists of, or None."""
    if len(line) > 70:
        return None
    found = _ALONE.match(line)
    return found[1] if found else None


def starts_with_label(paragraph: str) -> bool:
    """Whether a paragraph begins with a section label and has words after it."""
    found = _AT_START.match(paragraph) or _capitals_at_start(paragraph)
    return bool(found) and len(paragraph) > found.end() + 1  # type: ignore[union-attr]


def split_labelled(paragraph: str, section: Section, label: str | None) -> list[Labelled]:
    """Cut a paragraph at its inline labels ("METHODS: … RESULTS: …"); what comes before the first keeps `section`."""
    marks: dict[int, str] = {}
    first = _AT_START.match(paragraph)
    if first:
        marks[0] = first[1]
    capitals = _CAPITALS_AT_START.match(paragraph)
    if capitals:
        marks[0] = capitals[1]
    alike = _MARKED_ALIKE.get(_mark_of(first[0])) if first else None
    for found in (
        *_CAPITALS_INSIDE.finditer(paragraph, capitals.end() if capitals else 0),
        *_INSIDE.finditer(paragraph),
        *(alike.finditer(paragraph) if alike else ()),
    ):
        marks[found.start(1)] = found[1]
    if any(mark.isupper() for mark in marks.values()):
        for found in _INSIDE_BARE.finditer(paragraph):
            if found[1].isupper():
                marks.setdefault(found.start(1), found[1])
    starts = sorted(marks)
    parts = []
    if not starts or starts[0] > 0:
        parts.append(Labelled(0, starts[0] if starts else len(paragraph), section, label))
    for start, end in zip(starts, [*starts, len(paragraph)][1:], strict=True):
        known = section_of(marks[start])
        before = parts[-1].section if parts else section
        if before is Section.RESULTS and _OUTCOME.fullmatch(marks[start].strip()):
            known = before
        parts.append(Labelled(start, end, Section.UNASSIGNED if known is None else known, marks[start].strip()))
    return parts


def _mark_of(label: str) -> str:
    """What ends a label: a colon, a full stop, or a dash of any length."""
    last = label.rstrip()[-1:]
    return "-" if last in "—–-" else last


def _capitals_at_start(paragraph: str) -> re.Match[str] | None:
    found = _CAPITALS_AT_START.match(paragraph)
    # "RETRACTED: …" begins a title; at the start of a block only known words open the body.
    return found if found and section_of(found[1]) is not None else None
