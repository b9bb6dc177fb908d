"""What tells trials apart that share no identifier: acronym, drugs, years, conditions, phase, size, age group, part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, EnrollmentType, Phase
from trialhouse.model.extraction import TrialClaim
from trialhouse.resolution.conditions import Conditions
from trialhouse.resolution.in_brief import drugs_of
from trialhouse.resolution.paper_sizes import counted
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.roles import is_called_later, is_protocol
from trialhouse.resolution.treatment_words import are_in_like_words
from trialhouse.text.lazy_patterns import lazy_compile

CONTROLS = frozenset(
    {"placebo", "sham", "vehicle", "usual care", "standard of care", "no treatment", "saline", "control"}
)
"""What a comparator is given in any trial: it says nothing of which one is meant."""

NO_NAMES = frozenset(
    "trial study phase part group cohort open label double blind random randomized randomised extension pilot main "
    "core adult adults child children news active act care plus one two new".split()
)
"""Words that stand where an acronym stands and name no trial."""

SHORTEST_ACRONYM = 4
"""Letters and digits of an acronym; so many trials have three letters that they tell nothing."""

_YOUNG = lazy_compile(
    r"\b(?:child(?:ren|hood)?|pa?ediatrics?|adolescen\w+|infants?|neonat\w+|newborns?|toddlers?|teen\w*)\b", re.I
)
_ADULT = lazy_compile(r"\badults?\b", re.I)
_PART = lazy_compile(
    r"\b(extension|roll-?over|sub-?stud(?:y|ies)|open-label phase"
    r"|(?:part|cohort|stage|study) (?:[1-9]|[A-E]|I{1,3}|IV)\b)",
    re.I,
)
_TELLING = 100
"""So many participants or more, not in tens, are the number of one trial."""
_TEXT_READ = 20_000
_HEAD = 3_000


@dataclass(frozen=True)
class Sizes:
    """How many participants the documents of a group count, and how many they plan."""

    counted: frozenset[int]
    planned: frozenset[int]

    def __str__(self) -> str:
        return ", ".join(str(size) for size in sorted(self.counted | self.planned))


@dataclass(frozen=True, kw_only=True)
class Profile(Sizes):
    """What the documents of a group say of its trial; an empty set is what none of them says."""

    acronyms: frozenset[str]
    written_acronyms: tuple[str, ...]
    drugs: frozenset[str]
    started: frozenset[int]
    published: frozenset[int]
    conditions: Conditions
    phases: frozenset[Phase]
    ages: frozenset[str]
    parts: frozenset[frozenset[str]]
    """The parts of a trial that the title of each document names, and those of all together; none is the trial."""
    is_later: bool
    """Whether a title says that the first results stand elsewhere: a follow-up, an extension."""
    text: str

    @property
    def years(self) -> str:
        """Its years in words."""
        return ", ".join(str(year) for year in sorted(self.started | self.published))


def acronym_key(acronym: str | None) -> str | None:
    """An acronym to compare by: its letters and digits in lower case; None for one that names no trial."""
    key = "".join(c for c in (acronym or "").casefold() if c.isalnum())
    return key if len(key) >= SHORTEST_ACRONYM and key not in NO_NAMES else None


def profile_of(mentions: Sequence[Mention]) -> Profile:
    """The profile of a group of mentions."""
    claims = [mention.claims.trial for mention in mentions]
    sizes = sizes_of(mentions)
    titles = " ".join(mention.document.title or "" for mention in mentions)
    texts = [_words(mention) for mention in mentions if mention.document.kind is not DocumentKind.REGISTRY]
    text = " ".join([titles, *texts]).casefold()
    return Profile(
        acronyms=frozenset(key for claim in claims if (key := acronym_key(claim.acronym))),
        written_acronyms=tuple(sorted({claim.acronym for claim in claims if claim.acronym})),
        drugs=treatments(mentions),
        started=frozenset(int(claim.start_date[:4]) for claim in claims if claim.start_date),
        published=frozenset(_published(mentions)),
        conditions=Conditions.of([name for claim in claims for name in claim.conditions], text),
        phases=frozenset(claim.phase for claim in claims if claim.phase and claim.phase is not Phase.NA),
        counted=sizes.counted,
        planned=sizes.planned,
        ages=_ages(titles) or _ages(" ".join(text[:_HEAD] for text in texts)),
        parts=frozenset({*(_parts(mention.document.title or "") for mention in mentions), _parts(titles)}),
        is_later=is_called_later(titles),
        text=text,
    )


def sizes_of(mentions: Sequence[Mention]) -> Sizes:
    """How many participants mentions count or plan: a document without an enrollment by its arms together."""
    sized = [(one, one.claims.trial, size) for one in mentions if (size := one.claims.trial.enrollment or counted(one))]
    return Sizes(
        counted=frozenset(size for mention, claim, size in sized if not _is_plan(mention, claim)),
        planned=frozenset(size for mention, claim, size in sized if _is_plan(mention, claim)),
    )


def against(one: Profile, other: Profile) -> list[str]:
    """What says that two profiles are of different trials."""
    said = []
    if one.drugs and other.drugs and not drugs_meet(one.drugs, other.drugs):
        said.append(f"different drugs ({', '.join(sorted(one.drugs))}; {', '.join(sorted(other.drugs))})")
    if one.phases and other.phases and not any(_one_phase(a, b) for a in one.phases for b in other.phases):
        said.append(f"different phases ({', '.join(sorted(one.phases))}; {', '.join(sorted(other.phases))})")
    if not sizes_fit(one, other):
        said.append("enrollments far apart")
    if one.ages and other.ages and not one.ages & other.ages:
        said.append(f"different age groups ({', '.join(sorted(one.ages))}; {', '.join(sorted(other.ages))})")
    if one.parts.isdisjoint(other.parts):
        named, others = (frozenset[str]().union(*side.parts) for side in (one, other))
        said.append(f"one is another part ({', '.join(sorted(named ^ others))})")
    if years_fit(one, other) is False:
        said.append(f"years that do not fit ({one.years}; {other.years})")
    return said


def drugs_meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sides have a treatment in common, by its name or by the words of what has no name."""
    return bool(one & other) or any(are_in_like_words([a], [b]) for a in one for b in other)


