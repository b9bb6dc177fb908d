"""Arms that no drug tells apart: the phrases that the sentence of assignment sets side by side.

"Randomised to cognitive therapy (n = 40) or usual care (n = 41)", "to a web course or a printed leaflet". A phrase is
an arm only when the text later speaks of its group, by the phrase, its abbreviation or a word that only it has.
"""

import re
from dataclasses import dataclass, replace

from trialhouse.extraction.arm_headings import SIZED, behind_heading
from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.terms import Mention, is_free
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_TO = Cued(
    "allocated|assigned|random",
    r"\b(?:random(?:ly|i[sz]ed)|assigned|allocated)\b[^.;]{0,80}?"
    r"\b(?:to receive|to undergo|to either|into|between|to)\s+"
    r"(?:either\s+)?(?=[a-zA-Z]|\((?:1|a|i)\)\s|\d+(?:\.\d+)?%\s)",
    re.I,
)
_BETWEEN = lazy_compile(r"\s*(?:,\s*)?\b(?:or|and|versus|vs\.?)\s+(?:to\s+)?(?:receive\s+|undergo\s+)?", re.I)
_NEXT = lazy_compile(
    r"\s*,\s*(?P<last>(?:or|and)\s+)?(?:to\s+)?(?:receive\s+|undergo\s+)?(?=[A-Za-z\d]|\((?:\d|[a-h])\)\s)", re.I
)
_COURSE = lazy_compile(
    r"(?:(?:one of\s+(?:the\s+)?)?(?:two|three|four|five|[2-5])\s+(?:[\w-]+\s+)?(?:groups|arms|conditions)\s*[:,]\s*)?"
    r"(?:\((?:\d|[a-h]|[ivx]{1,3})\)\s*)?(?:an?\s+)?(?:\d+-(?:day|week|month|session|year)\s+|\d:\d\s+)?"
    r"(?:(?:one|two|three|\d)\s+(?:doses?|injections?|courses?|cycles?|sessions?)\s+of\s+"
    r"|\d+\s+(?:weeks|months|days|sessions|years)\s+of\s+)?(?:treatment\s+with\s+)?"
    r"(?:the\s+|an?\s+)?",
    re.I,
)
_SIZE = lazy_compile(
    r"\s*[(\[]\s*(?:(?P<short>[A-Z][A-Za-z-]{1,7})[;,\s]+)?(?:group\s*[;,]?\s*)?"
    rf"(?:[nN]\s*=\s*\d+|\d[\d,]*\s+{PEOPLE})[^()\[\]]{{0,30}}[)\]]"
)
_SHORT = lazy_compile(r"\s*[(\[]\s*(?P<short>(?!(?:AM|PM|QD|BID|TID)\b)[A-Z][A-Za-z/-]{1,7})\s*[)\]]")
_ASIDE = lazy_compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]")
_PHRASE = lazy_compile(
    r"(?:an?\s+|the\s+)?(?P<phrase>(?:\d+(?:\.\d+)?%\s)?[A-Za-z][\w'-]*(?:[ -](?:\d+(?:\.\d+)?%|[\w'-]+)){0,6}?)"
    r"(?=\s*(?:[(\[,.;:]|\bfor\s+\d|\b(?:over|during)\s+(?:an?\s+|the\s+)?\d|\Z)|\s+(?:or|versus|vs)\b)"
)
_LASTS = lazy_compile(
    r"\s*\b(?:for|over|during)\s+(?:an?\s+|the\s+)?\d+(?:\.\d+)?[\s-](?:minute|hour|day|week|month|year)s?(?:\s+periods?)?\b"
)
"""How long a treatment went on, which is no part of its name."""
_GROUP = r"[\s-]+(?:groups?|arms?|participants|patients|recipients|condition)\b"
_GROUPS_LISTED = r"(?:(?:,|,?\s(?:and|or))\s[\w-]+){1,4}[\s-](?:groups|arms)\b"
"""What follows a group that is listed with others: "the control, tracker, charity, and cash groups"."""
_EMPTY = frozenset(
    "a an the of to or and in with for plus alone only group groups arm arms treatment therapy intervention care two "
    "one each their weekly daily usual three four either patients participants once twice solution".split()
)
_GROUP_NAMED = lazy_compile(r"\b(?:group|arm)\b", re.I)
MOST_PHRASES = 5
MOST_TRIES = 6
"""So many lists are looked for in the text."""
_NO_ARM = lazy_compile(
    r"\A(?:then|followed|thereafter|every|and|with|after|titrated|both|all|each)\b"
    r"|\b(?:two|three|four|five|one of|1 of|2 of|groups?|arms|ratio|blocks?|basis|order|sequence|treatments)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One phrase of a list of arms: its words in lower case, its abbreviation, and the drug that alone tells it."""

    name: str
    short: str | None
    start: int
    end: int
    drug: Mention | None = None
    sized: bool = False
    """Whether the bracket behind it says how many people were in the arm."""


def with_phrases(matter: Matter, table: ArmTable) -> Matter | None:
    """The matter with the phrases of arms as interventions; None where the text assigns to no such phrases.

    Where the arms are settled, the phrases count only if there are more of them and each arm is one of them.
    """
    tries = 0
    for said in matter.said:
        if said.sentence.is_title or not is_own(matter, said) or tries >= MOST_TRIES:
            continue
        begin = _list_begins(matter.reading.text, said)
        found = _phrases(matter.reading.text, begin, said.sentence.end) if begin is not None else []
        if len(found) <= len(table.drafts) or len(found) < 2:
            continue
        tries += 1
        phrases = _told_by_drugs(said, found)
        if not _holds(said, phrases, table) or all(p.drug for p in phrases):
            continue
        places = _places(matter.reading.text, phrases)
        if all(p.drug or any(norm == p.name for _, _, norm in places) for p in phrases):
            return _rewritten(matter, said, phrases, places)
    return None


def _list_begins(text: str, said: Said) -> int | None:
    """Where a sentence begins to list what people were assigned to, by its words or its heading; None for others."""
    headed = behind_heading(text, said.sentence)
    if headed is not None:
        return headed
    match = _TO.search(text, said.sentence.start, said.sentence.end) if _TO.may_match(said.sentence.words) else None
    return match.end() if match else None


def _holds(said: Said, phrases: list[_Phrase], table: ArmTable) -> bool:
    """Whether what each settled arm is given stands in one of the phrases."""
    within = [{d.norm for d in said.drugs if p.start <= d.start and d.end <= p.end} for p in phrases]
    return all(any(draft.norms() <= norms for norms in within) for draft in table.drafts)


def _told_by_drugs(said: Said, phrases: list[_Phrase]) -> list[_Phrase]:
    """The phrases with the drug of each that names one drug, which no other phrase names."""
    within = [[d for d in said.drugs if p.start <= d.start and d.end <= p.end] for p in phrases]
    norms = [{d.norm for d in drugs} for drugs in within]
    out = []
    for i, phrase in enumerate(phrases):
        alone = len(norms[i]) == 1 and not any(norms[i] & other for j, other in enumerate(norms) if j != i)
        out.append(replace(phrase, drug=within[i][0]) if alone else phrase)
    return out


def _phrases(text: str, start: int, end: int) -> list[_Phrase]:
    """The phrases of a list of two arms or more; [] when it is no such list."""
    found: list[_Phrase] = []
    at, last = start, False
    while len(found) < MOST_PHRASES:
        course = _COURSE.match(text, at, end)
        match = _PHRASE.match(text, course.end() if course else at, end)
        if not match or _NO_ARM.search(match["phrase"]):
            return []
        bracket = _SIZE.match(text, match.end(), end) or _SHORT.match(text, match.end(), end)
        short = bracket["short"] if bracket else None
        sized = SIZED.match(text, match.end(), end)
        found.append(_Phrase(match["phrase"].lower(), short, *match.span("phrase"), sized=_is_plain(sized)))
        bracket = bracket or sized or _ASIDE.match(text, match.end(), end)
        if last:
            break
        at = bracket.end() if bracket else match.end()
        course = _LASTS.match(text, at, end)
        at = course.end() if course else at
        glue, more = _BETWEEN.match(text, at, end), _NEXT.match(text, at, end)
        if not glue and not more:
            return []
        last = bool(glue or (more and more["last"]))
        at = (glue or more or match).end()
    return found if last and len({p.name for p in found}) == len(found) else []


def _is_plain(sized: re.Match[str] | None) -> bool:
    """Whether a bracket gives the size of an arm and no name of its group, by which the text goes on to speak of it."""
    return sized is not None and not _GROUP_NAMED.search(sized.group())


def _places(text: str, phrases: list[_Phrase]) -> list[tuple[int, int, str]]:
    """Where the text speaks of each arm's group: its phrase, its abbreviation, a word of its own before "group".

    An arm that a drug tells is spoken of by the drug too; [] where an arm is not spoken of, unless each has a size.
    """
    sized = all(p.sized for p in phrases)
    words = [set(re.findall(r"[a-z][\w'-]{2,}", p.name)) - _EMPTY for p in phrases]
    found: list[tuple[int, int, str]] = []
    for i, phrase in enumerate(phrases):
        others = set().union(*(w for j, w in enumerate(words) if j != i))
        own = sorted(words[i] - others)
        patterns = [] if phrase.drug else [(re.escape(phrase.name), re.I | re.ASCII, False)]
        patterns += [(rf"{re.escape(phrase.short)}(?![\w-])", re.ASCII, True)] if phrase.short else []
        if own:
            any_own = "|".join(map(re.escape, own))
            patterns.append((rf"(?:(?:{any_own})[ -])*(?:{any_own})(?:{_GROUP}|(?={_GROUPS_LISTED}))", re.I, True))
        if not own and len(words[i]) >= 1 and any(words[i] <= w for j, w in enumerate(words) if j != i):
            any_word = "|".join(map(re.escape, sorted(words[i])))
            patterns.append((rf"(?:(?:{any_word})[ -])+(?:only|alone)(?:{_GROUP})?(?![\w-])", re.I, True))
        if own and not phrase.drug:
            beside = "|".join(map(re.escape, sorted(words[i])))
            patterns.append((rf"(?:{any_own})[ -](?:{beside})(?![\w-])", re.I, True))
            patterns.append((rf"(?:{beside})[ -](?:{any_own})(?![\w-])", re.I, True))
        spoken = phrase.drug is not None
        for pattern, flags, tells in patterns:
            places = [(m.start(), m.end(), phrase.name) for m in re.finditer(rf"(?<![\w-]){pattern}", text, flags)]
            found += places
            spoken = spoken or (tells and bool(places)) or len(places) >= 2
        if not spoken and not sized:
            return []
    return sorted(found)


def _rewritten(matter: Matter, source: Said, phrases: list[_Phrase], places: list[tuple[int, int, str]]) -> Matter:
    """The matter with each free place of a phrase as a mention; in the source sentence the arms stand alone."""
    drug_of = {p.name: p.drug for p in phrases if p.drug}
    told = tuple(drug_of.values())
    said = []
    for one in matter.said:
        inside = [p for p in places if one.sentence.start <= p[0] < one.sentence.end]
        if one is source:
            inside = [p for p in inside if not _in_bracket(matter.reading.text, one.sentence.start, p[0])]
        if not inside and one is not source:
            said.append(one)
            continue
        taken: list[tuple[int, int]] = []
        drugs: list[Mention] = []
        for start, end, norm in sorted(inside, key=lambda p: p[0] - p[1]):
            if is_free(sorted(taken), start, end):
                taken.append((start, end))
                drugs.append(_mention(one, start, end, norm, drug_of.get(norm)))
        kept = told if one is source else one.drugs
        rest = tuple(d for d in kept if is_free(sorted(taken), d.start, d.end))
        numbers = tuple(n for n in one.numbers if not any(a <= n.start < b for a, b in taken))
        merged = tuple(sorted((*drugs, *rest), key=lambda d: d.start))
        inner = tuple(n for n in one.doses if any(a <= n.start < b for a, b in taken))
        doses = tuple(n for n in one.doses if n not in inner)
        said.append(one._replace(drugs=merged, numbers=numbers, doses=doses, inner=one.inner + inner))
    return replace(matter, said=tuple(said))


def _in_bracket(text: str, begin: int, at: int) -> bool:
    """Whether a place of a list stands in a bracket, which says of the arm before it what it is not, or is made of."""
    return text.rfind("(", begin, at) > text.rfind(")", begin, at)


def _mention(said: Said, start: int, end: int, name: str, drug: Mention | None) -> Mention:
    """A place of a phrase as a mention: of the drug that tells it, or by its own words with the drugs in it."""
    if drug is not None:
        return drug._replace(start=start, end=end)
    return Mention(
        start, end, name, is_known=False, of=tuple(d for d in said.drugs if start <= d.start and d.end <= end)
    )
