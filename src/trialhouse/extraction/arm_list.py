"""Read a list of arms out of a stretch of text: interventions, joined or separated, with doses and sizes.

The stretch is walked once from left to right. What stands between two elements decides whether the second belongs to
the same arm ("plus", "with") or opens the next ("or", "versus", a comma). A dose behind a separator is an arm of its
own when its drug already has one: "X 5 mg, 10 mg or 20 mg" is three arms.
"""

import itertools
import re
from dataclasses import dataclass, field

from trialhouse.extraction.arm_loading import loading_of
from trialhouse.extraction.arm_wholes import Whole, ends_in_both, is_ingredient, wholes
from trialhouse.extraction.elements import Said
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE
from trialhouse.extraction.size_lists import size_lists
from trialhouse.extraction.terms import CONTROLS, Mention
from trialhouse.extraction.times import schedule
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_JOIN = Cued("+|-|/|plus|with|–",
    r"\+|\bplus\b|\bcombined with\b|\bcombination with\b|\bco-?administered with\b|\btogether with\b"
    r"|\bwith\b(?! or without)"
    r"|\A\s?/\s?\Z|\A[-–]\Z", re.I
)  # fmt: skip
_TO_ALL = lazy_compile(
    r",\s*plus\b|\badded to\b|\badd(?:ed)?-on (?:(?:therapy|treatment) )?to\b|\badjunct(?:ive)? to\b"
    r"|\bin addition to\b|\bon top of\b"
    r"|\bbackground\b|\b(?:both|all) (?:\w+ ){0,2}(?:with|plus|continued|received|receiving|took|remained on)\b"
    r"|\ball (?:\w+ )?(?:with|plus)\b|\bconcomitant\b|\bstable\b|\beach (?:with|plus)\b", re.I
)  # fmt: skip
_TOGETHER = Cued(
    "adjunctive|combin|concomitant|concurrent|together|unfixed",
    r"\b(?:combinations?|concomitant(?:ly)?|concurrent(?:ly)?|combined|unfixed|adjunctive|together)\b[^,;.]{0,40}\Z",
    re.I,
)
_PART = lazy_compile(
    at_word(
        rf"and (?:the )?(?:other|remaining|{HEAD_COUNT})\s+(?:\w+\s+)?(?:{PEOPLE}|group|half|eyes?)\b",
        r"group (?:[A-D]|[1-4]|I{1,3}|IV)\b(?! ?\))",
        r"with (?:that|those) of\b",
        r"or\b",
        r"vs\.?(?=\W)",
        r"versus\b",
        r"compared (?:with|to)\b",
        r"comparison (?:with|to)\b",
        r"against\b",
        r"than\b",
        within=(";",),
    ),
    re.I,
)
_WITH_ALL = Cued("with", r",\s*(?:all |both |each )?with\s+(?:(?:oral|intravenous|stable|or)\s+){0,3}\Z", re.I)
"""Behind a control: what all arms get ("X or placebo, with Z started as usual", ", with oral or intravenous Z")."""
_WITH_OR_WITHOUT = lazy_compile(r"\bwith or\s+\Z", re.I)
"""Before "without B": "A with or without B" are A with B, and A."""
_ALONE_OR_WITH = lazy_compile(
    r"\s*(?:\([^()]*\)\s*)?(?:either\s+)?alone\s*(?:\([^()]*\))?,?\s+or\s+"
    r"(?:(?:combined|(?:in )?combination|together)\s+)?(?:with|plus)\s+(?:\w+ly\s+|oral\s+)?", re.I
)  # fmt: skip
"""Between A and B where the second arm has both: "A alone or in combination with B"."""
_NEAR = 40
"""Characters behind an arm's dose within which its schedule stands."""
_LATER = lazy_compile(
    r"(?P<goes_on>\bthen\b|\bfollowed by\b|\bincreas\w+ to\b|\bthereafter\b)"
    r"|\bat (?:baseline|randomi[sz]ation|week \d+|day \d+|month \d+|weeks? 0)\b[\s,]*\Z"
    r"|\b(?:up to|(?:to )?a maximum (?:dose )?of|initially|loading dose(?: of)?|titrat\w+ to|escalat\w+ to)\s*\Z",
    re.I,
)
"""What makes a dose one of the same arm later on: "160 mg at baseline, 80 mg at week 2, then 40 mg every 2 weeks"."""
_LOADING = lazy_compile(
    r"\s*(?:(?:single|oral|intravenous|as|an?|once)\s+){0,3}(?:loading|induction|starting)(?:[ -]doses?)?\b", re.I
)
"""What makes a dose only the first one of an arm: "180 mg loading dose, 90 mg twice daily thereafter"."""
_BY_WEIGHT = lazy_compile(
    r"[\s,(]*(?:(?:once|twice|every|each|a|daily|weekly|\d+|weeks?|day)\s+){0,4}(?:depending|dependent|based) on\b"
    r"|[\s,(]*according to\b"
    r"|[\s,(]*by (?:body ?)?weight\b", re.I
)  # fmt: skip
"""What makes doses alternatives within one arm: "30 mg or 60 mg (depending on baseline weight)"."""
_OR_DOSE = lazy_compile(r"\s*(?:,|or|and)\s+\d[\d.]*[\s-]?[a-zµ]+")
_THEREAFTER = lazy_compile(r"\b(?:followed by|thereafter|after which)\b", re.I)
_WITH = lazy_compile(
    r"\s*\)?(?:\([^()]*\))?(?:,[^,;.]*,)?\s*(?:with|and|to)\s+(?:(?:that|those) of\s+)?(?:the\s+|its\s+)?", re.I
)
"""What sets one treatment against another behind "compared": " with ", ", given in the evening, with the "."""
_AND = lazy_compile(r"\A[\w\s.,%()-]{0,40}\band\s*(?:\w+\s+)?\Z")
_SOFT = lazy_compile(r",|\band\b", re.I)
_STOP = lazy_compile(
    rf"\b(?:in|among|for) (?:the treatment of|(?:\w+[ -]){{0,3}}?(?:{PEOPLE}|type|diabetes))\b"
    r"|\binadequate(?:ly)?\b|\buncontrolled\b|\bpreviously\b|\bnaive\b|\b(?:who|patients) (?:were|had|are)\b"
    r"|\btreated with\b|\breceiving\b|\balready\b|\bwas added to\b"
    r"|\b(?:both|all|each) titrated\b|\bafter an?\b|\brun-in\b|\bwash-?out\b"
    r"|\b(?:followed by|thereafter|after which|then switched|if needed|rescue|target(?:ing|s)?\b)",
    re.I,
)