def other_drugs(one: Sequence[Mention], other: Sequence[Mention]) -> str | None:
    """What says that two groups are on different drugs, in words; None where they may be on the same one.

    A drug that the other side names by that word, whatever role it has there, may be the same under two names.
    """
    left, right = treatments(one), treatments(other)
    if not left or not right or left & right or _tell_of(left, other) or _tell_of(right, one, titles_only=True):
        return None
    return f"different drugs ({', '.join(sorted(left))}; {', '.join(sorted(right))})"


def are_clearly_others(one: Sequence[Mention], other: Sequence[Mention]) -> list[str]:
    """What says that two groups are of different trials where both drug and size do; else nothing."""
    if other_drugs(one, other) is None:
        return []
    profiles = profile_of(one), profile_of(other)
    return [] if sizes_fit(*profiles) else against(*profiles)


def missing(one: Profile, other: Profile) -> list[str]:
    """What is not said on both sides, and is needed to take two profiles for one trial."""
    said = []
    if not (one.drugs and other.drugs):
        said.append("the drug")
    if years_fit(one, other) is None:
        said.append("the years")
    if not one.conditions.meet(other.conditions):
        said.append("the condition")
    if ("young" in one.ages | other.ages) and not (one.ages and other.ages):
        said.append("the age group")
    return said


def _is_plan(mention: Mention, claim: TrialClaim) -> bool:
    planned = claim.enrollment_type is EnrollmentType.ESTIMATED
    return planned or (claim.enrollment_type is None and is_protocol(mention.document))


def treatments(mentions: Sequence[Mention]) -> frozenset[str]:
    """What a group tests, in lower case, without what a comparator is given in any trial."""
    return frozenset(name for mention in mentions for name in drugs_of(mention.claims)) - CONTROLS


def drugs_told(mentions: Sequence[Mention], document: Document) -> frozenset[str]:
    """The drugs of a group that a document, which is none of it, names in its title or its text."""
    told = f"{document.title or ''} {document.text[:_TEXT_READ]}".casefold()
    return frozenset(name for name in treatments(mentions) if name in told)


def _tell_of(drugs: frozenset[str], mentions: Sequence[Mention], *, titles_only: bool = False) -> bool:
    """Whether a drug's name stands in the titles of documents, or in their texts as well."""
    for mention in mentions:
        document = mention.document
        told = f"{document.title or ''} {'' if titles_only else document.text[:_TEXT_READ]}".casefold()
        if any(name in told for name in drugs):
            return True
    return False


def _published(mentions: Sequence[Mention]) -> list[int]:
    """The years in which results were out: the day on which a registration was posted is none of them."""
    dated = [m.document.published for m in mentions if m.document.kind is not DocumentKind.REGISTRY]
    return [int(date[:4]) for date in dated if date]


def _words(mention: Mention) -> str:
    document = mention.document
    return (document.prose.text if document.prose is not None else document.text)[:_TEXT_READ]


def _parts(title: str) -> frozenset[str]:
    """The parts of a trial that a title names, in lower case."""
    return frozenset(" ".join(found.lower().split()) for found in _PART.findall(title))


def _ages(text: str) -> frozenset[str]:
    found = {"young"} if _YOUNG.search(text) else set()
    return frozenset(found | ({"adult"} if _ADULT.search(text) else set()))


def _one_phase(one: Phase, other: Phase) -> bool:
    return bool(set(one.split("/")) & set(other.split("/")))


def titles_name(mentions: Sequence[Mention], drugs: frozenset[str]) -> bool:
    """Whether the titles of documents name one of these drugs."""
    return _tell_of(drugs, mentions, titles_only=True)


def are_as_many(one: Profile, other: Profile) -> bool:
    """Whether both count the same number of participants, one that hardly two trials have: no small or round one."""
    return any(size >= _TELLING and size % 10 for size in one.counted & other.counted)


def sizes_fit(one: Sizes, other: Sizes) -> bool:
    """Whether some two sizes may be of one trial: what was counted within a quarter, a plan within its double."""
    if not (one.counted | one.planned) or not (other.counted | other.planned):
        return True
    pairs = [(a, b, 1.25) for a in one.counted for b in other.counted]
    if not pairs:
        pairs = [(a, b, 2.0) for a in one.counted | one.planned for b in other.counted | other.planned]
    return any(max(a, b) <= most * min(a, b) for a, b, most in pairs)


def years_fit(one: Profile, other: Profile) -> bool | None:
    """Whether the years may be of one trial; None where they are not said."""
    if one.started and other.started:
        return any(abs(a - b) <= 1 for a in one.started for b in other.started)
    for begun, out in ((one.started, other.published), (other.started, one.published)):
        if begun and out:
            return any(a <= b <= a + 10 for a in begun for b in out)
    if not (one.published and other.published):
        return None
    return out_together(one, other) or _is_followed(one, other)


def _is_followed(one: Profile, other: Profile) -> bool:
    """Whether one side is on as many as the other in a later year, and its titles say that it is a later report."""
    first, later = sorted((one, other), key=lambda side: min(side.published))
    return later.is_later and are_as_many(first, later)


def out_together(one: Profile, other: Profile) -> bool:
    """Whether results of both were published within three years."""
    return any(abs(a - b) <= 3 for a in one.published for b in other.published)
