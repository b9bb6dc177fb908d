"""The one arm of a trial without a comparison: "In this single-arm phase 2 trial, 44 patients received X 24 mg".

The text must be of a trial that was done, by its design or its phase, and say once what all who took part received. No
word may hint at a second group or at people who were only observed: groups that merely were not read must never become
one arm. Where a first-in-human trial gives one drug at several doses, each dose is an arm.
"""

import itertools
import re
from dataclasses import replace

from trialhouse.extraction.arm_fill import fill_doses
from trialhouse.extraction.arm_list import Draft, Part, read_arm_list
from trialhouse.extraction.arm_table import CONTROLS, SINGLE, ArmTable, is_own
from trialhouse.extraction.design import Facts
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.no_trial import is_observed
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE
from trialhouse.extraction.sizes import Sizes
from trialhouse.extraction.terms import Mention
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_ONE = Cued(
    "single|one|uncontrolled|noncomparative|non-comparative",
    r"\b(?:single|one)[\s-](?:arm|group)\b(?=[^.;]{0,60}\b(?:trials?|stud(?:y|ies)|phase)\b)"
    r"|\b(?:uncontrolled|non-?comparative)\b[^.;]{0,60}\b(?:trial|study)\b",
    re.I,
)
"""What says outright that there is no second arm."""
_TRIAL = Cued(
    "phase|open|first-in-human|escalation",
    r"\bphase (?:[1-4][ab]?|I{1,3}[ab]?|IV)(?:[/-](?:[1-4][ab]?|I{1,3}[ab]?))?\b[^.;:]{0,80}\b(?:trial|study)\b"
    r"|\bphase (?:[1-4][ab]?|I{1,3}[ab]?|IV)\s*\Z"
    r"|\bopen[\s-]label\b[^.;:]{0,60}\b(?:trial|study)\b|\bfirst-in-human\b|\bdose[\s-]escalation\b[^.;]{0,40}\b"
    r"(?:trial|study)\b",
    re.I,
)
_SECOND = lazy_compile(
    r"(?<!non-)(?<!non)(?<!\bnot )\brandom|\bplacebo\b|\bsham\b|\bdummy\b|\bcomparators?\b|\bmatched\b"
    r"|\bcontrols?[\s-](?:groups?|arms?|patients|participants|subjects|conditions?)\b"
    r"|\b(?:healthy|historical) controls?\b"
    r"|(?<!un)\bcontrolled (?:trial|study)\b|\bcontrols\b|\bassigned\b|\ballocated\b|\bcross-?over\b|\bcohorts?\b"
    r"|\b(?:two|three|four|both|either|each|other|treatment|intervention|study)[\s-]"
    r"(?:\w+[\s-])?(?:groups|arms|strata|stratum)\b|\b(?:groups?|arms?|parts?) (?:[A-D]|[1-4]|I{1,3})\b"
    r"|\b(?:treatment|intervention|experimental|active|other|first|second|latter|former) (?:group|arm)\b"
    r"|\bobservation(?:al)?\b|\buntreated\b"
    r"|\balone\b|\bdid not(?= receive\b|\s*[.,;])|\b(?:were|was) not (?:treated|given)\b"
    r"|\bother (?:patients|participants)\b|\bremaining (?:patients|participants)\b|\bthe (?:other|rest)\b"
    r"|\btrials\b|\bstudies\b|\bcase (?:report|series)\b|\bchart review\b|\bregistry\b|\bsurvey",
    re.I,
)
"""Any of these may tell of a second group, or of people who were only observed."""
_AGAINST = lazy_compile(
    r"\b(?:compared (?:with|to)|in comparison (?:with|to)|relative to)\b"
    r"(?! (?:the |their )?(?:pre-?treatment|baseline)\b)"
    r"|\bthan\b(?! (?:the |their )?(?:pre-?treatment\b|baseline\b|\d|expected))|\bversus\b|\bvs\b",
    re.I,
)
"""So may these, where the text does not say outright that it has one arm and so compares some of its patients."""
_RECEIVED = Cued(
    "receive|treated|given|administered|underwent",
    rf"(?:\b{PEOPLE}\b(?:[^.;:]{{0,160}}?\s)?|\b(?:of )?whom\s|\bthey\s)(?P<verb>received|(?:were|was) (?:all )?treated"
    r" with|(?:were|was) given|(?:were|was) administered|underwent|to receive)\s+",
    re.I,
)
_PARTLY = lazy_compile(
    rf"\b(?:some|most|many|several|few|half|majority|only|those|who had)\b|\b{HEAD_COUNT}\s+(?:\([^()]*\)\s*)?"
    rf"of (?:the |these )?{HEAD_COUNT}\b|\b(?:prior|before|already|never)\b"
    r"|\bpreviously\b(?!\s+(?:un)?treated\b)|\b(?:high|low|intermediate|poor|standard)[\s-]risk\b|\bresponders\b",
    re.I,
)
"""Not all who took part received it, or not in the trial."""
_END = lazy_compile(
    r"[.,;:()]|\s+\d|\s+(?:at|for|until|once|twice|every|over|on|in|and|with|between|after|before|from|followed|within|per|as"
    r"|to|via|by|using|plus)\b",
    re.I,
)
_ARTICLE = lazy_compile(
    r"(?:(?:an?|the|single|one|initial|oral|intravenous|subcutaneous|implantation of|(?:booster )?doses? of)\s+){0,4}",
    re.I,
)
_NAMELESS = lazy_compile(
    r"(?:.*\b(?:dose|doses|therapy|treatment|treatments|drug|infusions?|injections?|surgery|evaluation|assessments?|visits?"
    r"|biops\w+|imaging|scans?|follow-?up|screening|cycles?|transfusions?|study|medication|monitoring|testing)|\d.*)\Z",
    re.I,
)
_NEXT_DOSE = lazy_compile(r"\s*(?:[mµμ]?g(?:/(?:kg|m2|day))?)?\s*[,;]?\s*(?:(?:and|or|then|up to|to)\s+)?")
"""Between the doses of a list: nothing but their unit."""
_SIZE = lazy_compile(r"[\s,(:]*(?:n\s*=\s*)?", re.I)
_LONGEST = 50
"""Characters of a treatment told by a phrase."""
_BODY = (Section.METHODS, Section.RESULTS, Section.UNASSIGNED)
MOST_DOSES = 9


