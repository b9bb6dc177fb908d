"""The trials that records name: two numbers of one registry are two trials, or one of them is mistyped."""

from collections.abc import Sequence

from trialhouse.model.identifiers import REGISTRY_FORMS, find_registry_ids, numbering_of
from trialhouse.text.lazy_patterns import lazy_compile

_LONG_NUMBER = lazy_compile(r"\d{4}|[A-Z]{2}\d|-\d{3}-|RBR-|NCT[\dO]")
"""What every registry's number holds, and few titles do."""
_LETTERS = {form.literal.upper(): form.numbering for form in reversed(REGISTRY_FORMS) if form.literal.isalpha()}
_LETTERS = {letters: numbering for letters, numbering in _LETTERS.items() if len(letters) > 2}
_LETTERS |= {"NTC": _LETTERS["NCT"]}
"""What a registry's numbers begin with, also where two letters are turned."""
_MISTYPED = lazy_compile(
    rf"\b({'|'.join(sorted(_LETTERS, key=len, reverse=True))})[\s:#-]{{0,2}}([\dOIL][\dOIL ]{{2,14}}[\dOIL])(?![^\W_])"
)
_AS_DIGITS = str.maketrans("OIL", "011", " ")
"""Letters that are written for digits, and the blanks within a number."""

SHORTEST_CUT = 200
"""Signs: exports cut no text that is shorter."""
FEWEST_DIGITS = 6
"""Of a number that stands within a text: fewer may be a year or a page."""
CUT_OFF = "…"
"""What stands behind the digits of a number with which a long text breaks off: more may have followed."""


def trials_in(text: str) -> tuple[str, ...]:
    """Numbers of trial registries in a text, in order, also with too few or too many digits, or letters for digits."""
    if not _LONG_NUMBER.search(text):
        return ()
    found = [(one.start, one.end, one.value.upper()) for one in find_registry_ids(text)]
    upper = text.upper()
    for match in _MISTYPED.finditer(upper) if any(letters in upper for letters in _LETTERS) else ():
        if any(start < match.end() and match.start() < end for start, end, _ in found):
            continue
        digits = match[2].translate(_AS_DIGITS)
        is_cut = match.end() == len(upper) >= SHORTEST_CUT
        is_number = sum(sign.isdigit() for sign in match[2]) > len(digits) / 3
        if is_number and (is_cut or len(digits) >= FEWEST_DIGITS):
            found.append((*match.span(), match[1] + digits + CUT_OFF * is_cut))
    return tuple(dict.fromkeys(value for _, _, value in sorted(found)))


def other_trials(left: Sequence[str], right: Sequence[str]) -> tuple[str, str] | None:
    """Two numbers of one registry where none is named by both; a trial may have numbers of several registries."""
    for one in left:
        others = [other for other in right if _numbering(other) == _numbering(one)]
        if others and not any(_may_be_one(a, b) for a in left for b in others):
            return one, others[0]
    return None


def _may_be_one(one: str, other: str) -> bool:
    """Whether two numbers are one, as far as a text that breaks off has them."""
    if CUT_OFF not in one + other:
        return one == other
    short, long = sorted((one.removesuffix(CUT_OFF), other.removesuffix(CUT_OFF)), key=len)
    return long.startswith(short) and (len(short) == len(long) or (short + CUT_OFF) in (one, other))


def _numbering(number: str) -> str:
    """The series that a trial's number is of; of one that no registry writes so, by its letters."""
    known = numbering_of(number)
    if known != "unknown":
        return known
    letters = number.rstrip(f"0123456789-/{CUT_OFF}").rstrip(" :#-")
    return _LETTERS.get(letters, letters)
