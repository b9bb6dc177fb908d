"""Arms by what the text calls their groups: "X (mesh group, n = 62) or Y (control group, n = 58)".

Where nothing else settles the arms, the groups that the sentence of assignment names are the arms, or those that the
results set against each other. Where the arms are settled, the names of groups are tied to them by where they stand.
"""

import itertools
import re
from dataclasses import dataclass, replace

from trialhouse.extraction.arm_forms import forms_of
from trialhouse.extraction.arm_groups import GROUP as LETTERED
from trialhouse.extraction.arm_groups import group_name
from trialhouse.extraction.arm_list import Draft, Part, read_arm_list
from trialhouse.extraction.arm_nouns import arm_alike, names_of_wholes, nouns_of, own_stems
from trialhouse.extraction.arm_parts import parts_in_trial
from trialhouse.extraction.arm_table import CONTROLS, ArmTable, is_own
from trialhouse.extraction.arm_wording import tells, trimmed
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.group_names import SCHEDULE_CODE, GroupName, group_names, is_code, one_writing, telling
from trialhouse.extraction.terms import Mention
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "arms.called"
_BRACKET = lazy_compile(r"[(\[](?P<inside>[^()\[\]]{1,70})[)\]]")
_CODED = lazy_compile(rf"(?<=[a-z\d] )\((?P<code>(?=[^()]*[A-Z][^()]*[A-Z])[A-Za-z][\w+/-]{{1,9}}|{SCHEDULE_CODE})\)")
_PARTED = lazy_compile(r",|;|\b(?:or|and|versus|vs)\b", re.I)
_SIZE = lazy_compile(r"\s*[nN]\s*[=:]\s*\d[\d,]*(?:\s+\w+)?\s*")
_SIZED_BRACKET = lazy_compile(r"[(\[][^()\[\]]{0,60}?\b[nN]\s*=\s*\d")
_HAS_SIZE = lazy_compile(r"\b[nN]\s*[=:]\s*\d")
_NAMED = lazy_compile(
    r"\s*(?:the\s+)?(?P<name>[\w+/&'’-]+(?:[\s-][\w+/&'’-]+){0,2})[\s-](?:group|arm|condition|cohort)\s*", re.I
)
_ROLE = lazy_compile(r"\s*(?P<name>intervention|control|experimental|test|study|comparison|active|sham)s?\s*", re.I)
_BEHIND = lazy_compile(
    r"\s*(?:[(\[]\s*(?:[nN]\s*=|[A-Z])|,?\s*(?:who|which|that|where|participants|patients)?\s*(?:\w+\s+)?"
    r"(?:received?|receiving|underwent|undergoing|was given|were given|was treated|were treated|was offered"
    r"|were offered|used|practi[sc]ed|performed|consumed|attended|took part|got)\b|:|,?\s+(?:or|and)\s)",
    re.I,
)
"""What stands behind the name of a group where it is formed: its size, or what its people were given."""
_FORMS = Cued(
    "random|assign|allocat|divid|group|arm|received|underwent",
    r"\brandom|\bassign|\ballocat|\bdivid|\bgroups?\b|\barms?\b|\breceived|\bunderwent",
    re.I,
)
_TRIAL = Cued("random|assign|allocat|divid", r"\brandom|\bassign|\ballocat|\bdivided\b", re.I)
_GIVEN = lazy_compile(
    r"\b(?:treated (?:with|by|using)|received?|receiving|underwent|undergo|given"
    r"|(?:assigned|allocated|randomi[sz]ed|divided)(?:\s+(?:equally|randomly|\(?\d+(?::\d+)+\)?))*\s+(?:to|into|between)|conditions|groups|arms|treatments|interventions)"
    r"\b(?:\s*:)?(?:\s+either\b)?",
    re.I,
)
"""What stands before the treatment of a group: the last of these is taken."""
_ASIDE = lazy_compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,90})[)\]]")
_TELLS = lazy_compile(r"(?P<what>(?![nN]\s*=)[A-Za-z][^,;\d]{3,80}?)\s*(?:[,;].*)?\Z", re.S)
_STATISTIC = lazy_compile(
    r"(?:adjusted|absolute|relative|odds|hazard|risk|rate|mean|median|between|difference|ratio|least|estimated|P\b|CI\b)",
    re.I,
)
"""What a bracket behind a group's name begins with that is no description of the group: "(odds ratio, 0.47"."""
_CLAUSE = lazy_compile(r"[;.]|,\s+(?:who|which|whereas|while|and)\b", re.I)
_RESULTS = (Section.RESULTS, Section.CONCLUSIONS)
_WITHOUT = ("control", "controls", "comparison", "usual care", "standard care", "waiting list", "waiting-list")
_ROLES = frozenset(("intervention", "control", "experimental", "study", "treatment", "test", "comparison"))
MOST = 6
"""More groups than this are no arms."""
MOST_PIECES = 3
"""A bracket with more pieces is no name; in one of so many only the word for group tells one."""
MOST_TRIED = 24
"""A text with more names of groups than this reports more than the arms of one trial."""
NEAR = 4
"""Sentences among which a trial's groups are named."""
LONGEST = 90
"""Characters of an arm's description that are kept as its label."""


