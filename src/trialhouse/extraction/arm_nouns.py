"""The words that tell one arm's treatment from the others', by which texts go on to speak of it.

"Wound closure with adhesive" is later "the adhesive group" and "with adhesive"; "subcuticular sutures" are "the suture
group" and "after sutures". A word is an arm's own where no other arm's description has it, in the singular or the
plural. It means the arm before a word for group, or between a preposition and the end of its phrase. Drugs have
names, which are found elsewhere.
"""

import itertools
import re
from functools import lru_cache

from trialhouse.extraction.arm_list import Draft
from trialhouse.extraction.arm_table import ArmTable
from trialhouse.extraction.arm_wholes import name_of_whole
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.group_names import is_code, one_writing
from trialhouse.extraction.terms import CONTROLS
from trialhouse.text.lazy_patterns import lazy_compile

_WORD = lazy_compile(r"[A-Za-z][A-Za-z0-9+]*(?:['’][a-z]+)?")
_SAID_OF_ALL = frozenset(
    """
    a able about additional administered after alone also an and any arm arms as assigned at based be before both by
    care class classes condition continued course daily day days delivered delivery device diet dose doses during each
    either every experience fixed followed for from further given group groups half high hour hours in initial injection
    injections intensity intervention into its low method minute minutes month months more no normal of on once one only
    or oral other own patients per placebo plan plus practice procedure program programme programmes protocol receive
    received regimen regular repeat repeated routine same schedule second session sessions shared short side single
    solution some standard standardised standardized strategy support surgery system technique than that the their then
    therapy these this three time times to training treated treatment treatments twice two type types undergo underwent
    use used using usual visit visits was week weekly weeks were when where which while who with without year years
    """.split()
)
"""Words that stand in the descriptions of many treatments and tell none from another."""
_BEFORE = r"(?:with|after|for|on|by|than|without|receiv(?:ing|ed)|using|had|following|to|during|vs\.?|versus|given|of)"
_BEHIND = (
    r"(?=\s*(?:[,.;:()\[\]]|\d|\Z)|\s+(?:and|or|vs|versus|than|at|in|was|were|is|had|did|compared|but|while|whereas|as|for|on"
    r"|from|to|by|after|over|during|alone|only|respectively|\(?n\s*=)(?![\w-]))"
)
FEWEST = 4
"""Letters of a word that means an arm by itself."""


def stem(word: str) -> str:
    """A word without the ending of a plural, in lower case: "sutures" and "suture" are one."""
    plain = word.lower()
    if plain.endswith("ies") and len(plain) > 5:
        return plain[:-3] + "y"
    if plain.endswith("ss") or len(plain) < FEWEST:
        return plain
    return plain[:-1] if plain.endswith("s") else plain


def own_stems(matter: Matter, table: ArmTable) -> dict[str, int]:
    """The stems of words that only one arm's description has, each with its arm."""
    having: dict[str, set[int]] = {}
    for i, draft in enumerate(table.drafts):
        for word in _WORD.findall(matter.reading.text[draft.start : draft.end]):
            having.setdefault(stem(word), set()).add(i)
    return {
        word: next(iter(arms))
        for word, arms in sorted(having.items())
        if len(arms) == 1 and word not in _SAID_OF_ALL and len(word) >= FEWEST
    }


def nouns_of(matter: Matter, table: ArmTable) -> dict[str, int]:
    """The words that mean an arm between a preposition and the end of a phrase; none of an arm that drugs tell."""
    own = own_stems(matter, table)
    return {word: arm for word, arm in own.items() if _has_no_drug(table.drafts[arm])} | names_of_wholes(matter, table)


def names_of_wholes(matter: Matter, table: ArmTable) -> dict[str, int]:
    """The words for arms of several drugs that the text gives ahead of them, such as "polypill", each with its arm."""
    norms = {p.mention.norm for draft in table.drafts for p in draft.parts}
    names: dict[str, int] = {}
    for i, draft in enumerate(table.drafts):
        if len(draft.parts) < 2:
            continue
        name = name_of_whole(matter.reading.text, draft.parts[0].mention.start)
        if name and name not in norms and name not in names:
            names[name] = i
    return names


def _has_no_drug(draft: Draft) -> bool:
    """Whether an arm is told by words of its own and not by drugs or what controls get."""
    return len(draft.parts) == 1 and not draft.parts[0].mention.is_known and draft.parts[0].mention.norm not in CONTROLS


def arm_alike(name: str, own: dict[str, int]) -> int | None:
    """The arm whose own words a group's name has; None where it has those of none or of several."""
    arms = {own[stem(word)] for word in _WORD.findall(name) if stem(word) in own}
    return next(iter(arms)) if len(arms) == 1 and not is_code(one_writing(name)) else None


def noun_places(text: str, start: int, end: int, nouns: dict[str, int]) -> list[tuple[int, int, int]]:
    """The places of a stretch where a word alone means an arm, as (start, end, arm): "9.6 min with sutures"."""
    out = []
    for match in _pattern(tuple(sorted(nouns))).finditer(text, start, end):
        said = _WORD.findall(match["words"])
        pairs = [f"{one} {two}".lower() for one, two in itertools.pairwise(said)]
        arms = {nouns[stem(w)] for w in (*said, *pairs) if stem(w) in nouns}
        if len(arms) == 1:
            out.append((match.start("words"), match.end(), next(iter(arms))))
    return out


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for the places where any of some words means an arm."""
    own = "|".join(rf"{re.escape(w[:-1])}(?:y|ies)" if w.endswith("y") else rf"{re.escape(w)}s?" for w in words)
    plain = r"[A-Za-z][\w'’]*"
    return re.compile(
        rf"\b{_BEFORE}\s+(?:(?:the|an?)\s+)?(?P<words>(?:{plain}[\s-]){{0,2}}?\b(?:{own})(?:[\s-]{plain})??){_BEHIND}",
        re.I,
    )
