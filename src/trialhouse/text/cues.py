"""Patterns that are tried only where a cue stands: a word without which they cannot match.

An alternation of words is slow to fail, because every word is tried at every place. Most stretches hold none of the
cues, and looking for those takes no time.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from trialhouse.text.cue_marks import mark_of, marks
from trialhouse.text.lazy_patterns import lazy_compile

SHORT = 128
"""Characters; a text as short as this is made lower case faster than it is found again."""


@lru_cache(maxsize=64)
def lower_text(text: str) -> str:
    """A text in lower case, made once for all who ask; every character stays at its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(character.lower()[0] for character in text)


def holds(stretch: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands in a stretch."""
    for word in words:  # noqa: SIM110 - `any` takes twice as long, and this is asked a thousand times a page
        if word in stretch:
            return True
    return False


class Headed:
    """An expression for what stands behind a number, and the first signs, but for white space, that it can begin with.

    A number has a dozen of these to be asked, and the sign right behind it rules out most of them at once.
    """

    __slots__ = ("heads", "match")

    def __init__(self, heads: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.heads = heads
        self.match = re.compile(pattern, flags).match


class Cued:
    """A pattern and its cues, parted by bars: every match holds one of them, in lower case where case is ignored.

    It is searched as a compiled pattern is. A cue that is forgotten hides matches; tests/unit/text/test_cues.py shows
    for every pattern of the package that none is.
    """

    __slots__ = ("cues", "ignores_case", "mark", "pattern")

    def __init__(self, cues: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.cues = tuple(cues.split("|"))
        self.mark = mark_of(self.cues)
        self.pattern = lazy_compile(pattern, flags)
        self.ignores_case = bool(flags & re.IGNORECASE)

    def is_cued(self, stretch: str) -> bool:
        """Whether a cue stands in a stretch, given in lower case where case is ignored; else nothing matches."""
        return holds(stretch, self.cues)

    def search_words(self, words: str) -> re.Match[str] | None:
        """As `search`, in the words of a whole sentence, whose marks are found once for all patterns."""
        return self.search(words) if self.mark & marks(words) else None

    def may_match(self, words: str) -> bool:
        """Whether a cue may stand in the words of a whole sentence by their marks; else nothing matches in it."""
        return self.mark & marks(words) != 0

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in `text[start:end]`, or None."""
        if not self.ignores_case:
            stretch = text[start:end]
        elif len(text) > SHORT:
            stretch = lower_text(text)[start:end]
        else:
            stretch = text[start:end].lower()
        for cue in self.cues:
            if cue in stretch:
                return self.pattern.search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in `text[start:end]`, in order."""
        if not self.ignores_case:
            stretch = text[start:end]
        elif len(text) > SHORT:
            stretch = lower_text(text)[start:end]
        else:
            stretch = text[start:end].lower()
        for cue in self.cues:
            if cue in stretch:
                return self.pattern.finditer(text, start, end)
        return iter(())

    def remove(self, text: str) -> str:
        """The text without the matches."""
        lower = lower_text(text) if self.ignores_case else text
        return self.pattern.sub("", text) if holds(lower, self.cues) else text
