"""What the title of a result group says: drugs, doses, a pool of arms, all participants, and words that say nothing."""

import re
from dataclasses import dataclass

from trialhouse.extraction.registry_doses import DOSE
from trialhouse.extraction.registry_study import Study
from trialhouse.text.lazy_patterns import lazy_compile

PLACEBO = "placebo"
_WHOLE = lazy_compile(
    r"(?:grand )?total(?: (?:participants?|population|subjects?|patients?))?"
    r"|overall(?: (?:study|total|population|participants?))?"
    r"|(?:all|entire|whole)(?: of the)?(?: (?:study|enrolled|randomi[sz]ed|treated|analy[sz]ed|included|eligible))*"
    r" (?:participants?|patients?|subjects?|population|study|cohort|arms?|groups?|treatment groups?|treatment arms?)"
    r"(?: total| combined| pooled)?",
)
_POOL = lazy_compile(r"\b(?:all|pooled|combined|total|any|overall|either|both)\b")
_ENUMERATOR = lazy_compile(
    r"(?:(?:treatment |study )?(?:arm|group|cohort)\s*(?:\d{1,2}|[a-z]|[ivx]{1,4})\b|\d{1,2}|[a-z])\s*[.:)–-]+\s+"
    r"|\d\s+(?=[a-z])(?!(?:m|k|mc|n|u)?g\b|mi?u\b|ml|iu\b|units?\b|x\b|doses?|weeks?|days?|months?|years?|hours?|times?)"
)
_EMPTY = frozenset(
    "a an the of in on with and plus or for to at by from who that were was is received receiving receive treated "
    "given assigned randomized randomised participants participant patients patient subjects subject people adults "
    "arm arms group groups cohort treatment treatments therapy alone only dose doses dosing regimen tablet tablets "
    "capsule capsules injection injections infusion oral drug study".split()
)


def plain(words: str) -> str:
    """Words in lower case with single spaces and without signs, so that wordings can be compared."""
    return " ".join(re.sub(r"[^\w%./µ]+|[./](?!\d)|_", " ", words.casefold()).split())


def normalised(title: str) -> str:
    """A title without what numbers it: "2. Repaglinide", "Arm A: Repaglinide" and "Repaglinide" are one."""
    shorn = (
        _ENUMERATOR.sub("", title.casefold().strip(), count=1) if _ENUMERATOR.match(title.casefold().strip()) else title
    )
    return plain(shorn) or plain(title)


def is_whole(title: str) -> bool:
    """Whether a title means all participants of the trial."""
    return _WHOLE.fullmatch(plain(title)) is not None


def is_pool(title: str) -> bool:
    """Whether a title takes arms together: all participants, or all doses of a drug."""
    return is_whole(title) or _POOL.search(plain(title)) is not None


def tokens(words: str) -> frozenset[str]:
    """The words that say something."""
    return frozenset(plain(words).split()) - _EMPTY


@dataclass(frozen=True)
class Said:
    """What some words name: drugs by the study's own names, doses, and the words without both."""

    drugs: frozenset[str]
    doses: frozenset[tuple[float, str]]
    rest: frozenset[str]


class Names:
    """The names of a study's interventions. A placebo for a drug is a placebo and not the drug."""

    def __init__(self, study: Study) -> None:
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        named: list[tuple[str, str]] = []
        for one in study.protocol.part("armsInterventionsModule").each("interventions"):
            name = one.words("name")
            if name:
                named += [(written, drug_key(name)) for written in (name, *one.strings("otherNames")) if plain(written)]
        # The longest name first, so that a combination is not taken for its first part.
        for written, key in sorted(set(named), key=lambda pair: (-len(pair[0]), pair)):
            self._patterns.append((key, re.compile(rf"(?<!\w){re.escape(plain(written))}(?!\w)")))

    def read(self, words: str) -> Said:
        """What the words name."""
        doses = frozenset((float(found[1].replace(",", "")), found[2].lower()) for found in DOSE.finditer(words))
        rest = plain(DOSE.sub(" ", words))
        found = set()
        for key, pattern in self._patterns:
            name = pattern.pattern
            inert = (
                rf"placebo (?:(?:matching|matched|for|to|match|of) )*{name}|{name} (?:(?:matching|matched) )?placebo"
            )
            rest, inerts = re.subn(inert, " ", rest)
            rest, times = pattern.subn(" ", rest)
            found |= {key} if times else set()
            found |= {PLACEBO} if inerts else set()
        rest, times = re.subn(r"\bplacebos?\b", " ", rest)
        return Said(frozenset(found | ({PLACEBO} if times else set())), doses, tokens(rest))


def drug_key(name: str) -> str:
    """How an intervention is compared: its name, and "placebo" for every placebo."""
    return PLACEBO if re.search(r"\bplacebo", name, re.I) else plain(name)


def active(drugs: frozenset[str]) -> frozenset[str]:
    """The drugs without a placebo that is given beside one (double dummy)."""
    return drugs - {PLACEBO} or drugs
