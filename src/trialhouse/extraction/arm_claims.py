"""Turn the settled arms into claims: names, doses, routes, schedules, sizes and types, each with its evidence."""

import itertools
import re

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.arm_refs import find_refs
from trialhouse.extraction.arm_table import SINGLE, ArmTable, is_control
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.sizes import Sizes
from trialhouse.extraction.terms import find
from trialhouse.extraction.times import count_of, schedule, to_weeks
from trialhouse.model.document import Section
from trialhouse.model.enums import ArmType, Route, StudyType
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, InterventionClaim
from trialhouse.text.cues import Cued, lower_text
from trialhouse.text.word_starts import at_word

ARM_CONFIDENCE = {
    "arms.assignment": 0.9,
    "arms.factors": 0.9,
    "arms.listed": 0.9,
    "arms.given": 0.85,
    "arms.called": 0.85,
    "arms.treated_untreated": 0.85,
    "arms.comparison": 0.8,
    "arms.in_results": 0.8,
    "arms.single": 0.8,
}
"""Priors by the rule that settled the arms."""
_LENGTH = Cued(
    "day|month|week|year",
    r"\b(?:for(?: a total of| up to| a period of)?|over|up to|during)\s+(?:a |an |the )?(?P<n>\d+|one|two|three"
    r"|four|six|eight|twelve)[\s-]+"
    r"(?P<unit>days?|weeks?|months?|years?)\b(?!\s*(?:or more|prior|before|trial|study|previous)"
    r"|[^.;]{0,36}\b(?:then|paused?|rest|cycles?|in (?:all|total))\b)"
    r"|\b(?P<n2>\d+)-(?P<unit2>day|week|month|year)\s+(?:treatment|course)",
    re.I,
)
_GIVEN = Cued(
    "administ|given|receiv|inject|infus|assigned|allocated|random|dos|treated",
    at_word(
        *(r"administ\w+", "given", "received?", "receiving", r"inject\w+", r"infus\w+", "assigned", "allocated"),
        *(r"random\w+", "dos(?:e|ed|ing)", "treated"),
    )
    + r"\b",
    re.I,
)
_HOW_GIVEN = Cued(
    "both|capsule|dose|drops|drug|either|infusion|injection|medication|tablet|treatment",
    r"\b(?:injections?|infusions?|doses?|tablets?|capsules?|drops|either(?: one| drug| treatment)?|both(?: drugs)?"
    r"|(?:all |study |trial )?(?:treatments?|drugs?|medications?))\s+(?:was|were)\b",
    re.I,
)
_UNTIL = Cued(
    "versus|vs|compared|inferior|over|than",
    r"\b(?:versus|vs\.?)\s+\Z|\bcompared (?:with|to)\s+\Z|\bnon-?inferior(?:ity)? (?:of \w+ )?to\s+\Z"
    r"|\bover\s+\Z|\bthan\s+(?:with\s+)?\Z",
    re.I,
)


def claim_arms(matter: Matter, table: ArmTable, sizes: Sizes, study_type: StudyType | None) -> list[ArmClaim]:
    """The arms of a document as claims, in the order in which the text lists them."""
    details = _details(matter, table)
    comparators = _comparators(matter, table)
    keys = arm_keys(table)
    kinds = [_type(table, i, comparators, study_type) for i in range(len(table.drafts))]
    return [
        _claim(matter, table, i, key=keys[i], detail=details[i], sizes=sizes, kind=kinds[i])
        for i in range(len(table.drafts))
    ]


def arm_keys(table: ArmTable) -> list[str]:
    """A short key for each arm, each once, by which measurements name it: "ziltivekimab 7.5 mg"."""
    keys: list[str] = []
    for draft in table.drafts:
        parts = _shown(table, draft)
        said_of = f" {draft.schedule[0]}" if draft.schedule else ""
        words = (" or " if any(p.alternative for p in parts) else " + ").join(_label(p) for p in parts) + said_of
        named = draft.name if draft.name and draft.name.lower() == words else f"{words} ({draft.name})"
        key = named if draft.name else words
        while key in keys:
            key += "'"
        keys.append(key)
    return keys


