"""The arms of a factorial design: for each factor X and "no X", never joined with the arms of another factor.

X may be named itself, with its agents in a bracket or in another sentence ("X meant A 5 mg"), or by its agents alone
("A or B, or no X"): then the arm is A or B, each an alternative of the other.
"""

import re

from trialhouse.extraction.arm_list import Draft, Part, read_arm_list
from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.terms import Mention
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

MOST_FACTORS = 4
_FACTORIAL = Cued(
    "factorial|randomi",
    at_word(
        "factorial",
        "randomi[sz](?:ed|ation) (?:twice|1|2)",
        *(f"{one} randomi[sz]ations?" for one in ("second", "two")),
    )
    + r"\b",
    re.I,
)
_OR_PLACEBO = lazy_compile(
    r"\b(?:or|versus|vs\.?)\s+(?:(?:its|a|matching|corresponding|oral|identical)\s+)*placebo\b", re.I
)
_IS_FACTORIAL = Cued("factorial", r"\bfactorial\b", re.I)


def from_factors(matter: Matter) -> ArmTable | None:
    """The arms of two or more factors, each of X and "no X"; None where the text tells of no such design."""
    if not any(_FACTORIAL.search_words(s.sentence.words) for s in matter.said if is_own(matter, s)):
        return None
    negated = {
        d.norm: (said, d) for said in reversed(matter.said) for d in said.drugs if _is_no(d) and _reads(matter, said)
    }
    if not 2 <= len(negated) <= MOST_FACTORS:
        return None
    table = ArmTable(rule="arms.factors")
    for number, norm in enumerate(sorted(negated, key=lambda n: negated[n][1].start), start=1):
        said, no = negated[norm]
        partner = _partner(matter, said, no)
        if partner is None:
            return None
        table.source = table.source or said
        table.factors |= {len(table.drafts): number, len(table.drafts) + 1: number}
        table.drafts += [partner, Draft([Part(no)], None, no.start, no.end, label=no)]
        home = matter.reading.sentence_at(partner.start)
        table.lines |= {said.sentence.index} | ({home.index} if home else set())
    return table


def _is_no(one: Mention) -> bool:
    """Whether a mention is "no X" of something."""
    return one.norm.startswith("no ") and one.norm != "no treatment"


def _reads(matter: Matter, said: Said) -> bool:
    """Whether arms may be read from a sentence."""
    return is_own(matter, said) and not said.sentence.is_title


def _partner(matter: Matter, said: Said, no: Mention) -> Draft | None:
    """The counterpart of "no X": what stands before it in its sentence, else X itself in the nearest sentence."""
    target = no.norm.removeprefix("no ")
    before = [d for d in said.drugs if d.end <= no.start]
    cut = max((d.end for d in before if _is_no(d)), default=said.sentence.start)
    own = [d for d in before if d.start >= cut]
    label = next((d for d in own if d.norm == target), None)
    if label is None and not own:
        return _elsewhere(matter, target)
    parts = _agents(matter, said, label.end if label else cut, no.start) or _defined(matter, target)
    start, end = (label.start, label.end) if label else (own[0].start, own[-1].end)
    named = label or Mention(start, end, target)
    sizes = [n for n in said.numbers if n.kind is Kind.SIZE and cut <= n.start < no.start]
    return Draft(parts or [Part(named)], sizes[0] if len(sizes) == 1 else None, start, end, label=named)


def _elsewhere(matter: Matter, target: str) -> Draft | None:
    """X where it is named first, with its agents."""
    for said in matter.said:
        label = next((d for d in said.drugs if d.norm == target), None)
        if label and _reads(matter, said):
            return Draft(_defined(matter, target) or [Part(label)], None, label.start, label.end, label=label)
    return None


def _agents(matter: Matter, said: Said, start: int, end: int) -> list[Part]:
    """The agents listed in a stretch, alternatives of each other, with their doses."""
    listed = read_arm_list(matter.reading.text, said, start, end)
    parts = [p for d in listed.drafts for p in d.parts if not _is_no(p.mention)]
    return [Part(p.mention, p.dose, alternative=len(parts) > 1) for p in parts]


def _defined(matter: Matter, target: str) -> list[Part]:
    """The agents that another sentence gives for X: "X (A 5 mg)", "X: A", "X meant A or B", "given X with A"."""
    for said in matter.said:
        for label in said.drugs if _reads(matter, said) else ():
            if label.norm != target:
                continue
            later = [d.start for d in said.drugs if d.start > label.end and _is_class(d)]
            stop = min(later, default=said.sentence.end)
            gap = matter.reading.text[label.end : stop]
            if re.match(r"\s*(?:group\s*)?(?:\([^()]{0,20}\)\s*)?(?:\(|:|meant|means?|was|consisted|with|by)", gap):
                parts = _agents(matter, said, label.end, stop)
                if parts:
                    return parts
    return []


def _is_class(one: Mention) -> bool:
    """Whether a mention names a class or its absence, not an agent."""
    return _is_no(one) or bool(re.search(r"\b(?:blockade|inhibition|inhibitors?|antagonis|therapy|antibod)", one.norm))


def has_unread_factor(matter: Matter, table: ArmTable) -> bool:
    """Whether a factorial trial of whose factors none was read has two of them, each with its placebo.

    Then nobody knows which of the two is meant by "placebo", and two arms of one of them are not those of the trial.
    """
    if table.factors or len(table.drafts) != 2 or not _IS_FACTORIAL.search(matter.reading.text):
        return False
    told = (said for said in matter.said if said.sentence.section is not Section.RESULTS)
    return sum(len(_OR_PLACEBO.findall(said.sentence.words)) for said in told) > 1
