"""How two titles stand to each other, word by word: a typo, a dropped subtitle, another number."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from trialhouse.resolution.duplicates.spelling import ALPHABETIC, PEOPLE, Spelling, looks_alike
from trialhouse.resolution.duplicates.words import Words
from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile

STOP_WORDS = frozenset(
    "an the of in on to and for by with at as is are its from or be de la le el der die das und et du des y".split()
)
_ARTICLES = frozenset("the an la le el der die das".split())
_NO_SLIPS = frozenset(
    "nor non no not rat rats man age one two cat cats dog fat gas gel ion iv pre day days end arm bed leg toe boy off "
    "dye art act aid pet tin oil ill hot cis bis hla ct ms lh atp cin akt asp met cor vas lac bp ht ect os any own new "
    "low".split()
)
"""Words that look like a slip of the pen in a small word ("non" and "on") and are words of their own."""
_LETTERED = frozenset(
    "vitamin hepatitis influenza haemophilia hemophilia type group class factor protein immunoglobulin apolipoprotein "
    "toxin virus cohort arm stage receptor study trial part regimen strain".split()
)
"""Words that a letter may follow as a name: of "vitamin A" the A is no article; nor is it before "and"."""
DESIGNS = frozenset(
    "a randomised randomized controlled trial trials study double single blind blinded placebo multicentre multicenter "
    "prospective retrospective observational cohort case control series report cross sectional comparative systematic "
    "review meta analysis metaanalysis literature narrative scoping original article research paper brief record "
    "communication structured provisional abstract clinical parallel group crossover factorial results registry".split()
)
"""Words that say what kind of study a title is of, or that a library puts behind it: they add nothing to a place."""
_BESIDE = STOP_WORDS | {"vs", "versus"}
_WRITTEN = {
    **{roman: str(n) for n, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)},
    **{word: str(n) for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    "versus": "vs",
    **{word: str(n) for n, word in enumerate("first second third fourth fifth sixth".split(), 1)},
}
_DIGIT = lazy_compile(r"\d")
_THOUSANDS = lazy_compile(r"(?<=\b\d) (?=\d{3}\b)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\b\d{3}) (?=\d{3}\b)")
_DIGITS = lazy_compile(r"\d+")
_LETTERS_AND_DIGITS = lazy_compile(r"\d+|[^\d]+")
_PART = lazy_compile(r"\bpart (\d+|[ivx]+|[a-h]|one|two|three|four|five|six)\b")
ANOTHER_PART = "another part"
LETTER_A = "a."
"""The letter A where it is a name."""
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
    `may_be_typo` says that one letter makes them one word; `is_broken_off` says that one title ends within a word, as
    exports cut it.
    """

    likeness: Likeness
    ratio: float
    left_only: tuple[str, ...] = ()
    right_only: tuple[str, ...] = ()
    apart: str | None = None
    is_short: bool = False
    look_alike: tuple[str, str] | None = None
    may_be_typo: bool = False
    is_broken_off: bool = False

    @property
    def is_substituted(self) -> bool:
        """Whether each has words instead of the other's: 'in breast cancer' and 'in prostate cancer'."""
        return bool(self.left_only and self.right_only)

    @property
    def only(self) -> tuple[str, ...]:
        """The words that one of them has and the other has not."""
        return (*self.left_only, *self.right_only)

    @property
    def differs_in_design(self) -> bool:
        """Whether one of them says more, and nothing but what kind of study it is: "a retrospective cohort study"."""
        return bool(self.only) and not self.is_substituted and DESIGNS.issuperset(self.only)


@remembered(2**13)
def title_words(words: str) -> tuple[str, ...]:
    """The words that count, numbers as digits: 'Part II of five' gives part, 2, 5; '10 000' gives 10000."""
    found: list[str] = []
    written = _THOUSANDS.sub("", words).split()
    for word, following in pairwise((*written, "")):
        if word in STOP_WORDS:
            continue
        if word == "a":
            is_name = (found and found[-1] in _LETTERED) or following in _BESIDE
            found.append(LETTER_A if is_name else word)
            continue
        number = _WRITTEN.get(word)
        if number is None and not word.isdigit() and _DIGIT.search(word):
            found.extend(_LETTERS_AND_DIGITS.findall(word))
        else:
            found.append(number or word)
    return tuple(found)


