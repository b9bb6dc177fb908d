"""Settle the arms of a document before any outcome is read.

The sentence that assigns participants decides; without one, the title and then comparisons in the text. Later
sentences add doses, members of a class and background therapy. With fewer than two arms that can be told apart the
document has none, and nothing is bound to arms.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from trialhouse.extraction.arm_list import ArmList, Draft, Part, read_arm_list
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Typed
from trialhouse.extraction.refusals import is_elsewhere, reason_to_refuse
from trialhouse.extraction.terms import Mention

_TO_RECEIVE = re.compile(
    r"\b(?:randomi[sz]ed|randomly|randomi[sz]ation|randomi[sz]ing|assigned|allocated"
    r"|assigning)\b[^;]{0,400}?\b(?:to receive|to either|to treatment with|received either|receive either)\b"
    r"(?: either)?|\b(?:patients|participants|subjects|group|they|who|volunteers|adults) (?:\w+ )?(?:received"
    r"|were given|were treated with) either\b", re.I
)  # fmt: skip
_ASSIGN = re.compile(
    r"\b(?:randomi[sz]ed|randomly|randomi[sz]ation|randomi[sz]ing|assigned|allocated|assigning)\b[^.;]{0,90}?"
    r"\b(?:treatment with|received?|either|between|to|into)\b", re.I
)  # fmt: skip
_RECEIVE = re.compile(
    r"\b(?:received|to receive|receiving|treated with|were given|were administered|given either|added to"
    r"|treatment with|continued)\b",
    re.I,
)
_COMPARE = re.compile(
    r"\b(?:compar(?:e|ed|ing|ison)|versus|vs\.?|efficacy|effects?|safety|or placebo|with placebo|than placebo"
    r"|difference)(?=\W)",
    re.I,
)
_SET_AGAINST = re.compile(r"\bcompar(?:ison|ing|e|ed)\b", re.I)
_TREATED = re.compile(
    r"\b(?:treated with|received|receiving|given)\s+(?P<what>[^.;]{2,80}?)\s+(?:were|was)\s+compared\s+(?:to|with)\s+"
    r"(?P<other>those (?:who|that) (?:were|did|had) not|untreated (?:patients|controls)|patients (?:who"
    r"|that) (?:were|did) not)", re.I
)  # fmt: skip
_BACKGROUND = re.compile(
    r"\b(?:all|both) (?:patients|participants|subjects|groups|arms)\b[^.;]{0,60}?\b(?:received?|receiving"
    r"|continued|took|were given|given|treated)\b"
    r"|\b(?:patients|participants|subjects) (?:continued|also received)\b|\bstable (?:dose|doses|background"
    r"|concomitant)\b|\bbackground\b"
    r"|\bin addition to\b|\badded to\b|\bon top of\b|\bas add-on\b|\bwho were receiving\b|\bboth plus\b|, plus\b", re.I
)  # fmt: skip
CONTROLS = ("placebo", "sham", "vehicle", "no treatment", "usual care", "saline")
MOST_ARMS = 9
"""More arms than this in one list are a list of something else."""


@dataclass(slots=True)
class ArmTable:
    """The arms of a document, what is given to all of them, and the sentence that settled them."""

    drafts: list[Draft] = field(default_factory=list)
    background: list[Part] = field(default_factory=list)
    source: Said | None = None
    rule: str = ""
    factors: dict[int, int] = field(default_factory=dict)
    found: dict[int, Any] = field(default_factory=dict)
    """The references to arms by sentence, found once (arm_refs.find_refs)."""

    @property
    def settled(self) -> bool:
        """Whether there are at least two arms."""
        return len(self.drafts) >= 2


def settle_arms(matter: Matter) -> ArmTable:
    """The arms of a document. An empty table when no list of at least two arms can be found."""
    table = _from_treated(matter) or _from_assignment(matter) or _from_comparison(matter) or ArmTable()
    if table.settled:
        _fill_classes(matter, table)
        _fill_doses(matter, table)
        _find_background(matter, table)
        _number_factors(table)
    return table


def _own(matter: Matter, said: Said) -> bool:
    """Whether a sentence speaks of this trial, and not of others, plans or hypotheses."""
    words = matter.reading.words(said.sentence)
    return not is_elsewhere(words) and reason_to_refuse(words) not in ("power_calculation", "previous_study")


def _from_treated(matter: Matter) -> ArmTable | None:
    """Treated and untreated groups of an observational study."""
    for said in matter.said:
        match = _TREATED.search(matter.reading.text, said.sentence.start, said.sentence.end)
        if match and _own(matter, said):
            drugs = [d for d in said.drugs if match.start("what") <= d.start and d.end <= match.end("what")]
            outside = [d for d in drugs if "(" not in matter.reading.text[match.start("what") : d.start]]
            if len(outside) == 1:
                drugs = outside
                one = Draft([Part(drugs[0])], None, drugs[0].start, drugs[0].end)
                no = Mention(match.start("other"), match.end("other"), f"no {drugs[0].norm}")
                other = Draft([Part(no)], None, no.start, no.end)
                return ArmTable([one, other], source=said, rule="arms.treated_untreated")
    return None


def _from_assignment(matter: Matter) -> ArmTable | None:
    """The arms of the sentences that assign participants, the list with the most arms that has at least two."""
    best: ArmTable | None = None
    top = (0, 0, 0, 0)
    in_title = {d.norm for said in matter.said if said.sentence.is_title for d in said.drugs}
    for said in matter.said:
        if said.sentence.is_title or not _own(matter, said):
            continue
        text = matter.reading.text
        begin, finish = said.sentence.start, said.sentence.end
        match = _TO_RECEIVE.search(text, begin, finish) or _ASSIGN.search(text, begin, finish)
        if not match:
            continue
        listed = _listed(matter, said, match.end(), said.sentence.end)
        direct = 2 <= len(listed.drafts) <= MOST_ARMS
        if not direct:
            listed = _next_listed(matter, said)
        if 2 <= len(listed.drafts) <= MOST_ARMS:
            score = (*_score(listed, in_title), int(direct), len(listed.drafts))
            if best is None or score > top:
                best, top = _table(listed, said, "arms.assignment"), score
    return best


def _score(listed: ArmList, in_title: set[str]) -> tuple[int, int]:
    """How well a list fits: names of the title in it, and whether it has a control."""
    norms = {norm for d in listed.drafts for norm in d.norms()}
    control = any(d.norms() & set(CONTROLS) or any(n.startswith("no ") for n in d.norms()) for d in listed.drafts)
    return len(norms & in_title), int(control)


def _table(listed: ArmList, said: Said, rule: str) -> ArmTable:
    """A table made of one list."""
    return ArmTable(listed.drafts, [Part(one, background=True) for one in listed.shared], said, rule)


def _listed(matter: Matter, said: Said, start: int, end: int) -> ArmList:
    """The arms listed in a stretch; where only "and" parts two treatments it opens the next arm."""
    text = matter.reading.text
    listed = read_arm_list(text, said, start, end)
    return listed if len(listed.drafts) >= 2 else read_arm_list(text, said, start, end, and_parts=True)


def _next_listed(matter: Matter, said: Said) -> ArmList:
    """Arms told in the next sentences: "The first group received X. The second group received placebo."."""
    unique: dict[tuple[tuple[str, float | None], ...], Draft] = {}
    shared: list[Mention] = []
    for other in matter.said[said.sentence.index + 1 : said.sentence.index + 4]:
        match = _RECEIVE.search(matter.reading.text, other.sentence.start, other.sentence.end)
        shares = _BACKGROUND.search(matter.reading.text, other.sentence.start, other.sentence.end)
        if match and not shares and match.start() - other.sentence.start < 60:
            listed = _listed(matter, other, match.end(), other.sentence.end)
            shared += listed.shared
            for draft in listed.drafts:
                unique.setdefault(draft.identity(), draft)
    return ArmList(list(unique.values()), shared)


def _from_comparison(matter: Matter) -> ArmTable | None:
    """The arms of the title or of a sentence that compares treatments."""
    for said in sorted(matter.said, key=lambda s: (not s.sentence.is_title, s.sentence.index)):
        words = matter.reading.words(said.sentence)
        if len(said.drugs) < 2 or not _COMPARE.search(words) or not _own(matter, said):
            continue
        listed = _listed(matter, said, said.sentence.start, said.sentence.end)
        if len(listed.drafts) < 2 and _SET_AGAINST.search(words):
            begin, end = said.sentence.start, said.sentence.end
            listed = read_arm_list(matter.reading.text, said, begin, end, with_parts=True)
        if 2 <= len(listed.drafts) <= 4:
            table = _table(listed, said, "arms.comparison")
            _expand_by_dose(matter, table)
            return table
    return None


def _dose_beside(text: str, drug: Mention, dose: Typed) -> bool:
    """Whether a dose stands beside a drug's name, before or after it."""
    after = text[drug.end : dose.start] if drug.end <= dose.start else None
    before = text[dose.end : drug.start] if dose.end <= drug.start else None
    if after is not None:
        return bool(
            re.fullmatch(
                r"[\s,(]*(?:\w+[\s-]+daily\s*)?(?:at |a |dose |doses |of |once |twice |daily |weekly |monthly |[\s(])*",
                after,
            )
        )
    return before is not None and bool(
        re.fullmatch(
            r"\s*(?:daily\s+)?(?:dose[s]?\s+)?(?:of\s+)?(?:\w+ly\s+|oral\s+|subcutaneous\s+|intravenous\s+|inhaled\s+)?",
            before,
        )
    )


