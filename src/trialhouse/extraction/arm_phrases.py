"""Arms that no drug tells apart: the phrases that the sentence of assignment sets side by side.

"Randomised to cognitive therapy (n = 40) or usual care (n = 41)", "to a web course or a printed leaflet". A phrase is
an arm only when the text later speaks of its group, by the phrase, its abbreviation or a word that only it has.
"""

import re
from dataclasses import replace

from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.phrase_lists import Phrase, phrase_list
from trialhouse.extraction.terms import Mention, is_free
from trialhouse.text.lazy_patterns import lazy_compile

_ALONE = lazy_compile(r"\s+(?:alone|only)\Z")
_JOINED = lazy_compile(r"\b(?:plus|followed by|combined with|and then)\b")
_BESIDE = r"[ -]"
_WITH = r"(?:[ -]|\s(?:and|plus|followed by|with)\s)"
"""Between two words of one arm, as the text goes on to name it: "prourokinase and thrombectomy" where it has both."""
_GROUP = r"[\s-]+(?:groups?|arms?|participants|patients|recipients|condition)\b"
_GROUPS_LISTED = r"(?:(?:,|,?\s(?:and|or))\s[\w-]+){1,4}[\s-](?:groups|arms)\b"
"""What follows a group that is listed with others: "the control, tracker, charity, and cash groups"."""
_EMPTY = frozenset(
    "a an the of to or and in with for plus followed alone only group groups arm arms treatment therapy intervention "
    "care two one each their weekly daily usual three four either patients participants once twice solution".split()
)
MOST_TRIES = 6
"""So many lists are looked for in the text."""


def with_phrases(matter: Matter, table: ArmTable) -> Matter | None:
    """The matter with the phrases of arms as interventions; None where the text assigns to no such phrases.

    Where the arms are settled, the phrases count only if there are more of them and each arm is one of them.
    """
    tries = 0
    for said in matter.said:
        if said.sentence.is_title or not is_own(matter, said) or tries >= MOST_TRIES:
            continue
        found = phrase_list(matter.reading.text, said)
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


def _holds(said: Said, phrases: list[Phrase], table: ArmTable) -> bool:
    """Whether what each settled arm is given stands in one of the phrases."""
    within = [{d.norm for d in said.drugs if p.start <= d.start and d.end <= p.end} for p in phrases]
    return all(any(draft.norms() <= norms for norms in within) for draft in table.drafts)


def _told_by_drugs(said: Said, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with the drug of each that names one drug, which no other phrase names."""
    within = [[d for d in said.drugs if p.start <= d.start and d.end <= p.end] for p in phrases]
    norms = [{d.norm for d in drugs} for drugs in within]
    out = []
    for i, phrase in enumerate(phrases):
        alone = len(norms[i]) == 1 and not any(norms[i] & other for j, other in enumerate(norms) if j != i)
        alone = alone or (len(norms[i]) == 1 and _is_only(phrase, within[i][0]))
        out.append(replace(phrase, drug=within[i][0]) if alone else phrase)
    return out


def _is_only(phrase: Phrase, drug: Mention) -> bool:
    """Whether a phrase names one treatment and says that it was given alone: "usual care only"."""
    plain = _ALONE.sub("", phrase.name)
    return plain != phrase.name and phrase.start == drug.start and len(plain) == drug.end - drug.start


def _places(text: str, phrases: list[Phrase]) -> list[tuple[int, int, str]]:
    """Where the text speaks of each arm's group: its phrase, its abbreviation, a word of its own before "group".

    An arm that a drug tells is spoken of by the drug too; [] where an arm is not spoken of, unless each has a size.
    """
    sized = all(p.sized for p in phrases)
    listed = range(phrases[0].start, phrases[-1].end)
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
            between = _WITH if _JOINED.search(phrase.name) else _BESIDE
            patterns.append((rf"(?:{any_own}){between}(?:{beside})(?![\w-])", re.I, True))
            patterns.append((rf"(?:{beside}){between}(?:{any_own})(?![\w-])", re.I, True))
        spoken = phrase.drug is not None
        if text[phrase.start : phrase.end].lower() != phrase.name:
            found.append((phrase.start, phrase.end, phrase.name))  # words that another phrase says for it
        for pattern, flags, tells in patterns:
            places = [(m.start(), m.end(), phrase.name) for m in re.finditer(rf"(?<![\w-]){pattern}", text, flags)]
            places = [p for p in places if _WITH not in pattern or p[0] not in listed]
            found += places
            spoken = spoken or (tells and bool(places)) or len(places) >= 2
        if not spoken and not sized:
            return []
    return sorted(found)


def _rewritten(matter: Matter, source: Said, phrases: list[Phrase], places: list[tuple[int, int, str]]) -> Matter:
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
