"""Complete settled arms from other sentences: doses, agents of a class, background therapy, numbers of factors."""

import re

from trialhouse.extraction.arm_list import Draft, Part, read_arm_list
from trialhouse.extraction.arm_table import CONTROLS, RECEIVE, ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Typed
from trialhouse.extraction.people import PEOPLE, PLURAL
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.word_starts import at_word

_ARE_GIVEN = r"[^.;]{0,60}?\b(?:received?|receiving|continued|took|were given|given|treated)\b"
BACKGROUND = Cued("all |both |continued|also received|stable|background|addition|added|on top|add-on|receiving|plus",
    at_word(
        rf"all (?:{PEOPLE}|groups|arms)\b{_ARE_GIVEN}",
        rf"both (?:{PEOPLE}|groups|arms)\b{_ARE_GIVEN}",
        r"stable (?:dose|doses|background|concomitant)\b",
        *(r"background\b", r"in addition to\b", r"added to\b", r"on top of\b", r"as add-on\b"),
        *(r"who were receiving\b", r"both plus\b"),
        *(rf"{people} (?:continued|also received)\b" for people in PLURAL),
        within=(r", plus\b",),
    ), re.I
)  # fmt: skip
_REGIMEN = Cued("regimen|dose", r"\bregimens?\b|\bdoses? (?:groups?|levels?|were)\b", re.I)


def _dose_beside(text: str, drug: Mention, dose: Typed) -> bool:
    """Whether a dose stands beside a drug's name, before or after it."""
    after = text[drug.end : dose.start] if drug.end <= dose.start else None
    before = text[dose.end : drug.start] if dose.end <= drug.start else None
    if after is not None:
        return bool(
            re.fullmatch(
                r"[\s,(]*(?:(?:was|were) (?:given|injected|administered|infused|taken)\s*(?:\w+ly|by mouth)?[\s,]*)?"
                r"(?:\w+[\s-]+daily\s*)?(?:at |a |dose |doses |of |once |twice |daily |weekly |monthly |[\s(])*",
                after,
            )
        )
    return before is not None and bool(
        re.fullmatch(
            r"\s*(?:daily\s+)?(?:dose[s]?\s+)?(?:of\s+)?(?:\w+ly\s+|oral\s+|subcutaneous\s+|intravenous\s+|inhaled\s+)?",
            before,
        )
    )


def expand_by_dose(matter: Matter, table: ArmTable) -> None:
    """Turn one arm of a drug into one for each dose that the text gives it as a regimen."""
    text = matter.reading.text
    for draft in list(table.drafts):
        if len(draft.parts) != 1 or draft.parts[0].mention.norm in CONTROLS:
            continue
        given = draft.parts[0].dose
        norm = draft.parts[0].mention.norm
        doses: dict[float, Typed] = {given.value: given} if given else {}
        for said in matter.said:
            names = [d for d in said.drugs if d.norm == norm]
            regimen = _REGIMEN.search(text, said.sentence.start, said.sentence.end)
            for dose in said.doses if names and is_own(matter, said) else ():
                if regimen or (
                    not given and not said.sentence.is_title and any(_dose_beside(text, name, dose) for name in names)
                ):
                    doses.setdefault(dose.value, dose)
        if len({d.unit for d in doses.values()}) == 1 and 2 <= len(doses) <= 5:
            at = table.drafts.index(draft)
            table.drafts[at : at + 1] = [
                Draft([Part(draft.parts[0].mention, dose)], None, dose.start, dose.end) for dose in doses.values()
            ]


def fill_doses(matter: Matter, table: ArmTable) -> None:
    """Give a drug without a dose the only one that the text sets beside its name outside results."""
    for draft in table.drafts:
        for part in draft.parts:
            if part.dose is not None or part.mention.norm in CONTROLS or part.mention.is_denied:
                continue
            if sum(part.mention.norm in other.norms() for other in table.drafts) > 1:
                continue
            found: dict[tuple[float, str | None], Typed] = {}
            for said in matter.said:
                for drug in said.drugs if is_own(matter, said) else ():
                    for dose in said.doses if drug.norm == part.mention.norm else ():
                        if _dose_beside(matter.reading.text, drug, dose):
                            found.setdefault((dose.value, dose.unit), dose)
            if len(found) == 1:
                part.dose = next(iter(found.values()))


def fill_classes(matter: Matter, table: ArmTable) -> None:
    """Put the agents of a class in its arm: "IL-1 blockade" given as anakinra, "anti-X therapy (A in 40, B in 20)"."""
    index = {d.parts[0].mention.norm: d for d in table.drafts if len(d.parts) == 1}
    in_arms = {norm for d in table.drafts for norm in d.norms()}
    for norm in sorted(index):
        target = index.get(norm.removeprefix("no "))
        if not norm.startswith("no ") or target is None:
            continue
        for said in matter.said:
            agents = _agents(matter, said, norm, target, in_arms)
            if agents:
                label = target.parts[0]
                target.parts = [Part(p.mention, p.dose, alternative=len(agents) > 1) for p in agents]
                target.start, target.end = label.mention.start, label.mention.end
                break


def _agents(matter: Matter, said: Said, norm: str, target: Draft, in_arms: set[str]) -> list[Part]:
    """The agents that one sentence gives for a class: the alternative to "no class", or a bracket behind its name."""
    text, words = matter.reading.text, said.sentence.words
    if not is_own(matter, said):
        return []
    others = [d for d in said.drugs if d.norm not in in_arms]
    no = [d for d in said.drugs if d.norm == norm]
    if no and others and RECEIVE.search(words) and all(d.norm == norm for d in said.drugs if d.norm in in_arms):
        listed = read_arm_list(text, said, no[-1].end, said.sentence.end)
        return [p for d in listed.drafts for p in d.parts if p.mention.norm not in in_arms]
    for name in (d for d in said.drugs if d.norm in target.norms()):
        if re.match(r"\s*\(", text[name.end : name.end + 8]):
            close = text.find(")", name.end)
            inside = [d for d in others if name.end < d.start < (close if close > 0 else said.sentence.end)]
            if inside:
                return [Part(d) for d in inside]
    return []


def find_background(matter: Matter, table: ArmTable) -> None:
    """What all participants got beside their arm's treatment."""
    arm_norms = {norm for d in table.drafts for norm in d.norms()}
    shared = frozenset.intersection(*(d.norms() for d in table.drafts))
    for draft in table.drafts:
        for part in draft.parts:
            part.background = part.mention.norm in shared and len(draft.parts) > 1
    for said in matter.said:
        others = [d for d in said.drugs if d.norm not in arm_norms and d.is_known and not d.norm.startswith("no ")]
        if not others or said.sentence.is_title:
            continue
        match = BACKGROUND.search(matter.reading.text, said.sentence.start, said.sentence.end)
        if not match or not is_own(matter, said):
            continue
        for drug in others:
            near = match.start() <= drug.start < match.end() + 60
            if near and all(drug.norm != p.mention.norm for p in table.background):
                table.background.append(Part(drug, background=True))


def number_factors(table: ArmTable) -> None:
    """Number the factors of a factorial design: pairs of X and "no X", when there are at least two."""
    norms = [d.parts[0].mention for d in table.drafts]
    labels = [matched.norm for matched in norms]
    pairs = 0
    factors: dict[int, int] = {}
    for i, label in enumerate(labels):
        if label.startswith("no ") and i and i - 1 not in factors:
            pairs += 1
            factors[i - 1], factors[i] = pairs, pairs
    if pairs >= 2 and len(factors) == len(table.drafts):
        table.factors = factors
