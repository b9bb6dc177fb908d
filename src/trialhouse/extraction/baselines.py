"""Values from before the treatment: told by the words before a value or right behind it, of an arm or of all.

In a crossover trial everybody gets every treatment, so that one baseline is that of each arm; elsewhere a baseline of
all participants is the whole trial's.
"""

import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.frames.ordered import is_unnamed_list
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import PEOPLE
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

RULE = "frame.baseline_of_all"
_CUE = Cued(
    "baseline|treat|entry|inclusion|age|were male|were female|were men|were women",
    at_word(
        "at (?:baseline|study entry|entry|inclusion)",
        "before treatment",
        "pre-?treatment",
        "baseline",
        "untreated",
        "mean age",
        "median age",
        "average age",
        "were (?:male|female|men|women)",
        "age[ds]? range",
        r"ages? (?=\d)",
    )
    + r"\b",
    re.I,
)
_FROM_IT = Cued(
    "above|adjusted|below|corrected|for|from|in|on|over|than|to|under|versus|vs|with",
    r"\b(?:from|with|versus|vs\.?|than|to|for|in|under|below|above|over|on)\s+(?:[\w-]+\s+){0,3}\Z|\b(?:adjusted|corrected)\W+\Z",
    re.I,
)
_FROM_IT_AT = Cued("from|than|to|versus|vs|with", r"\b(?:from|with|versus|vs\.?|than|to)\s+(?:[\w-]+\s+){0,3}\Z", re.I)
"""What takes "at baseline" away from a value; the words for whom a value is do not ("for all patients at baseline")."""
_CLOSED = lazy_compile(r"[^()\[\]]*\d[^()\[\]]*[)\]]")
"""Behind the word: its own bracket with a value ends before the next one ("(mean baseline 8.1%) was -1.1%")."""
_FROM_A = Cued(
    "from a|from the |with a|compared",
    r"\b(?:from (?:an? |the )(?:(?:overall|mean|average|median) )*|with an? (?:(?:overall|mean|average|median) )+)"
    r"baseline (?:(?:mean|value|level|of|HbA1c|was|[\w-]+(?= of\b)) ){0,3}(?:(?:approximately|about|around) )?\Z"
    r"|\bcompared (?:with|to) (?:the )?(?:(?:untreated|mean|average) )*baseline (?:\w+ )?[\[(]\s*\Z",
    re.I,
)
"""A value that something went from: "fell from a baseline of 8.1"; "fell from baseline by 8.1" is another matter.

So too one that people came with: "patients with a mean baseline HbA1c of 8.1".
"""
_OF_WHO = lazy_compile(
    rf"\b(?:among|in|for|of)\s+(?:the\s+|those\s+|all\s+)*(?:{PEOPLE}\s+)?(?:not|who|whose|with|without|[a-z]+ing)\b"
    r"[^,;.()]{0,80}\Z",
    re.I,
)
"""What makes the baseline that of a quality: "among patients not on a ventilator at baseline, 40 were intubated"."""
_OF_VALUE = lazy_compile(
    r"(?<![A-Za-z\d.·])\d[\d.,·]*\s*(?:%|mm ?Hg|[A-Za-zµμ/0-9²().]{1,9})?\s*(?:[(\[][^()\[\]]{1,20}[)\]]\s*)?"
    r"[,(]?\s*(?:for|of|on)?\s*\Z"
)
"""A value right before the word: "25 mm Hg at baseline, 18 …" says it of that value."""
_NOT_ITSELF = lazy_compile(r"[-\s]+(?:to|and|by|until|through|over|adjusted|corrected|period)\b|\s*[-–]\s*\w", re.I)
_BEHIND = lazy_compile(
    r"\s*[,(]?\s*(?:at|for|on|of|before) (?:the )?(?:(?:untreated|treated) )?"
    r"(?:baseline|study entry|treatment(?= [,(and]))\b"
    r"|\s*\((?:at )?baseline\)|\s*before(?= and \d)",
    re.I,
)
_AFTERWARDS = (
    r"\b(?:after|at (?:\d{1,2} (?:weeks|months|years|days)|week|month|day|year|end|the end)|end[ -]?point|final"
    r"|to(?=\s*(?:\Z|\d|an?\b|the\b|mean\b))|from|by|but|then|lower|higher|greater"
    r"|(?:week|month|day|year) [1-9]|change[sd]?|reductions?|(?:de|in)creased?|reduced|improved?|fell|rose)\b"
)
_LATER = lazy_compile(_AFTERWARDS, re.I)
_OTHERWISE = lazy_compile(rf"{_AFTERWARDS}|[.;](?=\s)", re.I)
"""Words that make a value behind "baseline" one of another time."""
_GOES_ON = lazy_compile(r"[\s,]*and\b", re.I)
_CHARACTERISTICS = lazy_compile(
    r"\W*(?:[A-Z]+:\s*|results?[:.]?\s+)?"
    r"(?:the |mean |median |patients?['’]? |participants?['’]? |key |clinical |demographics? )*"
    r"(?:(?:baseline|demographic)(?: and (?:clinical|baseline|demographic|disease))?"
    r" (?:characteristics|demographics|features|data|values|variables|parameters|measurements|measures|scores|levels)"
    r"|characteristics at baseline)\b",
    re.I,
)
_BESIDE = lazy_compile(r"V(?:\(P\))?,?(?:v|a[pt]{0,2}V)")
_SIMILAR = Cued(
    " arm| group|arms|groups|them|treatments",
    r"\b(?:similar|comparable|balanced|matched|alike|equal|identical|the same|no difference)\b[^.;]{0,60}"
    r"\b(?:groups|arms|treatments|them)\b|\b(?:both|all|each)(?: \w+)? (?:groups?|arms?)\b",
    re.I,
)
_BEHIND_ANOTHER = lazy_compile(r"V(?:\(P\))?,?(?:v|a)[pt]{0,2}\Z")
_ITS_ARM = lazy_compile(r"V(?:\(P\))?[pt]{1,4}A(?!,?[aov])")
_LINK = lazy_compile(r"\s*(?:\([^()]*\)\s*)?(?:in|for|with|on)\s+(?:the\s+)?")
_GROUP_BEHIND = lazy_compile(rf"{_LINK.pattern}(?:[\w-]+\s+){{1,4}}?(?:groups?|arms?)\b")
_ALL_GROUPS = lazy_compile(r"\b(?:both|all|each|two|three|four|whole|overall|entire|either)\b|s\Z", re.I)
_MAYBE = Cued(
    "baseline|untreated|study entry|before treatment", r"\b(?:baseline|untreated|study entry|before treatment)\b", re.I
)


