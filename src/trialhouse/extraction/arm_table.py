"""The arms of a document as they are settled: drafts, background, and the sentence and rule that settled them."""

import re
from dataclasses import dataclass, field
from typing import Any

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.refusals import is_elsewhere, reason_to_refuse
from trialhouse.extraction.terms import CONTROLS
from trialhouse.text.lazy_patterns import lazy_compile

__all__ = ["CALLED_CONTROLS", "CONTROLS", "RECEIVE", "SINGLE", "ArmTable", "is_control", "is_own"]

RECEIVE = lazy_compile(
    r"\b(?:received|to receive|receiving|treated with|were given|were administered|given either|added to"
    r"|treatment with|continued)\b",
    re.I,
)


CALLED_CONTROLS = (
    "control group",
    "control arm",
    "control condition",
    "controls group",
    "usual care group",
    "standard care group",
    "waiting list group",
    "waiting-list group",
    "wait-list group",
    "waitlist group",
)
"""The groups that are controls by what they are called, where the text does not say what they got."""


SINGLE = "arms.single"
"""The rule that says that there is no other arm: the one arm of a trial, or the doses that it tries one by one."""


@dataclass(slots=True)
class ArmTable:
    """The arms of a document, what is given to all of them, and the sentence that settled them."""

    drafts: list[Draft] = field(default_factory=list)
    background: list[Part] = field(default_factory=list)
    source: Said | None = None
    rule: str = ""
    factors: dict[int, int] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()
    """The sentences that are lines of a list of arms; sizes in them are sizes of the groups as formed."""
    groups: dict[str, int] = field(default_factory=dict)
    """The arms of groups that the text letters or numbers (arm_groups.label_groups)."""
    words: dict[str, int] = field(default_factory=dict)
    """The words by which the text calls single arms, each with its arm (arm_labels.own_words)."""
    calls: dict[str, int] = field(default_factory=dict)
    """The names by which the text calls the arms' groups, each with its arm (arm_calls)."""
    nouns: dict[str, int] = field(default_factory=dict)
    """The words that mean one arm's treatment where a phrase ends with them, each with its arm (arm_nouns)."""
    forms: dict[str, int] = field(default_factory=dict)
    """The forms of treatment that one arm alone is told with, each with its arm (arm_forms)."""
    names: list[frozenset[str]] = field(default_factory=list)
    """For each arm the names that mean it, found once (arm_refs)."""
    roles: list[Any] | None = None
    """The words that mean arms by what they are and stand in the text, such as "controls", each with its arms, found
    once (arm_refs)."""
    ranked: list[tuple[float, int]] | None = None
    """The arms of one drug by their dose, lowest first, where words such as "low-dose" tell them apart (arm_refs)."""
    controls: list[int] | None = None
    """The arms that are controls, found once (arm_refs.controls_of)."""
    found: dict[int, Any] = field(default_factory=dict)
    """The references to arms by sentence, found once (arm_refs.find_refs)."""

    @property
    def settled(self) -> bool:
        """Whether there are at least two arms."""
        return len(self.drafts) >= 2

    @property
    def is_single(self) -> bool:
        """Whether the trial has one arm, which its results are of though they need not name it."""
        return self.rule == SINGLE and len(self.drafts) == 1


def is_own(matter: Matter, said: Said) -> bool:
    """Whether a sentence speaks of this trial, and not of others, plans or hypotheses."""
    words = said.sentence.words
    return not is_elsewhere(words) and reason_to_refuse(words) not in (
        "power_calculation",
        "previous_study",
        "preclinical",
    )


def is_control(draft: Draft) -> bool:
    """Whether an arm is a control by what is given: placebo, sham, nothing, usual care."""
    own = [p.mention.norm for p in draft.parts if not p.background]
    return bool(own) and all(norm in CONTROLS or norm in CALLED_CONTROLS or norm.startswith("no ") for norm in own)
