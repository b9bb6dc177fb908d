"""Where a text names registrations: ids of registries known and unknown, other codes with a year, and dates in figures.

Their figures are parts of names and dates, and no numbers of the trial: "(CTRI/2020/07/026789)", "(NTR 7654)",
"XYZ-2019/123 (trial registration)", "[Registered on: 12/01/2018]". More is taken here than is believed to be an id:
what follows on a registry's name is no result even where a slip in it lets it be none of its ids.
"""

import re
import string
from collections.abc import Iterable, Iterator

from trialhouse.extraction.people import PERSONS
from trialhouse.model.document import Document
from trialhouse.model.identifiers import REGISTRY_FORMS
from trialhouse.text.cues import Cued, lower_text
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

Span = tuple[int, int]

_NAMES = sorted({form.literal.upper() for form in REGISTRY_FORMS if form.literal.isalpha() and len(form.literal) > 2})
_NAMES += ["EudraCT", "EUCTR", "ReBec", "REPEC", "PROSPERO", "UMIN-CTR"]
_LOWER_NAMES = sorted({name.lower() for name in _NAMES}, key=len)
_LETTERS = frozenset(string.ascii_lowercase)
_A_NUMBER = r"(?:numbers?|no\b\.?|nr\b\.?|id|identifier|code|reference|#)"
_TO_CODE = (
    r"[\s:,;#(\[/.–-]{1,4}"
    r"(?:(?:the|as|in|at|under|with|by|is|was|registry|registration|trial|study)[\s:,;(\[-]{1,3}){0,4}"
)
_CODE = r"(?=[A-Za-z/-]{0,12}\d)\w(?:[\w/-]|\.(?=\d))*"
_PEOPLE = rf"\s+(?:[a-z]+\s+){{0,2}}{PERSONS}\b"
_YEAR = r"(?:19|20)\d\d"
_CODE_ALONE = rf"(?:[A-Z]{{2,10}}[/-]?\d[\w/-]*|\d{{6,}}[\w/-]*|{_YEAR}/\d[\w/]*)"

_BEHIND_NAME = (
    lazy_compile(rf"[\s#:(/–-]{{0,3}}\d{{4}}[\w/-]*+(?!\s*%|[.·]\d|{_PEOPLE})", re.I),
    lazy_compile(rf"{_TO_CODE}(?:{_A_NUMBER}[\s:,.(#]{{1,3}}{_CODE}|\d{{6,}}[\w/-]*|{_YEAR}/\d[\w/]*)", re.I),
)
"""The number that stands behind the name of a registry, right there or a few words on."""
_PATTERNS = (
    Cued(
        "19|20",
        rf"[A-Z](?<![\w/].)[A-Za-z]{{1,9}}(?:[-/][A-Z]{{1,6}}){{0,3}}"
        rf"[-/]{_YEAR}(?:[-/]\d{{1,3}}){{0,2}}[-/]\d{{1,7}}(?!\d)",
    ),
    Cued("regist", rf"\bregist(?:ration|ry|ered){_TO_CODE}{_A_NUMBER}[\s:,.(#]{{1,3}}(?:(?:is|was)\s+)?{_CODE}", re.I),
    Cued("egist", rf"\b[Rr]egist(?:ration|ry|ered){_TO_CODE}{_CODE_ALONE}"),
    Cued(
        "regist|identifier",
        r"[A-Z12](?<![\w/].)(?:(?<=[A-Z])[A-Z]{1,9}[/-]?\d|(?:(?<=1)9|(?<=2)0)\d\d/\d)[\w/-]*\s*[(\[](?:the\s+)?"
        r"(?:clinical\s+|trial\s+|study\s+){0,2}(?:regist(?:ration|ry)|identifier)\b",
        re.I,
    ),
    Cued("U1", r"\bU1\d{3}-\d{4}-\d{4}\b"),
    Cued(
        "19|20",
        rf"[0123456789](?<![\w./-].)(?:(?:(?<=[0-3])\d)?(?:/[0-3]?\d/|-[0-3]?\d-|\.[0-3]?\d\.){_YEAR}"
        rf"|(?:(?<=1)9|(?<=2)0)\d\d(?:/[01]?\d/|-[01]?\d-|\.[01]?\d\.)[0-3]?\d)(?![\d/-]|\.\d)",
    ),
)
_LONG_NUMBER = lazy_compile(r"\d{6}")
_NUMBERED = lazy_compile(
    at_word(*"numbers? no nr id identifier code protocol reference".split()) + r"\b[\s:.#]{1,3}\d{6,}[\w/-]*",
    re.I,
)


def registrations(document: Document) -> tuple[Span, ...]:
    """The spans of registrations and of dates in figures, in order; none of them overlaps another."""
    found = [(one.start, one.end) for one in document.registry_ids]
    names = _registries(document.text)
    found += [span for pattern in _BEHIND_NAME for span in _behind(pattern, document.text, names)]
    found += [match.span() for pattern in _PATTERNS for match in pattern.finditer(document.text)]
    if _LONG_NUMBER.search(document.text):
        found += [match.span() for match in _NUMBERED.finditer(document.text)]
    return tuple(_joined(sorted(found)))


def _registries(text: str) -> list[Span]:
    """The names of registries between other signs than letters, in any case; the longer one of two that begin alike."""
    lower = lower_text(text)
    found: dict[int, int] = {}
    for name in _LOWER_NAMES:
        start = lower.find(name)
        while start >= 0:
            end = start + len(name)
            if lower[start - 1 : start] not in _LETTERS and lower[end : end + 1] not in _LETTERS:
                found[start] = end
            start = lower.find(name, start + 1)
    return sorted(found.items())


def _behind(pattern: re.Pattern[str], text: str, names: list[Span]) -> Iterator[Span]:
    """The names of registries with the number behind them; what stands within such a span is no name any more."""
    done = 0
    for start, end in names:
        match = pattern.match(text, end) if start >= done else None
        if match:
            done = match.end()
            yield start, done


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans, those that overlap as one."""
    out: list[Span] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