def is_baseline(before: str, behind: str = "") -> bool:
    """Whether a value is from before the treatment, or says who the participants were, by what stands around it."""
    if _BEHIND.match(behind) or _FROM_A.search(before):
        return True
    cue = None
    for cue in _CUE.finditer(before):  # noqa: B007 - the last one counts
        pass
    if cue is None or (before.startswith(",", cue.end()) and _OF_WHO.search(before, 0, cue.start())):
        return False
    if _NOT_ITSELF.match(before, cue.end()) or _CLOSED.match(before, cue.end()):
        return False
    if (_FROM_IT_AT if cue[0][:3].lower() == "at " else _FROM_IT).search(before, 0, cue.start()):
        return False
    return not _OF_VALUE.search(before, 0, cue.start()) and not _OTHERWISE.search(before, cue.end())


def are_characteristics(before: str) -> bool:
    """Whether a sentence up to a value says who the participants were: "baseline characteristics were similar, …"."""
    told = _CHARACTERISTICS.match(before)
    return told is not None and not _LATER.search(before, told.end())


def is_later(words: str) -> bool:
    """Whether words between a baseline value and the next one make that one of a later time."""
    return bool(_LATER.search(words))


def baseline_of_all(line: Line, known: list[Bound], arm_count: int, *, crossover: bool, left_over: bool) -> list[Bound]:
    """Single baseline values of a sentence that names no arm for them: "mean IOP was 25 at baseline, 18 on A, 17 on B".

    Bound to each arm of a crossover trial, or where the arms are said to be alike, and else to none: it is the whole
    trial's. Where the sentence names arms, words before a value count only for one that is `left_over` by the other
    frames, and a value of which the words behind say it is none of all where an arm stands ahead of it.
    """
    text, begin, end = line.text, line.said.sentence.start, line.said.sentence.end
    if not (_MAYBE.may_match(line.said.sentence.words) and _MAYBE.search(text, begin, end)):
        return []
    each = crossover or _SIMILAR.search(text, begin, end)
    arms: tuple[int | None, ...] = tuple(range(arm_count)) if each else (None,)
    taken = {cell.start for one in known for _, cell in one.pairs}
    out: list[Bound] = []
    in_list = arm_count > 1 and is_unnamed_list(line, arm_count)
    last = begin
    for at, item in enumerate(line.items):
        cell = item.cell
        if cell is None or cell.numbers[0].kind is Kind.COUNT:
            continue
        words = text[last : cell.start]
        goes_on = bool(out) and out[-1].last == line.symbols.rfind("V", 0, at) and _GOES_ON.match(words)
        told = bool(_BEHIND.match(text, cell.end, end))
        if told and (_arm_ahead(line, at) or _BEHIND_ANOTHER.search(line.symbols, 0, at)):
            last = cell.end
            continue
        alone = not in_list and not _is_one_of_two(line.symbols, at)
        if not told and (left_over or "A" not in line.symbols) and alone:
            told = bool(goes_on and not _OTHERWISE.search(words)) or is_baseline(words)
        if told and cell.before is None and cell.start not in taken:
            own = _its_arm(line, at) if left_over else None
            if own is None and _is_of_a_group(line, cell):
                return []
            whose = arms if own is None else (own,)
            out.append(Bound(RULE, tuple((arm, cell) for arm in whose), at, at, window=(last, _stop(line, at))))
        last = cell.end
    return out


