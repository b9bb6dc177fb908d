"""Words that name no measure: alone, or beside the names of arms."""

import re

from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_EMPTY_WORD = (
    r"(?:the|an?|this|that|these|those|it|its|they|their|them|same|and|or|of|in|on|at|by|for|with|to|from|than"
    r"|then|also|as|was|were|is|are|had|has|been|be|rates?|ratio|difference|differences|drops?|falls?|fell"
    r"|decreases?|reductions?|changes?|increases?|rises?|improvements?|gap|gaps|advantage|figures?|values?"
    r"|numbers?|corresponding|percentages?|percentage|proportions?|proportion|share|shares|mean|median"
    r"|least[\s-]squares|ls|means|medians|average|absolute|relative|pairwise|adjusted|placebo|placebo-adjusted|treatment"
    r"|between-group|versus|vs|compared|respectively|points?|responses?|response rate|measure|measures"
    r"|outcomes?|incidences?|frequenc(?:y|ies)|end ?points?|primary|secondary|main|goal|minus|results?|scores?"
    r"|groups?|arms?|patients?|participants?|subjects?|population|populations|mitt|itt|pp|per-protocol|per"
    r"|protocol|modified|intention-to-treat|intent-to-treat|weeks?|months?|days?|years?|while|whereas|but"
    r"|lost|gained|only|just|even|over|about|both|each|all|respective|stood|came|makes|set|against|there|total"
    r"|significantly|overall|again|low|lower|high|higher|middle|mid|doses?|regimen|active|control|controls"
    r"|sites?|baseline|week|follow-up|i\.e|e\.g|risen|fallen|reached|seen|found|noted|observed|reported|did"
    r"|not|no|so|too|one|two|three|four|who|which|similarly|however|moreover|furthermore|among|between"
    r"|more|fewer|greater|larger|smaller|less|percent|number|approximately|nearly|almost|compared|than|those|receive"
    r"|within|after|during|before|until|if|when|given|received|receiving|treated|took|taking|assigned"
    r"|annuali[sz]ed|annual|yearly|showed|non-?inferiority"
    r"|superiority)"
)
EMPTY = lazy_compile(rf"(?:\W|\d|\b{_EMPTY_WORD}\b)+", re.I)
_EMPTY_BESIDE_ARMS = lazy_compile(
    rf"(?:\W|\d|\b(?:{_EMPTY_WORD}|hazards?|odds|risk|hr|or|rr|irr|md|ci|similar|nor|neither|superior|inferior|non)\b)+",
    re.I,
)
"""What also names nothing where an arm is told: "and similar with 150 mg (hazard ratio", "nor exercise"."""


def names_only_arms(text: str, span: Span, refs: list[Span]) -> bool:
    """Whether a stretch holds nothing but names of arms, of effect measures, and empty words."""
    if not any(start < span[1] and span[0] < end for start, end in refs):
        return False
    rest, at = "", span[0]
    for start, end in refs:
        if end <= span[0] or start >= span[1]:
            continue
        rest += text[at : max(at, start)] + " "
        at = max(at, end)
    rest += text[at : span[1]]
    return bool(_EMPTY_BESIDE_ARMS.fullmatch(rest)) or not rest.strip()
