"""Whose a registry id is that stands in a text: how the text states it, read from the document alone.

A paper states its own registration in a field, in a line, or at its end. It gives the number of an earlier trial too,
in the background or where it compares its findings: such a number says nothing of which trial the paper reports.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from trialhouse.model.document import Document, Identifier, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import find_registry_ids
from trialhouse.resolution.compared_trials import is_compared, is_taken_from
from trialhouse.resolution.further_reports import (
    is_analysis,
    is_continuation,
    is_of_participants,
    is_of_primary_results,
    presented,
    presents_more_of,
    takes_place_in,
)
from trialhouse.resolution.later_trials import (
    enters,
    goes_on_behind,
    is_called_extension,
    is_of_later_trial,
    is_ongoing,
)
from trialhouse.resolution.registration_lines import (
    is_bare,
    is_called_by_registry,
    is_registered,
    is_registration,
)
from trialhouse.resolution.short_names import SHORT_NAME, is_named_in, name_before
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.sentences import BEGINNING, sentences


class Standing(IntEnum):
    """How a document has a registry id, the weakest first."""

    OF_ANOTHER = 1
    """In a sentence that compares the findings with that trial's, or tells before the methods what it found."""
    BEFORE = 2
    """In the background, or beside another's short name in the conclusions, where nothing says whose it is."""
    PARENT = 3
    """Of the trial, as it may be, that a further report or an extension goes on from."""
    TOLD = 4
    """Elsewhere in the text, where nothing says whose it is."""
    ANALYSED = 5
    """Of the trial whose participants or data the text is on ("120 participants of RIVER (NCT…) wore a sensor")."""
    OWN = 6
    """In a sentence on this trial ("In this trial (NCT…)", "patients were randomly assigned (NCT…)")."""
    STATED = 7
    """In a field, a title, or a statement of the registration."""


