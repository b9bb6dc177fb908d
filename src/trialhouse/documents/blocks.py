"""The blocks of a text: its paragraphs, headings and list items, whether one line or wrapped over several."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from trialhouse.documents.language import language_of
from trialhouse.text.lazy_patterns import lazy_compile

_BULLET = lazy_compile(r"[•◦▪●‣·*–-]\s+\S")
_SENTENCE_END = lazy_compile(r"[.!?:;。！？][)\]\"”’'\d,\-–]{0,12}\Z")
_FUNCTION_WORDS = lazy_compile(
    r"\b(?:the|of|and|to|in|was|were|is|are|with|that|for|by|not|had|has|have|from|this|which|we|"
    r"der|die|und|den|mit|von|wurde|wurden|el|los|las|del|una|fue|fueron|con|para|les|des|une|dans|avec|"
    r"est|ont|pour|os|das|uma|foram|com|não|il|che|della|sono|nel)\b",
    re.I,
)
_NARROW = 100
"""The widest column of text that is taken for wrapped lines; longer lines are paragraphs of their own."""


@dataclass(frozen=True)
class Block:
    """A stretch of the text between `start` and `end`; `text` has the same length, with line ends as spaces."""

    start: int
    end: int
    text: str
    indented: bool = False

    @property
    def is_bullet(self) -> bool:
        """Whether the block is an item of a list."""
        return bool(_BULLET.match(self.text))

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends here (a reference number may follow the full stop)."""
        return bool(_SENTENCE_END.search(self.text[-20:]))

    @property
    def words(self) -> int:
        """The number of words, by white space."""
        return self.text[:5000].count(" ") + 1

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as sentences: a dozen words, some of them grammar, and an end (or great length)."""
        if self.words < 12 or len(list(islice(_FUNCTION_WORDS.finditer(self.text[:2000]), 2))) < 2:
            return False
        return self.ends_sentence or len(self.text) >= 200

    @cached_property
    def language(self) -> str | None:
        """The language of its words, or None where they do not tell."""
        return language_of(self.text)


def split_blocks(text: str) -> list[Block]:
    """The blocks of a text in order, without white space around them. Takes time proportional to the text."""
    blocks: list[Block] = []
    group: list[Block] = []
    at = 0
    for raw in text.split("\n"):
        bare = raw.strip(" \t\xa0\f\x0b\ufeff\x00")
        if bare:
            start = at + raw.index(bare[0])
            group.append(Block(start, start + len(bare), bare, raw[:1] in " \t"))
        elif group:
            blocks.extend(_unwrapped(group, text))
            group = []
        at += len(raw) + 1
    blocks.extend(_unwrapped(group, text))
    return blocks


def _unwrapped(group: list[Block], text: str) -> list[Block]:
    """Lines that were wrapped at a column become one block; other lines stay as they are."""
    if len(group) < 2 or any(line.is_bullet for line in group):
        return group
    width = max(len(line.text) for line in group)
    filled = all(len(line.text) >= max(45, width - 22) for line in group[:-1])
    flowing = sum(
        line.text[0].islower() or line.text[0].isdigit() or not before.ends_sentence for before, line in pairwise(group)
    )
    if width > _NARROW or not filled or flowing * 2 < len(group) - 1:
        return group
    start, end = group[0].start, group[-1].end
    return [Block(start, end, text[start:end].replace("\n", " "), group[0].indented)]
