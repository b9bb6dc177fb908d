"""The two arms of a trial by their part in it: "the intervention group" and "the control group" of what was usual.

Where one of two arms is told as what people get anyway ("usual cooking", "standard dressing", "lumpectomy alone"), the
text may go on to call it the control and the other the intervention.
"""

import re

from trialhouse.extraction.arm_table import ArmTable, is_control
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.group_names import group_names
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_USUAL = lazy_compile(
    r"(?:(?:the|an?|their|to|by|with|receive)\s+)*(?:usual|standard|routine|conventional|no|current|existing|regular|customary)\b",
    re.I,
)
_ALONE = lazy_compile(r"[\w\s-]*\b(?:alone|only)\b", re.I)
_NAMED = Cued("intervention|experimental|control", r"\b(?:intervention|experimental|control)", re.I)
_CONTROLS, _OTHERS = ("control", "controls"), ("intervention", "experimental")


def parts_in_trial(matter: Matter, table: ArmTable, calls: dict[str, int]) -> dict[str, int]:
    """The names of the parts of two arms that the text has and that no arm is called by yet, each with its arm."""
    if len(table.drafts) != 2 or any(is_control(draft) for draft in table.drafts):
        return {}
    text = matter.reading.text
    usual = [i for i, d in enumerate(table.drafts) if _USUAL.match(text, d.start)]
    usual = usual or [i for i, d in enumerate(table.drafts) if _ALONE.match(text, d.start, d.end + len(" alone"))]
    if len(usual) != 1 or any(name in calls for name in (*_CONTROLS, *_OTHERS)):
        return {}
    names = {
        one.name
        for said in matter.said
        if _NAMED.search_words(said.sentence.words)
        for one in group_names(text, said.sentence.start, said.sentence.end)
    }
    control = usual[0]
    return {name: control for name in _CONTROLS if name in names} | {
        name: 1 - control for name in _OTHERS if name in names
    }
