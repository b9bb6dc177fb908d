"""Groups that a text numbers or letters: "Group A received X; group B received Y", "X (group 1) or Y (group 2)"."""

import re

from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

GROUP = Cued(
    "group|arm",
    at_word("groups?", "arms?")
    + r"\s+(?P<name>[A-F]|[1-6]|I{1,3}|IV|(?-i:[A-Z]))\b(?!-|\s*(?:%|mg|weeks|patients had))",
    re.I,
)
_MORE = lazy_compile(
    r"\s*(?:,|,?\s*(?:and|or|vs\.?|versus|than))\s+(?P<name>[A-Z]|[1-6]|I{2,3}|IV)\b(?![-%.]|\s*[a-z]+s\b)"
)
"""The next name of a list: "groups A, B and C"."""
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_GIVES = lazy_compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:patients\s+|participants\s+)?"
    r"(?:,|:|\(|=|received?|receiving|was|were|had|got|underwent|treated|with|\s)[^.;]{0,60}\Z",
    re.I,
)
_BRACKET = lazy_compile(r"[^.;()]{0,40}\(\s*\Z")


def group_name(match: re.Match[str]) -> str:
    """The letter or number of a group; Roman numbers as others: "II" is "2"."""
    name = match["name"].upper()
    return _ROMAN.get(name, name)


def group_places(text: str, start: int, end: int, groups: dict[str, int]) -> list[tuple[int, int, int]]:
    """The places of a stretch that name groups by letter or number: (start, end, arm); "groups A and B" are two."""
    out = []
    for first in GROUP.finditer(text, start, end):
        match: re.Match[str] | None = first
        while match and group_name(match) in groups:
            start, stop = match.span() if match is first else match.span("name")
            out.append((start, stop, groups[group_name(match)]))
            match = _MORE.match(text, match.end(), end)
    return out


def label_groups(matter: Matter, table: ArmTable) -> dict[str, int]:
    """Which arm each lettered group is; empty unless every label found means another arm and there are two."""
    found: dict[str, int] = {}
    for said in matter.said:
        if not said.sentence.is_title and is_own(matter, said) and GROUP.search_words(said.sentence.words):
            for name, arm in _labels(matter, said, table):
                if found.setdefault(name, arm) != arm:
                    return {}
    return found if len(found) >= 2 and len(set(found.values())) == len(found) else {}


def _labels(matter: Matter, said: Said, table: ArmTable) -> list[tuple[str, int]]:
    """The labels of one sentence with the arms that they stand beside."""
    text, begin, end = matter.reading.text, said.sentence.start, said.sentence.end
    matches = list(GROUP.finditer(text, begin, end))
    out = []
    for at, match in enumerate(matches):
        stop = matches[at + 1].start() if at + 1 < len(matches) else end
        first = next((d for d in said.drugs if match.end() <= d.start < stop), None)
        last = next((d for d in reversed(said.drugs) if d.end <= match.start()), None)
        if last and _BRACKET.fullmatch(text, last.end, match.start()):
            arm = _arm_of(table, last.norm)
        elif first and _GIVES.fullmatch(text, match.end(), first.start):
            arm = _arm_of(table, first.norm)
        else:
            arm = None
        if arm is not None:
            out.append((group_name(match), arm))
    return out


def _arm_of(table: ArmTable, norm: str) -> int | None:
    """The only arm that has an intervention of its own by this name."""
    having = [
        i for i, d in enumerate(table.drafts) if any(p.mention.norm == norm and not p.background for p in d.parts)
    ]
    return having[0] if len(having) == 1 else None
