"""Trials that a text only holds itself against, or takes something from: its findings, its doses, its sample size."""

import re

from trialhouse.resolution.short_names import SHORT_NAME
from trialhouse.text.lazy_patterns import lazy_compile

_WHAT = r"(?:the )?(?:those|that|what|results?|findings?|data|observations?|outcomes?|conclusions?)\b"
_COMPARED = lazy_compile(
    r"\b(?:agree\w*|accords?|(?:in)?consistent\w*|in (?:line|keeping|agreement|concordance)|concordant|at odds)"
    r" (?:\w+ )?with"
    rf"|\b(?:similar\w*|compar\w+|contrary|in contrast|identical|correspond\w*|close) (?:to|with)(?= {_WHAT})"
    rf"|\b(?:confirm|extend|replicat|reproduc|corroborat|mirror|complement|support|contradict|echo)\w*(?= {_WHAT})"
    r"|\b(?:than|as|to|with|what) (?:(?:that|those|what) )?(?:(?:was|were|had been) )?"
    r"(?:observed|seen|found|reported|shown|described)(?: previously)?(?= (?:in|by|for)\b)"
    r"|\b(?:same|identical|similar|analogous) (?:as|to) (?:that |those )?(?:of|in)\b|\bas (?:\w+ )?in\b"
    r"|\b(?:adapted|adopted|modell?ed|designed|patterned) (?:from|on|after|like)\b|\bfollow\w* (?:that|those) of\b"
    r"|\b(?:emulat|mimick)\w*|\b(?:because|since|as|given that) (?:it|they)\b"
    rf"|\b(?:than|versus|vs\.?|against|compared (?:with|to)) (?:the )?[\d.·]+ ?%(?= in (?:the )?(?-i:{SHORT_NAME}))"
    r"|\bsample size\b[^;()]{0,60}\b(?:based on|from|according to)\b"
    r"|\A\W*(?:in contrast to|contrary to|unlike|similar(?:ly)? to|as in|compared with)\b",
    re.I,
)
"""What a text says before it names the trial that its findings are held against, or that gave the reason for it."""
_TAKEN = lazy_compile(
    r"\b(?:same|simulat\w+|histor\w+|external|criteria|definitions?|match\w+|previous|earlier|prior|parallel"
    r"|margins?|sample size|power|assum\w+|because|since|based on|deriv\w+|(?:effects?|rates?) (?:of|in)|eligibility"
    r"|eligible for|those (?:that|of|in|used)|that (?:of|used)|used in|chosen|selected|adapt\w+|adopt\w+"
    r"|stopp\w+|halted|publi(?:cation|shed)|release|co-?enrol\w*|exclud\w+"
    r"|compar\w+ (?:it|them|these|those|findings|results|data|rates|outcomes|patients|participants) (?:with|to))\b",
    re.I,
)
"""Words before a trial from which a text takes something, or with which it has to do in some other way."""
_A_TRIAL = lazy_compile(
    rf"(?:[^;()]{{0,100}}\b(?i:trials?|study|studies)\b(?! (?:protocol|design|plan|drug|arm|group))[^;()]{{0,30}}"
    rf"|(?:[^;()]{{0,100}}\b(?i:in|from|by|(?:results?|findings?|data|rates?|effects?) of))?\s(?i:the )?{SHORT_NAME})"
    r"\s*(?:[(\[][^()]{0,40})?\Z"
    r"|[^;()]{0,100}\s(?:of|in|from|with|by|to|the)\s\Z"
)
"""What follows that, up to the id: a trial or its short name, with the id behind or in a bracket, or the id itself."""
_NAMED = lazy_compile(
    rf"[^;]{{0,160}}(?:{SHORT_NAME}(?: trial| study)?|\b(?i:an?|another) (?:[\w-]+,? ){{0,6}}(?i:trial|study))"
    r"\s*\([^()]*\Z|[^;]{0,160}\b(?:in|of|from|by) \Z"
)
"""What follows those, up to the id."""
_SISTER = lazy_compile(
    r"\b(?:an?|another|its|the) (?:parallel|separate|similar|companion|sister|twin|replicate) (?:[\w-]+ ){0,4}?"
    r"(?:trial|study)\b[^;()]{0,40}\([^()]*\Z",
    re.I,
)
"""A trial beside the one of the text."""
_LEFT_OUT = lazy_compile(
    r"[^()]{0,20}[)\]]?,?\s*(?:(?:was|were) (?:\w+ )?(?:excluded|ineligible|not eligible|left out)|could not)\b", re.I
)
"""What follows the id of a trial whose participants are not those of the text."""


def is_compared(before: str) -> bool:
    """Whether the words before an id hold something against the trial that it is of."""
    return any(_A_TRIAL.match(before, cue.end()) for cue in _COMPARED.finditer(before))


def is_taken_from(before: str, behind: str) -> bool:
    """Whether a text takes something from the trial of an id, or says who of it may not take part.

    `before` and `behind` are what its sentence says on both sides of the id. Whose trial that is, is not said.
    """
    if any(_NAMED.match(before, cue.end()) for cue in _TAKEN.finditer(before)):
        return True
    return bool(_SISTER.search(before) or _LEFT_OUT.match(behind))
