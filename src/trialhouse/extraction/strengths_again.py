"""Strengths of solutions that name an arm without its drug: "the 0.05% group", "1.02 mm with 0.05%"."""

import re

from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.text.lazy_patterns import lazy_compile

_GROUP = lazy_compile(
    r"[\s-]*(?:groups?|arms?|(?:eye ?)?drops|solution|suspension|cream|gel|ointment|concentration|dose|strength"
    r"|treated)\b",
    re.I,
)
_GIVEN = lazy_compile(r"\b(?:with|on|for|given|receiv(?:ed|ing)|using|than|versus|vs\.?)\s+(?:the\s+)?\Z", re.I)
_ENDS = lazy_compile(r"\s*(?:[,;.)]|\Z|\b(?:and|or|versus|vs|than|compared)\b)")
_LISTED = lazy_compile(r"\s*(?:,|and|or|,\s*(?:and|or)|versus|vs\.?)\s*")


def strengths_said_again(text: str, numbers: tuple[Typed, ...], known: set[float]) -> tuple[Typed, ...]:
    """The numbers of a sentence with known strengths as doses where a word for group follows, or "with" leads to them.

    Behind a mere "with" only where the text knows two strengths: a single one tells no arms apart.
    """
    out: list[Typed] = []
    for one in reversed(numbers):
        again = one.kind is Kind.PERCENT and one.value in known and _names_arm(text, one, out, apart=len(known) > 1)
        out.append(one._replace(kind=Kind.DOSE) if again else one)
    return tuple(reversed(out))


def _names_arm(text: str, one: Typed, behind: list[Typed], *, apart: bool) -> bool:
    """Whether a known strength names an arm where it stands; `behind` ends with the next number."""
    if _GROUP.match(text, one.end):
        return True
    following = behind[-1] if behind else None
    listed = following and following.kind is Kind.DOSE and following.unit == "%" and one.value != following.value
    if listed and following and _LISTED.fullmatch(text, one.end, following.start):
        return True
    given = _GIVEN.search(text, max(0, one.start - 16), one.start)
    return apart and bool(given and _ENDS.match(text, one.end))
