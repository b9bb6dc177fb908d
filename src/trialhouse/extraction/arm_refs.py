"""Find in a sentence every place that speaks of an arm, of several arms pooled, or of all of them."""

import re
from typing import NamedTuple

from trialhouse.extraction.arm_forms import form_places
from trialhouse.extraction.arm_groups import group_places
from trialhouse.extraction.arm_labels import called
from trialhouse.extraction.arm_levels import level_places
from trialhouse.extraction.arm_loading import by_loading
from trialhouse.extraction.arm_names import names_of
from trialhouse.extraction.arm_nouns import noun_places
from trialhouse.extraction.arm_ranks import by_rank
from trialhouse.extraction.arm_schedule_refs import CLOSE, by_schedule_alone, narrowed
from trialhouse.extraction.arm_table import is_control
from trialhouse.extraction.arms import CONTROLS, ArmTable
from trialhouse.extraction.denied import find_denied
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.group_names import called_places
from trialhouse.extraction.lexer import Typed
from trialhouse.extraction.stand_ins import stand_ins
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_GLUE = lazy_compile(r"\s*(?:\+|plus|/|and|with|combined with|in combination with)\s*|[-–]", re.I)
_BESIDE = lazy_compile(r"[\s,(]*(?:at\s+)?(?:a\s+)?(?:dose\s+)?(?:of\s+)?(?:(?:once|twice)\s+)?(?:daily\s+)?\(?", re.I)
_BEFORE = lazy_compile(
    r"[\s)]*(?:(?:once|twice)\s+)?(?:daily\s+)?(?:dose\s+)?(?:of\s+)?(?:(?:oral|subcutaneous|intravenous|inhaled)\s+)?",
    re.I,
)
_TAIL = lazy_compile(
    r"[-\s]*(?:treated|recipients?|groups?|arms?|patients|subjects|participants|therapy|treatment"
    r"|treatment group|users|eyes|alone|monotherapy)\b(?:\s+(?:groups?|arms?|patients|subjects))?",
    re.I,
)
_MANY_WORDS = *"both all each either two three four across".split(), "the (?:two|three|four)", "between(?: the)?"
_GROUPS = Cued("group|arm|treatment|drug|medication|regimen|insulin|dose|therapies",
    at_word(
        *(
            rf"{many}\s+(?:(?:treatment|study|dose|dosing|active|randomi[sz]ed|intervention|of the)\s+){{0,2}}"
            r"(?:groups?|arms?|treatments?|drugs?|medications?|regimens?|insulins?|doses|therapies)\b(?!-)"
            for many in _MANY_WORDS
        ),
        *(r"treatment (?:groups|arms)\b", r"study (?:groups|arms)\b"),
    ), re.I
)  # fmt: skip
_CONTROL = lazy_compile(
    r"\b(?:the\s+)?(?:controls?|comparator|reference)(?:\s+(?:group|arm|patients|subjects|participants|treatment|eyes))?\b(?!\s*(?:of|was|led|over|trial|stud|-))",
    re.I,
)
_CONTROL_GROUP = Cued(
    "control|comparator|reference|comparison",
    r"\b(?:control|comparator|reference|comparison)\s+(?:group|arm|patients|subjects|participants|eyes)\b|\bcontrols\b",
    re.I,
)
_ACTIVE_GROUP = Cued(
    "group|arm|treated",
    r"\b(?:active(?:[- ]treatment)?|intervention|experimental|treatment|treated|study drug|study"
    r"|drug)\s+(?:group|arm)\b|\btreated (?:patients|group|subjects|eyes)\b",
    re.I,
)
_NOT_TREATED = Cued("not|treat",
    r"\b(?:those|patients|participants|subjects) (?:who|that) (?:did|were|had) not\b(?: (?:receive|treated"
    r"|received|have it|so treated|given))?|\buntreated\b(?:\s+(?:group|patients|controls))?"
    r"|\bnon-?treated\b(?:\s+(?:group|patients))?|\bno[\s-]treatment (?:group|arm)\b", re.I
)  # fmt: skip
_FIXED = Cued("fixed", r"(?<![Uu]n)\bfixed[- ](?:dose[- ])?combination\b(?! of)", re.I)
_COMBINED = Cued(
    "combin",
    r"\b(?:the combination|combin(?:ation|ed)[- ](?:group|arm|therapy|treatment|intervention)s?)\b(?! of| with)"
    r"(?:\s+(?:group|arm))?",
    re.I,
)
_BOTH = Cued("both", r"\bboth\b(?=\s*(?:[(),.;:\]]|(?:vs|versus|than|and|or|compared|was|were)\b))", re.I)
_UNFIXED = Cued(
    "combination|component|concomitant",
    r"\b(?:unfixed|free|separate|individual)[- ](?:combinations?|components)\b(?! of)"
    r"|\bconcomitant (?:use|therapy|administration|treatment)\b(?! of)",
    re.I,
)
_TURN = Cued(
    "former|latter",
    r"\bthe (?P<turn>former|latter)\b(?:\s+(?:groups?|arms?|treatment|drug|regimen|patients))?"
    r"(?!\s+(?:two|three|was|is|are|were)\b)",
    re.I,
)
_MANY = {"both": 2, "two": 2, "three": 3, "four": 4}


