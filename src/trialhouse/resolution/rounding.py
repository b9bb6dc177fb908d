"""Whether two documents write one number, of which one rounds it more than the other."""

from typing import Any

from trialhouse.model.enums import PModifier
from trialhouse.model.evidence import Evidence
from trialhouse.text.lazy_patterns import lazy_compile

ROUNDED = frozenset(
    {"value", "estimate", "ci_low", "ci_high", "dispersion_value", "dispersion_low", "dispersion_high", "p_value"}
)
"""Fields of results, which registries write with more decimals than papers."""

COARSEST = 0.1
"""Rounding that moves a number by more than this share of it makes another number of it: 0.6 and 1."""

_NUMBER = lazy_compile(r"\d*[.,·∙‧]?\d+")
_MARKS = str.maketrans(",·∙‧", "....")


def equal_as_rounded(one: float, other: float, digits: int | None = None) -> bool:
    """Whether the number with more decimals is the other one before it was rounded to so many `digits`."""
    if one == other:
        return True
    digits = min(_decimals(one), _decimals(other)) if digits is None else digits
    difference = abs(one - other)
    return difference <= 0.5 * 10**-digits + 1e-9 and difference <= COARSEST * max(abs(one), abs(other))


def written_alike(field: str, one: Any, other: Any, proofs: tuple[Evidence | None, Evidence | None]) -> bool:
    """Whether two claims give one number in `field`, at the decimals with which their quotes write it.

    A bound of a p-value and a p-value within it are no disagreement: P<0.001 and 0.0004.
    """
    if field == "p_modifier":
        field, proofs = "p_value", (None, None)
    a, b = getattr(one, field, None), getattr(other, field, None)
    if field not in ROUNDED or a is None or b is None:
        return False
    if field == "p_value" and one.p_modifier != other.p_modifier:
        return _within(a, one.p_modifier, b, other.p_modifier) or _within(b, other.p_modifier, a, one.p_modifier)
    digits = min(written_decimals(a, proofs[0]), written_decimals(b, proofs[1]))
    return equal_as_rounded(a, b, digits)


def _within(number: float, modifier: PModifier | None, bound: float, of_bound: PModifier | None) -> bool:
    """Whether an exact p-value lies within a bound."""
    if modifier not in (None, PModifier.EQUAL):
        return False
    return (of_bound is PModifier.LESS and number <= bound) or (of_bound is PModifier.GREATER and number >= bound)


def written_decimals(number: float, proof: Evidence | None) -> int:
    """With how many decimals a quote writes a number: 1.00 has two; else those that the number needs."""
    own = _decimals(number)
    written = _NUMBER.findall(proof.quote) if proof is not None else ()
    same = [words for words in (text.translate(_MARKS) for text in written) if float(words) == abs(number)]
    return max([own, *(len(words.partition(".")[2]) for words in same)])


def _decimals(number: float) -> int:
    return len(f"{number:.10f}".rstrip("0").partition(".")[2])