def _shown(table: ArmTable, draft: Draft) -> list[Part]:
    """The parts of an arm that its name tells: what only it has, or all where this is also all of another arm.

    Beside "A" alone, "A + B" is no mere "B"; and arms that have every drug in common are told apart by their doses.
    """
    alone = any(not _own_parts(other) or (len(other.parts) == 1 and _shares(other, draft)) for other in table.drafts)
    return draft.parts if alone else _own_parts(draft)


def _own_parts(draft: Draft) -> list[Part]:
    """The parts of an arm that not every arm has."""
    return [p for p in draft.parts if not p.background]


def _shares(one: Draft, draft: Draft) -> bool:
    """Whether the only part of one arm is background of another."""
    return any(p.background and p.mention.norm == one.parts[0].mention.norm for p in draft.parts)


def _label(part: Part) -> str:
    """An intervention with its dose in words."""
    if part.components and "/" in part.mention.norm:
        return "/".join(_label(one) for one in part.components)
    return f"{part.mention.norm} {_plain(part.dose.value)} {part.dose.unit}" if part.dose else part.mention.norm


def _plain(value: float) -> str:
    """A number as people write it: 1000000 and not 1e+06, 15 and not 15.0."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def _type(table: ArmTable, i: int, comparators: set[int], study_type: StudyType | None) -> ArmType | None:
    """The type of an arm; of two active arms the one compared with is the comparator, else nothing is said."""
    if table.rule == SINGLE:
        return ArmType.EXPERIMENTAL
    norms = {p.mention.norm for p in table.drafts[i].parts if not p.background}
    if norms and norms <= {"placebo", "vehicle", "saline"}:
        return ArmType.PLACEBO_COMPARATOR
    if norms == {"sham"}:
        return ArmType.SHAM_COMPARATOR
    if all(norm.startswith("no ") for norm in norms):
        is_treated = any(p.background for p in table.drafts[i].parts)  # "A without B" is treated with A
        return ArmType.ACTIVE_COMPARATOR if is_treated else ArmType.NO_INTERVENTION
    if is_control(table.drafts[i]):
        return ArmType.ACTIVE_COMPARATOR
    if study_type is StudyType.OBSERVATIONAL:
        return ArmType.OTHER
    inert = [d for d in table.drafts if is_control(d)]
    if i in comparators and len(comparators) < len(table.drafts) - len(inert):
        return ArmType.ACTIVE_COMPARATOR
    return ArmType.EXPERIMENTAL if inert or comparators else None


def _comparators(matter: Matter, table: ArmTable) -> set[int]:
    """The active arms that title, aim or conclusion set the others against ("X versus Y": Y)."""
    found: set[int] = set()
    for said in matter.said:
        is_cued = _UNTIL.is_cued(lower_text(said.sentence.words))
        refs = [r for r in find_refs(matter, said, table) if r.single] if is_cued else []
        for one, two in itertools.pairwise(refs):
            gap = matter.reading.text[one.end : two.start]
            if (
                one.arms != two.arms
                and len(gap) < 60
                and _UNTIL.search(gap)
                and not is_control(table.drafts[two.arms[0]])
            ):
                found.add(two.arms[0])
        if found:
            return found
    return found


class _Detail:
    """Route, schedule and duration of one arm, each with its place."""

    def __init__(self) -> None:
        self.route: tuple[Route, int, int] | None = None
        self.frequency: tuple[str, int, int] | None = None
        self.weeks: tuple[float, int, int] | None = None


def _details(matter: Matter, table: ArmTable) -> list[_Detail]:
    """Routes, schedules and durations: from the sentence that settled the arms, then from others."""
    details = [_Detail() for _ in table.drafts]
    for detail, draft in zip(details, table.drafts, strict=True):
        detail.frequency = draft.schedule
    sentences = [table.source] if table.source else []
    sentences += [s for s in matter.said if s is not table.source]
    for said in sentences:
        words = said.sentence.words
        listed = said.sentence.index in table.lines
        if said.sentence.is_title or not (said.doses or listed or _GIVEN.search_words(words)):
            continue
        _details_of(matter, said, table, details)
    return details


def _spans(matter: Matter, said: Said, table: ArmTable) -> list[tuple[int, int, list[int]]]:
    """The places of arms in a sentence as (start, end, arms): references, and the agents of a class."""
    places = [(r.start, r.end, list(r.arms)) for r in find_refs(matter, said, table)]
    for i, draft in enumerate(table.drafts):
        for part in draft.parts:
            for drug in said.drugs:
                if (
                    drug.norm == part.mention.norm
                    and part.alternative | (len(draft.parts) == 1)
                    and not any(a <= drug.start < b for a, b, _ in places)
                ):
                    places.append((drug.start, drug.end, [i]))
    return sorted(places)


def _of_all(matter: Matter, said: Said, table: ArmTable) -> list[tuple[int, int, list[int]]]:
    """The arms of a sentence that names none and says how all treatments were given, as if named at its start."""
    begin, end = said.sentence.start, said.sentence.end
    told = _HOW_GIVEN.search(matter.reading.text, begin, end) or said.sentence.index in table.lines
    if not told or table.factors or said.drugs or said.sentence.section in (Section.RESULTS, Section.CONCLUSIONS):
        return []
    return [(begin, begin, [i for i, d in enumerate(table.drafts) if not d.parts[0].mention.norm.startswith("no ")])]


def _details_of(matter: Matter, said: Said, table: ArmTable, details: list[_Detail]) -> None:
    """Give what one sentence says of route, schedule and duration to the arms it is said of."""
    text, begin, end = matter.reading.text, said.sentence.start, said.sentence.end
    places = _spans(matter, said, table)
    if not places:
        places = _of_all(matter, said, table)
    if not places:
        return
    all_arms = sorted({i for _, _, arms in places for i in arms})
    routes = [
        (m.start, m.end, m.norm)
        for m in (find(matter.words.routes, text, (begin, end)) if any(d.route is None for d in details) else ())
        if not _is_of_a_name(text, m.start, m.end)
    ]
    edges = [place[0] for place in places[1:]] + [end]
    schedules = []
    at = begin
    unscheduled = any(d.frequency is None for d in details)
    while unscheduled and (found := schedule(text, at, end)):
        schedules.append(found)
        at = found[2]
    lengths = [
        (to_weeks(count, m["unit"] or m["unit2"]), m.start(), m.end())
        for m in _LENGTH.finditer(text, begin, end)
        if (count := count_of(m["n"] or m["n2"])) is not None
    ]
    for start, stop, word in routes:
        beside = [arms for a, _, arms in places if 0 <= a - stop <= 3]
        alone = beside and len(beside[0]) == 1 and any(b <= start for _, b, _ in places)
        for i in beside[0] if alone else _whose(start, places, edges, all_arms, len(routes)):
            details[i].route = details[i].route or (Route(word), start, stop)
    for said_as, start, stop in schedules:
        for i in _whose(start, places, edges, all_arms, len({one for one, _, _ in schedules})):
            details[i].frequency = details[i].frequency or (said_as, start, stop)
    for weeks, start, stop in lengths:
        for i in _whose(start, places, edges, all_arms, len(lengths)):
            details[i].weeks = details[i].weeks or (weeks, start, stop)


def _is_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether the letters for a route are the end of a name in capitals: "K-SQ" is a questionnaire."""
    return text[start - 1 : start] in ("-", "‑", "–") and text[start:end].isupper()


