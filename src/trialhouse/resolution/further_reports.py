"""Whether a text that tells what a trial found is a further report of that very trial, by what it says of itself."""

import re
from collections.abc import Sequence

from trialhouse.resolution.short_names import SHORT_NAME, spelled
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.sentences import BEGINNING

_FURTHER = r"(?:final|updated?|extended|longer?[\s-]term|mature|follow[\s-]?up|secondary|post[\s-]?hoc|subgroup)"
_PRESENTS = lazy_compile(
    r"\b(?:here(?:in)?,? we|we|this (?:report|paper|article)) (?:now |here )?(?:report|present|describe)s?"
    r" (?:the |an? )?"
    rf"(?:[\w-]+,? ){{0,3}}?{_FURTHER}\b[^.;]{{0,160}}",
    re.I,
)
"""What a text presents that goes on from what was found ("Here we present the planned final analysis of survival")."""
_OF_ANOTHER = lazy_compile(
    r"\b(?:trials?|stud(?:y|ies)|cohorts?|registr(?:y|ies))\b(?<!\bthis trial)(?<!\bthis study)", re.I
)
_NAMES = lazy_compile(rf"\b(?:of|from|in) (?:the )?({SHORT_NAME})")
SHORTEST = 4
"""Letters of a name: shorter ones ("OS", "PFS") are of outcomes."""
_PRIMARY = lazy_compile(
    r"\b(?:primary|main|overall) (?:trial |study )?(?:results?|analys[ei]s|findings?|outcomes?|report) (?:of|from|in)"
    rf" (?:the )?(?:[\w-]+ ){{0,2}}?(?:{SHORT_NAME}|(?i:trial|study))(?: trial| study)?\s*\([^()]*\Z"
)
_ANALYSIS = lazy_compile(
    r"\b(?:this|our|the (?:present|current)|we (?:did|performed|conducted)|these) (?:an? )?(?:[\w-]+,? ){0,3}?"
    r"(?:post[\s-]?hoc|secondary|sub-?group|exploratory|ancillary)\b[^.;]{0,40}\banalys[ei]s\b",
    re.I,
)
"""A text on an analysis that is none of the primary outcome."""
_DURABLE = lazy_compile(
    r"\bdurab\w+|\b(?:through|over|at|after|to) (?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
    r" (?:years|months)\b",
    re.I,
)
_CONTINUED = lazy_compile(
    r"\bcomplet\w+ (?:the )?(?:(?:week|month|year) \d+|[\w-]+ (?:period|phase))\b[^.;]{0,60}\b(?:continu|enter|receiv)"
    r"|\bcontinued (?:\w+ ){0,3}open-label\b",
    re.I,
)
_PEOPLE = (
    r"(?:patients|participants|adults|children|adolescents|infants|women|men|people|individuals|volunteers|survivors"
    r"|data|samples|records|recordings|scans|images|database)"
)
_OF_PARTICIPANTS = lazy_compile(
    rf"\b(?i:{_PEOPLE}|analys[ei]s|sub-?study) (?:[\w.-]+,? ){{0,10}}?(?i:of|from|in) (?i:(?:the|an?) )?"
    rf"(?:[\w-]+ ){{0,4}}?(?:{SHORT_NAME}(?: trial| study)?|(?i:trial|study))\s*\([^()]*\Z"
)
"""The participants or the data of a trial, up to its id."""
_ITS_PARTICIPANTS = lazy_compile(rf"\)\s*(?:trial |study )?{_PEOPLE}\b", re.I)
_NOT_ITS = lazy_compile(
    r"\b(?:exclud|margin|deriv|same|similar|simulat|histor|external|criteria|match|previous|earlier|sample size|power"
    r"|assum|because|since|based on|eligib|could|unlike|like|as in|than|adapt|adopt|design"
    r"|those (?:that|of|which)|follow(?:ed|ing) |compar\w+ with)",
    re.I,
)
"""Words of a sentence of the methods that names another trial than its own."""


def presented(text: str) -> Sequence[str]:
    """What a text says that it presents beyond the first results: the final, an updated, a further analysis."""
    return [found[0] for found in _PRESENTS.finditer(text)]


def presents_more_of(name: str, found: Sequence[str]) -> bool:
    """Whether one of the things that a text presents is of the trial of a name, and of no other one."""
    for words in found:
        rest = re.sub(rf"{spelled(name)}(?: trial| study)?", "", words)
        others = (one[1] for one in _NAMES.finditer(rest))
        if not _OF_ANOTHER.search(rest) and all(len(other) < SHORTEST for other in others):
            return True
    return False


def takes_place_in(name: str, sentence: str) -> bool:
    """Whether a sentence of a text's own methods is on the trial of a name, or on those who took part in it."""
    named = spelled(name)
    if not re.search(named, sentence):
        return False
    whose = (
        rf"{BEGINNING}(?:[Ii]n )?(?:[Tt]he )?{named}(?: trial| study)?,? (?:\w+ ){{0,3}}?"
        r"(?:randomi[sz]ed|randomly|enrolled|assigned|recruited|received|treated|underwent)\b"
        rf"|\b(?i:{_PEOPLE}) (?:[\w.-]+,? ){{0,8}}?(?:of|from|in) (?:the )?{named}"
        rf"|(?:{BEGINNING}|\b(?i:this|our|we \w+ an?|the present) )(?:[\w-]+,? ){{0,4}}?"
        rf"(?i:analys[ei]s|sub-?study|report) (?:of|from) (?:the )?{named}"
        rf"|\b{named}(?: trial| study)? (?:patients|participants|population|database|data|cohort|samples)\b"
    )
    return bool(re.search(whose, sentence)) and not _NOT_ITS.search(sentence)


def is_of_participants(before: str, behind: str) -> bool:
    """Whether the words on both sides of an id are on the participants or the data of its trial."""
    return bool(_OF_PARTICIPANTS.search(before) or _ITS_PARTICIPANTS.match(behind))


def is_of_primary_results(before: str) -> bool:
    """Whether the words before an id are of the primary results of its trial."""
    return bool(_PRIMARY.search(before))


def is_analysis(text: str) -> bool:
    """Whether a text says that it is a post hoc, a secondary or another further analysis."""
    return bool(_ANALYSIS.search(text))


def is_continuation(title: str, text: str) -> bool:
    """Whether a text is on how lasting an effect was in those who went on with the treatment."""
    return bool(_DURABLE.search(title) and _CONTINUED.search(text))
