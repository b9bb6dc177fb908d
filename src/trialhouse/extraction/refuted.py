"""Values of which a sentence says that they were not so, and cuts of events that are told of one arm alone.

"CRP did not fall by 12 mg/L" is no fall. ("Remission did not occur in 47 %" is a measure with a value of its own, named
with its denial; see `measure_names`.) "Relapse was reduced by 40 % with A" compares A with somebody; by whom, and by
which measure of comparison, is not said.
"""

import re

from trialhouse.extraction.arm_table import is_control
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

REASON = "refuted"

_MOVED = (
    r"(?:fall|fallen|drop|dropped|decrease|decreased|decline|declined|rise|risen|increase|increased|grow|improve|improved"
    r"|worsen|worsened|lower|lowered|reduce|reduced|raise|raised|shrink|gain|gained|lose|lost|climb)"
)
_NOT = r"(?:\bnot|n['’]t|\bnever|\bneither|\bfail(?:ed|s)? to|\bunable to)"
_DENIED = Cued(
    "no|n't|n’t|never|neither|fail|unable",
    rf"{_NOT}\s+(?:\w+ly\s+|been\s+|to\s+|be\s+){{0,2}}{_MOVED}\b(?:\s+(?!and\b|but\b|or\b)[\w-]+){{0,5}}?\s+"
    r"(?:by|to|of)\s+(?:\w+\s+){0,3}\Z"
    rf"|{_NOT}\s+(?:\w+ly\s+|been\s+|to\s+|be\s+){{0,2}}{_MOVED}\s+\Z"
    r"|\bno\s+(?:\w+\s+){0,2}(?:fall|drop|decrease|reduction|decline|rise|increase|gain|loss|improvement)\s+of\s+"
    r"(?:\w+\s+){0,2}\Z",
    re.I,
)
_EVENT = (
    r"(?:relapses?|deaths?|mortality|strokes?|infarctions?|hospitali[sz]ations?|(?:re)?admissions?|exacerbations?"
    r"|infections?|fractures?|events?|incidence|recurrences?|progression|attacks?|seizures?|episodes?|cases|flares?)"
)
_CUT = r"(?:reduced|decreased|lowered|cut|halved|fell|declined|dropped|raised|increased|rose)"
_EVENT_CUT = lazy_compile(
    rf"\b{_EVENT}\b[^.;:,\d]{{0,30}}\b{_CUT}\s+(?:by\s+)?(?:about |almost |nearly |some |an? (?:mean |median )?)?\Z"
    rf"|\b{_CUT}\b[^.;:\d]{{0,40}}\b{_EVENT}\s+by\s+(?:about |almost |nearly |some )?\Z"
    rf"|\b(?:reduction|decrease|increase)s? (?:in|of)\s+(?:the\s+)?(?:\w+\s+){{0,3}}?{_EVENT}\b[^.;:\d]{{0,24}}"
    r"\b(?:of|was|were|by)\s+\Z",
    re.I,
)


def is_refuted(line: Line, bound: Bound, table: ArmTable) -> bool:
    """Whether a sentence denies one of the values, or tells a cut of events of arms without the control's."""
    begin = line.said.sentence.start
    for _, cell in bound.pairs:
        if _DENIED.search(line.text, max(begin, cell.start - 110), cell.start):
            return True
    cell = bound.pairs[0][1]
    if cell.numbers[-1].kind is not Kind.PERCENT:
        return False
    arms = {arm for arm, _ in bound.pairs if arm is not None}
    if not arms or len(arms) == len(table.drafts) or any(is_control(table.drafts[arm]) for arm in arms):
        return False
    return bool(_EVENT_CUT.search(line.text, max(begin, cell.start - 110), cell.start))