class Ref(NamedTuple):
    """A place that speaks of arms: one index is an arm, several are arms pooled or named together."""

    start: int
    end: int
    arms: tuple[int, ...]
    denies: bool = False
    """Whether the arm is told by a denial of the one named before ("those who were not")."""

    @property
    def single(self) -> bool:
        """Whether exactly one arm is meant."""
        return len(self.arms) == 1


def find_refs(matter: Matter, said: Said, table: ArmTable) -> list[Ref]:
    """All places of a sentence that speak of arms, in order, without overlap."""
    if not table.settled:
        return []
    known = table.found.get(said.sentence.index)
    if known is None:
        known = table.found[said.sentence.index] = _find(matter, said, table)
    return list(known)


def _find(matter: Matter, said: Said, table: ArmTable) -> list[Ref]:
    """The places of one sentence, looked for."""
    begin, end = said.sentence.start, said.sentence.end
    refs = [Ref(a, b, (i,)) for a, b, i in level_places(matter.reading.text, begin, end, table.drafts, said.drugs)]
    refs += _named(matter, said, table)
    refs += _by_dose(matter, said, table, refs)
    refs += _by_schedule(matter, said, table, refs)
    refs += [Ref(a, b, (arm,)) for a, b, arm in by_rank(matter.reading.text, said, table)]
    refs += _by_role(matter, said, table, refs)
    refs += _by_group(matter, said, table)
    refs += _by_call(matter, said, table, refs)
    refs += _by_word(matter, said, table, refs)
    refs += _by_stand_in(matter, said, table, refs)
    refs += _by_denial(matter, said, table, refs)
    refs += _by_order(matter, said, table, refs)
    refs.sort(key=lambda r: (r.start, -r.end, not r.denies))
    out: list[Ref] = []
    for ref in refs:
        if not out or ref.start >= out[-1].end:
            out.append(_with_tail(matter.reading.text, said, ref))
    return out


def _with_tail(text: str, said: Said, ref: Ref) -> Ref:
    """A place with the word for group, arm or patients behind it taken in."""
    tail = _TAIL.match(text, ref.end, said.sentence.end)
    return Ref(ref.start, tail.end(), ref.arms) if tail and ref.single and not ref.denies else ref


