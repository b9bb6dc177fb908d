"""Arms that go by the rank of their dose: "the mid-dose regimen", "those on the highest dose"."""

import re

from trialhouse.extraction.arm_names import ranked_by_dose
from trialhouse.extraction.arm_table import ArmTable
from trialhouse.extraction.elements import Said
from trialhouse.text.cues import Cued

_LEVEL = Cued(
    "dose",
    r"\b(?P<level>low|lower|lowest|mid|medium|middle|intermediate|high|higher|highest)(?:er|est)?[-\s]dose\b(?!-)"
    r"(?:\s+(?:group|arm|regimen|treatment))*|\bmid-dose\b",
    re.I,
)
_LOW, _HIGH = ("low", "lower", "lowest"), ("high", "higher", "highest")


def by_rank(text: str, said: Said, table: ArmTable) -> list[tuple[int, int, int]]:
    """The places of a sentence that name an arm by the rank of its dose, as (start, end, arm)."""
    if table.ranked is None:
        table.ranked = ranked_by_dose(table)
    ranked = table.ranked
    if not ranked:
        return []
    out = []
    for match in _LEVEL.finditer(text, said.sentence.start, said.sentence.end):
        level = (match["level"] or "mid").lower()
        at = 0 if level in _LOW else len(ranked) - 1 if level in _HIGH else 1 if len(ranked) == 3 else None
        inside_name = any(d.start < match.end() and match.start() < d.end for d in said.drugs)
        if at is not None and not inside_name:
            out.append((match.start(), match.end(), ranked[at][1]))
    return out
