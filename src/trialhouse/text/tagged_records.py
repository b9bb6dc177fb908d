"""Records of files made of tagged lines: PubMed's format ("PMID- 123"), RIS ("TY  - JOUR") and Web of Science's own
("PT J", often named .ciw).

Everything counts characters, and what is looked for is ASCII: a text decoded as Latin-1 gives the places in its bytes.
"""

import re
from dataclasses import dataclass

from trialhouse.text.lazy_patterns import lazy_compile

# A byte order mark, as a character or as three bytes of Latin-1, may stand before the first line.
_LINE_START = "(?:^|(?<=\ufeff)|(?<=\u00ef\u00bb\u00bf))"

NBIB_LINE = lazy_compile(rf"{_LINE_START}(?P<tag>[A-Z][A-Z0-9]{{1,4}})(?: {{0,3}})-(?=\s|[0-9]|\Z) ?", re.M)
"""The beginning of a line of PubMed's format: a tag in four columns, a hyphen, mostly a space."""

RIS_LINE = lazy_compile(rf"{_LINE_START}(?P<tag>[A-Z][A-Z0-9])(?: {{1,3}}-(?=\s|\S|\Z)|-(?=\s|\Z))[ \t]?", re.M)
"""The beginning of a line of RIS."""

CIW_LINE = lazy_compile(rf"{_LINE_START}(?P<tag>[A-Z][A-Z0-9])(?:[ \t]|(?=\n|\Z))", re.M)
"""The beginning of a line of Web of Science's format: a tag of two characters and a space."""

_CIW_START = lazy_compile(rf"{_LINE_START}PT [A-Z]\b", re.M)
_CIW_END = lazy_compile(r"^ER[ \t]*(?:\n|\Z)", re.M)
_CIW_KEY = lazy_compile(r"^UT (\S{1,60})[ \t]*$", re.M)
_CIW_HEAD = lazy_compile(r"(?:FN (?:Clarivate|Thomson|ISI)\b|PT [A-Z]\n(?:AU|AF|TI|BA|CA|GP|BE|SO) )")
_NBIB_SIGNS = lazy_compile(r"^(PMID|OWN|STAT|FAU|JT|PHST|PMC|JID|MH|PT|DCOM|EDAT)(?: {0,3})-", re.M)
_RIS_START = lazy_compile(rf"{_LINE_START}TY {{0,3}}-", re.M)
_RIS_END = lazy_compile(r"^ER {0,3}-[ \t]*(?:\r\n?|\n|\Z)", re.M)
_PMID = lazy_compile(r"^PMID ?-\s{0,3}([0-9]{1,8})", re.M)
_KEY = lazy_compile(r"^(?:ID|AN) {1,3}- {0,2}(\S{1,60})[ \t\r]*$", re.M)
_HEAD = 4000
_ENOUGH_LINES = 3


@dataclass(frozen=True, slots=True)
class RecordSpan:
    """Where one record stands in a text, and the key that it gives itself."""

    start: int
    end: int
    key: str | None


def is_nbib(text: str) -> bool:
    """Whether a text is in PubMed's tagged format: its first line is, and tags that only PubMed has follow, or nothing
    but tagged lines.
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if not NBIB_LINE.match(head) or _RIS_START.match(head):
        return False
    if len(set(_NBIB_SIGNS.findall(head))) >= 2:
        return True
    written = [line for line in head.splitlines() if line.strip()]
    tagged = sum(bool(NBIB_LINE.match(line)) for line in written)
    return tagged >= _ENOUGH_LINES and tagged + sum(line[0].isspace() for line in written) == len(written)


def is_ris(text: str) -> bool:
    """Whether a text is RIS: a line "TY  - " near its beginning, and another tagged line right after it."""
    found = _RIS_START.search(text[:_HEAD]) if "TY" in text[:_HEAD] else None
    if found is None:
        return False
    rest = text[found.end() : found.end() + _HEAD].partition("\n")[2].lstrip("\r\n ")
    return bool(RIS_LINE.match(rest)) or not (rest or text[: found.start()].strip("\ufeff \t\r\n"))


def is_ciw(text: str) -> bool:
    """Whether a text is in Web of Science's tagged format: its header, or a record that begins as they do."""
    return bool(_CIW_HEAD.match(text[:_HEAD].lstrip("\ufeff \t\r\n")))


def nbib_records(text: str) -> list[RecordSpan]:
    """The records of a text in PubMed's format: each begins with its PMID, or with a tag behind an empty line."""
    starts: list[int] = []
    for line in NBIB_LINE.finditer(text):
        gap = text[max(0, line.start() - 4) : line.start()].replace("\r", "")
        if not starts or line["tag"] == "PMID" or gap.endswith("\n\n"):
            starts.append(line.start())
    return [_span(text, start, end, _PMID) for start, end in zip(starts, [*starts, len(text)][1:], strict=True)]


def ris_records(text: str) -> list[RecordSpan]:
    """The records of a RIS text, each from its TY to its ER, or to the next TY where it has no ER."""
    starts = [found.start() for found in _RIS_START.finditer(text)]
    spans = []
    for start, limit in zip(starts, [*starts, len(text)][1:], strict=True):
        end = _RIS_END.search(text, start, limit)
        spans.append(_span(text, start, end.end() if end else limit, _KEY))
    return spans


def ciw_records(text: str) -> list[RecordSpan]:
    """The records of a text in Web of Science's format, each from its PT to its ER, or to the next PT."""
    starts = [found.start() for found in _CIW_START.finditer(text)]
    spans = []
    for start, limit in zip(starts, [*starts, len(text)][1:], strict=True):
        end = _CIW_END.search(text, start, limit)
        spans.append(_span(text, start, end.end() if end else limit, _CIW_KEY))
    return spans


def _span(text: str, start: int, end: int, key: re.Pattern[str]) -> RecordSpan:
    found = key.search(text, start, end)
    end = start + len(text[start:end].rstrip())
    return RecordSpan(start, end, found[1] if found else None)