def _whose(
    at: int, places: list[tuple[int, int, list[int]]], edges: list[int], all_arms: list[int], count: int
) -> list[int]:
    """The arms that a detail at an offset is said of: all when it stands before or behind all of them alone."""
    if at < places[0][0]:
        return all_arms if count == 1 else list(places[0][2])
    if at >= places[-1][1] and count == 1:
        return all_arms
    for (_start, stop, arms), edge in zip(places, edges, strict=True):
        if at < edge:
            return list(arms) if at >= _start else []
        del stop
    return []


def _claim(
    matter: Matter, table: ArmTable, i: int, *, key: str, detail: _Detail, sizes: Sizes, kind: ArmType | None
) -> ArmClaim:
    """One arm as a claim."""
    text, draft = matter.reading.text, table.drafts[i]
    confidence = ARM_CONFIDENCE.get(table.rule, 0.8)
    evidence = {"label": Evidence.of(text, draft.start, draft.end, rule=table.rule, confidence=confidence)}
    if kind is not None:
        evidence["arm_type"] = evidence["label"]
    randomized, analyzed = sizes.randomized.get(i), sizes.analyzed.get(i)
    if draft.size and not randomized and not analyzed:
        own = (int(draft.size.value), draft.size.start, draft.size.raw_end)
        randomized, analyzed = (None, own) if table.rule == "arms.treated_untreated" else (own, None)
    if randomized:
        evidence["n_randomized"] = Evidence.of(text, randomized[1], randomized[2], rule="arms.size", confidence=0.9)
    if analyzed:
        evidence["n_analyzed"] = Evidence.of(text, analyzed[1], analyzed[2], rule="arms.size", confidence=0.85)
    if i in table.factors:
        evidence["factor"] = evidence["label"]
    return ArmClaim.filled(
        key=key,
        label=key,
        arm_type=kind,
        factor=table.factors.get(i),
        n_randomized=randomized[0] if randomized else None,
        n_analyzed=analyzed[0] if analyzed else None,
        n_is_derived=i in sizes.derived and randomized is not None,
        interventions=tuple(_interventions(matter, table, draft, detail, confidence)),
        evidence=evidence,
    )