def compare_titles(
    left: str, right: str, spelling: Spelling, names: frozenset[str] = frozenset(), *, is_shown: bool = False
) -> TitlePair:
    """Compare two titles in lower case without punctuation.

    `names` are words that are never misspelt: acronyms. `is_shown` says that another field shows one document, so that
    one letter of a word may be wrong wherever it is.
    """
    if not left or not right:
        return TitlePair(Likeness.MISSING, 0.0)
    letters, others = left.replace(" ", ""), right.replace(" ", "")
    short = min(len(letters), len(others)) < SHORT_TITLE
    if left == right or (letters == others and not _has_split_number(left, right)):
        return TitlePair(Likeness.EQUAL, 1.0, is_short=short)
    a, b = title_words(left), title_words(right)
    left_only, right_only = _unmatched(a, b), _unmatched(b, a)
    ratio = fuzz.ratio("".join(a), "".join(b)) / 100
    if ratio < UNLIKE and min(len(left_only), len(right_only)) > 2:
        return TitlePair(Likeness.DIFFERENT, ratio, tuple(left_only), tuple(right_only), is_short=short)
    are_parts = _are_parts(left, right)
    left_begins = len(letters) < len(others)
    broken = _broken_off(letters, right, spelling) if left_begins else _broken_off(others, left, spelling)
    if broken is not None and not are_parts:  # 'part i' is no broken-off 'part ii'
        return _broken_pair(broken, ratio, left_begins=left_begins, is_short=short)
    is_equal = _glued(left_only) == _glued(right_only)
    if not is_equal:
        left_only, right_only = _without_slips(left_only, right_only, left, right, spelling)
        left_only, right_only = _without_typos(
            left_only, right_only, names, spelling.may_be_typo if is_shown else spelling.is_typo
        )
    if is_equal or not (left_only or right_only):
        left_only, right_only = _moved(a, b) or _small_words_apart(left, right) or ([], [])
    if is_equal and not left_only:
        return TitlePair(Likeness.EQUAL, 1.0, is_short=short)
    pair = (left_only[0], right_only[0]) if len(left_only) == len(right_only) == 1 else None
    return TitlePair(
        _likeness(a, b, left_only, right_only, ratio=ratio, spelling=spelling),
        ratio,
        tuple(left_only),
        tuple(right_only),
        ANOTHER_PART if are_parts else _apart(left_only, right_only),
        short,
        pair if pair is not None and looks_alike(*pair) else None,
        may_be_typo=pair is not None and spelling.may_be_typo(*pair),
    )


def _broken_pair(words: tuple[str, ...], ratio: float, *, left_begins: bool, is_short: bool) -> TitlePair:
    """One title and its beginning: the words are those that the beginning lacks."""
    left, right = ((), words) if left_begins else (words, ())
    return TitlePair(Likeness.CONTAINED, ratio, left, right, _apart([], list(words)), is_short, is_broken_off=True)


def _has_split_number(left: str, right: str) -> bool:
    """Whether two titles of the same letters have other numbers: "type 1 2" and "type 12"."""
    one, other = (_DIGITS.findall(_THOUSANDS.sub("", title)) for title in (left, right))
    return one != other


def _glued(words: Sequence[str]) -> str:
    """Words without blanks, but for those before numbers."""
    return "".join(f" {word}" if word.isdigit() else word for word in words)


def _are_parts(left: str, right: str) -> bool:
    """Whether each title says which part it is, and it is another: 'part i' and 'part 2'."""
    a, b = _PART.search(left), _PART.search(right)
    return a is not None and b is not None and title_words(a[1]) != title_words(b[1])


def _likeness(
    a: tuple[str, ...],
    b: tuple[str, ...],
    left_only: list[str],
    right_only: list[str],
    *,
    ratio: float,
    spelling: Spelling,
) -> Likeness:
    if not left_only and not right_only:
        return Likeness.NEAR
    if not left_only or not right_only:
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        if len(short) >= 3 and (_begins(long, short, spelling) or _begins(long[::-1], short[::-1], spelling)):
            return Likeness.CONTAINED
    return Likeness.SIMILAR if ratio >= 0.8 else Likeness.DIFFERENT