_Place = tuple[str, int, int, bool, bool]
"""The name of a group, where it stands, whether behind what it is given, and whether it is a letter or number."""


@dataclass(frozen=True, slots=True)
class _Formed:
    """A place that forms a group: its name, where the name stands, and the stretch that describes it."""

    name: str
    said: Said
    start: int
    end: int
    about: tuple[int, int]
    lettered: bool = False
    sized: bool = False
    """Whether its bracket gives the number of its people as well."""


def with_calls(matter: Matter, table: ArmTable) -> ArmTable:
    """The table with the names of groups tied to its arms; a new table where it has no arms, or fewer than groups."""
    if table.factors:
        return table
    formed = _formed(matter)
    told = _of_one_kind(formed)
    if len(told) > max(1, len(table.drafts)) and _holds(table, told):
        return _made(matter, told, [one for one in formed if one not in told])
    if table.settled:
        lettered = {} if table.groups else _tied(table, [one for one in formed if one.lettered])
        table = replace(table, groups=lettered) if len(lettered) == len(table.drafts) else table
        tied = _tied(table, [one for one in formed if not one.lettered])
        calls = _alike(matter, table, names_of_wholes(matter, table) | tied)
        calls |= parts_in_trial(matter, table, calls)
        nouns, forms = nouns_of(matter, table), forms_of(matter, table)
        more = calls or nouns or forms
        return replace(table, calls=calls, nouns=nouns, forms=forms, found={}, names=[]) if more else table
    return _contrasted(matter) or table


def _of_one_kind(formed: list[_Formed]) -> list[_Formed]:
    """The groups by their letters or numbers where two have one: their other names are of the same groups."""
    lettered = [one for one in formed if one.lettered]
    return lettered if len(lettered) >= 2 else formed


def _holds(table: ArmTable, formed: list[_Formed]) -> bool:
    """Whether each settled arm is listed in the stretch of one of the groups, so that these are the arms told apart."""
    spans = [(min(one.start, one.about[0]), max(one.end, one.about[1])) for one in formed]
    return table.rule in ("", "arms.assignment", "arms.given") and all(
        any(a <= draft.start < b for a, b in spans) for draft in table.drafts
    )


def _formed(matter: Matter) -> list[_Formed]:
    """The groups that a trial's sentences form, by their first places within a few sentences; [] for fewer than two."""
    found: list[_Formed] = []
    for said in matter.said:
        words = said.sentence.words
        if said.sentence.is_title or said.sentence.section in _RESULTS or not _FORMS.search_words(words):
            continue
        if found and said.sentence.index - found[0].said.sentence.index > NEAR:
            break
        if not is_own(matter, said):
            continue
        here = _in_sentence(matter.reading.text, said)
        if found or len(here) >= 2 or _TRIAL.search(words):
            found += [one for one in here if one.name not in {f.name for f in found}]
    if len(found) > MOST_TRIED:
        return []
    told = telling(one.name for one in found)
    spoken = {one.name for one in found if _is_used(matter, one, found)}
    listed = {one.said.sentence.index for one in found if one.sized and one.name in spoken}
    used = [
        one
        for one in found
        if one.name in told and (one.name in spoken or (one.sized and one.said.sentence.index in listed))
    ]
    whole = all(_is_whole(matter, used, index) for index in {one.said.sentence.index for one in used})
    return used if whole and 2 <= len(used) <= MOST else []


