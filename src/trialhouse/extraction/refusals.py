"""Contexts whose numbers and design words are not this trial's results, each with its reason."""

import re
from functools import lru_cache

from trialhouse.text.cues import Cued
from trialhouse.text.word_starts import at_word

_RULES: tuple[tuple[str, Cued], ...] = (
    ("power_calculation", Cued("margin",
        r"\A(?!.*?\b(?:P\s*[<=>]\s*0?[.·]\d|CIs?\b[,:;\s(\[]*(?:of |from |was )?[-−–+]?\d))"
        r".*?non-?inferiority margin",
        re.I | re.S)),
    ("power_calculation", Cued("sample size|power|detect|significance|error|alpha",
        r"sample size|\bpower(?:ed)? (?:of|to|at|calculat)|% power|\bpower\b.{0,20}\bto detect"
        r"|to detect a (?:difference|reduction)"
        r"|significance level|type I error|\balpha\b (?:of|=|level)", re.I)),
    ("previous_study", Cued(
        "previous|prior|earlier|preceding|other|separate|sister|companion|parallel|concurrent|simultaneous|meta-analys|systematic|historical"
        "|at odds with|literature|have|data from",
        at_word(
            *(
                rf"{when} (?:\w+[ -]){{0,3}}(?:trials?|stud(?:y|ies)|reports?|analys[ei]s|data|research)\b"
                for when in ("previous", "prior", "earlier", "preceding", "another", "other")
            ),
            *(
                rf"{other} (?:(?!of\b|from\b|in\b)\w+[ -]){{0,3}}(?:trial|study)\b"
                for other in ("an? separate", "sister", "companion")
            ),
            r"in (?:an?|the) (?:parallel|concurrent|simultaneous) (?:trial|study)\b(?! (?:of|in|with) \d)(?! group)"
            r"(?= (?:in|of|on|from|with|by)\b)",
            *("previously (?:reported|shown|published|described)", "at odds with", r"literature\b"),
            *(r"have (?:shown|reported|demonstrated)\b", r"data from the .{0,40}\btrials\b"),
            within=("meta-analys[ei]s", "systematic review", "historical (?:data|controls)"),
        ), re.I)),
    ("preclinical", Cued(
        "mice|rats|rabbits|monkeys|macaques|primates|pigs|dogs|hamsters|zebrafish|cell line|cell culture| cells|vitro"
        "|vivo|preclinical|pre-clinical",
        r"\b(?:in|on|of|from|with|than|for|among|when)\s+(?:[\w-]+\s+){0,3}?(?:mice|rats|rabbits|monkeys|macaques"
        r"|(?:non-?human )?primates|(?:guinea )?pigs|dogs|hamsters|zebrafish|cell (?:lines?|cultures?)"
        r"|(?:cultured|isolated) (?:\w+ )?cells)\b"
        r"|\b(?:mice|rats|monkeys|macaques|dogs)\s+(?:given|treated|receiving|fed|that|which|were|had|showed|lived)\b"
        r"|\bin vitro\b|\bex vivo\b|\bpre-?clinical(?:ly)?\b", re.I)),
    ("preclinical", Cued(
        "mouse|rat|murine|animal",
        r"\b(?:mouse|rat|murine|animal)\s+(?:models?|stud(?:y|ies)|experiments?|data|tests?|work|research|trials?)\b",
        re.I)),
    ("hypothesis", Cued("hypothes|expect|assum|would|planned|projected|will",
        r"(?=[hweai])(?:\bhypothes[ei][sz]\w*|\bwe expect\w*|\bexpected to\b|\bassum(?:ed|ing|ption)|\bwould (?:be|have"
        r"|reduce|lead)\b"
        r"|\bis (?:planned|projected)|\bwill (?:be|include|enroll?|recruit|investigate|assess|evaluate"
        r"|compare)\b)", re.I)),
    ("subgroup", Cued("initial|baseline|starting",
        r"\A\W*(?:when|where|if) (?:the )?(?:initial|baseline|starting) (?:[a-z-]+ ){1,5}"
        r"(?:was|were) (?:\d|≥|≤|<|>|at least|less|more|below|above|under|over)", re.I)),
    ("eligibility", Cued("criteri|eligible|excluded|includ",
        r"\b(?:inclusion|exclusion|eligibility|entry) criteri|\beligible\b|\bwere excluded\b|\binclud(?:ed"
        r"|ing) (?:criteria|if)\b", re.I)),
)  # fmt: skip
_PLANNED = Cued(
    "plan|target|aim|estimat|need|require|will|would|screened|intend|anticipated|expect|projected|eligib|approached"
    "|invited|hope|hoping|to begin|to start|to launch|to enrol|to recruit|to include|to initiate|next year",
    r"\b(?:plan(?:s|ned|ning)?|hop(?:es?|ing) to|expects? to|(?:is|are|set|due|about|soon) to (?:begin|start|launch"
    r"|enroll?|recruit|include|initiate)|(?:early |late |later )?next year"
    r"|target(?:ed)?|aim(?:s|ed)?|estimat(?:ed|e)|need(?:ed)?|require[ds]?|will|would|screened"
    r"|intend(?:ed)?|anticipated"
    r"|expected|projected|assessed for eligibility|approached|invited)\b",
    re.IGNORECASE,
)
_TO_COME = (
    *("need for", "future", "further", "confirmatory", "larger", "bigger", "large-scale", "additional", "upcoming"),
    *(r"o(?<!\bthis o)(?<!\bour o)ngoing", "more"),  # "This ongoing trial is registered …" is this one
)
_OF_OTHERS = ("previous", "prior", "earlier", "other", "another", "recent", "similar", "published")
_ELSEWHERE = Cued(
    "trial|stud|research|being|meta-analys|at odds with",
    at_word(
        *(rf"{one} (?:\w+[ -]){{0,4}}(?:trials?|stud(?:y|ies)|research)\b" for one in _TO_COME),
        *(rf"{one} (?:are|is) (?:needed|warranted|required)\b" for one in ("trials?", "studies")),
        *(rf"{one} (?:\w+[ -]){{0,4}}(?:trials?|stud(?:y|ies))\b" for one in _OF_OTHERS),
        *("is being (?:investigated|studied|tested|developed|evaluated)", "meta-analys", "at odds with"),
    ),
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def reason_to_refuse(sentence: str) -> str | None:
    """Why the numbers of a sentence are not results of this trial, or None."""
    return next((reason for reason, pattern in _RULES if pattern.search_words(sentence)), None)


def is_planned(sentence: str) -> bool:
    """Whether a sentence speaks of numbers planned, screened or needed."""
    return bool(_PLANNED.search(sentence))


@lru_cache(maxsize=512)
def is_elsewhere(sentence: str) -> bool:
    """Whether a sentence speaks of trials other than this one."""
    return bool(_ELSEWHERE.search_words(sentence))