def from_single(matter: Matter) -> ArmTable | None:
    """The only arm of an uncontrolled trial, or its doses; None where another arm may be."""
    words = [said.sentence.words for said in matter.said]
    only = any(_ONE.search(one) for one in words)
    if not only and not any(_TRIAL.search(one) for one in words):
        return None
    if is_observed(matter.reading.text) or any(_tells_second(said, only) for said in matter.said):
        return None
    told = [one for said in matter.said if (one := _given(matter, said, named=False))]
    told = told or ([one for said in matter.said if (one := _given(matter, said, named=True))] if only else [])
    if not told or len({draft.norms() for _, draft in told if not _adds(draft, told[0][1])}) > 1:
        return None
    said, draft = told[0]
    drafts = _by_dose(matter, said, draft) or [draft]
    if len(drafts) == 1 and any(d.start >= draft.end and d not in _doses(draft) for d in said.doses):
        return None
    if len(drafts) > MOST_DOSES:
        return None
    table = ArmTable(drafts, source=said, rule=SINGLE)
    fill_doses(matter, table)
    return table


def _tells_second(said: Said, only: bool) -> bool:
    """Whether a sentence may tell of a second group; what is known of the disease is no matter of the trial."""
    if said.sentence.section in (Section.BACKGROUND, Section.CONCLUSIONS):
        return False
    words = said.sentence.words
    against = not only and _AGAINST.search(words)
    return bool(against or _SECOND.search(words)) or any(d.norm in CONTROLS for d in said.drugs)


