"""How two titles stand to each other, word by word: a typo, a dropped subtitle, another number."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from trialhouse.resolution.duplicates.ordinary import ordinary_form
from trialhouse.resolution.duplicates.spelling import PEOPLE, is_typo, looks_alike

STOP_WORDS = frozenset(
    "an the of in on to and for by with at as is are its from or be de la le el der die das und et du des y".split()
)
_NO_SLIPS = frozenset(
    "non no not rat rats man age one two cat cats dog fat gas gel ion iv pre day days end arm bed leg toe boy off dye "
    "art act aid pet tin oil ill hot cis bis hla ct ms lh atp cin akt asp met cor vas lac bp ht ect os any own new "
    "low".split()
)
"""Words that look like a slip of the pen in a small word ("non" and "on") and are words of their own."""
_LETTERED = frozenset(
    "vitamin hepatitis influenza haemophilia hemophilia type group class factor protein immunoglobulin apolipoprotein "
    "toxin virus cohort arm stage receptor".split()
)
"""Words that a letter may follow as a name: of "vitamin A" the A is no article."""
_WRITTEN = {
    **{roman: str(n) for n, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)},
    **{word: str(n) for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    "versus": "vs",
    **{word: str(n) for n, word in enumerate("first second third fourth fifth sixth".split(), 1)},
}
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\b\d) (?=\d{3}\b)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\b\d{3}) (?=\d{3}\b)")
_LETTERS_AND_DIGITS = re.compile(r"\d+|[^\d]+")
_PART = re.compile(r"\bpart (\d+|[ivx]+|[a-h]|one|two|three|four|five|six)\b")
ANOTHER_PART = "another part"
LETTER_A = "a."
"""The letter A where it is a name."""
Spelt = Callable[[str, str], bool]
"""Whether two words are spellings of one."""
UNLIKE = 0.6
"""Two titles of a ratio below this, with words of their own each, are about different things."""
SHORT_TITLE = 30
"""Letters: a shorter title ("Editorial", "Stroke rehabilitation") is one of many with the same words."""


class Likeness(StrEnum):
    """How alike two titles are."""

    EQUAL = "equal"
    NEAR = "near"
    CONTAINED = "contained"
    SIMILAR = "similar"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True)
class TitlePair:
    """The likeness of two titles, the words that only one has, and what sets them apart for certain.

    `apart` names words that tell two documents of one series from each other: numbers, parts, groups of people.
    `look_alike` is the one word of each that the other has another for, where the two are spelt alike (spelling.py).
    """

    likeness: Likeness
    ratio: float
    left_only: tuple[str, ...] = ()
    right_only: tuple[str, ...] = ()
    apart: str | None = None
    is_short: bool = False
    look_alike: tuple[str, str] | None = None

    @property
    def is_substituted(self) -> bool:
        """Whether each has words instead of the other's: 'in breast cancer' and 'in prostate cancer'."""
        return bool(self.left_only and self.right_only)


@lru_cache(maxsize=65536)
def title_words(words: str) -> tuple[str, ...]:
    """The words that count, numbers as digits: 'Part II of five' gives part, 2, 5; '10 000' gives 10000."""
    found: list[str] = []
    for word in _THOUSANDS.sub("", words).split():
        if word in STOP_WORDS:
            continue
        if word == "a" and found and found[-1] in _LETTERED:
            found.append(LETTER_A)
            continue
        number = _WRITTEN.get(word)
        if number is None and not word.isdigit() and _DIGIT.search(word):
            found.extend(_LETTERS_AND_DIGITS.findall(word))
        else:
            found.append(number or (word.lstrip("0") or "0" if word.isdigit() else word))
    return tuple(found)


def compare_titles(left: str, right: str, names: frozenset[str] = frozenset(), is_one: Spelt = is_typo) -> TitlePair:
    """Compare two titles in lower case without punctuation.

    `names` are words that are never misspelt: acronyms. `is_one` says whether two words are one, a typo apart.
    """
    if not left or not right:
        return TitlePair(Likeness.MISSING, 0.0)
    if left == right:
        return TitlePair(Likeness.EQUAL, 1.0, is_short=len(left.replace(" ", "")) < SHORT_TITLE)
    a, b = title_words(left), title_words(right)
    joined_a, joined_b = "".join(a), "".join(b)
    short = min(len(joined_a), len(joined_b)) < SHORT_TITLE
    if joined_a == joined_b:
        return TitlePair(Likeness.EQUAL, 1.0, is_short=short)
    ratio = fuzz.ratio(joined_a, joined_b) / 100
    left_only, right_only = _unmatched(a, b), _unmatched(b, a)
    if ratio < UNLIKE and min(len(left_only), len(right_only)) > 2:
        return TitlePair(Likeness.DIFFERENT, ratio, is_short=short)
    if "".join(left_only) == "".join(right_only):
        return TitlePair(Likeness.EQUAL if left_only else Likeness.NEAR, 1.0, is_short=short)
    are_parts = _are_parts(left, right)
    cut = _cut(left, right) or _cut(right, left)
    if cut is not None and not are_parts:  # 'part i' is no cut-off 'part ii'
        only = ((), cut) if len(left) < len(right) else (cut, ())
        return TitlePair(Likeness.CONTAINED, ratio, only[0], only[1], _apart([], list(cut)), short)
    left_only, right_only = _without_typos(left_only, right_only, names, is_one)
    pair = (left_only[0], right_only[0]) if len(left_only) == len(right_only) == 1 else None
    if pair is not None and not looks_alike(*pair):
        pair = None
    return TitlePair(
        _likeness(a, b, left_only, right_only, ratio),
        ratio,
        tuple(left_only),
        tuple(right_only),
        ANOTHER_PART if are_parts else _apart(left_only, right_only),
        short,
        pair,
    )


