"""Trials that come after the one that a text reports, whose numbers it gives as well: its extension, the next trial."""

import re

from trialhouse.text.lazy_patterns import lazy_compile

_ENTER = r"(?:enter|roll[\s-]?over(?: in)?to|continue in(?:to)?|join|transfer to|participate in|take part in|enrol+ in)"
_ENTERED = lazy_compile(
    r"\b(?:enter(?:ed|ing)?|roll(?:ed|ing)?[\s-]?over (?:in)?to|continu(?:e|ed|ing) in(?:to)?|join(?:ed|ing)?"
    r"|transferred to|(?:could|may|might|can|(?:were|was|are) (?:\w+ )?(?:eligible|invited|asked) to) (?:then )?"
    rf"{_ENTER}) (?:[\w-]+ ){{0,4}}\([^()]*\Z",
    re.I,
)
_TO_EXTENSION = lazy_compile(
    rf"\b(?:could|may|might|can|(?:were|was|are) (?:\w+ )?(?:eligible|invited|able|free|asked) to|had the option to)"
    rf"(?: (?:then|also|subsequently|choose to))? {_ENTER} (?:an?|the) (?:[\w-]+,? ){{0,4}}?"
    r"(?:extension|roll-?over)\b[^.;()]{0,60}\([^()]*\Z",
    re.I,
)
_ONGOING = (
    r"(?:(?:is|are) (?:\w+ ){0,2}?(?:ongoing|under[\s-]?way|planned|recruiting|enrolling|in progress|being \w+"
    r"|needed|warranted|about to|to be \w+)|(?:has|have) (?:\w+ ){0,2}?(?:started|begun|commenced|initiated|launched)"
    r"|will (?:\w+ ){0,2}?\w+)"
)
"""What is said of a trial that is not over."""
_ANOTHER = r"(?<!\bin )\b(?:an?|another)\b (?:[\w-]+,? ){0,8}?(?:trial|study|extension)\b[^.;()]{0,80}"
_ONGOING_BEFORE = lazy_compile(rf"{_ANOTHER}\s{_ONGOING}\s*\([^()]*\Z", re.I)
_ANOTHER_BEFORE = lazy_compile(rf"{_ANOTHER}\([^()]*\Z", re.I)
_ONGOING_BEHIND = lazy_compile(rf"[^()]{{0,20}}[)\]],?\s*(?:that |which )?{_ONGOING}\b", re.I)
_LEADS_TO = lazy_compile(
    r"\b(?:support\w*|warrant\w*|justif\w+|led to|leading to|prompt\w*|basis (?:for|of)|rationale for"
    r"|(?:selected|chosen|taken forward|advanced|considered) (?:for|in|into|to)|to be \w+ in) "
    r"[^.;]{0,80}?(?:\bphase (?:[23]|I{2,3}V?)[ab]?\b|\btrials?\b|\bstud(?:y|ies)\b)[^.;]{0,60}\([^()]*\Z",
    re.I,
)
"""What a text says that its findings are good for."""
_GOES_ON_BEHIND = lazy_compile(
    r"[^()]{0,20}[)\]]\s*(?:who |then |subsequently |also |could |were (?:asked|eligible|invited) to |agreed to ){0,3}"
    r"(?:(?:enter|roll|continu|join|transfer)\w*|into|were eligible)\b",
    re.I,
)


_CALLED_EXTENSION = lazy_compile(
    r"(?:\b(?i:extension|roll-?over)(?: (?:study|trial|phase|period))?|\w[\s-](?:X|OLE|OLS|LTE|LTS|LTFU|EXT|Ext))"
    r"(?: (?:study|trial))?\s*\([^()]*\Z"
)


def is_called_extension(before: str) -> bool:
    """Whether the words before an id call its trial an extension ("the extension study (NCT…", "RIVER-OLE (NCT…")."""
    return bool(_CALLED_EXTENSION.search(before))


def enters(before: str) -> bool:
    """Whether the words before an id say that participants went on into its trial ("entered RIVER-X (NCT…")."""
    return bool(_ENTERED.search(before))


def is_ongoing(behind: str) -> bool:
    """Whether the words behind the bracket of an id say that its trial is not over ("…) has started")."""
    return bool(_ONGOING_BEHIND.match(behind))


def goes_on_behind(behind: str) -> bool:
    """Whether the words behind an id say that its participants went on into another trial ("… rolled over into")."""
    return bool(_GOES_ON_BEHIND.match(behind))


def is_of_later_trial(before: str, behind: str) -> bool:
    """Whether the words on both sides of an id say that its trial comes after the one that was reported.

    "Patients could then enter an extension (NCT…)", "A phase 3 trial (NCT…) is ongoing."
    """
    if any(told.search(before) for told in (_TO_EXTENSION, _ONGOING_BEFORE, _LEADS_TO)):
        return True
    return bool(_ANOTHER_BEFORE.search(before) and is_ongoing(behind))
