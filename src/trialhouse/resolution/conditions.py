"""Whether what is said of two trials is of one condition: by words in any order, by abbreviations that words spell.

Registries name conditions as the Medical Subject Headings do ("Carcinoma, Non-Small-Cell Lung", "Breast Neoplasms"),
papers as people speak ("advanced NSCLC").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from trialhouse.text.lazy_patterns import lazy_compile

_WORD = lazy_compile(r"[a-z]{4,}")
_COMMON = frozenset(
    "with without disease disorder syndrome moderate severe mild chronic acute active stable early late patients "
    "people adults adult children adolescents participants infection primary secondary type stage advanced from that "
    "who untreated treated previously newly diagnosed progressed".split()
)
"""Words that conditions of all kinds have."""

CANCER = "cancer"
_CANCER = lazy_compile(r"\b(?:carcinoma|neoplasm|malignan(?:t neoplasm|cy)|malignancie|tumou?r|cancer)s?\b")
"""What the Medical Subject Headings and people call a cancer."""

_ABBREVIATION = lazy_compile(r"\b[A-Z][A-Za-z]{0,5}[A-Z]\b")
_BETWEEN = r"\w{0,20}(?:[\s-]+(?:with|without|of|the|and|in|for|due|to|or))?[\s-]+"


@dataclass(frozen=True)
class Conditions:
    """The conditions of a trial by their words, the abbreviations in them, and the text of its documents."""

    words: tuple[frozenset[str], ...]
    abbreviations: frozenset[str]
    text: str

    @classmethod
    def of(cls, names: Iterable[str], text: str) -> "Conditions":
        """The conditions of these names, of a trial with this text in lower case."""
        said = list(names)
        return cls(
            words=tuple(frozenset(_significant(name)) for name in said),
            abbreviations=frozenset(short for name in said for short in _ABBREVIATION.findall(name)),
            text=text,
        )

    @cached_property
    def told(self) -> str:
        """The text with one word for what is a cancer."""
        return _CANCER.sub(CANCER, self.text)

    def meet(self, other: "Conditions") -> bool:
        """Whether both speak of a condition: in their own lists of conditions, or in the other's text."""
        if any((a & b) - {CANCER} for a in self.words for b in other.words):
            return True
        return any(
            any(words and all(word in there.told for word in words) for words in here.words)
            or any(_is_spelt(short, there.text) for short in here.abbreviations)
            for here, there in ((self, other), (other, self))
        )


def _significant(condition: str) -> list[str]:
    return [word for word in _WORD.findall(_CANCER.sub(CANCER, condition.casefold())) if word not in _COMMON]


def _is_spelt(short: str, text: str) -> bool:
    """Whether words of a text begin with the letters of an abbreviation ("HFrEF": "heart failure with reduced …")."""
    letters = short.casefold()
    return len(letters) > 2 and re.search(rf"\b{_BETWEEN.join(letters)}", text) is not None