def _interventions(
    matter: Matter, table: ArmTable, draft: Draft, detail: _Detail, confidence: float
) -> list[InterventionClaim]:
    """The interventions of an arm; "no X" and "no treatment" are none."""
    own = {p.mention.norm for p in draft.parts}
    parts = [one for p in draft.parts for one in p.components or (p,)]
    parts += [p for p in table.background if p.mention.norm not in own]
    given = [p for p in parts if not p.mention.norm.startswith("no ")]
    return [_intervention(matter, p, None if p.background else detail, table.rule, confidence) for p in given]


def _intervention(
    matter: Matter, part: Part, detail: _Detail | None, rule: str, confidence: float
) -> InterventionClaim:
    """One intervention as a claim; the unit of its dose in the warehouse's word."""
    text = matter.reading.text

    def proof(place: tuple[int, int]) -> Evidence:
        return Evidence.of(text, *place, rule=rule, confidence=confidence)

    name = text[part.mention.start : part.mention.end]
    evidence = {"name": proof((part.mention.start, part.mention.end))}
    dose = part.dose
    if dose:
        evidence["dose_value"] = evidence["dose_unit"] = proof((dose.start, dose.end))
    for field, place in (
        (("route", detail.route), ("frequency", detail.frequency), ("duration_weeks", detail.weeks)) if detail else ()
    ):
        if place:
            evidence[field] = proof(place[1:])
    unit = dose.unit if dose else None
    return InterventionClaim.filled(
        name=name.lower() if name[1:].islower() else name,
        norm=part.mention.norm,
        code=part.mention.code,
        dose_value=dose.value if dose else None,
        dose_unit=matter.words.units[unit][0] if unit in matter.words.units else unit,
        dose_raw=text[dose.start : dose.end] if dose else None,
        route=detail.route[0] if detail and detail.route else None,
        frequency=detail.frequency[0] if detail and detail.frequency else None,
        duration_weeks=detail.weeks[0] if detail and detail.weeks else None,
        background=part.background,
        alternative=part.alternative,
        evidence=evidence,
    )