def _named(matter: Matter, said: Said, table: ArmTable) -> list[Ref]:
    """Places that name an arm's interventions, with the dose where arms share them."""
    if not said.drugs:
        return []
    names = names_of(table)
    effects = {d.of[0].norm for d in said.drugs if d.is_denied and d.of} - {n[3:] for n in table_norms(table)}
    common = {p.mention.norm for p in table.background} | {
        p.mention.norm for d in table.drafts for p in d.parts if p.background
    }
    text = matter.reading.text
    out = []
    for group in _clusters(text, said.drugs):
        norms = frozenset(one.norm for mention in group for one in mention.given)
        own = norms - common or norms
        if own <= effects:
            continue  # "A versus no A": those given A in any arm, where no arm is "no A"
        fitting = [i for i, name in enumerate(names) if name == own]
        if not fitting and any("/" in norm for norm in own):
            own = frozenset(one for norm in own for one in norm.split("/"))
            own = own - common or own
            fitting = [i for i, name in enumerate(names) if name == own]
        if not fitting and len(own) == 1:
            fitting = [i for i, name in enumerate(names) if own < name]
        if not fitting and len(own) > 1:
            singles = [i for i, name in enumerate(names) if name < own]
            fitting = (
                singles
                if len(singles) == 1 and not any(n in table_norms(table) - names[singles[0]] for n in own)
                else []
            )
        if not fitting:
            continue
        start, end = group[0].start, group[-1].end
        dose = _dose_of(text, said, start, end)
        having = [i for i, name in enumerate(names) if own <= name]
        if dose and len(having) > 1:
            exact = [i for i in having if any(p.dose and p.dose.value == dose.value for p in table.drafts[i].parts)]
            if exact:
                fitting, start, end = exact, min(start, dose.start), max(end, dose.end)
        elif dose and len(fitting) == 1 and any(p.dose == dose for p in table.drafts[fitting[0]].parts):
            end = max(end, dose.end)
        fitting, end = by_loading(text, end, table.drafts, fitting) if dose else (fitting, end)
        stop = min((d.start for d in said.drugs if d.start >= end), default=said.sentence.end)
        fitting, end = narrowed(text, table.drafts, fitting, end, stop=stop)
        out.append(Ref(start, end, tuple(fitting)))
    return out


def table_norms(table: ArmTable) -> set[str]:
    """Every intervention of every arm."""
    return {norm for d in table.drafts for norm in d.norms()}


def _clusters(text: str, drugs: tuple[Mention, ...]) -> list[list[Mention]]:
    """Names joined by a plus sign, "plus" or a slash, as one: "Ld-IL2 + MTX"."""
    groups: list[list[Mention]] = []
    for one in drugs:
        gap = text[groups[-1][-1].end : one.start] if groups else ""
        glue = _GLUE.fullmatch(gap) if groups else None
        if glue and gap.strip().lower() not in ("and", "with") and not one.norm.startswith("no "):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _dose_of(text: str, said: Said, start: int, end: int) -> Typed | None:
    """The dose beside a name: after it ("X 15 mg", "X, 15 mg"), else before it ("15 mg of X")."""
    for dose in said.doses:
        if end <= dose.start and _BESIDE.fullmatch(text[end : dose.start]):
            return dose
    for dose in said.doses:
        if dose.end <= start and _BEFORE.fullmatch(text[dose.end : start]):
            return dose
    return None


