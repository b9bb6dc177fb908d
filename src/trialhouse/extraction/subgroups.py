"""Which part of the participants some numbers are of: "among women", "in patients with diabetes", "in the X subgroup".

Words that the title, or a sentence that says who took part, has too mean all participants: in a trial in diabetes
"patients with diabetes" are no subgroup.
"""

import re
from functools import lru_cache

from trialhouse.extraction.elements import Matter
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.reading import Sentence
from trialhouse.text.cues import Cued
from trialhouse.text.word_starts import at_word

RULE = "subgroup"
"""Both the rule of a subgroup that is said and the reason of numbers whose subgroup is not clear."""

Span = tuple[int, int]

_SEX = r"(?:wom[ae]n|m[ae]n|girls|boys|females|males)"
_WHO = rf"(?:{PEOPLE}|those)"
_QUALITY = (
    r"(?:with(?!\s+(?:either|both)\b)|without|whose|(?:who|that)\s+had|aged|(?:younger|older) than"
    r"|(?:under|over) the age of)"
)
_STOPS = (
    r"(?:was|were|had|who|the|in|on|at|by|while|whereas|but|receiv\w+|treated|given|assigned|than|compared|versus|vs"
    r"|(?:and\s+)?[-−±]?\d[\d.,·]*(?!\s+or (?:more|less|fewer)|\s*[-–]|\s+(?:to \d|years|points)))(?![\w-])"
)
_REST = rf"(?:\s+(?!{_STOPS})[^\s,;:.()]+(?:\.\d+)?)"
_UP_TO = rf"(?:{_REST}{{1,8}}?(?=\s*[,;:.()]|\s+(?:and\s+)?{_STOPS}|\Z)|{_REST}{{1,8}})"
_GROUP = r"(?:subgroup|subset|subpopulation)"
_PART = Cued(
    "women|woman|men|man|girls|boys|females|males|subgroup|subset|subpopulation|with|whose|who|that|aged|than|age of"
    "|overall|all|whole|entire|total",
    at_word("among", "amongst", "in", "for", "o(?P<of>f)") + r"\s+(?:the\s+)?(?:"
    rf"(?P<sex>{_SEX})\b(?!\s+(?:and|or|with|without|aged|who|than))"
    rf"|(?P<who>(?:{_SEX}|{_WHO})\s+{_QUALITY}(?:\s+(?:an?|the|at|or|and|in|than|≥|>|<|≤))*{_UP_TO})"
    rf"|(?P<group>{_GROUP}\s+(?:of|with|without|aged|(?:also |not )?(?:receiving|taking|using)){_UP_TO}"
    rf"|(?:(?!the\b|an?\b)[\w≥<>-]+\s+){{1,4}}?{_GROUP}\b)"
    rf"|(?P<all>(?:overall|whole|entire|total)\s+(?:\w+\s+)?(?:population|cohort|group|trial)|all\s+{PEOPLE}))",
    re.I,
)
_ALL = re.compile(r"(?:overall|whole|entire|total|all)\s", re.I)
_SUBJECT = re.compile(rf"\W*(?:The\s+)?(?P<sex>{_SEX})\b(?!\s+(?:and|or|with|aged|who)\b)", re.I)
_NO_PART = re.compile(
    r"\b(?:data|follow-?up|measurements?|assessments?|samples?|at least one|event|response|baseline|missing|visit"
    r"|available|evaluable|completed|received|randomi[sz]ed|enrolled|allocated|assigned|treated|given|taking|treatment"
    r"|therapy|placebo|drug)\b",
    re.I,
)
_FAR = 30
"""Characters behind the last number of a row within which its part is told: "20 % of the men"."""
_EMPTY = frozenset(
    "with without whose who that had were did aged than age years year old over under and the for those patients adults"
    " people participants subjects individuals persons children older younger not more less least most".split()
)
_TOOK_PART = re.compile(
    rf"\b(?:randomi[sz]ed|randomly|enrolled|recruited|included|eligible|allocated|assigned|underwent|consecutive|entered)\b"
    rf"|\b{PEOPLE}\s+(?:with|who|aged)\b",
    re.I,
)
_BREAK = re.compile(r";|\b(?:but|while|whereas|although)\b|,\s*and\b|\band\s+(?:by|in|among)\b", re.I)


