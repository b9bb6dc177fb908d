"""Which part of the participants some numbers are of: "among women", "in patients with diabetes", "in the X subgroup".

Words that the title, or a sentence that says who took part, has too mean all participants: in a trial in diabetes
"patients with diabetes" are no subgroup.
"""

import re
from functools import lru_cache

from trialhouse.extraction.elements import Matter
from trialhouse.extraction.people import PEOPLE, PLURAL
from trialhouse.extraction.reading import Sentence
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

RULE = "subgroup"
"""Both the rule of a subgroup that is said and the reason of numbers whose subgroup is not clear."""

Span = tuple[int, int]

_SEX = r"(?:wom[ae]n|m[ae]n|girls|boys|females|males)"
_AGES = r"(?:children|adolescents|teenagers|adults)"
_WHO = rf"(?:{PEOPLE}|those)"
_QUALITY = (
    r"(?:with(?!\s+(?:either|both)\b)|without|(?:also\s+|not\s+)?(?:undergoing|requiring|using|taking|living|residing)"
    r"|not\s+receiving|receiving\s+(?=concomitant|concurrent)|whose|(?:who|that)\s+had|aged|(?:younger|older) than"
    r"|(?:under|over) the age of)"
)
_STOPS = (
    r"(?:was|were|had|who|the|in|on|at|by|while|whereas|but|receiv\w+|treated|given|assigned|than|compared|versus|vs"
    r"|(?:and\s+)?[-−±]?\d[\d.,·]*(?!\s+or (?:more|less|fewer)|\s*[-–]|\s+(?:to \d|years|points|hours)))(?![\w-])"
)
_LIMIT = (
    r"(?:(?:at least|(?:more|less|greater|lower|higher|older|younger) than|above|below|over|under|of)\s|[≥≤<>])\s*"
    r"\d[\d.]*(?<!\.)(?:\s?(?:%|mm ?Hg|years|[a-zA-Zµμ0-9]+/[a-zA-Zµμ0-9]+))?"
    r"(?:\s+or (?:more|less|higher|lower|above|below))?"
)
_REST = rf"(?:\s+(?:{_LIMIT}|(?!{_STOPS})[^\s,;:.()]+(?:\.\d+)?))"
_UP_TO = rf"(?:{_REST}{{1,8}}?(?=\s*[,;:.()]|\s+(?!{_LIMIT})(?:and\s+)?{_STOPS}|\Z)|{_REST}{{1,8}})"
_GROUP = r"(?:subgroup|subset|subpopulation|category|tertile|quartile|quintile)"
_ANY = (
    r"(?:the|these|those|this|that|such|an?|any|no|all|both|each|every|either|more|most|many|fewer|few|some|several|other|"
    r"remaining|additional|only|about|nearly|almost|significantly|total|eligible|evaluable|included|consecutive|trial|study"
    r"|control|active|intervention|experimental|comparator|untreated|individual|analy[sz]\w+|evaluated|assessed|vaccinated"
    r"|unvaccinated|exposed|recruited|participating|and|or|with|without|who|to|by|from|on|at|in|for|of|than|as|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|hundred|was|were|had|same|combined|pooled|first|last|consenting)\b"
)
"""Words before "patients" that make them no part of all."""
_PART = Cued(
    "among|in|for|of|ed to",
    at_word("among", "amongst", "in", "for", "o(?P<of>f)", "confined to", "limited to", "restricted to")
    + r"\s+(?:the\s+)?(?:\d+\s+)?(?:"
    rf"(?P<sex>{_SEX}|{_AGES})\b(?!\s+(?:and|or|with|without|aged|who|whose|than|older|younger|under|over))"
    rf"|(?P<whose>{_WHO}\s+whose\s[^,;:.()]{{3,70}}(?:\.\d[^,;:.()]{{0,20}})?)(?=,)"
    rf"|(?P<who>(?:{_SEX}|{_WHO})\s+{_QUALITY}(?:\s+(?:an?|the|at|or|and|in|than|≥|>|<|≤))*{_UP_TO})"
    rf"|(?P<kind>(?:(?!{_ANY})[A-Za-z][\w'’-]*\s+){{1,3}}?{PEOPLE}|(?:non-?|never-|ex-)?(?:smokers|drinkers|responders)"
    rf"|elderly|(?!{_ANY})[\w-]+(?:\s+[\w-]+){{0,2}}?(?=\s+population))\b"
    rf"|(?P<group>{_GROUP}\s+(?:of|with|without|aged|(?:also |not )?(?:receiving|taking|using)){_UP_TO}"
    rf"|(?:(?!the\b|an?\b)[\w≥<>-]+\s+){{1,4}}?{_GROUP}\b)"
    rf"|(?P<all>(?:overall|whole|entire|total)\s+(?:\w+\s+)?(?:population|cohort|group|trial)|all\s+{PEOPLE}))",
    re.I,
)
_LEADING = lazy_compile(
    r"\W*(?:[Rr]esults|RESULTS|[Ff]indings)?\W*(?:[Ii]n|[Aa]mong|[Aa]mongst|[Ff]or|[Oo]f)\s+(?:the\s+|an?\s+)?"
    r"(?:(?:pre-?specified|pre-?planned|planned|post[ -]hoc|exploratory|small|large)\s+){0,2}"
    rf"(?P<lead>(?:{_GROUP}\s+of\s+(?:the\s+)?(?={_SEX}|{_AGES}|{_WHO}))?(?:{_SEX}|{_AGES}|{_WHO})\s+"
    r"(?:who|whose|with|without|taking|using|receiving|living|residing|not|on|in|at|from|requiring|undergoing|aged"
    r"|already|previously|currently|never)\s(?!(?:both|either|each|all|the (?:trial|study|two))\b)"
    r"[^,;:()]{2,90})(?=,\s)"
)
"""A sentence that begins with those it is about, up to its first comma: "Among people living in old houses, ..."."""
_COUNTED = lazy_compile(r"\d\s+\w+\Z")
_CLOSES = lazy_compile(r"\s*,|\s+(?:who|whose|with|aged)\b")
"""Behind people who are counted and are a part: "among 120 women, …", not "in 6 women in the A group"."""
_ALL = lazy_compile(r"(?:overall|whole|entire|total|all)\b", re.I)
_OVERALL = Cued("overall", r"\boverall(?=\s*[,;.)]|\s+(?:and|but)\b|\s*\Z)", re.I)
"""All of the participants, told beside a value: "0.65 overall, 0.60 in men"."""
_SUBJECT = lazy_compile(
    rf"\W*(?:The\s+)?(?:(?P<sex>{_SEX})\b(?!\s+(?:and|or|with|aged|who|whose|older|younger|under|over)\b)"
    rf"|(?P<who>{PEOPLE}\s+(?:(?:who were )?treated (?:within|before|after)|{_QUALITY}|under|over|above|below)"
    rf"{_UP_TO})(?=\s+(?:had|achieved|experienced|showed|reached|improved|responded|died|lost|gained)\b))",
    re.I,
)
_LIMITED = lazy_compile(rf"{_LIMIT}|\b(?:within|before|after)\s+\d", re.I)
_PRONOUN = lazy_compile(r"\b(?:with|without) (?:it|this|that|these|them|such)\Z", re.I)
_NO_PART = lazy_compile(
    r"\b(?:intent\w*|m?ITT|PP|protocol|safety|efficacy|analysis|general|target|full|modified"
    r"|data|follow-?up|measurements?|assessments?|samples?|at least one|event|response|baseline|missing|visit"
    r"|available|evaluable|completed|received|randomi[sz]ed|enrolled|allocated|assigned|treated|given|treatment"
    r"|therapy|placebo|drug)\b",
    re.I,
)
_TREATED = lazy_compile(
    r"\b(?:at least one|received|randomi[sz]ed|enrolled|allocated|assigned|given|placebo|drug|visit|missing"
    r"|available)\b",
    re.I,
)
"""What makes even a part with a limit no part: "those with at least one visit"."""
_FAR = 30
"""Characters behind the last number of a row within which its part is told: "20 % of the men"."""
_OTHERS = {
    "child": ("adult",),
    "adolescent": ("adult", "child"),
    "teenager": ("adult", "child"),
    "adult": ("child", "children", "adolescent"),
    "woman": ("man", "male", "boy"),
    "man": ("woman", "female", "girl"),
    "female": ("male", "man"),
    "male": ("female", "woman"),
    "girl": ("boy",),
    "boy": ("girl",),
}
"""Who, besides people of one sex or age, makes these a part of all where both are said to have taken part."""
_YOUNG = lazy_compile(
    r"child|p(?:a)?ediatr|infan|bo(?:y|ys)\Z|girl|pupil|school|adolesc|toddler|youth|teen|newborn|neonat|preterm"
)
_EMPTY = frozenset(
    "with without whose who that had were did aged than age years year old over under and the for those patients adults"
    " people participants subjects individuals persons children older younger not more less least most receiving"
    " taking using living residing requiring undergoing already currently previously".split()
)
_TOOK_PART = lazy_compile(
    at_word(
        *("randomi[sz]ed", "randomly", "enrolled", "recruited", "included", "eligible", "allocated", "assigned"),
        *("underwent", "consecutive", "entered"),
        *(rf"{people}\s+(?:with|who|aged)" for people in PLURAL),
    )
    + r"\b",
    re.I,
)
_BY_PARTS = lazy_compile(r"\bstratified\b.*", re.I | re.S)
_OF_PARTS = Cued(
    "subgroup|subset|analysis",
    at_word("subgroups?", "subsets?", r"pre-?specified (?:\w+ )?analysis (?:of|in|concern\w+|includ\w+)") + r"\b",
    re.I,
)
"""What tells of parts of the participants beside all of them: "a prespecified analysis concerned patients with X"."""
_BREAK = lazy_compile(r";|\b(?:but|while|whereas|although)\b|,\s*and\b|\band\s+(?:by|in|among)\b", re.I)


