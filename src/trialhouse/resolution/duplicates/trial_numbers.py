"""The trials that records name: two numbers of one registry are two trials, or one of them is mistyped."""

import re
from collections.abc import Sequence

from trialhouse.model.identifiers import REGISTRY_FORMS, find_identifiers, numbering_of

_LONG_NUMBER = re.compile(r"\d{4}|[A-Z]{2}\d|-\d{3}-|RBR-")
"""What every registry's number holds, and few titles do."""
_LETTERS = {form.literal.upper(): form.numbering for form in reversed(REGISTRY_FORMS) if form.literal.isalpha()}
_LETTERS = {letters: numbering for letters, numbering in _LETTERS.items() if len(letters) > 2}
_LETTERS |= dict.fromkeys(("NTC", "NCTO"), _LETTERS["NCT"])
"""What a registry's numbers begin with, also where two letters are turned or the first digit is a letter."""
_MISTYPED = re.compile(
    rf"\b({'|'.join(sorted(_LETTERS, key=len, reverse=True))})[\s:#-]{{0,2}}(\d[\d ]{{4,14}}\d)(?!\d)", re.I
)

SHORTEST_CUT = 200
"""Signs: exports cut no text that is shorter."""


def trials_in(text: str) -> tuple[str, ...]:
    """Numbers of trial registries in a text, also those with too few or too many digits, in order.

    A number with which a long text breaks off may go on: it is none.
    """
    if not _LONG_NUMBER.search(text):
        return ()
    found = [(one.start, one.end, one.value.upper()) for one in find_identifiers(text) if one.registry]
    for match in _MISTYPED.finditer(text):
        is_known = any(start < match.end() and match.start() < end for start, end, _ in found)
        is_whole = match.end() < len(text) or len(text) < SHORTEST_CUT
        if is_whole and not is_known:
            found.append((*match.span(), match[1].upper() + match[2].replace(" ", "")))
    return tuple(dict.fromkeys(value for _, _, value in sorted(found)))


def other_trials(left: Sequence[str], right: Sequence[str]) -> tuple[str, str] | None:
    """Two numbers of one registry where none is named by both; a trial may have numbers of several registries."""
    for one in left:
        others = [other for other in right if _numbering(other) == _numbering(one)]
        if others and one not in right and not set(others) & set(left):
            return one, others[0]
    return None


def _numbering(number: str) -> str:
    """The series that a trial's number is of; of one that no registry writes so, by its letters."""
    known = numbering_of(number)
    if known != "unknown":
        return known
    letters = number.rstrip("0123456789-/").rstrip(" :#-")
    return _LETTERS.get(letters, letters)
