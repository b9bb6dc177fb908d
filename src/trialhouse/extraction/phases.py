"""The phase of this trial, told from that of an earlier one, of one to come, and of a programme."""

import re

from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.model.document import Section
from trialhouse.model.enums import Phase
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import in_lower_case

_PHASES = {
    "1": Phase.PHASE1, "2": Phase.PHASE2, "3": Phase.PHASE3, "4": Phase.PHASE4,
    "i": Phase.PHASE1, "ii": Phase.PHASE2, "iii": Phase.PHASE3, "iv": Phase.PHASE4,
}  # fmt: skip
_PHASE = Cued(
    "phase",
    r"\bphase[\s:-]*(?P<one>iv|iii|ii|i|[1-4])(?P<letter>[abc])?(?:\s*[/-]\s*(?:phase\s*)?(?P<two>iii|ii|i|[1-3])(?:[abc])?)?\b",
    re.I,
)
_PHASE_OF_OTHERS = lazy_compile(r"\s*(?:clinical\s+)?(?:trials|studies|programme|program|development)\b", re.I)
_OWN = Cued("his|our|Our|we|We|present|current|ere", r"\b(?:[Tt]his|[Oo]ur|[Ww]e|present|current|[Hh]ere)\b")
"""What a sentence about the authors' own trial says."""
_TO_COME = lazy_compile(
    r"[^.;]{0,80}?(?:\b(?:is|are|has been|have been) (?:now |being |currently )?"
    r"(?:planned|scheduled|under\s?way|ongoing|launched|initiated|started|enroll?ing|recruiting|in progress"
    r"|in preparation|needed|warranted|awaited|required|justified)\b"
    r"|\b(?:has|have) (?:now |already )?(?:started|begun|opened)\b|\bwill\b|\bto follow\b|\bshould\b)",
    re.I,
)
"""What is said, behind its phase, of a trial that is not done yet."""
_LEADS_TO = lazy_compile(
    r"\b(?:plan(?:s|ned|ning)?|support(?:s|ed)?|warrants?|justif(?:y|ies)|await(?:s|ed|ing)?|proceed(?:s|ing)?"
    r"|advanc(?:e[ds]?|ing)|progress(?:ion|ing)?|mov(?:e|ing)|further)\b[^.;]{0,40}\Z",
    re.I,
)
"""The same before its phase."""
_NOT_OURS = (Section.BACKGROUND, Section.CONCLUSIONS)


def own_phase(reading: Reading, own: list[Sentence]) -> tuple[Phase, int, int] | None:
    """The phase with its place: as the title says, or a sentence on "this" trial, else the first that is no other's.

    A phase of trials in the plural is a programme's; a background or a conclusion without such a word speaks of other
    trials; and so does what is said of a trial to come.
    """
    saying = [s for s in own if _PHASE.may_match(s.words)]
    ours = [s for s in saying if s.is_title or _OWN.search(s.words)]
    others = [s for s in saying if s not in ours and s.section not in _NOT_OURS]
    for sentence in (*ours, *others):
        for match in _PHASE.finditer(reading.text, sentence.start, sentence.end):
            if not _PHASE_OF_OTHERS.match(reading.text, match.end()) and not _is_to_come(sentence, match):
                return _phase(match), *match.span()
    return None


def _phase(match: re.Match[str]) -> Phase:
    """The phase that is written: "2", "IIb", "2/3"."""
    one, two = in_lower_case(match["one"]), in_lower_case(match["two"] or "")
    both = {_PHASES[one], _PHASES.get(two)}
    if both == {Phase.PHASE1, Phase.PHASE2}:
        return Phase.PHASE1_PHASE2
    return Phase.PHASE2_PHASE3 if both == {Phase.PHASE2, Phase.PHASE3} else _PHASES[one]


def _is_to_come(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a sentence speaks of a trial of that phase that is not done yet: "a phase 3 trial is planned"."""
    before, behind = sentence.words[: match.start() - sentence.start], sentence.words[match.end() - sentence.start :]
    if sentence.is_title or _OWN.search(before[-12:]):
        return False
    return bool(_TO_COME.match(behind) or _LEADS_TO.search(before))
