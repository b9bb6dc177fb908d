"""One comparison told from both sides: drug minus placebo is 3.2 where placebo minus drug is -3.2.

A ratio told from the other side is its reciprocal, a difference or the logarithm of a ratio has the other sign.
"""

from collections.abc import Callable, Sequence

from trialhouse.model.enums import Effect
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.rounding import COARSEST, equal_as_rounded, written_decimals

RATIOS = frozenset(
    {
        Effect.HAZARD_RATIO,
        Effect.RISK_RATIO,
        Effect.ODDS_RATIO,
        Effect.RATE_RATIO,
        Effect.GEOMETRIC_MEAN_RATIO,
    }
)
SIGNED = frozenset(
    {
        Effect.RISK_DIFFERENCE,
        Effect.RATE_DIFFERENCE,
        Effect.MEAN_DIFFERENCE,
        Effect.MEDIAN_DIFFERENCE,
        Effect.LS_MEAN_DIFFERENCE,
        Effect.HAZARD_RATIO_LOG,
        Effect.RISK_RATIO_LOG,
        Effect.ODDS_RATIO_LOG,
    }
)

OPPOSITE_SIGN, RECIPROCAL = "opposite_sign", "reciprocal"
"""What the rule of a conflict says where two documents seem to tell one number from two sides."""

Claims = Sequence[tuple[Mention, AnalysisClaim]]
ArmOf = Callable[[Mention, str | None], str | None]


def mirror(effect: Effect | None, number: float) -> float | None:
    """The number as told from the other side; None where an effect has none."""
    if effect in SIGNED:
        return -number + 0.0
    return 1 / number if effect in RATIOS and number > 0 else None


def is_mirror(effect: Effect | None, one: float, other: float, digits: tuple[int, int]) -> bool:
    """Whether two numbers, written with so many decimals, are one told from two sides."""
    turned = mirror(effect, one)
    if turned is None or mirror(effect, other) is None:
        return False
    if effect in SIGNED:
        return equal_as_rounded(turned, other, min(digits))
    half, other_half = (0.5 * 10**-number + 1e-9 for number in digits)
    low, high = 1 / (one + half), 1 / (one - half) if one > half else float("inf")
    is_within = low <= other + other_half and high >= other - other_half
    return is_within and abs(turned - other) <= COARSEST * max(turned, other)


def reason_of(one: AnalysisClaim, other: AnalysisClaim, proofs: tuple[Evidence, Evidence]) -> str | None:
    """What a conflict of the estimates of one order of groups is called where the one is the other's mirror."""
    if one.estimate is None or other.estimate is None or one.estimate == other.estimate:
        return None
    digits = written_decimals(one.estimate, proofs[0]), written_decimals(other.estimate, proofs[1])
    if not is_mirror(one.effect, one.estimate, other.estimate, digits):
        return None
    return OPPOSITE_SIGN if one.effect in SIGNED else RECIPROCAL


def faced_alike(claims: Claims, trusted: Claims, arm_of: ArmOf) -> list[tuple[Mention, AnalysisClaim]]:
    """The claims in their order, each that tells another document's comparison from the other side turned about.

    `trusted` are the same claims, those first whose side is kept. Of a ratio that is turned only what has no side is
    left (the p-value, the method): its quote holds none of the numbers that it would have.
    """
    kept: dict[tuple[object, ...], list[tuple[Mention, AnalysisClaim]]] = {}
    turned: dict[int, AnalysisClaim] = {}
    for mention, claim in trusted:
        sides = arm_of(mention, claim.arm), arm_of(mention, claim.comparator)
        others = [] if None in sides else kept.get((*reversed(sides), claim.effect), [])
        documents = {other.document.document_id for other, _ in others}
        if mention.document.document_id not in documents and any(_tells_the_same(claim, one) for _, one in others):
            turned[id(claim)] = _turned(claim)
        else:
            kept.setdefault((*sides, claim.effect), []).append((mention, claim))
    return [(mention, turned.get(id(claim), claim)) for mention, claim in claims]


def _tells_the_same(one: AnalysisClaim, other: AnalysisClaim) -> bool:
    """Whether the estimates are mirrored, and the bounds of the intervals as far as both say them."""
    if one.estimate is None or other.estimate is None:
        return False
    pairs = [(one.estimate, other.estimate), (one.ci_low, other.ci_high), (one.ci_high, other.ci_low)]
    return all(
        is_mirror(one.effect, a, b, (written_decimals(a, one.evidence), written_decimals(b, other.evidence)))
        for a, b in pairs
        if a is not None and b is not None
    )


def _turned(claim: AnalysisClaim) -> AnalysisClaim:
    """The claim from the other side."""
    proofs = {name: proof for name, proof in claim.field_evidence.items() if name not in {"arm", "comparator"}}
    swapped = {"arm": "comparator", "comparator": "arm"}
    proofs |= {swapped[name]: claim.field_evidence[name] for name in swapped if name in claim.field_evidence}
    said: dict[str, object] = {"arm": claim.comparator, "comparator": claim.arm, "field_evidence": proofs}
    numbers = {"estimate": claim.estimate, "ci_low": claim.ci_high, "ci_high": claim.ci_low}
    if claim.effect in SIGNED:
        said |= {name: None if number is None else mirror(claim.effect, number) for name, number in numbers.items()}
    else:
        gone = (*numbers, "unit", "dispersion_type", "dispersion_value", "ci_pct", "ci_n_sides")
        said |= dict.fromkeys(gone)
    return claim.model_copy(update=said | {"group_titles": ()})
