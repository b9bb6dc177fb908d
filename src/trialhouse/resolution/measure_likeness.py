"""Whether two texts name the same outcome measure, another one, or whether nobody can tell from their words.

A registry writes "Number of Participants With Clinical Remission at Week 52" where a paper writes "remission". Both
hold a name of the vocabulary, and so mean the same; "unsure" is the answer wherever the vocabulary does not know both.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from trialhouse.model.vocabulary import MeasureTerm, Vocabulary
from trialhouse.text.lazy_patterns import lazy_compile

_TOKEN = lazy_compile(r"[a-z0-9]+(?:\.[0-9]+)?|[%≥≤<>]")
_BRACKETED = lazy_compile(r"(?<=\w)\((\w+)\)|\((\w+)\)(?=\w)")
"""Brackets within a word: HbA(1c)."""

_PLURAL_LENGTH = 4
_CONTENT_LENGTH = 3

_EMPTY = frozenset(
    """
    the and for with without from per than who had has not any all each both their its using versu
    change baseline mean median number percentage percent proportion rate time first incidence level score scale index
    participant patient subject people person adult day week month year visit period study trial treatment
    end point endpoint outcome measure primary secondary efficacy safety response event assessed measured defined
    achieving achieved experiencing value difference analysi total least reduction improvement increase
    survival free disease clinical serum plasma blood
    """.split()
)
"""Words that many measures share, and that say nothing of which one is meant; plurals without their s."""

_COMPOSITE = lazy_compile(
    r"composite|combined|major adverse|\bmace\b|failure|success|event-free|first occurrence"
    r"|\bor\b(?! (?:\d|more|less|great|high|low|better|worse|almost))",
    re.I,
)
"""Words of a measure that is made of several, so that another name may be a part of it."""


_NUMBER = lazy_compile(r"\d+(?:\.\d+)?")
_AROUND_NUMBER = lazy_compile(r"[^\w]*\d+(?:\.\d+)?[^\w]*")


class Likeness(Enum):
    """What can be said of two measures."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Measure:
    """A measure as it is compared: its words, the names of the vocabulary in them, and the words that say something."""

    tokens: tuple[str, ...]
    norms: frozenset[str]
    content: frozenset[str]
    is_composite: bool


class MeasureNames:
    """The names of outcome measures, found in any text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._norms = _norms_of(vocabulary.measures)
        self._longest = max((len(name) for name in self._norms), default=0)

    def measure(self, words: str, norm: str | None = None) -> Measure:
        """What a text says of a measure, and what it was read as (`norm`), if it was."""
        tokens = _tokens(words)
        content = frozenset(t for t in tokens if len(t) >= _CONTENT_LENGTH and not t.isdigit() and t not in _EMPTY)
        norms = self._norms_in(tokens) | ({norm} if norm else frozenset())
        return Measure(tokens, norms, content, bool(_COMPOSITE.search(words)))

    def beside_names(self, words: str) -> tuple[str, ...]:
        """The words of a text, as they are compared, that stand in no name of the vocabulary."""
        return self._read(_tokens(words))[1]

    def _norms_in(self, tokens: tuple[str, ...]) -> frozenset[str]:
        return self._read(tokens)[0]

    def _read(self, tokens: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
        """The norms of all names among these tokens, and the tokens that are left.

        The longest name comes first; a name within another is none.
        """
        found, left = set(), []
        at = 0
        while at < len(tokens):
            for length in range(min(self._longest, len(tokens) - at), 0, -1):
                norm = self._norms.get(tokens[at : at + length])
                if norm is not None:
                    found.add(norm)
                    at += length
                    break
            else:
                left.append(tokens[at])
                at += 1
        return frozenset(found), tuple(left)


_newest: list[tuple[tuple[MeasureTerm, ...], dict[tuple[str, ...], str]]] = []
"""The terms that were read last in this process, and what their names stand for."""


def _norms_of(terms: tuple[MeasureTerm, ...]) -> dict[tuple[str, ...], str]:
    """The norm of each name, by its words; read once for the same terms: the rest of a small trial takes no longer."""
    for known, norms in _newest:
        if known is terms:
            return norms
    made: dict[tuple[str, ...], str] = {}
    for term in terms:
        for name in (term.name, term.norm):
            made.setdefault(_tokens(name), term.norm)
    _newest[:] = [(terms, made)]
    return made


def likeness(one: Measure, other: Measure) -> Likeness:
    """Whether two measures are the same.

    They are where both are called alike, word for word, or have one name of the vocabulary and no other. They are
    different where the vocabulary knows a name of each, none is of both, none is made of several, and they share no
    word that says something; and where their names differ by a number: PASI 75 and PASI 90, ACR20 and ACR50.
    """
    if one.tokens == other.tokens or (one.norms == other.norms and len(one.norms) == 1):
        return Likeness.SAME
    if not one.norms or not other.norms or one.is_composite or other.is_composite:
        return Likeness.UNSURE
    if _differ_by_number(one, other):
        return Likeness.DIFFERENT
    if one.norms & other.norms or one.content & other.content:
        return Likeness.UNSURE
    return Likeness.DIFFERENT


def _differ_by_number(one: Measure, other: Measure) -> bool:
    """Whether both have one name and it is the same without its number, and neither has the number of the other.

    The scale itself may stand beside it: "75 % less on the Psoriasis Area and Severity Index (PASI 75)". What lists
    several, "PASI 75, 90 and 100", has the number of another.
    """
    mine, theirs = _graded(one), _graded(other)
    if mine is None or theirs is None or mine == theirs or _scale(mine) != _scale(theirs):
        return False
    return not (_numbers(mine) & _all_numbers(other) or _numbers(theirs) & _all_numbers(one))


def _graded(measure: Measure) -> str | None:
    """The one name with a number that a measure has beside that of its scale; None where it has others or several."""
    scales = {_scale(norm) for norm in measure.norms if _NUMBER.search(norm)}
    names = [norm for norm in measure.norms if norm not in scales]
    return names[0] if len(names) == 1 and _NUMBER.search(names[0]) else None


def _scale(norm: str) -> str:
    """A name without its numbers: PASI of "PASI 75"."""
    return _AROUND_NUMBER.sub(" ", norm).strip()


def _numbers(norm: str) -> set[str]:
    return set(_NUMBER.findall(norm))


def _all_numbers(measure: Measure) -> set[str]:
    """The numbers in the words of a measure and in its names."""
    return {number for words in (*measure.tokens, *measure.norms) for number in _NUMBER.findall(words)}


def _tokens(words: str) -> tuple[str, ...]:
    """The words of a text as they are compared: in lower case, without accents, plurals and brackets in a word."""
    plain = unicodedata.normalize("NFKC", _BRACKETED.sub(r"\1\2", words)).casefold()
    return tuple(_singular(token) for token in _TOKEN.findall(plain))


def _singular(token: str) -> str:
    return token[:-1] if len(token) >= _PLURAL_LENGTH and token.endswith("s") and not token.endswith("ss") else token