_TRIAL = r"(?:trials?|stud(?:y|ies)|analys[ei]s|extension|work|report|cohort|programme|program)"
_THIS = lazy_compile(rf"\b(?:this|our|the (?:present|current)|these|here)\b(?:[ -]\w+){{0,8}}? {_TRIAL}\b", re.I)
_WE = lazy_compile(
    r"\bwe\b(?: \w+){0,2}? (?:conduct|did|perform|random|assign|enrol|report|evaluat|present|carried|undertook|assess"
    r"|investigat|compar|stud|examin|aim|analy|treat|recruit|test|sought|report|describ|includ|explor|determin|pool)",
    re.I,
)
_ASSIGNED = lazy_compile(
    r"\b(?:randomly|randomi[sz]ed|assigned|allocated|enrolled|recruited|received|treated|underwent|participated)\b",
    re.I,
)
_RANDOMLY = lazy_compile(r"\brandom(?:ly|i[sz]\w+)\b", re.I)
_DESIGN = lazy_compile(
    r"\b(?:an?|in)\b[^.;]{0,120}\b(?:randomi[sz]ed|blind(?:ed)?|phase|open[\s-]label|multicent\w+|placebo|controlled|parallel"
    r"|cross-?over|pilot|single[\s-]arm|cohort|observational|prospective|retrospective)\b[^.;]{0,80}\b(?:trial|study)\b",
    re.I,
)
_RATE_IN = lazy_compile(
    r"\b(?:rates?|risks?|incidences?|proportions?|frequenc(?:y|ies)|percentages?|figures?|values?|reductions?|responses?"
    rf"|changes?|differences?)\b[^;()]{{0,80}} in (?:the )?(?-i:{SHORT_NAME})(?: trial| study)?\s*\([^()]*\Z",
    re.I,
)
_WHICH_WAS = lazy_compile(
    r"[^();]{0,30}\)?, (?:which|where) (?:was|were|had|included|enrolled|recruited|tested|compared|studied|used|lasted)"
    r"\b[^;]{0,120}, (?:was|were|had been) [−–-]?\d",
    re.I,
)
"""What stands on both sides of the id of a trial whose number is given, and which has to be told what it was."""
_THIS_ONE = lazy_compile(
    r"\b(?:this|our|the (?:present|current)) (?:[\w-]+ ){0,3}(?:trial|study|analysis)\b[^;()]{0,20}(?:\([^()]*)?\Z",
    re.I,
)
_FOUND = lazy_compile(
    r"\b(?:reduc|improv|lower|increas|decreas|show|demonstrat|prov|prevent|prolong|delay|slow|achiev|f(?:ou|i)nd|report"
    r"|establish|suggest|indicat|halv|beat|outperform|fail|confirm)(?:e?d|e?s|ing|en|n)?\b"
    r"|\b(?:is|was|were|are|be|been) (?:\w+ly )?(?:superior|inferior|non-?inferior|effective|efficacious|better|safe"
    r"|shown|associated)\b|\b(?:led|resulted) (?:to|in)\b|\b(?:met|did not|cut|no (?:benefit|difference|effect))\b",
    re.I,
)
"""What is said of a trial that is over."""
_EARLIER = r"(?:earlier|previous|prior|preceding|parent|pivotal|similar|sister|twin|historical)"
_SUBJECT = lazy_compile(
    rf"{BEGINNING}(?:[Tt]he )?(?:(?!{_EARLIER}\b)[\w,-]+ ){{0,5}}?{SHORT_NAME}(?: trial| study)?\s*\([^()]*\Z"
)
"""A short name before an id that is what the sentence is on."""
_IN_SUBJECT = lazy_compile(
    r"\b(?i:announc\w+)\b"
    rf"|{BEGINNING}(?:In|For) (?:the )?(?:[\w,-]+ ){{0,5}}?{SHORT_NAME}(?: trial| study)?\s*\([^()]*\Z"
)
"""The same, where the sentence tells what was done there ("In RIVER (NCT…), 300 adults were assigned"), or is news."""
_EARLIER_TRIAL = lazy_compile(rf"\b{_EARLIER} (?:[\w-]+,? ){{0,6}}?(?:trial|study)\b[^;]*\Z", re.I)
_IS_A_TRIAL = lazy_compile(
    rf"[)\]]?\s*(?:was|is) (?:an?|the) (?:(?!{_EARLIER}\b)[^.;()]){{0,120}}?"
    r"\b(?:randomi[sz]ed|blind(?:ed)?|phase|open[\s-]label|multi-?cent\w+|placebo|controlled|single[\s-]arm)\b"
    r"[^.;()]{0,80}?\b(?:trial|study)\b(?![^;]*\bwhose\b)"
    r"|[)\]]?\s*(?:compared|tested|evaluated|investigated|assessed|examined|studied|involved"
    r"|was (?:conducted|done|performed|carried out|run|undertaken))\b(?![^;]*\bsame\b)",
    re.I,
)
"""What follows the id where a sentence tells the trial's design ("RIVER (NCT…) was a double-blind phase 3 trial")."""
_GOES_ON = lazy_compile(r"\blong[\s-]term\b|\bextension\b|\bfollow[\s-]?up\b|\broll-?over\b", re.I)
"""Words of a title by which the trial whose design the methods tell may be the one before."""
_EXTENSION = lazy_compile(r"\bextension\b|\broll-?over\b", re.I)
_OF_NAMED = lazy_compile(
    rf"\b(?i:of|to|for|from|in|like|after|with|by|on|extend\w*|follow\w*|than) (?:the )?(?:[\w-]+ ){{0,3}}?{SHORT_NAME}"
    r"(?: trial| study)?\s*\([^()]*\Z"
)
"""A short name before an id that is not what the sentence is on."""
_WE_DID = lazy_compile(
    r"\bwe (?:\w+ )?(?:report|present|describe|conduct|did|perform|carried|undertook|enrol|recruit|random|assign"
    r"|treat)",
    re.I,
)
_TOOK_PART = lazy_compile(
    r"\b(?i:enrolled|randomi[sz]ed|treated|participat\w+|taken part|took part) in (?:the )?(?:[\w-]+ ){0,3}?"
    rf"{SHORT_NAME}"
)
_COMPLETED = lazy_compile(
    r"\b(?:complet|finish)\w+\b|\broll(?:ed|ing)?[\s-]?over\b"
    r"|\b(?:parent|feeder|core|lead-in|qualifying|antecedent|originating|original)"
    r" (?:[\w-]+ ){0,4}(?:trials?|stud(?:y|ies))\b"
    r"|\b(?:extension|continuation)(?: (?:study|trial|phase))?(?: \([^()]*\))? (?:of|to) (?:the )?(?:[\w-]+ ){0,3}"
    r"\([^()]*\Z",
    re.I,
)
"""Words before the trial whose participants went on into an extension."""
_ROUND = str.maketrans("[]", "()")
"""Brackets of both kinds say the same."""
_IS_OWN_TRIAL = lazy_compile(
    r"\b(?:randomi[sz]ed|controlled|placebo|(?:double|single)-blind(?:ed)?|open-label|phase)\b[^:]{0,80}\b(?:trial|study)\b",
    re.I,
)
"""Words of a title by which a text, unless it is a further report, is on a trial of its own."""
_BEGINS = lazy_compile(
    rf"{_THIS.pattern}|\bin an? (?:[\w-]+,? ){{0,6}}(?:trial|study)\b|{_WE.pattern}"
    r"|\b(?:objective|aim|purpose)s? (?:was|is|were|of)\b",
    re.I,
)
"""Where a text without sections comes to its own trial."""
FARTHEST = 500
"""Characters of a sentence before and behind an id that are read; what is longer is a table."""
_FURTHER = lazy_compile(
    r"\bpost[\s-]?hoc\b|\bsecondary\b|\bsub-?(?:group|stud(?:y|ies))\b|\bancillary\b|\bexploratory\b|\bcost[\s-]"
    r"|\beconomic\b|\bmediation\b|\blong[\s-]term\b|\bextension\b|\bfollow[\s-]?up\b|[\s-]year\b|\bquality of life\b"
    r"|\bpatient-reported\b|\bpharmacokinetic|\bbiomarker|\b\d+[\s-]weeks?\b|\bdata from\b|\bresults (?:of|from)\b"
    r"|\banalys[ei]s of\b|\bprotocol\b",
    re.I,
)
"""Words of a title by which the background may tell of the very trial that is reported."""
REPORTS = (DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT, DocumentKind.PORTAL)
"""Kinds of documents that begin with what others found."""
_PRE_METHODS = (Section.BACKGROUND, Section.OBJECTIVE)
_OF_DESIGN = (Section.METHODS, Section.UNASSIGNED)


