"""Whether two names of journals may be one journal: in full, abbreviated, by initials, in two languages."""

from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile

_SMALL = frozenset("the of and in for on de la le et und der a an y e di del des du".split())
_TAIL = lazy_compile(r"\s*(?:[:=/(\[]|\. ).*$")
_BRACKETED = lazy_compile(r"[\[(]([^\])]{4,})[\])]")
_NOT_WORD = lazy_compile(r"[^\w]+")


@remembered(2**13)
def same_journal(left: str, right: str) -> bool | None:
    """Whether two names are one journal's; None where one is not said.

    A name counts with and without what follows a colon, an equals sign or a bracket, and so does a translation in
    brackets. Two names are one where the words of one shorten those of the other in order, or give its initials.
    """
    if not left.strip() or not right.strip():
        return None
    return any(_one_name(a, b) for a in _readings(left) for b in _readings(right))


@remembered(2**13)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    lowered = name.lower().replace("&", " and ")
    readings = [_words(lowered), _words(_TAIL.sub("", lowered)), *(_words(m) for m in _BRACKETED.findall(lowered))]
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _NOT_WORD.split(name) if word and word not in _SMALL)


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if "".join(a) == "".join(b):
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(long) == 1:
        return min(len(short[0]), len(long[0])) >= 3 and _abbreviates(short[0], long[0])
    if len(short) == 1:
        return 3 <= len(short[0]) == len(long) and short[0] == "".join(word[0] for word in long)
    # "CMAJ Canadian Medical Association Journal" is the journal after its initials
    return _shortens(short, long) or short == long[1:]


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of one is, in order, the beginning of a word of the other; the first words pair up."""
    if not _abbreviates(short[0], long[0]):
        return False
    at = 0
    for word in short:
        while at < len(long) and not _abbreviates(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    # "Diabetes" shortens no "Diabetes Care": what is left over stands behind a name of at least two words
    return len(short) > 1


def _abbreviates(one: str, other: str) -> bool:
    a, b = (one, other) if len(one) <= len(other) else (other, one)
    return b.startswith(a) or (
        len(a) >= 3 and b[0] == a[0] and b[-1] == a[-1] and len(b) - len(a) >= 2 and _within(a, b)
    )


def _within(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in order ("natl" in "national")."""
    letters = iter(long)
    return all(letter in letters for letter in short)