def _by_dose(matter: Matter, said: Said, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """Places that name an arm by its dose alone: "the 15 mg group"."""
    if not said.doses:
        return []
    by_value: dict[float, list[int]] = {}
    for i, draft in enumerate(table.drafts):
        shared = sum(draft.norms() == other.norms() for other in table.drafts) > 1
        for part in draft.parts:
            if part.dose and shared:
                by_value.setdefault(part.dose.value, []).append(i)
    out = []
    for dose in said.doses:
        fitting, end = by_loading(matter.reading.text, dose.end, table.drafts, by_value.get(dose.value, []))
        fitting, end = narrowed(matter.reading.text, table.drafts, fitting, end, stop=said.sentence.end, far=CLOSE)
        if len(fitting) == 1 and not any(r.start <= dose.start < r.end for r in taken):
            out.append(Ref(dose.start, end, tuple(fitting)))
    return out


def _by_schedule(matter: Matter, said: Said, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """Places that name an arm by how often it is given: "the Q8W group"."""
    found = by_schedule_alone(matter.reading.text, said.sentence.start, said.sentence.end, table.drafts)
    return [Ref(a, b, (i,)) for a, b, i in found if not any(r.start < b and a < r.end for r in taken)]


def _by_role(matter: Matter, said: Said, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """Places that name arms by what they are: controls, the treated, those not treated, both groups."""
    text, begin, end = matter.reading.text, said.sentence.start, said.sentence.end
    if table.roles is None:
        lowered = text.lower()
        table.roles = [role for role in _find_roles(table, text) if role[0].is_cued(lowered)]
    out = []
    for pattern, arms in table.roles:
        found = [
            Ref(m.start(), m.end(), meant)
            for m in pattern.finditer(text, begin, end)
            if (meant := _so_many(table, m, arms) if pattern is _GROUPS else arms)
        ]
        if pattern is _FIXED:
            found = [f for f in found if not any(r.start - 8 <= f.end and f.start <= r.end + 8 for r in taken)]
        out += found
    out += _bare_no(text, begin, end, table, taken)
    return [r for r in out if not any(t.start < r.end and r.start < t.end for t in taken)]


def _so_many(table: ArmTable, match: re.Match[str], arms: tuple[int, ...]) -> tuple[int, ...]:
    """The arms that "both groups" or "the three doses" can mean: all, or all but the controls; () where neither."""
    many = next((n for word, n in _MANY.items() if re.search(rf"\b{word}\b", match.group(), re.I)), len(arms))
    active = tuple(i for i in arms if i not in controls_of(table))
    return next((these for these in (arms, active) if len(these) == many), ())


def _find_roles(table: ArmTable, text: str) -> list[tuple[Cued, tuple[int, ...]]]:
    """What words mean which arms by what they are; words that could mean two arms mean none."""
    controls = [i for i, d in enumerate(table.drafts) if is_control(d)]
    others = [i for i in range(len(table.drafts)) if i not in controls]
    untreated = [i for i in controls if any(p.mention.norm.startswith("no ") for p in table.drafts[i].parts)]
    fixed = [i for i, name in enumerate(names_of(table)) if any("/" in norm for norm in name)]
    free = [i for i, name in enumerate(names_of(table)) if len(name) > 1 and not any("/" in norm for norm in name)]
    roles: list[tuple[Cued, tuple[int, ...]]] = [(_GROUPS, tuple(range(len(table.drafts))))]
    if len(controls) == 1:
        roles.append((_CONTROL_GROUP, (controls[0],)))
        if len(others) == 1:
            roles.append((_ACTIVE_GROUP, (others[0],)))
    if len(untreated) == 1:
        roles.append((_NOT_TREATED, (untreated[0],)))
    if len(fixed) == len(free) == 1:
        roles.append((_UNFIXED, (free[0],)))
    both = [i for i, name in enumerate(names_of(table)) if len(name - {*CONTROLS}) > 1 and i not in fixed]
    if len(both) == 1 and not fixed and any(name < names_of(table)[both[0]] for name in names_of(table)):
        roles.append((_COMBINED, (both[0],)))
        told = table.drafts[both[0]]
        roles += [(_BOTH, (both[0],))] if text[told.start : told.end] == "both" else []
    if len(fixed) == 1:
        roles.append((_FIXED, (fixed[0],)))
    return roles


def _by_group(matter: Matter, said: Said, table: ArmTable) -> list[Ref]:
    """Places that name an arm by the letter or number of its group: "group A"."""
    if not table.groups:
        return []
    places = group_places(matter.reading.text, said.sentence.start, said.sentence.end, table.groups)
    return [Ref(start, end, (arm,)) for start, end, arm in places]


def _by_call(matter: Matter, said: Said, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """Places that name an arm by what its group is called, or by its treatment's own words: "after sutures"."""
    text, begin, end = matter.reading.text, said.sentence.start, said.sentence.end
    found = [Ref(a, b, (arm,)) for a, b, arm in called_places(text, begin, end, table.calls)] if table.calls else []
    taken = [*taken, *found]
    nouns = noun_places(text, begin, end, table.nouns) if table.nouns else []
    nouns += form_places(text, begin, end, table.forms) if table.forms else []
    free = [p for p in nouns if not any(r.start < p[1] and p[0] < r.end for r in taken)]
    return found + [Ref(start, stop, (arm,)) for start, stop, arm in free]


def _by_word(matter: Matter, said: Said, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """Places that name an arm by a word that only it has in the list of arms: "the basal-bolus group"."""
    if not table.words:
        return []
    places = called(matter.reading.text, said.sentence.start, said.sentence.end, table.words)
    found = [Ref(start, end, (arm,)) for start, end, arm in places]
    return [r for r in found if not any(t.start < r.end and r.start < t.end for t in taken)]


def _by_stand_in(matter: Matter, said: Said, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """Places that name the only arm that is no control by what it gets: "those on the drug"."""
    active = [i for i in range(len(table.drafts)) if i not in controls_of(table)]
    if len(active) != 1 or table.factors:
        return []
    found = stand_ins(matter.reading.text, said.sentence.start, said.sentence.end)
    return [Ref(a, b, (active[0],)) for a, b in found if not any(r.start < b and a < r.end for r in taken)]


def _by_order(matter: Matter, said: Said, table: ArmTable, refs: list[Ref]) -> list[Ref]:
    """Places that name one of the two arms told before by its turn: "the former", "the latter"."""
    text, begin, end = matter.reading.text, said.sentence.start, said.sentence.end
    out = []
    for match in _TURN.finditer(text, begin, end) if _TURN.may_match(said.sentence.words) else ():
        told = _last_pair([r for r in refs if r.end <= match.start()])
        at = said.sentence.index - 1
        if told is None and at >= 0 and matter.said[at].sentence.paragraph == said.sentence.paragraph:
            before = matter.said[at]
            plain = not _TURN.search(text, before.sentence.start, before.sentence.end)
            told = _last_pair(find_refs(matter, before, table)) if plain else None
        if told is not None:
            out.append(Ref(*match.span(), (told[match["turn"].lower() in ("latter", "second")],)))
    return out


def _last_pair(refs: list[Ref]) -> tuple[int, int] | None:
    """The two arms that some places name, in order; None where they name more or fewer."""
    arms = list(dict.fromkeys(r.arms[0] for r in sorted(refs, key=lambda r: r.start) if r.single))
    return (arms[0], arms[1]) if len(arms) == 2 else None


def _by_denial(matter: Matter, said: Said, table: ArmTable, refs: list[Ref]) -> list[Ref]:
    """Places that name an arm as what the one before is not: "if they were not", "those who did not"."""
    named = sorted((r.start, r.end, r.arms[0]) for r in refs if r.single)
    span = (said.sentence.start, said.sentence.end)
    found = find_denied(matter.reading.text, span, named, table.factors, len(table.drafts))
    return [Ref(one.start, one.end, (one.arm,), denies=True) for one in found]


def _bare_no(text: str, begin: int, end: int, table: ArmTable, taken: list[Ref]) -> list[Ref]:
    """ "no blockade" after "IL-6 blockade": the arm that does without what was named last."""
    out = []
    for i, draft in enumerate(table.drafts):
        label = draft.parts[0].mention.norm
        if not label.startswith("no ") or " " not in label[3:]:
            continue
        head = label.rsplit(" ", 1)[-1]
        if f"no {head}".lower() not in text[begin:end].lower():
            continue
        for match in re.finditer(rf"\bno {re.escape(head)}\b", text[begin:end], re.I):
            at = begin + match.start()
            before = [r for r in taken if r.end <= at and r.single]
            if before and table.factors.get(before[-1].arms[0]) == table.factors.get(i) and before[-1].arms[0] != i:
                out.append(Ref(at, begin + match.end(), (i,)))
    return out


def controls_of(table: ArmTable) -> list[int]:
    """The arms of a table that are controls, once it is settled."""
    if table.controls is None:
        table.controls = [i for i, draft in enumerate(table.drafts) if is_control(draft)]
    return table.controls