@dataclass(frozen=True)
class _Words:
    """A document's words with what tells whose trial is spoken of."""

    text: str
    title: str
    is_further: bool
    has_sections: bool
    bodies: Sequence[Zone]

    @classmethod
    def of(cls, document: Document, text: str, zones: Sequence[Zone]) -> "_Words":
        bodies = [zone for zone in zones if zone.kind is ZoneKind.BODY]
        has_sections = any(zone.section is not Section.UNASSIGNED for zone in bodies)
        return cls(text, document.title or "", bool(_FURTHER.search(document.title or "")), has_sections, bodies)

    @cached_property
    def is_first(self) -> bool:
        """Whether the title is on a trial of its own, and on nothing that may be a part of another one."""
        return not self.is_further and bool(_IS_OWN_TRIAL.search(self.title))

    def is_before(self, zone: Zone, start: int, end: int) -> bool:
        """Whether a sentence stands before the text comes to its own trial: by its section, else by what follows."""
        if zone.section in _PRE_METHODS or self.has_sections:
            return zone.section in _PRE_METHODS
        return not _BEGINS.search(self.text, zone.start, end) and any(
            _BEGINS.search(self.text, max(one.start, end), one.end) for one in self.bodies if one.end > end
        )

    def is_later(self, zone: Zone, start: int, before: str, behind: str) -> bool:
        """Whether an id is that of a trial that comes after the one that the text was already on."""
        if zone.section in _PRE_METHODS or _GOES_ON.search(self.title) or self.has_in_title(before):
            return False
        if not is_of_later_trial(before, behind) or _THIS_ONE.search(before) or find_registry_ids(before):
            return False
        return any(_RANDOMLY.search(self.text, one.start, min(one.end, start)) for one in self.bodies)

    def is_own_extension(self, before: str) -> bool:
        """Whether an id is that of the extension that the title is on: it is called so, or participants entered it."""
        is_one = enters(before) or is_called_extension(before)
        return is_one and (bool(_EXTENSION.search(self.title)) or self.has_in_title(before))

    def has_in_title(self, before: str) -> bool:
        """Whether the short name before an id is that of the trial in the title, and of no other one ("RIVER-2")."""
        name = name_before(before)
        return name is not None and is_named_in(self.title, name)

    def reports_more_of(self, before: str, end: int) -> bool:
        """Whether the text goes on with the trial of the name before an id, after the sentence that ends there."""
        name = name_before(before)
        if name is None:
            return False
        if self.is_continuation or presents_more_of(name, self.presented):
            return True
        return any(start >= end and takes_place_in(name, words) for start, words in self.own_sentences)

    @cached_property
    def is_continuation(self) -> bool:
        """Whether the text is on how lasting an effect was."""
        return is_continuation(self.title, self.text)

    @cached_property
    def presented(self) -> Sequence[str]:
        """What the text says that it presents."""
        return presented(self.text)

    @cached_property
    def own_sentences(self) -> Sequence[tuple[int, str]]:
        """Where what the text itself did is told: the sentences of methods and results, else those on this work."""
        return [
            (start, self.text[start:end])
            for zone in self.bodies
            if zone.section not in _PRE_METHODS and zone.section is not Section.CONCLUSIONS
            for start, end in sentences(self.text, zone.start, zone.end)
            if self.has_sections or _BEGINS.search(self.text, start, end)
        ]


