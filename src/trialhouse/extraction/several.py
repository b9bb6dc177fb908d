"""Documents that report more than one trial: where each has numbers of its own, nothing is bound to arms.

A pooled analysis that gives no numbers for each trial is one trial's worth of claims and is read as such.
"""

import re

from trialhouse.extraction.elements import Matter
from trialhouse.extraction.lexer import BINDABLE
from trialhouse.extraction.refusals import is_elsewhere, reason_to_refuse
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_CAPITALS_NUMBERED = lazy_compile(r"[A-Z]{2}[- ]?[1-5I]")
"""The end of every numbered name, which is found or missed at once."""
_NUMBERED = lazy_compile(r"\b(?P<base>[A-Z][A-Za-z]*[A-Z]{2,})(?:[- ](?P<n>[1-5]|I{1,3})|(?P<m>[1-5]))\b")
_TRIAL = Cued(
    "Trial|trial|Study|study",
    r"\b(?P<base>[Tt]rial|[Ss]tudy)\s+(?P<n>[1-5]|I{1,3}|[AB])\b(?!\s*(?:group|arm|week|day))",
)
_ORDINAL = Cued("first|second|third", r"\b(?:the|a)\s+(?P<n>first|second|third)\s+(?P<base>trial|study)\b", re.I)
MOST_NAMES = 60
"""So many numbered names are looked for in the whole text; a text with more reports no trials."""
_NOT_TRIALS = ("PHASE", "GRADE", "STAGE", "TYPE", "WEEK", "GROUP", "COHORT", "TABLE", "PART", "LEVEL", "STEP", "CLASS")


def reports_several_trials(matter: Matter) -> bool:
    """Whether two trials of one name ("GLADE 1", "GLADE 2"; "study 1", "study 2") both stand beside results.

    The number of a trial's name is no result.
    """
    seen: dict[str, set[str]] = {}
    names: dict[str, bool] = {}
    for said in matter.said:
        words = said.sentence.words
        values = [n.start - said.sentence.start for n in said.numbers if n.kind in BINDABLE]
        if not values or said.sentence.is_title or is_elsewhere(words) or reason_to_refuse(words):
            continue
        found = [m for one in (_TRIAL, _ORDINAL) if one.may_match(words) for m in one.finditer(words)]
        if _CAPITALS_NUMBERED.search(words):
            found = [*_NUMBERED.finditer(words), *found]
        if not any(all(not m.start() <= at < m.end() for m in found) for at in values):
            continue
        for match in found:
            base = match["base"].upper()
            number = match["n"] or match.groupdict().get("m")
            named = "m" not in match.re.groupindex or names.get(match["base"])
            if named is None and len(names) < MOST_NAMES:
                named = names[match["base"]] = _is_trial_name(matter, match["base"])
            if number and base not in _NOT_TRIALS and named:
                seen.setdefault(base, set()).add(number.lower())
    return any(len(numbers) >= 2 for numbers in seen.values())


def _is_trial_name(matter: Matter, base: str) -> bool:
    """Whether the text anywhere calls a name a trial's ("GLADE 1 and GLADE 2 were randomised trials")."""
    near = re.compile(
        rf"\b{re.escape(base)}[- ]?(?:[1-5]|I{{1,3}})?\b[^.]{{0,60}}\b(?:trials?|stud(?:y|ies)|NCT0\d{{7}})\b"
        rf"|\b(?:trials?|studies|study)\b[^.]{{0,60}}\b{re.escape(base)}(?:[1-5]\b|\b)"
    )
    return near.search(matter.reading.text) is not None
