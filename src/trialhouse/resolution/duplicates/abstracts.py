"""Whether two abstracts are one text, cut or labelled differently."""

from bisect import bisect_left
from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from trialhouse.resolution.duplicates.pages import Sameness
from trialhouse.resolution.duplicates.spelling import PEOPLE
from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile

LEAST = 150
"""Letters: a shorter text makes no two records one."""
FEWEST_LETTERS, SHARED_AT_LEAST = 60, 0.4
"""Letters from which on the words of a short text tell it from another one, and the share that texts of one have."""
SEXES = frozenset({"men", "women"})
FEWEST_FIGURES = 5
"""Numbers: two texts in other words that have so many, the same in the same order, are one in two languages."""
GROWN, ADOLESCENT = 18, 12
"""Ages in years from which trials speak of adults and of adolescents."""

_WORD = lazy_compile(r"[^\W\d_]{4,}|\d+(?:\.\d+)?")
# Patterns that begin with a set of signs are searched for several times as fast as others.
_NUMBER = lazy_compile(r"[\d.\u00b7](?:(?<=\d)\d*(?:[.\u00b7]\d+)?|(?<!\d)\d+)")
_THOUSANDS = lazy_compile(r"(\d)[ ,\u2009\u202f\u00a0](?=\d{3}(?!\d))")
_BETWEEN = " :;,()[]-\n"
_BEFORE_THREE = lazy_compile(r"(?<=\d)[.,\u00b7 ](?=\d{3}(?!\d))")
_COMMA = lazy_compile(r"(?<=\d)[,\u00b7](?=\d)")
_FIGURE = lazy_compile(r"\d+(?:\.\d+)?")
_ANY_WORD = lazy_compile(r"\w+")
_YEARS = r"(?:[\s-]*(?:years?|yrs?)\b)?(?: of age| old)?"
_SPAN = rf"(\d{{1,2}}){_YEARS}\s*(?:to|and|through|[-\u2013])\s*(\d{{1,2}})(?!\d)(?!\s*months)"
_AGE_SPAN = lazy_compile(
    rf"\b(?:aged?|ages)\s+(?:between |from |of )?{_SPAN}|{_SPAN}[\s-]*years?[\s-]*(?:of age|old)\b"
)
_AGE_FROM = lazy_compile(
    rf"\bage[ds]?\s+(?:of )?(\d{{1,2}}){_YEARS} (?:and|or) (?:older|over|above|more)"
    r"|\bage[ds]?\s+(?:at least|over|above|>=?|\u2265)\s*(\d{1,2})\b"
    r"|\b(\d{1,2}) (?:years?|yrs?)(?: of age)? (?:and|or) (?:older|over|above)"
)


def compare_abstracts(left: str, right: str) -> Sameness:
    """Compare two abstracts by their people, their numbers, and the words of the shorter one that the other has, too.

    A copy may be cut or have other headings, so the longer one is read as far as the shorter reaches and a bit more.
    An abstract of a meeting and of the paper after it share a topic, and not their words and numbers. Cohorts of one
    programme share all but people and numbers: other ages, or other numbers in one place, are another text's.
    """
    if not left or not right:
        return Sameness.MISSING
    if left == right:
        return Sameness.SAME if len(left) >= LEAST else Sameness.MISSING
    short, long = sorted((_letters(left), _letters(right)), key=len)
    if long.startswith(short):
        return Sameness.SAME if len(short) >= LEAST else Sameness.MISSING
    if _has_others(people_in, left, right) or _has_others(_sexes_in, left, right):
        return Sameness.OTHER
    found = _compare_prose(left, right)
    return Sameness.MISSING if found is Sameness.OTHER and _has_same_figures(left, right) else found


def _compare_prose(left: str, right: str) -> Sameness:
    numbers = _compare_numbers(left, right)
    shortest = min(len(left), len(right))
    if numbers is Sameness.OTHER or shortest < FEWEST_LETTERS:
        return numbers
    if shortest < LEAST:
        return Sameness.OTHER if _shared(_words(left), _words(right)) < SHARED_AT_LEAST else Sameness.MISSING
    return _compare_words(left, right, numbers)


def _has_others(in_text: Callable[[str], frozenset[str]], left: str, right: str) -> bool:
    """Whether each of two texts speaks of people, and of other ones."""
    people = in_text(left)
    others = in_text(right) if people else people
    return bool(others) and people.isdisjoint(others)


