"""The signs by which a text shows that it is a review of trials or a model, whatever its title calls it.

A review says that it searched databases, how many trials it included, that it pooled them, how far they disagreed, and
how two readers judged them; a model says what it was run on, for how long, and what a year of life cost in it. One such
thing is said by trials too, of a review that they cite or of their own costs; two different ones that a text says of
itself show what it is, where it assigned nobody.
"""

import re

from trialhouse.extraction.people import HEAD_COUNT
from trialhouse.text.cues import Cued

ENOUGH = 2
"""So many different signs show what a text is."""
_TRIALS = r"(?:trials|studies|RCTs)\b"
_SOME = rf"(?:{HEAD_COUNT}|several|dozens of|all)"
_BASES = r"(?:medline|pubmed|embase|cochrane|central|scopus|web of science|databases?)"
_SEARCHED = Cued(
    "search",
    r"\b(?:we|authors|was|were|databases?)\s+(?:systematically |also )?search(?:ed|es)\b"
    rf"|\bsearch(?:ed|es)?\b[^.;]{{0,60}}\b{_BASES}\b|\b{_BASES}\b[^.;]{{0,80}}\bsearched\b",
    re.I,
)
_INCLUDED = Cued(
    "trials|studies|rcts",
    rf"\b{_SOME}\s+(?:(?!of\b|in\b|from\b|for\b)[\w-]+\s+){{0,4}}?{_TRIALS}"
    r"(?:\s*\([^()]*\)|,[^.;,]*(?:\d,\d{3}[^.;,]*)*,|\s+(?:with|of|in|on|that|which|reporting|involving|comprising"
    r"|comparing)\b[^.;]{0,100}?)?\s+(?:were (?:included|identified|eligible|found|pooled|combined"
    r"|analy[sz]ed)|(?:met|fulfilled)\b[^.;]{0,30}\bcriteria)"
    rf"|\b(?:we included|(?:data|results) (?:from|of)|brought together|identified|covers?|covered|found)\s+{_SOME}\s+"
    rf"(?:(?!of\b|in\b|from\b|for\b)[\w-]+\s+){{0,4}}?{_TRIALS}",
    re.I,
)
_POOLED = Cued(
    "pooled|summary|effect|sucra|network",
    r"\b(?:pooled|summary)\s+(?:effects?|estimates?|analysis|RR|OR|HR|SMD|MD|WMD"
    r"|(?:risks?|odds|hazard|relative|mean|standardi[sz]ed)\b)"
    r"|\b(?:random|fixed)[- ]effects? (?:model|meta)|\bSUCRA\b|\bbayesian network\b|\bnetwork meta-",
    re.I,
)
_HETEROGENEOUS = Cued(
    "i2|i²|i(2)|i-squared|i 2|heterogeneity|publication bias|funnel",
    r"\bI(?:2|²|\(2\)|-squared| 2)\s*(?:=|<|>|was|of|statistic)"
    r"|\bheterogeneity (?:between|among|across) (?:the )?(?:included )?(?:trials|studies)"
    r"|\bpublication bias\b|\bfunnel plots?\b",
    re.I,
)
_JUDGED = Cued(
    "certainty|quality of|grade|risk of bias|prisma|prospero|reviewers|authors|investigators",
    r"\b(?:certainty|quality) of (?:the )?evidence\b|\b(?:low|moderate|high)[- ]certainty\b|\b(?:low|moderate|high)"
    r" certainty\)|\b(?:with|using|by) (?:the )?GRADE\b(?! \d)|\brisk of bias\b|\bPRISMA\b|\bPROSPERO\b"
    r"|\b(?:two|2|three|pairs of) (?:[\w-]+ )?(?:reviewers|authors|investigators)\b[^.;]{0,80}"
    r"\b(?:extracted|assessed (?:trials|studies)|selected)\b",
    re.I,
)
_ELIGIBLE = Cued(
    "trials|studies|rcts|selection",
    rf"\b(?:randomi[sz]ed|controlled|clinical)\s+(?:controlled |clinical )?{_TRIALS}[^.;]{{0,120}}\bwere (?:eligible"
    r"|sought|selected|considered)\b|\beligible (?:trials|studies|RCTs)\b|\bincluded (?:trials|studies|RCTs)\b"
    r"|\bselection criteria:?\s+(?:all )?(?:randomi[sz]ed|controlled)\b|\bfor (?:randomi[sz]ed|controlled)"
    r" (?:controlled |clinical )?(?:trials|studies)\b",
    re.I,
)
_CALLED = Cued(
    "review|overview|meta|synthesis|participant|patient",
    r"\b(?:this|our|the|present)\s+(?:[\w-]+\s+){0,2}?(?:review|overview|meta-?\s?analysis|synthesis)\b"
    r"(?! board| committee)"
    r"|\bindividual[- ](?:participant|patient)[- ](?:level )?data\b",
    re.I,
)
_OF_REVIEW = (_SEARCHED, _INCLUDED, _POOLED, _HETEROGENEOUS, _JUDGED, _ELIGIBLE, _CALLED)
_OF_MODEL = (
    Cued(
        "markov|decision|simulat|iterations|model|hypothetical",
        r"\bmarkov\b|\bdecision[- ](?:analytic|tree)|\bsimulations\b|\bmicrosimulation|\biterations\b"
        r"|\bhypothetical cohort\b|\b(?:economic|state[- ]transition|cost[- ]effectiveness|partitioned[- ]survival)"
        r" model\b",
        re.I,
    ),
    Cued("horizon", r"\bhorizon\b", re.I),
    Cued(
        "qaly|icer|quality-adjusted|cost-effectiveness ratio",
        r"\bQALYs?\b|\bICERs?\b|\bquality-adjusted life|\bcost-effectiveness ratio\b",
        re.I,
    ),
)
_OF_OTHERS = Cued(
    "review|overview|meta|synthes|analys",
    r"\b(?:an?|another|one|two|previous|prior|earlier|recent|published|cochrane|updated|with|to)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:reviews?|overviews?|meta-?\s?analys[ei]s|synthes[ei]s)\b",
    re.I,
)
"""A sentence that speaks of a review as of one among others, as those do that cite it."""


_MANY = Cued("trials|studies|rcts", rf"\b{_TRIALS}", re.I)


def is_of_reviewed(words: str) -> bool:
    """Whether a sentence speaks of trials or shows a sign: whoever is assigned in it was assigned by others."""
    return bool(_MANY.search_words(words)) or any(sign.search_words(words) for sign in _OF_REVIEW)


def puts_trials_together(sentences: list[str]) -> bool:
    """Whether sentences of a text show enough different signs of a review of its own."""
    return _shows([words for words in sentences if not _OF_OTHERS.search_words(words)], _OF_REVIEW)


def is_computed(sentences: list[str]) -> bool:
    """Whether sentences of a text show enough different signs of a model, which follows nobody."""
    return _shows(sentences, _OF_MODEL)


def _shows(sentences: list[str], signs: tuple[Cued, ...]) -> bool:
    """Whether enough of some signs stand in sentences."""
    return sum(any(sign.search_words(words) for words in sentences) for sign in signs) >= ENOUGH
