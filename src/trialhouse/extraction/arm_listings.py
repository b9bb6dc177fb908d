"""What a sentence of assignment shows of its list beside the treatments that were read in it.

A list that numbers its arms, or says how many there are, is read whole or not at all: two of "(1) drops, (2) lenses, or
(3) placebo" are not the arms. Words that are joined to the first treatment belong to its arm, and the treatments of two
sequences are the arms of a crossover trial.
"""

import re

from trialhouse.extraction.arm_groups import GROUP, group_name
from trialhouse.extraction.arm_list import ArmList, Draft, Part, read_arm_list
from trialhouse.extraction.elements import Said
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.terms import CONTROLS, Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.numbers import value_in_words

_NUMBER = lazy_compile(r"\((?:(?P<letter>[a-h])|(?P<figure>[1-8])|(?P<roman>i{1,3}|iv|vi{0,3}))\)\s+(?=[A-Za-z\d])")
_SO_MANY = Cued(
    "groups|arms",
    r"\b(?:one of|into|to|in) (?:the )?(?P<many>two|three|four|five|six|seven|eight|[2-8]) "
    r"(?:(?:parallel|treatment|study|equal|different|intervention|randomi[sz]ed|dose|dosing) ){0,2}"
    r"(?:groups|arms)\s*(?:[:,(]|\bto receive\b)",
    re.I,
)
_TWO_FACTORS = Cued(
    "placebo",
    r"\bplacebo,?\s+and\s+(?:to|either|between|in)\b(?:[^.;]|\.\d){1,80}?\b(?:or|versus|vs\.?)\s+(?:\w+\s+)?placebo\b",
    re.I,
)
"""The arms of two factors: "A or placebo, and to B or placebo"."""
_JOINED = lazy_compile(
    r"\s*(?:an?\s+|the\s+)?(?P<words>[A-Za-z][\w-]*(?:\s(?!(?:plus|and|with|combined|or|of|in)\b)[\w-]+){0,4})\s+"
    r"(?:plus|\+|combined with|in combination with|and)\s+(?:an?\s+|the\s+)?"
)
_BOTH = lazy_compile(
    r"\s*(?:[a-z]+\s+){0,3}(?:[(\[][^()\[\]]{0,60})?[)\]]?\s*"
    r"(?:,\s*(?:or\s+)?|\bor\s+)(?:to\s+)?(?P<both>both)\b(?=\s*(?:[(\[,.;:]|(?:or|for|over|daily)\b|\Z))"
)
_SIZED = lazy_compile(r"[(\[][^()\[\]]{0,60}?\b[nN]\s*=\s*\d")
"""A bracket with the size of an arm."""
_SIZE_BEHIND = lazy_compile(r"\s*[(\[]\s*[nN]\s*=\s*")
_COUNT_TO = lazy_compile(
    rf"(?:[:,;(]|\band|\b(?:assigned|randomi[sz]ed|allocated))\s*\d[\d,]*\s+(?:{PEOPLE}\s+)?to\s+(?!\d)(?=[a-z])", re.I
)
"""The number of those who went to an arm: ": 70 to mindfulness, 71 to exercise and 71 to a waiting list"."""
_NUMBERS = lazy_compile(r"\s*[,:(]\s*(?![nN]\s*=)(?=[A-Za-z\d])")
"""Behind the number of a group whose treatment follows: "Group 1, 38% X"."""
_THEN = lazy_compile(r"(?:[^.;]|\.\d){0,60}?\b(?:followed by|then|before)\s+(?:[\w-]+\s+){0,3}", re.I)


def is_of_two_factors(said: Said) -> bool:
    """Whether a sentence assigns people to the arms of two factors: "A or placebo, and to B or placebo"."""
    return _TWO_FACTORS.search_words(said.sentence.words) is not None


def is_whole(text: str, said: Said, listed: ArmList) -> bool:
    """Whether a list has as many arms as its sentence numbers, counts or gives sizes of, and is of one factor."""
    begin, end = said.sentence.start, said.sentence.end
    if is_of_two_factors(said):
        return False
    numbered = (
        {match[0].strip() for match in _NUMBER.finditer(text, begin, end)} if "(" in said.sentence.words else set()
    )
    if {"(a)", "(b)"} <= numbered or {"(1)", "(2)"} <= numbered or {"(i)", "(ii)"} <= numbered:
        return len(listed.drafts) >= len(numbered)
    first = min(draft.start for draft in listed.drafts)
    groups = {group_name(m) for m in GROUP.finditer(text, begin, end) if _NUMBERS.match(text, m.end(), end)}
    if {"1", "2"} <= groups or {"A", "B"} <= groups:
        return len(listed.drafts) >= len(groups)
    if len(_COUNT_TO.findall(text, begin, end)) > len(listed.drafts):
        return False
    if "=" in said.sentence.words and len(_SIZED.findall(text, first, end)) > len(listed.drafts):
        return False
    told = _SO_MANY.search(text, begin, first)
    if told is None:
        return True
    many = int(told["many"]) if told["many"].isdigit() else value_in_words(told["many"].lower()) or 0
    return len(listed.drafts) >= many


def with_unread(text: str, start: int, listed: ArmList) -> ArmList:
    """The list with the words that are joined to its first treatment, where another arm has all of that arm as well.

    "Laser therapy plus exercise, or sham laser plus exercise": the first arm is no mere exercise.
    """
    first = listed.drafts[0] if len(listed.drafts) >= 2 else None
    if first is None or not any(first.norms() < other.norms() for other in listed.drafts[1:]):
        return listed
    joined = _JOINED.fullmatch(text, start, min(first.start, first.parts[0].mention.start))
    if joined:
        words = Mention(*joined.span("words"), joined["words"].lower(), is_known=False)
        first.parts.insert(0, Part(words))
        first.start = words.start
    return listed


def with_both(text: str, said: Said, end: int, listed: ArmList) -> ArmList:
    """The list with the arm that gets what the first two get: "X (n = 170), Y (n = 168), or both (n = 172)"."""
    two = listed.drafts[:2]
    if len(two) < 2 or two[0].norms() & two[1].norms() or any(one.norms() & set(CONTROLS) for one in two):
        return listed
    stop = listed.drafts[2].start if len(listed.drafts) > 2 else end
    match = _BOTH.match(text, two[1].end, stop)
    if match is None:
        return listed
    behind = _SIZE_BEHIND.match(text, match.end())
    size = next((n for n in said.numbers if behind and behind.end() == n.start), None)
    parts = [Part(part.mention, part.dose) for one in two for part in one.parts]
    arm = Draft(parts, size, match.start("both"), match.end("both"))
    return ArmList([*two, arm, *listed.drafts[2:]], listed.shared)


def in_sequences(text: str, said: Said) -> ArmList | None:
    """The two arms of a sentence that gives them in both orders: "A then B, or B then A"; None for others."""
    drugs = said.drugs[-4:]
    norms = [one.norm for one in drugs]
    if len(drugs) < 4 or norms[0] == norms[1] or norms[:2] != norms[:1:-1]:
        return None
    if not all(_THEN.fullmatch(text, drugs[i].end, drugs[i + 1].start) for i in (0, 2)):
        return None
    begin = said.sentence.start if len(said.drugs) == 4 else said.drugs[-5].end
    arms: list[Draft] = []
    for start, end in ((begin, drugs[1].start), (drugs[0].end, drugs[2].start)):
        read = read_arm_list(text, said, start, end).drafts
        arms += [one for one in read[:1] if one.identity() not in [arm.identity() for arm in arms]]
    return ArmList(arms) if len(arms) == 2 else None