@dataclass(slots=True)
class Part:
    """One intervention of an arm being read."""

    mention: Mention
    dose: Typed | None = None
    alternative: bool = False
    background: bool = False
    components: "tuple[Part, ...]" = ()
    """The drugs of a fixed combination with the dose of each, where the text gives one for each."""


@dataclass(slots=True)
class Draft:
    """An arm being read: its interventions, size, where its words begin and end, and the name it goes by, if any."""

    parts: list[Part] = field(default_factory=list)
    size: Typed | None = None
    start: int = 0
    end: int = 0
    label: Mention | None = None
    schedule: tuple[str, int, int] | None = None
    """How often, as (words, start, end), where only this tells the arm from another."""
    name: str | None = None
    """The name that a bracket gives the arm: "group 2", "AB26"."""

    def identity(self) -> tuple[tuple[str, float | None], ...]:
        """What makes the arm itself: its interventions and their doses."""
        return tuple(sorted({(p.mention.norm, p.dose.value if p.dose else None) for p in self.parts}, key=str))

    def norms(self) -> frozenset[str]:
        """The interventions of the arm without their doses."""
        return frozenset(p.mention.norm for p in self.parts)


def read_arm_list(
    text: str, said: Said, start: int, end: int, *, and_parts: bool = False, with_parts: bool = False
) -> "ArmList":
    """The arms listed in `text[start:end]` of a sentence; with `and_parts` an "and" opens the next arm too."""
    drugs = [d for d in said.drugs if start <= d.start and d.end <= end]
    together = {d.start: (whole, d) for whole in wholes(text, drugs, start) for d in whole.drugs[1:]}
    elements: list[Mention | Typed] = [one for d in drugs for one in d.given if not is_ingredient(text, drugs, d)]
    listed = [n for one in size_lists(text, said) for n in one.numbers]
    told = [n for n in said.numbers if n.kind in (Kind.DOSE, Kind.SIZE) and n not in listed]
    elements += [n for n in told if start <= n.start and n.end <= end]
    elements.sort(key=lambda one: one.start)
    pairs = [(a, b) for a, b in itertools.pairwise(elements) if b.start not in together]
    last = elements[-1].end if elements else end
    hard = any(_PART.search(text[a.end : b.start]) for a, b in pairs) or ends_in_both(text, last, end)
    walk = _Walk(text, [d.start for d in drugs], and_parts or not hard, with_parts)
    last = start
    for one in elements:
        gap = text[last : one.start]
        if walk.drafts and _TO_ALL.search(gap) and isinstance(one, Mention) and len(walk.drafts) + hard >= 2:
            walk.shared.append(one)
            break
        if len(walk.drafts) >= 2 and isinstance(one, Mention) and _WITH_ALL.search(gap) and _inert(walk.drafts[-1]):
            walk.shared.append(one)
            break
        if walk.drafts and _STOP.search(gap) and not _only_later(walk.drafts[-1], one, gap):
            break
        if one.start in together and walk.drafts:
            walk.take_together(*together[one.start])
        else:
            walk.take(one, text[last : one.start])
        last = one.end
    shared = _shared_with_placebo(walk)
    return ArmList(walk.finish(), shared)


