"""Pages as they are written, and as spreadsheets and libraries spoil them, and whether two are the same."""

from dataclasses import dataclass
from enum import StrEnum

from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile


class Sameness(StrEnum):
    """How a field of two records stands to each other. Missing is never equal, and says nothing."""

    SAME = "same"
    NEAR = "near"
    MISSING = "missing"
    OTHER = "other"


@dataclass(frozen=True)
class Pages:
    """First and last page as numbers, and the letters before the first ("S", "e"). None: not said, or not readable."""

    first: int | None = None
    last: int | None = None
    prefix: str = ""
    tail: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it is more than one page, counted by the volume and not from 1."""
        return self.first is not None and self.last is not None and 1 < self.first < self.last

    @property
    def end(self) -> int:
        """The last page that is known."""
        return max(self.first or 0, self.last or 0)

    @property
    def is_article_number(self) -> bool:
        """Whether it numbers an article ("e12724", "a1754", "CD008391") and not a page ("S42", "e494")."""
        return bool(self.prefix) and self.last is None and self.first is not None and self.first >= 1000


NOWHERE = Pages()
MOST_PARTS = 4
"""Parts ("Pt 2") that an issue has at most."""

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SAYS_NOTHING = lazy_compile(r"paginat|(?:\bp|\bpages?|\bpp|\bpgs?)\.?\s*$|^\W*$|^(?:n/?a|none|null|unknown)$")
_CUT = lazy_compile(r"^(?:suppl?|[a-z])\.?\s*-\s*(\d+)$")
_DAY_MONTH = lazy_compile(r"^(\d{1,4})-([a-z]{3})$")
_MONTH_DAY = lazy_compile(r"^([a-z]{3})-(\d{1,4})$")
_RANGE = lazy_compile(r"([a-z]*)\s*\.?\s*(\d+)([a-z]*)(?:\.\w+)?(?:\s*[-–—−]+\s*([a-z]*)\s*\.?\s*(\d+))?")


@remembered(2**13)
def read_pages(written: str) -> Pages:
    """Pages from how they are written.

    '73-6' is 73-76 and 'S12-S15' has the prefix s. Spreadsheets make dates of small pages: '21-Aug' was 21-8, that is
    21-28. Of 'Suppl-29' and 't-8' a library left only the last digits. 'No pagination' and '215 p' say no page.
    """
    text = written.strip().lower()
    if _SAYS_NOTHING.search(text):
        return NOWHERE
    cut = _CUT.match(text)
    if cut:
        return Pages(tail=cut[1])
    dated = _DAY_MONTH.match(text)
    if dated and dated[2] in _MONTHS:
        return _range(int(dated[1]), str(_MONTHS[dated[2]]), "")
    dated = _MONTH_DAY.match(text)
    if dated and dated[1] in _MONTHS:
        return _range(_MONTHS[dated[1]], dated[2], "")
    found = _RANGE.search(text)
    if not found or len(found[2]) > 12:
        return NOWHERE
    prefix = found[1] if len(found[1]) <= 2 else ""
    return _range(int(found[2]), found[5] or "", prefix)


def _range(first: int, last: str, prefix: str) -> Pages:
    begin = str(first)
    if not last or len(last) > 12:
        return Pages(first, None, prefix, begin)
    whole = begin[: -len(last)] + last if len(last) < len(begin) and int(last) < first else last
    return Pages(first, int(whole), prefix, whole)


def compare_pages(one: Pages, other: Pages) -> Sameness:
    """Whether two places in a volume are the same.

    Near: they overlap, their letters differ ("S44" and "44"), or what is left of one ends like the other. An article
    of an electronic journal is at once 'e12724', pages 1-6 and, in print, 969-972: these say nothing of each other.
    """
    if NOWHERE in (one, other):
        return Sameness.MISSING
    if one.first is None or other.first is None:
        short, long = sorted((one.tail, other.tail), key=len)
        return Sameness.NEAR if long.endswith(short) else Sameness.OTHER
    if one.first == other.first:
        if one.prefix != other.prefix and one.prefix and other.prefix:
            return Sameness.OTHER
        return Sameness.SAME if one.prefix == other.prefix else Sameness.NEAR
    if 1 in (one.first, other.first) or one.is_article_number != other.is_article_number:
        return Sameness.MISSING
    if one.prefix == other.prefix and max(one.first, other.first) <= min(one.end, other.end):
        return Sameness.NEAR
    if one.end == other.end and one.last and other.last:
        return Sameness.NEAR
    return Sameness.MISSING if _is_cut_of(one, other) or _is_cut_of(other, one) else Sameness.OTHER


def _is_cut_of(cut: Pages, whole: Pages) -> bool:
    """Whether pages are what "Pt 2, 125-8" became: '2-8', a part's number and the last digits.

    A part's number is small, and who wrote one digit for the last page had a page of three or more: '2-7' may be pages
    2 to 7 of a volume whose next article begins on page 12.
    """
    if cut.first is None or cut.last is None or whole.first is None:
        return False
    is_part = cut.first <= MOST_PARTS and cut.last < 10 and not cut.prefix
    return is_part and whole.is_range and whole.first >= 100 and whole.tail.endswith(str(cut.last))
