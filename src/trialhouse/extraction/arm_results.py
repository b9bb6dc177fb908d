"""Arms that only the results of a trial tell: "12% of those on X, compared with 40% of those on placebo".

News and summaries for the public seldom say who was assigned to what; they set groups against each other with their
values. The groups of the sentence that names the most of them are the arms, where all the others name some of these or
further doses of the same drug, and where the text speaks of a trial and of nothing that was only observed. A group is
told by a treatment that people are said to get, by its name, or by a dose of the only drug.
"""

import re
from dataclasses import dataclass, replace

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.arm_nouns import nouns_of
from trialhouse.extraction.arm_table import CONTROLS, ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.group_names import group_names
from trialhouse.extraction.lexer import BINDABLE, Typed
from trialhouse.extraction.no_trial import is_observed
from trialhouse.extraction.terms import Mention
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "arms.in_results"
_TRIAL = Cued(
    "trial|random|placebo|sham|phase|assign|blind|half",
    r"\b(?:trials?|random(?:ly|i[sz]ed)|placebo|sham|assigned|double-blind)\b|\bphase (?:[1-4]|I{1,3}|IV)\b"
    r"|\bhalf (?:were given|got|received|took)\b",
    re.I,
)
_GETS = (
    r"(?:on|with|for|taking|took|take|takes|given|gave|got|getting|receiving|received?|using|used|assigned to"
    r"|randomi[sz]ed to|had|wore|ate|drank)"
)
_LEAD = lazy_compile(rf"\b{_GETS}\s+(?:(?:the|an?|their|weekly|daily|oral|experimental)\s+){{0,2}}\Z", re.I)
_TAIL = lazy_compile(r"(?:\s+\w+)?\s+(?:groups?|arms?|recipients?|users?|patients|participants)\b", re.I)
_DOSE_LEAD = lazy_compile(
    rf"\b(?:{_GETS}\s+(?:(?:the|a)\s+)?(?:(?:low|high)(?:er|est)?\s+dose,\s+)?"
    r"|in the\s+)\Z",
    re.I,
)
_TOGETHER = lazy_compile(r"\s*(?:\+|plus|combined with|in combination with|together with|with)\s*(?:the\s+)?", re.I)
_NOBODY = lazy_compile(r"\b(?:none|nobody|no one|no (?:patients|participants|people))\b", re.I)
_SHAPE = lazy_compile(r"V*A(?:V+A)+V*")
_AGAINST = lazy_compile(r"\b(?:than|compared (?:with|to)|versus|vs\.?|against)(?=\W)", re.I)
_READ = (Section.RESULTS, Section.UNASSIGNED)
_FARTHEST = 60
"""Characters before a treatment within which it is said that people get it."""
MOST_ARMS = 5
MOST_NUMBERS = 16
"""A sentence with more numbers sets more than groups against each other."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A group as a sentence tells it: what it is known by, its place, and its treatments or its name."""

    key: tuple[frozenset[str], float | None]
    start: int
    end: int
    parts: tuple[Part, ...]
    name: str | None = None

    @property
    def draft(self) -> Draft:
        """The arm of the group."""
        return Draft([replace(part) for part in self.parts], None, self.start, self.end)


def told_by_results(matter: Matter) -> ArmTable | None:
    """The groups that the results of a trial set against each other with their values; None where they are unclear."""
    text = matter.reading.text
    if not _TRIAL.search(text) or is_observed(text):
        return None
    only = _only_drug(matter)
    found = [(said, groups) for said in matter.said if (groups := _set_apart(matter, said, only))]
    if not found:
        return None
    source, widest = max(found, key=lambda one: (len(one[1]), -one[0].sentence.index))
    arms = {group.key: group for group in widest}
    for _, groups in found:
        for group in groups:
            if group.key not in arms and not _is_further_dose(group, arms):
                return None
            arms.setdefault(group.key, group)
    groups = _without_undosed(list(arms.values()))
    if not 2 <= len(groups) <= MOST_ARMS:
        return None
    table = ArmTable([group.draft for group in groups], source=source, rule=RULE)
    calls = {group.name: i for i, group in enumerate(groups) if group.name}
    return replace(table, calls=calls, nouns=nouns_of(matter, table))