_WITH_AND_WITHOUT = Cued(
    "with|who had|who did",
    rf"\b(?:{PEOPLE}|those)\s+(?:with|without|who (?:had|did))\s[^.;]{{3,90}}?\b(?:than|to|versus|vs\.?"
    rf"|compared (?:with|to)|from)\s+(?:the\s+)?(?:{PEOPLE}|those)\s+(?:with|without|who (?:had|did))\b",
    re.I,
)


def sets_parts_apart(words: str) -> bool:
    """Whether a sentence sets two parts of the participants against each other: "those with an MI than those without".

    Two values in it that name no arm are of these parts.
    """
    return _WITH_AND_WITHOUT.search(words) is not None


def subgroup_of(text: str, span: Span, own: Span, found: list[Span]) -> Span | None:
    """The words for the part of the participants that the numbers at `span` are of, or None for all of them.

    Of those of their sentence (`parts`) the nearest before the numbers in their own stretch count, else those right
    behind, else the last before them.
    """
    nearest = _nearest(text, span, own, found)
    return None if nearest is None or _ALL.match(text, *nearest) else nearest


def _nearest(text: str, span: Span, own: Span, found: list[Span]) -> Span | None:
    """Of the places that name a part, or all, the one that the numbers at `span` are of."""
    before = [one for one in found if own[0] <= one[0] and one[1] <= span[0]]
    inside = [one for one in found if span[0] <= one[0] < span[1]]
    behind = [one for one in found if span[1] <= one[0] < own[1]]
    if before:
        return before[-1]
    if inside:
        return inside[0]
    if behind and not _BREAK.search(text, span[1], behind[0][0]):
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
    """The places of a sentence that name a part of the participants, or all, in order.

    `refs` are places that name arms, which make no subgroup.
    """
    text = matter.reading.text
    out: list[Span] = []
    subject = _SUBJECT.match(text, sentence.start, sentence.end)
    if subject and _is_part(matter, sentence, subject.span(subject.lastgroup or 0), refs):
        out.append(subject.span(subject.lastgroup or 0))
    leading = _LEADING.match(text, sentence.start, sentence.end)
    if leading and _is_part(matter, sentence, leading.span("lead"), refs):
        out.append(leading.span("lead"))
    for match in _named_parts(text, sentence.start, sentence.end):
        name = next(one for one in ("sex", "whose", "who", "kind", "group", "all") if match[one])
        if name == "sex" and _COUNTED.search(match[0]) and not _CLOSES.match(text, match.end()):
            continue
        if name == "all" or (
            (name == "sex" or not match["of"] or _is_counted(text, sentence, match, name))
            and _is_part(matter, sentence, match.span(name), refs)
        ):
            out.append(match.span(name))
    out += [match.span() for match in _OVERALL.finditer(text, sentence.start, sentence.end)]
    return sorted(one for one in out if not any(o[0] <= one[0] and one[1] <= o[1] and o != one for o in out))


