"""Words that stand for the only treatment that is tested: "patients taking the drug", "those who got the vaccine".

News and summaries name a treatment once and go on with what it is. Where one arm of a trial is no control and the
others are, people who get "the drug" are of that arm.
"""

from trialhouse.text.cues import Cued

_WHAT = (
    r"(?:drugs?|pills?|medicines?|medications?|tablets?|capsules?|vaccines?|jabs?|shots?|injections?|infusions?|implants?"
    r"|devices?|patch(?:es)?|creams?|gels?|sprays?|antibod(?:y|ies)|combination|compound|agent|gene therapy|treatment"
    r"|therapy|supplements?|programme|program)"
)
_PEOPLE_GET = Cued(
    "drug|pill|medic|tablet|capsule|vaccine|jab|shot|inject|infusion|implant|device|patch|cream|gel|spray|antibod|combination"
    "|compound|agent|therapy|treatment|supplement|program",
    r"\b(?:who (?:took|got|received|used|had|were (?:given|on|taking|getting|receiving|treated with))|on|taking|given"
    r"|getting|receiving|using|treated with|assigned to|randomi[sz]ed to|recipients of)\s+"
    rf"(?P<what>the\s+(?:(?:experimental|study|new|active|real|investigational|oral|weekly|daily)\s+){{0,2}}{_WHAT})\b"
    r"(?![\s-]+(?:group|arm|cost|price|compan|at (?:baseline|home))|['’-])",
)


def stand_ins(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of a stretch where people are said to get "the drug", as (start, end) of these words."""
    return [match.span("what") for match in _PEOPLE_GET.finditer(text, start, end)]
