"""Whether titles are of one paper or trial, whatever their case, punctuation and spacing."""

import difflib
import unicodedata
from collections.abc import Sequence

from trialhouse.resolution.reading import Mention
from trialhouse.resolution.remembering import remembered

ALIKE = 0.85
"""Titles this alike (difflib's ratio) are one title with a typo or with other words for the same."""

LONG_ENOUGH = 25
"""Letters of a title that tell what stands behind it or around it: a subtitle, the name of a site."""


@remembered(2**13)
def letters(title: str) -> str:
    """A title's letters and digits in lower case, its words apart by one space; D₃ is D3."""
    plain = title if title.isascii() else unicodedata.normalize("NFKC", title)
    return " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())


def are_alike(one: str, other: str) -> bool:
    """Whether two titles (as `letters`) are one: nearly equal, or one with more words before or behind it."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= LONG_ENOUGH and short in long:
        return True
    if len(short) < ALIKE / 2 * len(long):
        return False
    compared = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return compared.quick_ratio() >= ALIKE and compared.ratio() >= ALIKE


def by_title(members: Sequence[int], mentions: Sequence[Mention]) -> list[list[int]]:
    """Mentions that share a DOI, apart where their titles are of different papers (a supplement has one DOI).

    A title in another language is no word against the others. A mention without a title is with the others where they
    are all one paper, else alone: a missing title is equal to none.
    """
    titled = {number: letters(mentions[number].document.title or "") for number in members}
    languages = {mentions[number].document.language for number in members if titled[number]}
    distinct = sorted({title for title in titled.values() if title})
    if len(distinct) < 2 or len(languages - {None}) > 1:
        return [list(members)]
    parts: list[list[str]] = []
    for title in distinct:
        meeting = [part for part in parts if any(are_alike(title, other) for other in part)]
        parts = [part for part in parts if part not in meeting] + [[title, *(one for part in meeting for one in part)]]
    if len(parts) == 1:
        return [list(members)]
    grouped = [[number for number in members if titled[number] in part] for part in parts]
    return sorted([*grouped, *([number] for number in members if not titled[number])])