def _only_later(last: Draft, one: Mention | Typed, gap: str) -> bool:
    """Whether words that could end a list only say how the last arm goes on.

    "75 mg, followed by 150 mg daily" goes on with a dose, "90 mg thereafter, or Y" with the next arm.
    """
    said = _THEREAFTER.search(gap)
    if said is None or len(_STOP.findall(gap)) > 1:
        return False
    if isinstance(one, Mention):
        return bool(_PART.search(gap, said.end()))
    before = last.parts[-1].dose
    return before is not None and before.unit == one.unit and one.kind is Kind.DOSE


def _inert(draft: Draft) -> bool:
    """Whether an arm gets only what controls get."""
    return draft.norms() <= set(CONTROLS)


@dataclass(slots=True)
class ArmList:
    """The arms of one list and what is given to all of them."""

    drafts: list[Draft]
    shared: list[Mention] = field(default_factory=list)


def _shared_with_placebo(walk: "_Walk") -> list[Mention]:
    """What every arm gets: told so, or joined to a last arm of placebo ("A or placebo with B")."""
    last = walk.drafts[-1] if len(walk.drafts) >= 2 else None
    if last and len(last.parts) >= 2 and last.parts[0].mention.norm == "placebo":
        extra = last.parts[1:]
        if not any(p.mention.norm in other.norms() for p in extra for other in walk.drafts[:-1]):
            last.parts = last.parts[:1]
            return walk.shared + [p.mention for p in extra]
    return walk.shared