def _is_whole(matter: Matter, used: list[_Formed], index: int) -> bool:
    """Whether no bracket of a sentence gives the size of a further group from the first one that it forms."""
    text, sentence = matter.reading.text, matter.said[index].sentence
    here = [one for one in used if one.said.sentence.index == index]
    first = min(one.start for one in here)
    opened = text.rfind("(", sentence.start, first + 1)
    begin = opened if opened > text.rfind(")", sentence.start, first) else first
    return len(here) < 2 or len(_SIZED_BRACKET.findall(text, begin, sentence.end)) <= len(here)


def _in_sentence(text: str, said: Said) -> list[_Formed]:
    """The groups that one sentence forms, in order, each with the stretch that says what it is given."""
    begin, end = said.sentence.start, said.sentence.end
    places: list[_Place] = []
    for match in _BRACKET.finditer(text, begin, end):
        name = _bracketed(match["inside"])
        if name:
            places.append((name, *match.span(), True, False))
    places = places or _codes_listed(text, begin, end)
    for one in group_names(text, begin, end):
        inside = any(a <= one.start < b for _, a, b, _, _ in places)
        if not inside and _BEHIND.match(text, one.end, end):
            places.append((one.name, one.start, one.end, False, False))
    for match in LETTERED.finditer(text, begin, end):
        inside = any(a <= match.start() < b for _, a, b, _, _ in places)
        if not inside:
            places.append((group_name(match), *match.span(), text[match.start() - 1 : match.start()] == "(", True))
    places.sort(key=lambda p: p[1])
    lettered = [place for place in places if place[4]]
    rows = [lettered if place[4] and len(lettered) >= 2 else places for place in places]
    out = [_formed_in(text, said, row, row.index(place)) for place, row in zip(places, rows, strict=True)]
    unique = {one.name: one for one in reversed(out)}
    return [one for one in out if unique[one.name] is one]


def _formed_in(text: str, said: Said, places: list[_Place], at: int) -> _Formed:
    """One of the places in a row that form groups, with the stretch up to its neighbours that says what it is given."""
    name, start, stop, behind, lettered = places[at]
    before = places[at - 1][2] if at else said.sentence.start
    if at and behind and not text[before:start].strip():
        before = places[at - 1][1]  # "a tendon group (TG, n = 32)": the words for the group say what it is given
    after = places[at + 1][1] if at + 1 < len(places) else said.sentence.end
    sized = behind and _HAS_SIZE.search(text, start, stop) is not None
    return _Formed(name, said, start, stop, (before, start) if behind else (stop, after), lettered, sized)


def _codes_listed(text: str, begin: int, end: int) -> list[_Place]:
    """The abbreviations that brackets give in a list of treatments: "cognitive therapy (CT) or a wait-list (WL)"."""
    assigned = _TRIAL.search(text, begin, end)
    codes = list(_CODED.finditer(text, assigned.end(), end)) if assigned else []
    parted = all(_PARTED.search(text, a.end(), b.start()) for a, b in itertools.pairwise(codes))
    return [(m["code"], *m.span(), True, False) for m in codes] if len(codes) >= 2 and parted else []


def _bracketed(inside: str) -> str | None:
    """The name that a bracket gives a group: "mesh group, n = 62", "control group: n = 20", "n = 40; EL", "control"."""
    pieces = re.split(r"[;,]|:(?=\s*(?:[nN]\s*[=:]\s*)?\d)", inside)
    sized = any(_SIZE.fullmatch(piece) for piece in pieces)
    if len(pieces) > MOST_PIECES:
        return None
    for piece in pieces:
        named = _NAMED.fullmatch(piece) or (len(pieces) < MOST_PIECES and _ROLE.fullmatch(piece))
        if named:
            return one_writing(named["name"])
        if sized and is_code(piece.strip()) and len(pieces) < MOST_PIECES:
            return piece.strip()
    return None