def _adds(draft: Draft, first: Draft) -> bool:
    """Whether a later sentence tells no more than some of what the first does."""
    return draft is not first and draft.norms() <= first.norms()


def _given(matter: Matter, said: Said, *, named: bool) -> tuple[Said, Draft] | None:
    """What a sentence says that all who took part received: its drugs, or with `named` the words for it."""
    sentence, text = said.sentence, matter.reading.text
    if sentence.is_title or sentence.section not in _BODY or not is_own(matter, said):
        return None
    match = _RECEIVED.search(text, sentence.start, sentence.end)
    if match is None or any(n.kind is Kind.PERCENT for n in said.numbers):
        return None
    if _PARTLY.search(text, sentence.start, match.end()):
        return None
    if named:
        phrase = _phrase(text, match.end(), sentence.end)
        if phrase is None:
            return None
        dose = next((d for d in said.doses if text[phrase.end : d.start].isspace()), None)
        return said, Draft([Part(phrase, dose)], None, phrase.start, dose.end if dose else phrase.end)
    listed = read_arm_list(text, said, match.end(), sentence.end).drafts
    if not listed:
        return None
    draft = replace(listed[0], size=None)
    same = all(one.norms() == draft.norms() for one in listed)
    return (said, draft) if same and not any(n.startswith("no ") for n in draft.norms()) else None


def _phrase(text: str, start: int, end: int) -> Mention | None:
    """The words for what was received, where they name one thing."""
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    stop = _END.search(text, start, end)
    words = text[start : stop.start() if stop else end].strip()
    if not 3 < len(words) <= _LONGEST or _NAMELESS.match(words):
        return None
    return Mention(start, start + len(words), " ".join(words.lower().split()), is_known=False)


def _doses(draft: Draft) -> list[Typed]:
    """The doses of an arm: another one beside them is of a treatment that was not read."""
    parts = [one for part in draft.parts for one in (part, *part.components)]
    return [part.dose for part in parts if part.dose]


def _by_dose(matter: Matter, said: Said, draft: Draft) -> list[Draft]:
    """An arm for each dose of the only drug, where the sentence lists two or more of one unit."""
    doses = [d for d in said.doses if d.start > draft.start]
    if len(draft.parts) != 1 or len({d.value for d in doses}) < 2 or len({d.unit for d in doses}) != 1:
        return []
    text = matter.reading.text
    if not all(_NEXT_DOSE.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(doses)):
        return []
    sizes = _sizes(matter, doses[0].unit)
    part = draft.parts[0]
    return [Draft([replace(part, dose=d)], sizes.get(d.value), d.start, d.end) for d in doses]


def _sizes(matter: Matter, unit: str | None) -> dict[float, Typed]:
    """How many got each dose, where a bracket says it: "(50 mg, n = 6; 100 mg, n = 12)"."""
    text = matter.reading.text
    found: dict[float, Typed] = {}
    for said in matter.said:
        for dose in said.doses:
            size = next((n for n in said.numbers if n.kind is Kind.SIZE and n.start > dose.end), None)
            if dose.unit == unit and size and _SIZE.fullmatch(text, dose.end, size.start):
                found.setdefault(dose.value, size)
    return found


def size_of_all(facts: Facts, table: ArmTable, sizes: Sizes) -> None:
    """Give the only arm the number of all who took part as its size, and each dose the number who got it."""
    if table.rule != SINGLE:
        return
    for arm, draft in enumerate(table.drafts):
        if draft.size:
            sizes.analyzed.pop(arm, None)
            sizes.randomized[arm] = (int(draft.size.value), draft.size.start, draft.size.raw_end)
    proof = facts.evidence.get("enrollment")
    if table.is_single and proof is not None:
        sizes.randomized.setdefault(0, (facts.values["enrollment"], proof.start, proof.end))