class _Walk:
    """The state of one walk over a list of arms."""

    def __init__(self, text: str, starts: list[int], and_parts: bool, with_parts: bool) -> None:
        self.text = text
        self.starts = starts
        self.and_parts = and_parts
        self.with_parts = with_parts
        self.drafts: list[Draft] = []
        self.pending: list[Typed] = []
        self.shared: list[Mention] = []
        self.separated = True
        self.together = False

    def take(self, one: Mention | Typed, gap: str) -> None:
        """Take the next element; `gap` is the text between it and the one before."""
        set_against = self.with_parts and bool(_WITH.fullmatch(gap))
        joined = bool(_JOIN.search(gap)) and not _PART.search(gap) and not set_against
        joined = joined or (self.together and isinstance(one, Mention) and bool(_AND.search(gap)))
        parted = (
            set_against
            or bool(_PART.search(gap))
            or (bool(_SOFT.search(gap)) and (self.and_parts or "," in gap) and not joined)
        )
        self.separated = self.separated or parted
        if isinstance(one, Mention):
            self.together = not joined and bool(_TOGETHER.search(self.text, max(0, one.start - 60), one.start))
            self._drug(one, joined, gap)
        elif one.kind is Kind.DOSE and (given := self._gone_without(gap)):
            given.dose = given.dose or one
        elif one.kind is Kind.DOSE:
            self._dose(one, gap)
        elif self.drafts and self.drafts[-1].size is None:
            self.drafts[-1].size = one
            self.drafts[-1].end = one.end
            self.separated = False

    def take_together(self, whole: Whole, one: Mention) -> None:
        """Take a drug that belongs to the arm of the one before by the words ahead of both."""
        parts = self.drafts[-1].parts
        parts[-1].alternative = whole.alternatives
        parts.append(Part(one, alternative=whole.alternatives))
        self.drafts[-1].end = one.end
        self.separated = False

    def _drug(self, one: Mention, joined: bool, gap: str) -> None:
        doses, self.pending = self.pending, []
        if one.norm in ("placebo", "no treatment", "usual care"):
            doses = []
        current = self.drafts[-1] if self.drafts else None
        repeated = current is not None and any(p.mention.norm == one.norm for p in current.parts)
        alone = current is not None and current.parts[-1].mention.norm.startswith("no ")
        if current and len(self.drafts) == 1 and not repeated and self._added(current, one, doses, gap):
            return
        if current and (joined or not self.separated) and not alone:
            if not repeated:
                current.parts.append(Part(one, doses[0] if doses else None))
                current.end = one.end
            return
        given: list[Typed | None] = [*doses] or [None]
        for dose in given:
            self.drafts.append(Draft([Part(one, dose)], None, dose.start if dose else one.start, one.end))
        self.separated = False

    def _added(self, first: Draft, one: Mention, doses: list[Typed], gap: str) -> bool:
        """Take an intervention that one of two arms has besides that of the first: "A with or without B"."""
        dose = doses[0] if doses else None
        if one.is_denied and one.of and _WITH_OR_WITHOUT.search(gap):
            without = Draft([*(Part(p.mention, p.dose) for p in first.parts), Part(one)], None, one.start, one.end)
            first.parts.append(Part(one.of[0], dose))
            first.end = one.end
            self.drafts.append(without)
        elif _ALONE_OR_WITH.fullmatch(gap):
            parts = [*(Part(p.mention, p.dose) for p in first.parts), Part(one, dose)]
            self.drafts.append(Draft(parts, None, dose.start if dose else one.start, one.end))
        else:
            return False
        self.separated = False
        return True

    def _gone_without(self, gap: str) -> Part | None:
        """What the first of two arms is given and the second goes without, where its name is the last word read."""
        if len(self.drafts) != 2 or gap.strip():
            return None
        given = self.drafts[0].parts[-1]
        return given if given.mention in self.drafts[1].parts[-1].mention.of else None

    def _dose(self, dose: Typed, gap: str) -> None:
        current = self.drafts[-1] if self.drafts else None
        if current is not None and self._is_next(dose, gap):
            self.pending.append(dose)
            return
        later = _LATER.search(gap) if current is not None and current.parts[-1].dose is not None else None
        if current is not None and self._goes_on_loading(current, dose, gap):
            current.parts[-1].dose = dose
            current.end = dose.end
            return
        if current is not None and later is not None:
            by_weight = _OR_DOSE.match(self.text, dose.end)
            by_weight = by_weight and _BY_WEIGHT.match(self.text, by_weight.end())
            same = current.parts[-1].dose is not None and current.parts[-1].dose.unit == dose.unit
            if later["goes_on"] and same and not by_weight:
                current.parts[-1].dose = dose
            return
        before_drug = current is None or re.match(
            r"\s*(?:dose\s*)?(?:of\s+)?(?:(?:oral|subcutaneous|intravenous|topical|inhaled)\s+)?[A-Za-z-]{4,}",
            self.text[dose.end : dose.end + 40],
        )
        inert = current is not None and current.parts[-1].mention.norm in ("placebo", "no treatment", "usual care")
        if current is None or inert:
            self.pending.append(dose)
        elif dose.unit == "%" and "/" in current.parts[-1].mention.norm:
            return
        elif current.parts[-1].dose is None and (not self.separated or not _PART.search(gap)) and not self.pending:
            if self.separated and "and" in gap.lower() and before_drug:
                self.pending.append(dose)
                return
            current.parts[-1].dose = dose
            current.end = dose.end
            self.separated = False
        elif _BY_WEIGHT.match(self.text, dose.end):
            self.separated = False
        elif self.separated and current.parts[-1].dose is not None and current.parts[-1].dose.unit == dose.unit:
            if before_drug and re.match(r"\s*(?:dose\s+)?of\s+[A-Za-z]", self.text[dose.end : dose.end + 16]):
                self.pending.append(dose)
                return
            parts = [Part(p.mention, p.dose) for p in current.parts[:-1]] + [Part(current.parts[-1].mention, dose)]
            self.drafts.append(Draft(parts, None, dose.start, dose.end))
            self.separated = False
        elif self.separated:
            self.pending.append(dose)

    def _goes_on_loading(self, current: Draft, dose: Typed, gap: str) -> bool:
        """Whether a dose follows the loading dose of an arm: "180 mg loading dose, 90 mg twice daily thereafter"."""
        loading = current.parts[-1].dose
        if loading is None or loading.unit != dose.unit or self.pending or _PART.search(gap):
            return False
        return _LOADING.match(self.text, loading.end) is not None

    def _is_next(self, dose: Typed, gap: str) -> bool:
        """Whether a dose behind a separator belongs to the name right behind it: "0.25% X and 0.5% Y"."""
        parted = _PART.search(gap) or _SOFT.search(gap) or _JOIN.search(gap)
        return bool(parted) and any(
            dose.end < at <= dose.end + 2 and self.text[dose.end : at].isspace() for at in self.starts
        )

    def finish(self) -> list[Draft]:
        """The arms, each once; no arm without an intervention.

        Two of one dose are two arms where they differ in a loading dose, or where each has a schedule of its own.
        """
        seen: dict[tuple[tuple[tuple[str, float | None], ...], str | None, str | None], Draft] = {}
        for draft in self.drafts:
            alike = [d for d in self.drafts if d.identity() == draft.identity()]
            if len(alike) > 1 and draft.parts[-1].dose:
                draft.name = loading_of(self.text, draft.end)[0]
                draft.schedule = self._own_schedule(draft, alike)
            said = draft.schedule[0] if draft.schedule else None
            kept = seen.setdefault((draft.identity(), draft.name, said), draft)
            if kept.size is None:
                kept.size = draft.size
        dosed = {norm for d in seen.values() for norm, dose in d.identity() if dose is not None}
        return [
            d
            for d in seen.values()
            if not (len(d.parts) == 1 and d.parts[0].dose is None and d.parts[0].mention.norm in dosed)
        ]

    def _own_schedule(self, draft: Draft, alike: list[Draft]) -> tuple[str, int, int] | None:
        """How often an arm is given, where each arm of its dose has a schedule behind it and no two the same.

        None of strengths of which each has its own name: two solutions can differ in what they are made of, too.
        """
        dose = draft.parts[-1].dose
        if dose is None or (dose.unit == "%" and len({one.parts[-1].mention.start for one in alike}) > 1):
            return None
        told = {id(one): self._schedule_behind(one) for one in alike}
        words = {said[0] for said in told.values() if said is not None}
        return told[id(draft)] if len(words) == len(alike) else None

    def _schedule_behind(self, draft: Draft) -> tuple[str, int, int] | None:
        """The schedule right behind an arm's dose, before the words of the next arm."""
        dose = draft.parts[-1].dose
        if dose is None:
            return None
        stop = min([dose.end + _NEAR, *(other.start for other in self.drafts if other.start > draft.start)])
        return schedule(self.text, dose.end, stop) if dose.end < stop else None