def _is_used(matter: Matter, one: _Formed, found: list[_Formed]) -> bool:
    """Whether the text speaks of a group again, in a sentence that forms none."""
    forming = {f.said.sentence.index for f in found}
    if one.lettered:
        pattern = re.compile(
            rf"\b(?:groups?|arms?)\s+(?:\w\d?(?:,| and|, and| or| vs\.?| versus| than)\s+)*{one.name}\b", re.I
        )
    else:
        words = r"[\s-]".join(map(re.escape, re.split(r"[\s-]", one.name)))
        group = r"(?:[\s-]|,? and |, )" if not is_code(one.name) else r"(?![\w+/-])"
        pattern = re.compile(rf"(?<![\w-]){words}{group}", 0 if is_code(one.name) else re.I)
    return any(
        pattern.search(s.sentence.words)
        for s in matter.said
        if s.sentence.index not in forming and not s.sentence.is_title
    )


def _tied(table: ArmTable, formed: list[_Formed]) -> dict[str, int]:
    """The names of groups with the settled arms beside which they stand; {} where they do not fit one to one."""
    calls: dict[str, int] = {}
    for one in formed:
        begin, end = one.about
        inside = [i for i, d in enumerate(table.drafts) if begin <= d.start < end]
        if len(inside) == 1:
            calls[one.name] = inside[0]
    if len(set(calls.values())) < len(calls):
        return {}
    if len(table.drafts) == len(formed) == 2 and len(calls) == 1:
        left = next(one.name for one in formed if one.name not in calls)
        calls[left] = 1 - next(iter(calls.values()))
    return calls


def _alike(matter: Matter, table: ArmTable, tied: dict[str, int]) -> dict[str, int]:
    """The names of groups with their arms: those tied already, those whose words one arm's description has.

    Of two arms a name that always stands beside the other arm's means the one that is left.
    """
    own = own_stems(matter, table)
    norms = {norm for draft in table.drafts for norm in draft.norms()}
    calls = dict(tied)
    beside: dict[str, set[int]] = {}
    for said in matter.said:
        if said.sentence.is_title or not is_own(matter, said) or len(calls) > MOST_TRIED:
            continue
        places = group_names(matter.reading.text, said.sentence.start, said.sentence.end)
        here = [g.name for g in places if not any(g.start <= d.start < g.end and d.norm in norms for d in said.drugs)]
        for name in here:
            arm = arm_alike(name, own) if name not in calls else None
            if arm is not None:
                calls[name] = arm
        by_drug = _by_drugs(table, said, places)
        known = {calls[name] for name in here if name in calls} | set(by_drug)
        for name in here if said.numbers and len(known) == 1 and len(set(here)) + len(by_drug) == 2 else ():
            beside.setdefault(name, set()).update(known)
    if len(table.drafts) == 2:
        for name, arms in beside.items():
            if name not in calls and len(arms) == 1:
                calls[name] = 1 - next(iter(arms))
    return calls


def _by_drugs(table: ArmTable, said: Said, places: list[GroupName]) -> list[int]:
    """The arms of the groups that a sentence calls by the treatment of one arm alone: "the placebo group"."""
    found = []
    for group in places:
        within = {d.norm for d in said.drugs if group.start <= d.start and d.end <= group.end}
        arms = [i for i, draft in enumerate(table.drafts) if within and within <= draft.norms()]
        found += arms if len(arms) == 1 else []
    return list(dict.fromkeys(found))


