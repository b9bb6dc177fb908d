"""The names that mean an arm: what it alone is given, or what the text calls it."""

from trialhouse.extraction.arm_list import Draft
from trialhouse.extraction.arm_table import CONTROLS, ArmTable


def _identifying(draft: Draft, table: ArmTable) -> frozenset[str]:
    """The interventions that tell an arm from the others: its own, less what all arms get."""
    common = {p.mention.norm for p in table.background}
    own = frozenset(p.mention.norm for p in draft.parts if not p.background and not p.alternative)
    return own - common or own


def names_of(table: ArmTable) -> list[frozenset[str]]:
    """For each arm the names that mean it; an arm given as a class is meant by the class."""
    if not table.names:
        table.names = _find_names(table)
    return table.names


def _find_names(table: ArmTable) -> list[frozenset[str]]:
    """The names of the arms, looked for."""
    names = [_identifying(draft, table) for draft in table.drafts]
    for i, draft in enumerate(table.drafts):
        if draft.label is not None and not draft.label.norm.startswith("no "):
            names[i] = frozenset({draft.label.norm})
    for i, own in enumerate(names):
        label = next(iter(own)) if len(own) == 1 else ""
        if label.startswith("no ") and label != "no treatment":
            partner = [
                j
                for j, d in enumerate(table.drafts)
                if j != i and table.factors.get(j) == table.factors.get(i) and _is_class(d, label)
            ]
            if len(partner) == 1:
                names[partner[0]] = frozenset({label.removeprefix("no ")})
    return names


def _is_class(draft: Draft, label: str) -> bool:
    """Whether an arm can be the one that gets what the label's arm does not."""
    return not any(p.mention.norm.startswith("no ") for p in draft.parts) and label.startswith("no ")


def ranked_by_dose(table: ArmTable) -> list[tuple[float, int]]:
    """The arms of one drug by their dose; none where there are not two or three of them."""
    ranked = sorted(
        (p.dose.value, i)
        for i, d in enumerate(table.drafts)
        for p in d.parts
        if p.dose and p.mention.norm not in CONTROLS and len(d.parts) == 1
    )
    same = len({table.drafts[i].norms() for _, i in ranked}) == 1
    return ranked if same and len(ranked) in (2, 3) else []