def standings(document: Document) -> Mapping[str, Standing]:
    """How a document has each of its registry ids: of several places the strongest, as of several ids in one statement.

    A registry record is believed, and what news, or a text of no known kind, tells of earlier trials is not asked.
    """
    prose = document.prose
    text, zones, named = (
        (document.text, document.zones, document.registry_ids)
        if prose is None
        else (prose.text, prose.zones, prose.registry_ids)
    )
    if not named:
        return {}
    if document.kind is DocumentKind.REGISTRY:
        return {one.value: Standing.STATED for one in named}
    words = _Words.of(document, text, zones or (Zone(kind=ZoneKind.BODY, start=0, end=len(text)),))
    found: dict[str, Standing] = {one.value: Standing.OF_ANOTHER for one in named}
    seen: set[str] = set()
    placed = [*find_registry_ids(text), *(one for one in named)]
    for zone in zones or (Zone(kind=ZoneKind.BODY, start=0, end=len(text)),):
        inside = [one for one in placed if zone.start <= one.start < zone.end and one.value in found]
        for value, standing in _in_zone(words, zone, inside):
            seen.add(value)
            found[value] = max(found[value], standing)
    least = Standing.OF_ANOTHER if document.kind in REPORTS else Standing.TOLD
    return {value: max(standing, least) if value in seen else Standing.TOLD for value, standing in found.items()}


def _in_zone(words: _Words, zone: Zone, ids: Sequence[Identifier]) -> Iterator[tuple[str, Standing]]:
    """How each id of one zone stands there."""
    if not ids:
        return
    if zone.kind in (ZoneKind.TITLE, ZoneKind.CITATION) or is_registration(zone.label):
        yield from ((one.value, Standing.STATED) for one in ids)
    elif zone.kind is ZoneKind.BODY:
        for start, end in sentences(words.text, zone.start, zone.end):
            within = sorted({(one.start, one.end, one.value) for one in ids if start <= one.start < end})
            for statement in _statements(words.text, within):
                standing = max(_in_sentence(words, zone, (start, end), one) for one in statement)
                yield from ((value, standing) for _, _, value in statement)


_Place = tuple[int, int, str]


def _statements(text: str, ids: Sequence[_Place]) -> Iterator[list[_Place]]:
    """The ids of a sentence, those together that have nothing but words of registrations between them."""
    together: list[_Place] = []
    for one in ids:
        if together and not is_bare(text[together[-1][1] : one[0]]):
            yield together
            together = []
        together.append(one)
    if together:
        yield together