def _is_of_a_group(line: Line, cell: Cell) -> bool:
    """Whether a group or treatment stands behind a value, be it one of no known arm: "328 min in the X group"."""
    if group := _GROUP_BEHIND.match(line.text, cell.end, line.said.sentence.end):
        return not _ALL_GROUPS.search(group[0])
    link = _LINK.match(line.text, cell.end, line.said.sentence.end)
    return link is not None and any(drug.start == link.end() for drug in line.said.drugs)


def _arm_ahead(line: Line, at: int) -> bool:
    """Whether the clause of a value names an arm before it: "in the A group, IOP was 25 at baseline"."""
    begin = max(line.symbols.rfind(sign, 0, at) for sign in "b;") + 1
    return "A" in line.symbols[begin:at]


def _its_arm(line: Line, at: int) -> int | None:
    """The one arm that stands right behind a value: "baseline HbA1c was 8.4% for A, falling to …"."""
    match = _ITS_ARM.match(line.symbols, at)
    ref = line.items[match.end() - 1].ref if match else None
    return ref.arms[0] if ref else None


def _is_one_of_two(symbols: str, at: int) -> bool:
    """Whether a value is one of two that are set beside each other."""
    return bool(_BESIDE.match(symbols, at) or _BEHIND_ANOTHER.search(symbols, 0, at))


def _stop(line: Line, at: int) -> int:
    """Where the next value begins, or the sentence ends."""
    behind = line.symbols.find("V", at + 1)
    return line.items[behind].start if behind >= 0 else line.said.sentence.end
