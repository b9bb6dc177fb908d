"""Arms that are no drugs: the phrases that the sentence of assignment sets side by side.

"Randomised to cognitive therapy (n = 40) or usual care (n = 41)", "to a web course or a printed leaflet". A phrase is
an arm only when the text later speaks of its group, by the phrase, its abbreviation or a word that only it has.
"""

import re
from dataclasses import replace

from trialhouse.extraction.arm_table import is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.terms import Mention, is_free

_TO = re.compile(
    r"\b(?:random(?:ly|i[sz]ed)|assigned|allocated)\b[^.;]{0,80}?"
    r"\b(?:to receive|to undergo|to either|into|between|to)\s+"
    r"(?:either\s+)?(?=[a-zA-Z]|\d+(?:\.\d+)?%\s)",
    re.I,
)
_BETWEEN = re.compile(r"\s*(?:,\s*)?\b(?:or|and|versus|vs\.?)\s+(?:to\s+)?(?:receive\s+|undergo\s+)?", re.I)
_SIZE = re.compile(
    r"\s*[(\[]\s*(?:(?P<short>[A-Z][A-Za-z-]{1,7})[;,\s]+)?(?:group\s*[;,]?\s*)?[nN]\s*=\s*\d+[^()\[\]]{0,30}[)\]]"
)
_SHORT = re.compile(r"\s*[(\[]\s*(?P<short>(?!(?:AM|PM|QD|BID|TID)\b)[A-Z][A-Za-z-]{1,7})\s*[)\]]")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]")
_PHRASE = re.compile(
    r"(?:an?\s+|the\s+)?(?P<phrase>(?:\d+(?:\.\d+)?%\s)?[A-Za-z][\w'-]*(?:[ -](?:\d+(?:\.\d+)?%|[\w'-]+)){0,6}?)"
    r"(?=\s*(?:[(\[,.;:]|\bfor\s+\d|\Z)|\s+(?:or|versus|vs)\b)"
)
_GROUP = r"[\s-]+(?:groups?|arms?|participants|patients|recipients|condition)\b"
_EMPTY = frozenset(
    "a an the of to or and in with for plus alone only group groups arm arms treatment therapy intervention care two "
    "one each their weekly daily usual three four either patients participants once twice solution".split()
)
MOST_TRIES = 6
"""So many lists are looked for in the text."""
_NO_ARM = re.compile(
    r"\b(?:two|three|four|five|one of|1 of|2 of|groups?|arms|ratio|blocks?|basis|order|sequence|treatments)\b", re.I
)


def with_phrases(matter: Matter) -> Matter | None:
    """The matter with the phrases of arms as interventions; None where the text assigns to no such phrases."""
    tries = 0
    for said in matter.said:
        if said.sentence.is_title or not is_own(matter, said):
            continue
        match = _TO.search(matter.reading.text, said.sentence.start, said.sentence.end)
        names = _phrases(matter.reading.text, match.end(), said.sentence.end) if match else []
        if len(names) == 2 and (tries := tries + 1) <= MOST_TRIES:
            places = _places(matter.reading.text, names)
            if all(any(norm == name for _, _, norm in places) for name, _ in names):
                return _rewritten(matter, said, places)
    return None


def _phrases(text: str, start: int, end: int) -> list[tuple[str, str | None]]:
    """The phrases of a list of two arms, each with its abbreviation: (phrase, short); [] when it is no such list."""
    names: list[tuple[str, str | None]] = []
    at = start
    while len(names) < 2:
        match = _PHRASE.match(text, at, end)
        if not match or _NO_ARM.search(match["phrase"]):
            return []
        bracket = _SIZE.match(text, match.end(), end) or _SHORT.match(text, match.end(), end)
        names.append((match["phrase"].lower(), bracket["short"] if bracket else None))
        bracket = bracket or _ASIDE.match(text, match.end(), end)
        at = bracket.end() if bracket else match.end()
        glue = _BETWEEN.match(text, at, end)
        if len(names) == 1 and not glue:
            return []
        at = glue.end() if glue else at
    return names if names[0][0] != names[1][0] else []


def _places(text: str, names: list[tuple[str, str | None]]) -> list[tuple[int, int, str]]:
    """Where the text speaks of each arm's group: its phrase, its abbreviation, a word of its own before "group"."""
    words = [set(re.findall(r"[a-z][\w'-]{2,}", name)) - _EMPTY for name, _ in names]
    found: list[tuple[int, int, str]] = []
    spoken: set[str] = set()
    for i, (name, short) in enumerate(names):
        own = sorted(words[i] - words[1 - i])
        patterns = [(re.escape(name), re.I | re.ASCII, False)]
        patterns += [(rf"{re.escape(short)}(?![\w-])", re.ASCII, True)] if short else []
        if own:
            any_own = "|".join(map(re.escape, own))
            patterns.append((rf"(?:(?:{any_own})[ -])*(?:{any_own}){_GROUP}", re.I, True))
            beside = "|".join(map(re.escape, sorted(words[i])))
            patterns.append((rf"(?:{any_own})[ -](?:{beside})(?![\w-])", re.I, True))
            patterns.append((rf"(?:{beside})[ -](?:{any_own})(?![\w-])", re.I, True))
        for pattern, flags, tells in patterns:
            places = [(m.start(), m.end(), name) for m in re.finditer(rf"(?<![\w-]){pattern}", text, flags)]
            found += places
            if (tells and places) or len(places) >= 2:
                spoken.add(name)
    return sorted(found) if len(spoken) == 2 else []


def _rewritten(matter: Matter, source: Said, places: list[tuple[int, int, str]]) -> Matter:
    """The matter with each free place of a phrase as a mention; in the source sentence the phrases stand alone."""
    said = []
    for one in matter.said:
        inside = [p for p in places if one.sentence.start <= p[0] < one.sentence.end]
        if not inside:
            said.append(one)
            continue
        taken: list[tuple[int, int]] = []
        drugs: list[Mention] = []
        for start, end, norm in sorted(inside, key=lambda p: p[0] - p[1]):
            if is_free(sorted(taken), start, end):
                taken.append((start, end))
                within = tuple(d for d in one.drugs if start <= d.start and d.end <= end)
                drugs.append(Mention(start, end, norm, is_known=False, of=within))
        rest = () if one is source else tuple(d for d in one.drugs if is_free(sorted(taken), d.start, d.end))
        numbers = tuple(n for n in one.numbers if not any(a <= n.start < b for a, b in taken))
        merged = tuple(sorted((*drugs, *rest), key=lambda d: d.start))
        inner = tuple(n for n in one.doses if any(a <= n.start < b for a, b in taken))
        doses = tuple(n for n in one.doses if n not in inner)
        said.append(replace(one, drugs=merged, numbers=numbers, doses=doses, inner=one.inner + inner))
    return replace(matter, said=tuple(said))
