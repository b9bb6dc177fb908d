"""Short names of trials in prose: what one looks like, which one stands before an id, whether other words have it."""

import re

from trialhouse.text.lazy_patterns import lazy_compile

SHORT_NAME = (
    r"\b(?:[A-Z][A-Za-z0-9]{0,15}[A-Z0-9][A-Za-z0-9-]{0,15}(?: [1-9I]{1,3})?|[a-z]{2,12}[A-Z][A-Za-z0-9-]{0,15}"
    r"(?: [1-9I]{1,3})?)"
)
"""A pattern of a name that no word of the language is ("RIVER-2", "RIVER 2", "gladiE")."""
_BEHIND = r"(?:[\s-]+(?:trial|study))?\s*\(?[^()]{0,40}\Z"
_NAMED = lazy_compile(rf"({SHORT_NAME}){_BEHIND}")
_WORD_BEFORE = lazy_compile(rf"\b([A-Z][a-z]{{3,15}}){_BEHIND}")
_PARTS = lazy_compile(r"[\s-]+")
_ANY_NAME = lazy_compile(SHORT_NAME)
_READ, _MOST = 6_000, 40
"""Characters of a text that are read for names, and of so many names nobody knows which one it is about."""


def name_before(before: str) -> str | None:
    """The short name that stands right before an id, with its bracket; else a capitalised word that may be one."""
    named = _NAMED.search(before) or _WORD_BEFORE.search(before)
    return named[1] if named else None


def spelled(name: str) -> str:
    """A pattern of a short name, with a hyphen or a space, that is not the beginning of a longer one ("RIVER-2")."""
    return rf"\b{'[ -]?'.join(map(re.escape, _PARTS.split(name)))}(?![\w-]|\s[2-9]\b)"


def is_named_in(words: str, name: str) -> bool:
    """Whether words have the short name; one in other letters ("Corvane") only as a trial's name, or in brackets."""
    pattern = spelled(name)
    if not name.istitle() and re.search(pattern, words):
        return True
    return bool(re.search(rf"\({pattern}\)|{pattern} (?:trial|study)\b", words, re.I))


def names_in_text(text: str) -> tuple[str, ...]:
    """The short names in the beginning of a text, each once; none of a text that is full of them."""
    found = tuple(dict.fromkeys(_ANY_NAME.findall(text, 0, _READ)))
    return found if len(found) <= _MOST else ()