def _compare_words(left: str, right: str, numbers: Sameness) -> Sameness:
    reach = int(1.15 * min(len(left), len(right))) + 40
    left, right = left[:reach], right[:reach]
    a, b = _words(left), _words(right)
    if not a or not b:
        return Sameness.MISSING
    share = _shared(a, b)
    if share < 0.7:
        return Sameness.OTHER
    has_same_people = people_in(left) == people_in(right)
    is_same = share >= 0.88 and numbers is not Sameness.NEAR and has_same_people
    return Sameness.SAME if is_same else Sameness.MISSING


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the fewer words that the other text has, too."""
    return len(a & b) / max(1, min(len(a), len(b)))


def _compare_numbers(left: str, right: str) -> Sameness:
    """Other: each has numbers that the other lacks, in one place. Near: each has, in several places. Else missing.

    Numbers that only one of the two has say nothing: the other is shorter, or writes them as words. Nor does another
    way of writing: "10 000" and "10,000", ".05" and "0.05". The end of a text that is cut may be half a number.
    """
    short, long = sorted((left, right), key=len)
    (a, _), (b, ends) = _numbers(short), _numbers(long)
    reached = b[: bisect_left(ends, int(0.95 * len(short)))]
    if set(a) <= set(b) or set(reached) <= set(a):
        return Sameness.MISSING
    for one, other in _replaced(a, reached):
        is_new = set(one) - set(b) and set(other) - set(a)
        if is_new and "".join(one).replace(".", "").lstrip("0") != "".join(other).replace(".", "").lstrip("0"):
            return Sameness.OTHER
    return Sameness.NEAR


def _replaced(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The stretches where each of two rows of numbers has some, and other ones."""
    stretches, from_a, from_b = [], 0, 0
    for block in Levenshtein.opcodes(a, b):
        if block.tag == "equal":
            stretches.append((a[from_a : block.src_start], b[from_b : block.dest_start]))
            from_a, from_b = block.src_end, block.dest_end
    stretches.append((a[from_a:], b[from_b:]))
    return [(one, other) for one, other in stretches if one and other]


@remembered(2**12)
def _numbers(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The numbers of a text in one form, and where each ends: "0.50", ".50" and "0·50" are one.

    A number with which the text breaks off is left out: it may be half of one.
    """
    plain, ends = [], []
    for match in _NUMBER.finditer(_THOUSANDS.sub(r"\1", text)):
        number = match[0].replace("·", ".").lstrip("0")
        plain.append((number.rstrip("0").rstrip(".") if "." in number else number) or "0")
        ends.append(match.end())
    if ends and ends[-1] >= len(text):
        del plain[-1], ends[-1]
    return tuple(plain), tuple(ends)


def _has_same_figures(left: str, right: str) -> bool:
    """Whether two texts have their numbers in common, and enough of them: "0,05" and "1.250" of Spanish are English."""
    a, b = (tuple(_FIGURE.findall(_COMMA.sub(".", _BEFORE_THREE.sub("", text)))) for text in (left, right))
    return len(a) >= FEWEST_FIGURES and a == b


@remembered(2**11)
def _letters(text: str) -> str:
    """A text without blanks and signs between words; certain.sql compares them so, too."""
    text = text.lower()
    for sign in _BETWEEN:
        text = text.replace(sign, "")
    return text.rstrip(".")


@remembered(2**11)
def words_in(text: str) -> frozenset[str]:
    """All words of a text, in lower case."""
    return frozenset(_ANY_WORD.findall(text.lower()))


@remembered(2**11)
def _words(text: str) -> frozenset[str]:
    """The words of four letters and more of a text, and its numbers."""
    return frozenset(_WORD.findall(text.lower()))


@remembered(2**12)
def people_in(text: str) -> frozenset[str]:
    """The ages that a text speaks of: adolescents, adults, children … (not its sexes), by words or in years."""
    said = _groups_in(text) & {"children", "adolescents", "adults", "infants"}
    return said | _ages_in(text) if "age" in text or " old" in text else said


def _sexes_in(text: str) -> frozenset[str]:
    return _groups_in(text) & SEXES


@remembered(2**11)
def _groups_in(text: str) -> frozenset[str]:
    return frozenset(PEOPLE[word] for word in words_in(text) & PEOPLE.keys())


def _ages_in(text: str) -> frozenset[str]:
    """The people of the ages that a text gives in years: "aged 12 to 17 years", "18 years and older"."""
    spans = [[int(age) for age in match.groups() if age] for match in _AGE_SPAN.finditer(text)]
    spans += [[int(age), 99] for match in _AGE_FROM.finditer(text) for age in match.groups() if age]
    found = set()
    for first, last in spans:
        found.update(["adults"] if last >= GROWN + 1 else [])
        found.update(["adolescents"] if first < GROWN and last >= ADOLESCENT else [])
        found.update(["children"] if first < ADOLESCENT - 1 else [])
    return frozenset(found)