def _expand_by_dose(matter: Matter, table: ArmTable) -> None:
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
            regimen = re.search(
                r"\bregimens?\b|\bdoses? (?:groups?|levels?|were)\b", matter.reading.words(said.sentence), re.I
            )
            for dose in said.doses if names and _own(matter, said) else ():
                if regimen or (
                    not given and not said.sentence.is_title and any(_dose_beside(text, name, dose) for name in names)
                ):
                    doses.setdefault(dose.value, dose)
        if len({d.unit for d in doses.values()}) == 1 and 2 <= len(doses) <= 5:
            at = table.drafts.index(draft)
            table.drafts[at : at + 1] = [
                Draft([Part(draft.parts[0].mention, dose)], None, dose.start, dose.end) for dose in doses.values()
            ]


def _fill_doses(matter: Matter, table: ArmTable) -> None:
    """Give a drug without a dose the only one that the text sets beside its name outside results."""
    for draft in table.drafts:
        for part in draft.parts:
            if part.dose is not None or part.mention.norm in CONTROLS:
                continue
            if sum(part.mention.norm in other.norms() for other in table.drafts) > 1:
                continue
            found: dict[tuple[float, str | None], Typed] = {}
            for said in matter.said:
                for drug in said.drugs if _own(matter, said) else ():
                    for dose in said.doses if drug.norm == part.mention.norm else ():
                        if _dose_beside(matter.reading.text, drug, dose):
                            found.setdefault((dose.value, dose.unit), dose)
            if len(found) == 1:
                part.dose = next(iter(found.values()))


