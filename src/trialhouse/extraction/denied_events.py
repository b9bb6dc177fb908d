"""Events that the words deny: "freedom from stroke", "a rhythm without atrial fibrillation", "88% had had no relapse".

Those who were spared an event are no result of it. Its name and the denial before it are one measure in the words of
the text, without the event's code. Words for a change or a difference between denial and name deny that alone:
"without a rise in bleeding (2% vs 3%)" still counts bleeding.
"""

import re
from collections.abc import Sequence

from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_FILLER = (
    r"(?:(?!(?:differ|change|increas|decreas|reduc|rise|rising|effect|impact|influence|improve|benefit|excess|worsen"
    r"|significan|advantage|association|correlat|relation|more|less|fewer|greater|higher|lower|and|or|but|in|on|at|by"
    r"|for|with|to|from|than|was|were|is|are|had|has|have|requir|need|using|adding)\w*\b)[\w'’-]+\s+){0,3}"
)
"""What may stand between a denial and the name of the event: "any", "further", "evidence of"."""
_SPARED = Cued(
    "free|without|absence of|lack of|avoid|never|not",
    r"(?<![\w-])(?P<start>(?:(?:alive|survival|survived|living)(?:,? and)?\s+)?"
    r"(?:free(?:dom|d)?[\s-](?:of|from)|without|(?:absence|lack|avoidance) of|avoided|avoiding"
    r"|never\s+(?:had|experienced|developed|suffered)"
    r"|(?:did|do|does|had|have|has)\s+not\s+(?:had?|have|experienced?|developed?|suffer(?:ed)?))"
    rf"\s+{_FILLER}|[a-z]+-free\s+)\Z",
    re.I,
)
"""Words that deny the event named behind them wherever they stand."""
_WHO = lazy_compile(rf"\b(?:in|among|for|of)\s+(?:the\s+|all\s+|those\s+)*(?:{PEOPLE}|those)\s+\Z", re.I)
_SHARE_WHO = lazy_compile(
    r"\b(?:proportions?|percentages?|numbers?|shares?|rates?|fractions?|likelihood|probability|\d|%)\s+of\s+[^.;:]{0,24}\Z",
    re.I,
)
_HAD_NO = Cued(
    "no|zero",
    r"(?<!\w)(?:had|have|having|experienced|developed|reported|showed|suffered|with|remained with)"
    rf"\s+(?:had\s+|experienced\s+|developed\s+)?(?P<start>(?:no|zero)\s+(?!longer){_FILLER})\Z",
    re.I,
)
"""What those who are counted did not have, told behind their numbers."""
_WHO_HAD = lazy_compile(
    rf"\b(?:{PEOPLE}|those|proportion|percentage)\s+(?:who|that|with|having)\b[^.;:,\d]{{0,20}}\Z", re.I
)
_NO = Cued("no", rf"(?<!\w)no\s+{_FILLER}\Z", re.I)
_IN_THOSE = lazy_compile(
    r"[^.;:,\d]{0,24}?\b(?:occurred|seen|observed|reported|noted|detected|found|recorded|developed|experienced)\s+"
    r"(?:in|by|among|for|with)\s+(?:the\s+|about\s+)?\Z",
    re.I,
)
"""Right before those in whom an event did not happen: "no relapse was seen in 47%"."""
_DID_TOO = lazy_compile(r"[^.;:,\d]{0,60}\bdid\b(?!\s+\w)")
"""Behind those of whom the clause before is said again: "63% had no relapse, whereas 6% of those on placebo did"."""
_PREVENTED = Cued("prevent|avert", rf"(?<!\w)(?:prevented|averted)\s+{_FILLER}\Z", re.I)
_RIGHT_IN = lazy_compile(r"\s+(?:in|for|among)\s+(?:the\s+|about\s+)?\Z", re.I)
_OR = lazy_compile(r",?\s+(?:and/)?or\s+(?:an?\s+|any\s+)?", re.I)
"""Between events that one denial is of: "free of stroke or relapse"."""
_LONGEST = 90
"""Characters before a name in which its denial is looked for."""


def with_denials(text: str, sentence: Sentence, names: Sequence[Mention]) -> list[Mention]:
    """The names of measures in a sentence, events that the words deny with their denial; not who is counted by it."""
    if not _SPARED.may_match(sentence.words):
        return list(names)
    out: list[Mention] = []
    denied: set[int] = set()
    for one in names:
        if out and out[-1].end in denied and _OR.fullmatch(text, out[-1].end, one.start):
            out[-1] = _in_own_words(text, out[-1].start, one.end)
            denied.add(one.end)
            continue
        begin = max(sentence.start, one.start - _LONGEST)
        denial = _SPARED.search(text, begin, one.start)
        if denial is None:
            out.append(one)
        elif not _says_who(text, begin, denial.start("start"), denial["start"]):
            start = denial.start("start")
            if (
                out
                and out[-1].is_known
                and text[out[-1].end : start].isspace()
                and denial["start"].startswith("without")
            ):
                start = out.pop().start
            out.append(_in_own_words(text, start, one.end))
            denied.add(one.end)
    return out


def _says_who(text: str, begin: int, at: int, denial: str) -> bool:
    """Whether a denial says of whom is spoken and not what became of them: "in patients without diabetes"."""
    if not denial.lower().startswith(("without", "free")) or not (who := _WHO.search(text, begin, at)):
        return False
    return not _SHARE_WHO.search(text, max(begin, who.start() - 30), who.end())


def denied_in(text: str, sentence: Sentence, numbers: Span, one: Mention) -> Mention | None:
    """An event that those counted by some numbers did not have, with its denial, or None where it is not denied."""
    begin = max(sentence.start, one.start - _LONGEST)
    had_no = _HAD_NO.search(text, begin, one.start)
    if had_no and (one.start >= numbers[1] or _WHO_HAD.search(text, begin, had_no.start("start"))):
        return _in_own_words(text, had_no.start("start"), one.end)
    if had_no and one.end <= numbers[0] and _DID_TOO.match(text, numbers[1], sentence.end):
        return _in_own_words(text, had_no.start("start"), one.end)
    for denial, behind in ((_NO, _IN_THOSE), (_PREVENTED, _RIGHT_IN)):
        found = denial.search(text, begin, one.start) if one.end <= numbers[0] else None
        if found and behind.fullmatch(text, one.end, numbers[0]):
            return _in_own_words(text, found.start(), one.end)
    return None


def _in_own_words(text: str, start: int, end: int) -> Mention:
    """A denied event in the words of the text."""
    return Mention(start, end, text[start:end].lower(), "binary", is_known=False)
