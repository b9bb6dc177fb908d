"""Parts of scales: "PANSS negative subscale", "physical component of the SF-36", "HADS-A", "KOOS pain score".

A part has values of its own, often on another range: it is no result of the whole scale. Parts that the vocabulary
names have their code; the others are said in their own words, without one. So is the weight of a part of the body none
of the body: "tumour weight".
"""

import re

from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_NOUN = r"(?:sub-?scales?|sub-?scores?|domains?|components?|dimensions?|factors?|sub-?items?)"
_NAMES_A_SCALE = lazy_compile(r"[A-Z][\w'’.]*[A-Z]|Scale|Questionnaire|Index|Inventory|Survey")
"""What the name of a scale has: letters for its words, or what it is."""
_PART = (
    r"(?:positive|negative|psychic|somatic|psychosocial|general psychopathology"
    r"|psychopathology|physical|mental|emotional|social|cognitive|motor"
    r"|role|pain|bodily pain|function(?:ing)?|fatigue|anxiety|depress(?:ion|ive)|symptoms?|stiffness|activit(?:y|ies)"
    r"|impacts?|vitality|sleep|sexual|sports?|recreation|general health|well-?being|hostility|excitement|inattenti\w+"
    r"|hyperactiv\w+|irritability|memory|language|frequency|severity|interference|disability|control|knowledge)"
)
"""What parts of scales are of, where no word for a part says that they are parts."""
_LINK = (
    r"(?!(?:total|overall|mean|[Ss]cores?|[Tt]he|an?|was|were|and|or|in|on|of|at|for|with|by|from|fell|rose"
    r"|change)\b)"
)
_OWN_PART = lazy_compile(rf"\b{_PART}\b")
_LETTERS = lazy_compile(r"[-‐‑/]\s?[A-Z]{1,4}\b(?![-‐‑/]?\d)")
_BEHIND = lazy_compile(
    rf"(?:\s+{_LINK}[a-z][\w-]*){{0,3}}?\s+{_NOUN}\b"
    rf"|(?:['’]s)?[\s:,-]+{_PART}(?:(?:,? and|[/&]|,)? ?{_PART})*\b(?!\s+(?:was )?(?:measured|assessed))"
)
_SCORE = lazy_compile(rf"\s+(?:{_NOUN}|summary)\b")
_AHEAD = Cued(
    "scale|score|domain|component|dimension|factor|item",
    rf"(?<![\w-]){_LINK}(?:[A-Za-z][\w-]*\s+{_LINK}){{1,3}}{_NOUN}\s+(?:scores?\s+)?(?:of|on|in|from)\s+(?:the\s+)?\Z",
)
_ACRONYM_AHEAD = lazy_compile(
    r"(?<![\w-])(?!(?:VAS|NRS|NPRS|VRS|VNRS|NPS|PI|LS|SD|SE)\b)[A-Z][A-Za-z]*[A-Z]\w*(?:-[A-Z\d]+)?\s\Z"
)
_ORGAN_AHEAD = lazy_compile(
    r"(?<![\w-])(?:tumou?r|placental?|f[o]?etal|organ|heart|liver|kidney|spleen|lung|muscle|uterine|prostate|thyroid|gland"
    r"|graft|specimen|sample|stool|fa?ecal)\s\Z",
    re.I,
)
"""What weighs something and is no body: "tumour weight"."""
_GENERAL = ("pain score", "anxiety score", "depression score", "fatigue", "quality of life", "disability")
"""Measures that a scale not in the vocabulary has a part for: "KOOS pain score"."""


def with_parts(text: str, sentence: Sentence, names: list[Mention]) -> list[Mention]:
    """The names of measures in a sentence, those that the words make one of a part as that part."""
    return [_part_of(text, sentence, one) if one.kind == "continuous" else one for one in names]


def _part_of(text: str, sentence: Sentence, one: Mention) -> Mention:
    """A name of a scale with the words for a part of it; another name as it is."""
    name = text[one.start : one.end]
    if one.norm == "body weight" and not name.lower().startswith("body"):
        ahead = _ORGAN_AHEAD.search(text, max(sentence.start, one.start - 20), one.start)
        return _named(text, ahead.start(), one.end) if ahead else one
    if one.norm in _GENERAL:
        ahead = _ACRONYM_AHEAD.search(text, max(sentence.start, one.start - 20), one.start)
        if ahead:
            return _named(text, ahead.start(), one.end)
    if not _NAMES_A_SCALE.search(name) or _OWN_PART.search(name):
        return one
    behind = _LETTERS.match(text, one.end, sentence.end) or _BEHIND.match(text, one.end, sentence.end)
    if behind:
        noun = _SCORE.match(text, behind.end(), sentence.end)
        return _named(text, one.start, noun.end() if noun else behind.end())
    ahead = _AHEAD.search(text, max(sentence.start, one.start - 70), one.start)
    return _named(text, ahead.start(), one.end) if ahead else one


def _named(text: str, start: int, end: int) -> Mention:
    """A part in its own words."""
    return Mention(start, end, text[start:end].lower(), "continuous", is_known=False)
