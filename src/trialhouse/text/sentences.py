"""Split prose into sentences by rules of our own, keeping offsets.

Trial texts defeat general splitters: `P<.05.`, `i.v.`, `vs.`, `7.5 mg`, footnote digits glued to a full stop.
"""

import re
from collections.abc import Iterator

from trialhouse.text.lazy_patterns import lazy_compile

BEGINNING = r"\A\W*(?:[A-Z][A-Za-z ,/&]{2,40}:\s+)?"
"""A pattern of the beginning of a sentence, with the label of its part where it has one ("METHODS AND RESULTS: ")."""

_STOP = lazy_compile(r"[.?!。！？\n](?:(?<=\n)\n*)?+")
_ABBREVIATED = tuple(
    """
    vs al e.g i.e i.v s.c i.m p.o c.i s.d s.e i.q.r dr prof mr mrs ms st no nos fig figs approx ca cf resp inc ltd co
    jan feb mar apr jun jul aug sep sept oct nov dec wk wks yr yrs mo min max
    """.split()
)
_ABBREVIATION = lazy_compile(rf"(?:\b(?:{'|'.join(map(re.escape, _ABBREVIATED))})|(?:^|[\s(])[A-Z])\Z", re.IGNORECASE)
_INITIAL = lazy_compile(r"(?:^|[\s(.])[A-Z]\Z")
_LETTERED = lazy_compile(
    r"\b(?:groups?|arms?|types?|grade|class|phase|stage|parts?|cohorts?|regimens?|sequences?|vitamin|hepatitis|influenza)"
    r" [A-Z](?:(?:,| ?/|,? (?:and|or|vs\.?|to)) ?[A-Z])*\Z",
    re.I,
)
"""A letter that is a name and no initial: "patients of group P.", "in groups P and G."."""
_AFTER = lazy_compile(r"[)\]\"'”’»]*(?:\s+|\Z)")
_FOOTNOTE = lazy_compile(r"\d{1,2}(?:[-,–]\d{1,2})*\)?(?=\s+[(\"“A-Z]|\s*\n|\s*\Z)")
_OPENS = lazy_compile(r"[A-Z0-9(\[\"“‘'•À-ÖØ-Þ<≥≤±+-]")
_BULLET = lazy_compile(r"[ \t]*[•*·▪–-][ \t]+")
_LABEL = lazy_compile(r"[ \t]*[A-Z][A-Za-z0-9 ,'()/+-]{2,60}: ")
WRAPPED_LINE = 60
"""A line at least this long that ends without a stop is taken as wrapped prose that goes on in the next line."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The spans of the sentences of `text[start:end]`, in order, without the white space around them.

    A blank line, a list bullet and the end of a short line end a sentence as well as a full stop does.
    """
    end = len(text) if end is None else end
    spans = []
    begin = start
    for cut in _cuts(text, start, end):
        spans.append((begin, cut))
        begin = cut
    spans.append((begin, end))
    return [span for one in spans if (span := _trim(text, *one))[0] < span[1]]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets at which one sentence ends and the next begins, in order."""
    last = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < last:
            continue
        if text[stop.start()] == "\n":
            cut = _line_cut(text, stop, last, end)
        elif text[stop.start()] in "。！？":
            cut = stop.end()
        else:
            cut = _stop_cut(text, stop.start(), end)
        if cut is not None and cut > last:
            yield cut
            last = cut


def _line_cut(text: str, stop: re.Match[str], last: int, end: int) -> int | None:
    """Where a line break ends a sentence, or None when the line is only wrapped."""
    blank = text.find("\n", stop.end(), end)
    following = text[stop.end() : blank if blank >= 0 else end]
    if len(stop.group()) > 1 or not following.strip() or _BULLET.match(following) or _LABEL.match(following):
        return stop.end()
    line = text[max(last, text.rfind("\n", 0, stop.start()) + 1) : stop.start()].rstrip()
    wrapped = len(line) >= WRAPPED_LINE and not line.endswith((".", ":", ";", "?", "!"))
    if wrapped or (following.lstrip()[:1].islower() and not line.endswith((".", ":"))):
        return None
    return stop.end()


def _stop_cut(text: str, at: int, end: int) -> int | None:
    """Where the full stop, question or exclamation mark at `at` ends a sentence, or None when it does not."""
    before = text[max(0, at - 24) : at]
    if not before or before[-1] in " <>=≤≥(":
        return None
    footnote = _FOOTNOTE.match(text, at + 1, end) if before[-1].isalpha() or before[-1] in ')”"' else None
    tail = _AFTER.match(text, footnote.end() if footnote else at + 1, end)
    if tail is None:
        return None
    if tail.end() < end and "\n" not in tail.group() and not _OPENS.match(text, tail.end()):
        return None
    if text[at] == "." and footnote is None and _is_abbreviation(before, text[tail.end() : tail.end() + 1]):
        return None
    return tail.end()


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether the word before a full stop is one that carries its own, so that the sentence goes on."""
    if "A" <= before[-1] <= "Z" and _INITIAL.search(before):
        return not before.endswith((" I", " A", " B", " C", " D")) and not _LETTERED.search(before)
    can_be = before.lower().endswith(_ABBREVIATED) or before[-2:-1].isspace() or before[-2:-1] in ("", "(")
    return can_be and bool(_ABBREVIATION.search(before)) and not (following == "T" and before.endswith("co"))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