def _begins(long: Sequence[str], short: Sequence[str], spelling: Spelling) -> bool:
    """Whether one begins like the other, typos and all: nine words of ten."""
    agreeing = sum(x == y or spelling.is_typo(x, y) for x, y in zip(long, short, strict=False))
    return agreeing >= 0.9 * len(short)


def _broken_off(begun: str, title: str, spelling: Spelling) -> tuple[str, ...] | None:
    """The words that the letters of a title lack of another title that they begin, broken off within a word; else None.

    What breaks off is no word: "child" before "children in Japan" may be a title of its own.
    """
    whole = title.replace(" ", "")
    if len(begun) < SHORT_TITLE or not whole.startswith(begun) or len(begun) == len(whole):
        return None
    letters, rest = len(begun), title.split()
    while letters >= len(rest[0]):
        letters -= len(rest.pop(0))
    part, word = rest[0][:letters], rest[0]
    if not ALPHABETIC.fullmatch(part) or spelling.words.ordinary_form(part) or spelling.is_typo(part, word):
        return None
    return (word[letters:], *title_words(" ".join(rest[1:])))


def _unmatched(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """The words of a title that the other has not, in order."""
    left: dict[str, int] = {}  # making a Counter takes longer than all the rest
    for word in others:
        left[word] = left.get(word, 0) + 1
    rest = []
    for word in words:
        count = left.get(word, 0)
        if count:
            left[word] = count - 1
        else:
            rest.append(word)
    return rest


def _without_typos(
    left: list[str], right: list[str], names: frozenset[str], is_one: Callable[[str, str], bool]
) -> tuple[list[str], list[str]]:
    """What remains when words that are spelt nearly alike are one word, and words that were joined or split."""
    rest_left, rest_right = [], list(right)
    for word in left:
        match = next((x for x in rest_right if is_one(word, x) and names.isdisjoint((word, x))), None)
        if match is None:
            rest_left.append(word)
        else:
            rest_right.remove(match)
    if rest_left and rest_right and _glued(rest_left) == _glued(rest_right):
        return [], []
    return (rest_left if rest_right else _without_articles(rest_left)), (
        rest_right if rest_left else _without_articles(rest_right)
    )


def _without_articles(rest: list[str]) -> list[str]:
    return [word for word in rest if word != "a"]


def _without_slips(
    left: list[str], right: list[str], title: str, other: str, spelling: Spelling
) -> tuple[list[str], list[str]]:
    """Without what a slip of the pen made of a small word that the other title has in its place: 'amd' for 'and'."""
    small, other_small = _small_words(title), _small_words(other)
    return (
        _without_slips_of(left, other_small - small, spelling.words),
        _without_slips_of(right, small - other_small, spelling.words),
    )


def _without_slips_of(words: list[str], small: Counter[str], known: Words) -> list[str]:
    rest = []
    for word in words:
        meant = next(
            (one for one in sorted(small.elements()) if _is_slip(word, one) and not known.is_known(word)), None
        )
        if meant is None:
            rest.append(word)
        else:
            small[meant] -= 1
    return rest


@remembered(2**12)
def _is_slip(word: str, small: str) -> bool:
    if len(word) > 5 or len(small) < 2 or word in _NO_SLIPS:
        return False
    return word.isalpha() and OSA.distance(word, small, score_cutoff=1) <= 1


def _small_words(title: str) -> Counter[str]:
    """The words of a title that are left out of a comparison, without articles."""
    return Counter(word for word in title.split() if word in STOP_WORDS and word not in _ARTICLES)


def _small_words_apart(left: str, right: str) -> tuple[list[str], list[str]] | None:
    """The small words that each of two titles has instead of the other's ("and", "or"), None where it is not so."""
    a, b = _small_words(left), _small_words(right)
    one, other = sorted((a - b).elements()), sorted((b - a).elements())
    return (one, other) if one and other else None


def _moved(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[list[str], list[str]] | None:
    """The words that stand elsewhere in the other title: 'depression, adherence' for 'adherence, depression'."""
    shared = Counter(a) & Counter(b)
    one, other = ([word for word in words if word in shared] for words in (a, b))
    if one == other:
        return None
    changes = Levenshtein.editops(one, other)
    left = [one[change.src_pos] for change in changes if change.tag != "insert"]
    right = [other[change.dest_pos] for change in changes if change.tag != "delete"]
    return (left, right) if left and right else None


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
