"""Whether a text that calls a trial by its name reports that trial, or only names it.

A text takes from other trials their definitions, doses and sample sizes, holds its findings against theirs and says
who was in them before. So the body of a paper has to say that it is the trial's own: the section decides nothing.
"""

import re

from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.sentences import BEGINNING

_BEGINS = lazy_compile(rf"{BEGINNING}\Z")
"""The sentence begins with the name, but for the label of its part."""
_IS_DESCRIBED = lazy_compile(
    r"\W*(?:\([^()]*\)\s*)?,?\s*(?:is|was|were|has been|enroll?ed|recruited|randomi[sz]ed|assigned|investigated"
    r"|evaluated|compared|assessed|examined|tested|included|compris\w+|consist\w+|aim\w+|took place|followed|sought)\b"
    r"(?!\s+(?:\w+\s+)?(?:used|chosen|stopped|halted|published|similar|smaller|larger|negative|positive))",
    re.I,
)
"""A trial whose design the text tells: what it found is told of others in the same words."""
_WITHIN = lazy_compile(rf"{BEGINNING}(?:[Ii]n|[Ff]or|[Dd]uring\s+(?:[\w-]+\s+){{1,4}}of)\s+\Z")
_IS_DONE = lazy_compile(r"[^.;%]{0,100}?\b(?:we|our|randomi[sz]\w+|assign\w*|allocat\w+|enroll?\w*|recruit\w*)\b", re.I)
_CONDUCTED = lazy_compile(
    r"\b(?:we|(?:the )?(?:investigators|authors))\s+(?:\w+ly\s+|have\s+|here\s+)?(?:conducted|did|performed|undertook"
    r"|designed|initiated|carried out|report\w*|present\w*|describe[ds]?|analy[sz]e[ds]?|evaluated|assessed|examined"
    r"|investigated|used (?:the )?data)\b(?!.*\b(?:compar|defin|criteri|definition|sample size|power|as in|than)\w*)"
    r"[^.;()]{0,80}\Z",
    re.I,
)
_PART_OF_IT = lazy_compile(
    r"\b(?:(?:this|present|current|our|secondary|post[ -]hoc|exploratory|pre-?specified|planned|subgroup)\s+"
    r"(?:[\w-]+\s+){0,3}(?:analys[ie]s|sub-?study|extension|follow-up|report)\s+(?:of|from|within|in)"
    r"|(?:here|now|reports?|present\w*|describes?)\s+(?:[\w-]+\s+){0,4}(?:results|findings|data|outcomes)\s+(?:of|from)"
    r"|(?:aim|objective|purpose|primary (?:end ?points?|outcomes?))\s+(?:of|in|for)"
    r"|(?:as part of|nested (?:in|within)|within|embedded (?:in|within)|alongside))\s+(?:data\s+(?:of|from)\s+)?\Z",
    re.I,
)
_DATA = lazy_compile(rf"{BEGINNING}(?:[Dd]ata|[Rr]esults|[Pp]atients|[Pp]articipants)\s+(?:of|from|in)\s+\Z")
_ARE_REPORTED = lazy_compile(
    r"\W*(?:\([^()]*\)\s*)?(?:were|was|are|is)\s+(?:\w+ly\s+)?"
    r"(?:(?:re-?)?analy[sz]ed|reported|presented|examined|assessed|evaluated|studied)\b",
    re.I,
)
_PEOPLE_OF = lazy_compile(rf"{BEGINNING}(?:[Tt]he\s+)?(?:[Ii]nvestigators|[Rr]esearchers)\s+(?:of|in)\s+\Z")
_TOLD_BEFORE = lazy_compile(
    r"\W*(?:had|have|has|\w+ly|reported|found|showed|observed|described|suggested|concluded)\b", re.I
)
_DATA_WERE = lazy_compile(
    r"\bdata\s+(?:were|was)\s+(?:obtained |drawn |collected |taken )?(?:from|in|during)\s+\Z", re.I
)
_TAKING_PART = lazy_compile(
    r"(?<!who )\b(?:enroll?ed|randomi[sz]ed|included|participating|recruited)\s+(?:in|into|to|for)\s+\Z", re.I
)
_EARLIER = lazy_compile(
    r"\b(?:had|previously|prior|earlier|already|not|those|like|similar|exclu\w+|compar\w+|than|whom)\b", re.I
)
_LEFT_OUT = lazy_compile(r"[^.;]{0,60}\b(?:not eligible|ineligible|excluded|could not|not included)\b", re.I)

_CITED = lazy_compile(
    r"\b(?:as (?:used |done |described |defined |reported )?(?:in|by|for|from)"
    r"|than (?:that |those )?(?:\w+ )?(?:in|by|of)"
    r"|(?:defin\w+|taken|adopted|adapted|derived|calculat\w+|estimat\w+|chosen|selected|borrowed)\b[^.;]{0,40}\b"
    r"(?:from|in|by|on|of|for)|sample size\b[^.;]*|(?:similar|compar\w+|identical|contrary|agree\w*|consistent|line)"
    r" (?:to|with)(?: \w+){0,5}|unlike|in contrast to|completed|screened for)"
    r"\s+(?:(?:an?|the|results of)\s+)?(?:[\w-]+[\s,]+){0,5}\Z",
    re.I,
)


def is_reported(before: str, name: str, behind: str) -> bool:
    """Whether a sentence reports the trial that it calls "the NAME trial": `name` is that, from its article on."""
    if name[:4].casefold() == "this":
        return True
    if _BEGINS.match(before):
        return bool(_IS_DESCRIBED.match(behind))
    if _WITHIN.match(before):
        return bool(_IS_DONE.match(behind))
    if _DATA.match(before):
        return bool(_ARE_REPORTED.match(behind))
    if _PEOPLE_OF.match(before):
        return not _TOLD_BEFORE.match(behind)
    if _TAKING_PART.search(before):
        return not (_EARLIER.search(before) or _LEFT_OUT.match(behind))
    return any(one.search(before) for one in (_CONDUCTED, _PART_OF_IT, _DATA_WERE))


def is_cited(before: str) -> bool:
    """Whether the words before a trial's name take something from it, compare with it or tell of who was in it."""
    return bool(_CITED.search(before))
