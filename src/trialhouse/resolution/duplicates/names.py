"""Whether two lists of authors are the same people, whatever the order of family and given names."""

from enum import StrEnum

from rapidfuzz.distance import JaroWinkler

from trialhouse.resolution.duplicates.side import Side


class Authorship(StrEnum):
    """How the authors of two records stand to each other."""

    SAME = "same"
    PARTLY = "partly"
    MISSING = "missing"
    OTHER = "other"


def compare_authors(left: Side, right: Side) -> Authorship:
    """Compare two lists of authors by the words of their names; initials say nothing.

    Exports cut lists ("et al"), turn family and given names about, lose letters ("Le?niak") and give given names or
    initials. So the shorter list decides: the share of its authors who have a namesake in the longer one.
    """
    a, b = left.names, right.names
    if not a or not b:
        return Authorship.MISSING
    if a == b:
        return Authorship.SAME
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    known = frozenset().union(*long)
    share = sum(not known.isdisjoint(words) for words in short) / len(short)
    first = bool(a[0] & b[0]) or _alike(a[0], b[0])
    if (share >= 0.6 and first) or (share == 1 and len(short) > 1):
        return Authorship.SAME
    if len(short) == 1 and len(long) > 3 and share == 1:
        return Authorship.SAME if first else Authorship.PARTLY
    if first or share >= 0.5:
        # one misspelt author of one is the same, one known author of many is not
        return Authorship.SAME if first and len(short) == 1 else Authorship.PARTLY
    return Authorship.OTHER


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names without a common word are spellings of one."""
    return any(
        JaroWinkler.similarity(x, y) >= 0.88 for x in sorted(one) for y in sorted(other) if min(len(x), len(y)) >= 4
    ) or _glued(one, other)


def _glued(one: frozenset[str], other: frozenset[str]) -> bool:
    a, b = "".join(sorted(one)), "".join(sorted(other))
    return a == b