def _in_sentence(words: _Words, zone: Zone, sentence: tuple[int, int], place: _Place) -> Standing:
    """How an id stands in a sentence of the body."""
    (id_start, id_end, _) = place
    start, end = max(sentence[0], id_start - FARTHEST), min(sentence[1], id_end + FARTHEST)
    said = words.text[start:end].translate(_ROUND)
    before, behind = said[: id_start - start], said[id_end - start :]
    is_held = is_compared(before) and not _THIS_ONE.search(before)
    if is_held or _is_introduced(words, (start, *place[:2], end)):
        is_first_report = is_of_primary_results(before) and is_analysis(words.text)
        return Standing.PARENT if words.has_in_title(before) or is_first_report else Standing.OF_ANOTHER
    if words.is_own_extension(before):
        return Standing.OWN
    if words.is_later(zone, start, before, behind):
        return Standing.OF_ANOTHER
    is_taken = zone.section in _OF_DESIGN and is_taken_from(before, behind)
    is_this = _is_this(before, is_taken) or (_tells_of_this(said, before) and not _is_told_of(before))
    is_before = not is_this and words.is_before(zone, start, end)
    is_named = words.has_in_title(before)
    is_parent = is_named or words.is_further or bool(_TOOK_PART.search(before) or _COMPLETED.search(before))
    is_parent = is_parent or (is_before and words.reports_more_of(before, end))
    if is_before and _FOUND.search(said) and not is_parent:
        return Standing.OF_ANOTHER
    if is_registered(before, behind):
        return Standing.STATED
    if is_this or (is_named and not words.is_further):
        return Standing.OWN
    if is_before or (zone.section is Section.CONCLUSIONS and _OF_NAMED.search(before)):
        return Standing.PARENT if is_parent else Standing.BEFORE
    if is_taken and not is_named:
        return Standing.TOLD
    if _COMPLETED.search(before) or goes_on_behind(behind) or (_TOOK_PART.search(before) and not words.is_first):
        return Standing.PARENT
    return _in_own_part(words, zone, before, behind)


def _in_own_part(words: _Words, zone: Zone, before: str, behind: str) -> Standing:
    """How an id stands in a sentence of the text's own part that does not say that it is of this trial."""
    is_subject = _SUBJECT.search(before) and not _OF_NAMED.search(before)
    if zone.section in _OF_DESIGN and is_subject and _IS_A_TRIAL.match(behind):
        return Standing.PARENT if _GOES_ON.search(words.title) else Standing.OWN
    if is_called_by_registry(before):
        return Standing.TOLD if is_ongoing(behind) else Standing.STATED
    is_told_of = _is_told_of(before) and not _IN_SUBJECT.search(before)
    is_design = _DESIGN.search(before) and zone.section is not Section.CONCLUSIONS
    if not is_told_of and (is_design or _ASSIGNED.search(before + behind)):
        return Standing.OWN
    is_analysed = words.is_further or (is_of_participants(before, behind) and not words.is_first)
    return Standing.ANALYSED if is_analysed else Standing.TOLD


def _is_this(before: str, is_taken: bool) -> bool:
    """Whether the id is that of what the sentence calls this trial, or of what the authors did."""
    return bool(_THIS_ONE.search(before) or (_WE_DID.search(before) and not is_taken))


def _is_told_of(before: str) -> bool:
    """Whether the words before an id name its trial, or call it an earlier one, and the sentence is not on that."""
    return bool(_OF_NAMED.search(before) or _EARLIER_TRIAL.search(before))


def _tells_of_this(said: str, before: str) -> bool:
    """Whether a sentence is on this trial, whatever else it names."""
    return bool(_THIS.search(said) or _WE.search(before))


def _is_introduced(words: _Words, places: tuple[int, int, int, int]) -> bool:
    """Whether a sentence gives a number of a trial and says what that was, when this trial's assignment was told.

    `places` are where the sentence begins, where the id does, where that ends and the sentence.
    """
    start, id_start, id_end, end = places
    if not (_RATE_IN.search(words.text[start:id_start]) and _WHICH_WAS.match(words.text, id_end, end)):
        return False
    return any(_RANDOMLY.search(words.text, body.start, min(body.end, start)) for body in words.bodies)