def _is_counted(text: str, sentence: Sentence, match: re.Match[str], name: str) -> bool:
    """Whether "of" leads to those who are counted: it begins the sentence, or "10% of elderly patients"."""
    before = text[sentence.start : match.start()].rstrip()
    return not before or (name == "kind" and before.endswith("%"))


@lru_cache(maxsize=64)
def _named_parts(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """The words that may name a part, found once a sentence."""
    return tuple(_PART.finditer(text, start, end))


def _is_part(matter: Matter, sentence: Sentence, place: Span, refs: list[Span]) -> bool:
    """Whether words mean a part: no arm, no set for analysis, and not the people that the trial is of."""
    words = matter.reading.text[slice(*place)].removesuffix(" at baseline")
    if any(start < place[1] and place[0] < end for start, end in refs):
        return False
    if _NO_PART.search(words) and not (_LIMITED.search(words) and not _TREATED.search(words)):
        return False
    if _PRONOUN.search(words):
        return True
    if (kind := _stem(words.lower()).replace("children", "child")) in _OTHERS:
        return _is_one_kind(kind, _of_all(matter, sentence))
    telling = {_stem(one) for one in re.findall(r"[^\W\d_][\w-]{2,}|\d+", words.lower()) if one not in _EMPTY}
    told = _of_all(matter, sentence)
    return any(one not in told and not _is_form(one, told) for one in telling)


def _is_one_kind(kind: str, told: set[str]) -> bool:
    """Whether people of one sex or age are a part of those who took part, as far as it is told who did."""
    if any(one in told for one in _OTHERS[kind]):
        return True
    if kind in ("child", "adolescent", "teenager"):
        return not any(map(_YOUNG.match, told))
    return kind not in told and kind != "adult"


def _is_form(word: str, told: set[str]) -> bool:
    """Whether a word for a quality is one of the nouns that are told already: "asthmatic" patients with "asthma"."""
    root = word[: max(4, len(word) - 3)]
    return len(word) > len(root) and any(one.startswith(root) for one in told)


def _of_all(matter: Matter, own: Sentence) -> set[str]:
    """The words of the title and of other sentences, up to the one at hand, that say who took part."""
    out: set[str] = set()
    for said in matter.said:
        words = said.sentence.words
        if said.sentence.is_title or (said.sentence.index < own.index and _TOOK_PART.search(words)):
            words = _told_of_all(words)
            out |= {_stem(one) for one in re.findall(r"[^\W\d_][\w-]{2,}|\d+", words.lower())}
    return out


def _told_of_all(words: str) -> str:
    """The words of a sentence without its stretches between semicolons that tell of parts."""
    return ";".join(_BY_PARTS.sub("", one) for one in words.split(";") if not _OF_PARTS.search(one))


def _stem(word: str) -> str:
    """A word without the ending that number gives it: women and woman, men and man, males and male."""
    return re.sub(r"m[ea]n\Z", "man", word).removesuffix("s")