def holds_arms_of(wider: ArmTable, table: ArmTable) -> bool:
    """Whether a table has more arms than another and all that is given in its arms."""
    given = {norm for draft in wider.drafts for norm in draft.norms()}
    return len(wider.drafts) > len(table.drafts) and all(draft.norms() <= given for draft in table.drafts)


def _only_drug(matter: Matter) -> Mention | None:
    """The one treatment of a text that is no control; None where there are more."""
    given = {one.norm: one for said in reversed(matter.said) for one in said.drugs if one.norm not in CONTROLS}
    return next(iter(given.values())) if len(given) == 1 else None


def _set_apart(matter: Matter, said: Said, only: Mention | None) -> list[_Group]:
    """The groups that a sentence sets against each other, each with values beside it; [] where it does not."""
    sentence = said.sentence
    values = [n.start for n in said.numbers if n.kind in BINDABLE]
    if sentence.is_title or sentence.section not in _READ or not 1 <= len(values) <= MOST_NUMBERS:
        return []
    if not is_own(matter, said):
        return []
    text = matter.reading.text
    groups = _groups(text, said, only)
    if len({group.key for group in groups}) < 2 or len({group.key for group in groups}) < len(groups):
        return []
    values += [match.start() for match in _NOBODY.finditer(text, sentence.start, sentence.end)]
    places = sorted([(at, "V") for at in values] + [(group.start, "A") for group in groups])
    if not _SHAPE.fullmatch("".join(symbol for _, symbol in places)):
        return []
    alone = len(values) == 1
    return [] if alone and not _AGAINST.search(text, groups[0].end, groups[1].start) else groups


def _groups(text: str, said: Said, only: Mention | None) -> list[_Group]:
    """The groups that a sentence tells, in order."""
    begin, end = said.sentence.start, said.sentence.end
    found = _by_treatment(text, said)
    for dose in said.doses:
        group = _by_dose(text, said, dose, only)
        found += [group] if group and _is_free(group, found) else []
    for called in group_names(text, begin, end):
        place = Mention(called.start, called.end, f"{called.name} group", is_known=False)
        key = (frozenset((called.name,)), None)
        group = _Group(key, called.start, called.end, (Part(place),), called.name)
        found += [group] if _is_free(group, found) else []
    return sorted(found, key=lambda group: group.start)


def _by_treatment(text: str, said: Said) -> list[_Group]:
    """The groups that a sentence tells by what they get; treatments given together are of one group."""
    out: list[_Group] = []
    begin, end = said.sentence.start, said.sentence.end
    for drug in said.drugs:
        last = out[-1] if out else None
        if last and drug.start >= last.end and _TOGETHER.fullmatch(text, last.end, drug.start):
            parts = (*last.parts, Part(drug))
            norms = last.key[0] | {drug.norm}
            out[-1] = _Group((norms, last.key[1]), last.start, drug.end, parts)
            continue
        led = _LEAD.search(text, max(begin, drug.start - _FARTHEST), drug.start)
        if not led and not _TAIL.match(text, drug.end, end):
            continue
        dose = next((d for d in said.doses if 0 <= d.start - drug.end <= 2), None)
        key = (frozenset((drug.norm,)), dose.value if dose else None)
        out.append(_Group(key, drug.start, dose.end if dose else drug.end, (Part(drug, dose),)))
    return out


def _by_dose(text: str, said: Said, dose: Typed, only: Mention | None) -> _Group | None:
    """The group of a dose that stands without its drug, where the text has only one."""
    if only is None or not _DOSE_LEAD.search(text, max(said.sentence.start, dose.start - _FARTHEST), dose.start):
        return None
    return _Group((frozenset((only.norm,)), dose.value), dose.start, dose.end, (Part(only, dose),))


def _is_free(one: _Group, found: list[_Group]) -> bool:
    """Whether no other group has been told at its place."""
    return all(one.end <= other.start or other.end <= one.start for other in found)


def _is_further_dose(group: _Group, arms: dict[tuple[frozenset[str], float | None], _Group]) -> bool:
    """Whether a group gets what one of the arms gets, in another dose or without one being told."""
    drugs = group.key[0]
    return not drugs & set(CONTROLS) and any(key[0] == drugs for key in arms)


def _without_undosed(groups: list[_Group]) -> list[_Group]:
    """The groups, but for those whose drug is also told with its dose."""
    dosed = {group.key[0] for group in groups if group.key[1] is not None}
    return [group for group in groups if group.key[1] is not None or group.key[0] not in dosed]