def _fill_classes(matter: Matter, table: ArmTable) -> None:
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
    text, words = matter.reading.text, matter.reading.words(said.sentence)
    if not _own(matter, said):
        return []
    others = [d for d in said.drugs if d.norm not in in_arms]
    no = [d for d in said.drugs if d.norm == norm]
    if no and others and _RECEIVE.search(words) and all(d.norm == norm for d in said.drugs if d.norm in in_arms):
        listed = read_arm_list(text, said, no[-1].end, said.sentence.end)
        return [p for d in listed.drafts for p in d.parts if p.mention.norm not in in_arms]
    for name in (d for d in said.drugs if d.norm in target.norms()):
        if re.match(r"\s*\(", text[name.end : name.end + 8]):
            close = text.find(")", name.end)
            inside = [d for d in others if name.end < d.start < (close if close > 0 else said.sentence.end)]
            if inside:
                return [Part(d) for d in inside]
    return []


def _find_background(matter: Matter, table: ArmTable) -> None:
    """What all participants got beside their arm's treatment."""
    arm_norms = {norm for d in table.drafts for norm in d.norms()}
    shared = frozenset.intersection(*(d.norms() for d in table.drafts))
    for draft in table.drafts:
        for part in draft.parts:
            part.background = part.mention.norm in shared and len(draft.parts) > 1
    for said in matter.said:
        match = _BACKGROUND.search(matter.reading.text, said.sentence.start, said.sentence.end)
        if not match or not _own(matter, said):
            continue
        for drug in said.drugs:
            known = arm_norms | {p.mention.norm for p in table.background}
            near = match.start() <= drug.start < match.end() + 60 and drug.norm not in known
            if near and drug.is_known and not drug.norm.startswith("no ") and not said.sentence.is_title:
                table.background.append(Part(drug, background=True))


def _number_factors(table: ArmTable) -> None:
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