def subgroup_of(matter: Matter, sentence: Sentence, span: Span, own: Span, refs: list[Span]) -> Span | None:
    """The words for the part of the participants that the numbers at `span` are of, or None for all of them.

    The nearest words before the numbers in their own stretch count, else those right behind, else those that begin the
    sentence; `refs` are places that name arms, which make no subgroup.
    """
    nearest = _nearest(matter, sentence, span, own, parts(matter, sentence, refs))
    return None if nearest is None or _ALL.match(matter.reading.text, *nearest) else nearest


def _nearest(matter: Matter, sentence: Sentence, span: Span, own: Span, found: list[Span]) -> Span | None:
    """Of the places that name a part, or all, the one that the numbers at `span` are of."""
    before = [one for one in found if own[0] <= one[0] and one[1] <= span[0]]
    inside = [one for one in found if span[0] <= one[0] < span[1]]
    behind = [one for one in found if span[1] <= one[0] < own[1]]
    if before:
        return before[-1]
    if inside:
        return inside[0]
    if behind and not _BREAK.search(matter.reading.text, span[1], behind[0][0]):
        return behind[0]
    earlier = [one for one in found if one[1] <= span[0]]
    return earlier[-1] if earlier else None


def is_unclear(matter: Matter, sentence: Sentence, span: Span, refs: list[Span]) -> bool:
    """Whether numbers of one row are of two parts: "40 % of the women on A and 20 % of the men on placebo"."""
    text = matter.reading.text
    last = min(sentence.end, span[1] + _FAR)
    inside = {
        text[a:b].lower()
        for a, b in parts(matter, sentence, refs)
        if span[0] <= a < last and not _BREAK.search(text, span[1], max(a, span[1]))
    }
    return len(inside) > 1


def parts(matter: Matter, sentence: Sentence, refs: list[Span]) -> list[Span]:
    """The places of a sentence that name a part of the participants, in order."""
    text = matter.reading.text
    out: list[Span] = []
    subject = _SUBJECT.match(text, sentence.start, sentence.end)
    if subject and _is_part(matter, sentence, subject.span("sex"), refs):
        out.append(subject.span("sex"))
    for match in _named_parts(text, sentence.start, sentence.end):
        name = next(one for one in ("sex", "who", "group", "all") if match[one])
        if name == "all" or ((name == "sex" or not match["of"]) and _is_part(matter, sentence, match.span(name), refs)):
            out.append(match.span(name))
    return out


@lru_cache(maxsize=64)
def _named_parts(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """The words that may name a part, found once a sentence."""
    return tuple(_PART.finditer(text, start, end))


def _is_part(matter: Matter, sentence: Sentence, place: Span, refs: list[Span]) -> bool:
    """Whether words mean a part: no arm, no set for analysis, and not the people that the trial is of."""
    words = matter.reading.text[slice(*place)]
    if any(start < place[1] and place[0] < end for start, end in refs) or _NO_PART.search(words):
        return False
    telling = {_stem(one) for one in re.findall(r"[^\W\d_][\w-]{2,}|\d+", words.lower()) if one not in _EMPTY}
    return bool(telling) and not telling <= _of_all(matter, sentence)


def _of_all(matter: Matter, own: Sentence) -> set[str]:
    """The words of the title and of other sentences, up to the one at hand, that say who took part."""
    out: set[str] = set()
    for said in matter.said:
        words = said.sentence.words
        if said.sentence.is_title or (said.sentence.index < own.index and _TOOK_PART.search(words)):
            out |= {_stem(one) for one in re.findall(r"[^\W\d_][\w-]{2,}|\d+", words.lower())}
    return out


def _stem(word: str) -> str:
    """A word without the ending that number gives it: women and woman, men and man, males and male."""
    return re.sub(r"m[ea]n\Z", "man", word).removesuffix("s")
