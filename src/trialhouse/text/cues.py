"""Patterns that are tried only where a cue stands: a word without which they cannot match.

An alternation of words is slow to fail, because every word is tried at every place. Most stretches hold none of the
cues, and looking for those takes no time.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

SHORT = 128
"""Characters; a text as short as this is made lower case faster than it is found again."""


@lru_cache(maxsize=64)
def _lower(text: str) -> str | None:
    """A text in lower case, made once for all patterns; None where its characters would stand at other places."""
    lower = text.lower()
    return lower if len(lower) == len(text) else None


def lowered(text: str, start: int = 0, end: int = sys.maxsize) -> str:
    """`text[start:end]` in lower case."""
    lower = _lower(text) if len(text) > SHORT else None
    return text[start:end].lower() if lower is None else lower[start:end]


class Cued:
    """A pattern and its cues, parted by bars: every match holds one of them, in lower case where case is ignored.

    It is searched as a compiled pattern is. A cue that is forgotten hides matches; tests/unit/text/test_cues.py shows
    for every pattern of the package that none is.
    """

    __slots__ = ("cues", "ignores_case", "pattern")

    def __init__(self, cues: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.cues = tuple(cues.split("|"))
        self.pattern = re.compile(pattern, flags)
        self.ignores_case = bool(flags & re.IGNORECASE)

    def is_cued(self, stretch: str) -> bool:
        """Whether a cue stands in a stretch, given in lower case where case is ignored; else nothing matches."""
        return any(cue in stretch for cue in self.cues)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in `text[start:end]`, or None."""
        stretch = lowered(text, start, end) if self.ignores_case else text[start:end]
        for cue in self.cues:
            if cue in stretch:
                return self.pattern.search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in `text[start:end]`, in order."""
        stretch = lowered(text, start, end) if self.ignores_case else text[start:end]
        for cue in self.cues:
            if cue in stretch:
                return self.pattern.finditer(text, start, end)
        return iter(())