def _made(matter: Matter, formed: list[_Formed], others: list[_Formed]) -> ArmTable:
    """A table of the groups that the text forms, each by its name and by the drugs of what it is given.

    `others` are further names of groups, each of the one in whose description it stands.
    """
    text = matter.reading.text
    drafts, described = [], []
    for one in formed:
        begin, end = _described(text, one)
        listed = read_arm_list(text, one.said, begin, end).drafts
        plain = Mention(begin, end, " ".join(text[begin:end].lower().split()), is_known=False)
        if one.name in _WITHOUT and not (listed and listed[0].norms() <= set(CONTROLS)):
            plain = plain._replace(norm=f"{one.name} group")
        parts = listed[0].parts if len(listed) == 1 else [Part(plain)]
        shown = f"group {one.name}" if one.lettered else f"{one.name} group"
        drafts.append(Draft(parts, None, begin, end, name=shown))
        described.append(plain)
    alike = [draft for draft in drafts if sum(other.identity() == draft.identity() for other in drafts) > 1]
    for draft, plain in zip(drafts, described, strict=True):
        if any(draft is one for one in alike):  # what was read of them does not tell them apart: their words do
            draft.parts = [Part(plain)]
    table = ArmTable(drafts, source=formed[0].said, rule=RULE)
    places = {one.name: i for i, one in enumerate(formed)}
    if all(one.lettered for one in formed):
        within = {o.name: i for o in others for i, one in enumerate(formed) if one.about[0] <= o.start < one.about[1]}
        return replace(table, groups=places, calls=within)
    return replace(table, calls=_alike(matter, table, places), nouns=nouns_of(matter, table))


def _described(text: str, one: _Formed) -> tuple[int, int]:
    """The words that say what a group is given; the name of the group where there are none."""
    begin, end = one.about
    if begin >= one.end:
        size = _ASIDE.match(text, begin, end)
        what = _TELLS.match(size["inside"]) if size else None
        if size and what and not _STATISTIC.match(what["what"]):
            inside = size.start("inside")
            return trimmed(text, inside, inside + len(what["what"]))
        begin = size.end() if size else begin
        begin = trimmed(text, begin, end)[0]
        stop = _CLAUSE.search(text, begin, end)
        end = stop.start() if stop else end
    else:
        last = None
        for last in _GIVEN.finditer(text, begin, end):  # noqa: B007 - the last one counts
            pass
        begin = last.end() if last else begin
    begin, end = trimmed(text, begin, end)
    named = _NAMED.fullmatch(text, begin, end)
    end = named.end("name") if named else end
    if not 2 < end - begin <= LONGEST or not tells(text[begin:end]):
        return one.start, one.end
    return begin, end


def _contrasted(matter: Matter) -> ArmTable | None:
    """The two to four groups that result sentences of a trial set against each other by name; None for others."""
    own = [s for s in matter.said if not s.sentence.is_title and is_own(matter, s)]
    if not any(_TRIAL.search(s.sentence.words) for s in own):
        return None
    first: dict[str, tuple[Said, int, int]] = {}
    together: dict[str, set[str]] = {}
    for said in own:
        if not said.numbers:
            continue
        here = group_names(matter.reading.text, said.sentence.start, said.sentence.end)
        for one in here:
            first.setdefault(one.name, (said, one.start, one.end))
            together.setdefault(one.name, set()).update(o.name for o in here if o.name != one.name)
    names = _set_apart({name: together[name] for name in first})
    if not names:
        return None
    drafts = [_contrast_draft(name, *first[name]) for name in names]
    calls = {name: i for i, name in enumerate(names)}
    table = ArmTable(drafts, source=first[names[0]][0], rule=RULE)
    return replace(table, calls=calls, nouns=nouns_of(matter, table))


def _set_apart(together: dict[str, set[str]]) -> list[str]:
    """The names that all stand together with each other, where one such circle has two to four of them; else [].

    A circle of names that say what is given counts before one of parts in a trial ("intervention", "control").
    """
    told = telling(together)
    names = [name for name in together if name in told and together[name] & told]
    if len(names) > MOST_TRIED:
        return []
    circles = list(dict.fromkeys(tuple(n for n in names if n == name or n in together[name]) for name in names))
    if sum(len(circle) for circle in circles) != len(names) or not all(2 <= len(c) <= NEAR for c in circles):
        return []
    plain = [c for c in circles if not set(c) & _ROLES] or circles
    return list(plain[0]) if len(plain) == 1 else []


def _contrast_draft(name: str, said: Said, start: int, end: int) -> Draft:
    """The arm of a group that is known by its name alone; a treatment that the name holds is what it is given."""
    given = next((d for d in said.drugs if start <= d.start and d.end <= end), None)
    return Draft([Part(given or Mention(start, end, f"{name} group", is_known=False))], None, start, end)