def _are_parts(left: str, right: str) -> bool:
    """Whether each title says which part it is, and it is another: 'part i' and 'part 2'."""
    a, b = _PART.search(left), _PART.search(right)
    return a is not None and b is not None and title_words(a[1]) != title_words(b[1])


def _likeness(
    a: tuple[str, ...], b: tuple[str, ...], left_only: list[str], right_only: list[str], ratio: float
) -> Likeness:
    if not left_only and not right_only:
        return Likeness.NEAR
    if not left_only or not right_only:
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        if len(short) >= 3 and (_begins(long, short) or _begins(long[::-1], short[::-1])):
            return Likeness.CONTAINED
    return Likeness.SIMILAR if ratio >= 0.8 else Likeness.DIFFERENT


def _begins(long: Sequence[str], short: Sequence[str]) -> bool:
    """Whether one begins like the other, typos and all: nine words of ten."""
    agreeing = sum(x == y or is_typo(x, y) for x, y in zip(long, short, strict=False))
    return agreeing >= 0.9 * len(short)


def _cut(short: str, long: str) -> tuple[str, ...] | None:
    """The words that a title lacks of another, where it is that one cut off, perhaps within a word; else None."""
    a, b = short.replace(" ", ""), long.replace(" ", "")
    if SHORT_TITLE <= len(a) < len(b) and b.startswith(a):
        shared = len(short.split()) - 1
        return title_words(" ".join(long.split()[shared:]))[1:] or ("",)
    return None


def _unmatched(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """The words of a title that the other has not, in order."""
    left = Counter(others)
    rest = []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
        else:
            rest.append(word)
    return rest


def _without_typos(
    left: list[str], right: list[str], names: frozenset[str], is_one: Spelt
) -> tuple[list[str], list[str]]:
    """What remains when words that are spelt nearly alike are one word, and words that were joined or split."""
    rest_left, rest_right = [], list(right)
    for word in left:
        match = next((x for x in rest_right if is_one(word, x) and names.isdisjoint((word, x))), None)
        if match is None:
            rest_left.append(word)
        else:
            rest_right.remove(match)
    rest_left, rest_right = _without_small(rest_left, rest_right), _without_small(rest_right, rest_left)
    if rest_left and rest_right and "".join(rest_left) == "".join(rest_right):
        return [], []
    return rest_left, rest_right


def _without_small(rest: list[str], other_rest: list[str]) -> list[str]:
    """Without an article, and without what a typo made of a small word, unless the other title has a word instead."""
    if other_rest:
        return rest
    return [word for word in rest if word != "a" and not _is_small(word)]


@lru_cache(maxsize=4096)
def _is_small(word: str) -> bool:
    if not 2 <= len(word) <= 4 or not word.isalpha() or word in _NO_SLIPS or ordinary_form(word) is not None:
        return False
    return any(len(small) > 1 and OSA.distance(word, small, score_cutoff=1) <= 1 for small in STOP_WORDS)


def _apart(left: list[str], right: list[str]) -> str | None:
    """The words that tell two documents of one series from each other, or None."""
    numbers = [word for word in (*left, *right) if word.isdigit()]
    if "part" in left or "part" in right or "parts" in left or "parts" in right:
        return ANOTHER_PART
    if numbers:
        return f"numbers differ: {', '.join(numbers[:4])}"
    people = {PEOPLE[w] for w in left if w in PEOPLE}, {PEOPLE[w] for w in right if w in PEOPLE}
    if people[0] != people[1]:
        return f"{'/'.join(sorted(people[0])) or 'nobody'} against {'/'.join(sorted(people[1])) or 'nobody'}"
    if left and right:
        letters = [word for word in (*left, *right) if len(word) == 1]
        if letters and all(len(word) <= 2 for word in (*left, *right)):
            return f"{' '.join(left)} against {' '.join(right)}"
    return None
