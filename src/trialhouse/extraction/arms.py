"""Settle the arms of a document before any outcome is read.

The sentence that assigns participants decides; without one, the title and then comparisons in the text. Later
sentences add doses, members of a class and background therapy. With fewer than two arms that can be told apart the
document has none, and nothing is bound to arms.
"""

import re

from trialhouse.extraction.arm_brackets import name_by_brackets
from trialhouse.extraction.arm_calls import with_calls
from trialhouse.extraction.arm_controls import with_control
from trialhouse.extraction.arm_fill import (
    BACKGROUND,
    expand_by_dose,
    fill_classes,
    fill_doses,
    find_background,
    number_factors,
)
from trialhouse.extraction.arm_groups import label_groups
from trialhouse.extraction.arm_headings import SIZED, behind_heading
from trialhouse.extraction.arm_labels import own_words
from trialhouse.extraction.arm_levels import with_levels
from trialhouse.extraction.arm_lines import from_lines
from trialhouse.extraction.arm_list import ArmList, Draft, Part, read_arm_list
from trialhouse.extraction.arm_listings import in_sequences, is_of_two_factors, is_whole, with_both, with_unread
from trialhouse.extraction.arm_results import holds_arms_of, told_by_results
from trialhouse.extraction.arm_schedules import split_by_schedule, with_schedules
from trialhouse.extraction.arm_strengths import fill_strengths
from trialhouse.extraction.arm_table import CONTROLS, RECEIVE, ArmTable, is_own
from trialhouse.extraction.arm_titles import titled_arms
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.factors import from_factors
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.terms import Mention
from trialhouse.extraction.treated import from_treated
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

__all__ = ["CONTROLS", "ArmTable", "settle_arms"]

_TO_RECEIVE = Cued("either|to receive|to treatment with",
    r"\b(?:randomi[sz]ed|randomly|randomi[sz]ation|randomi[sz]ing|assigned|allocated"
    r"|assigning)\b[^;]{0,400}?\b(?:to receive|to either|to treatment with|received either|receive either)\b"
    rf"(?: either)?|\b(?:{PEOPLE}|group|they|who) (?:\w+ )?(?:received"
    r"|were given|were treated with) either\b", re.I
)  # fmt: skip
_ASSIGN = lazy_compile(
    at_word("random(?:i[sz]ed|ly|i[sz]ation|i[sz]ing)", "assigned", "allocated", "assigning", "divided")
    + r"\b[^.;]{0,90}?"
    r"\b(?:treatment with|received?|either|between|to|into)\b", re.I
)  # fmt: skip
_RECEIVED = Cued(
    "received|were administered|were given|were injected|were treated with",
    rf"\b(?:{PEOPLE}|eyes|who|they)\b[^;.]{{0,250}}?"
    r"\b(?:received|were given|were injected|were treated with|were administered)\b(?! (?:a )?(?:stable|background))",
    re.I,
)
_TURNS = (
    *("rotated through", "crossed over", "cycles? of", "periods? of", "weeks? (?:each )?of", "received?", "were given"),
    *("were treated with", "took"),
)
_IN_ORDER = Cued(
    "random",
    rf"(?P<lead>{at_word(*_TURNS)})\s[^;]{{0,300}}?\bin (?:a )?random(?:i[sz]ed)? (?:order|sequence)\b",
    re.I,
)
"""What stands before treatments that each participant gets in turn: "took X, Y and placebo in random order"."""
_MAYBE = Cued("random|assign|allocat|divided|either", r"random|assign|allocat|divided|either", re.I)
_RANDOM = lazy_compile(r"\brandom", re.I)
_DOSES = Cued(
    "dos|concentration|strength",
    r"\b(?:two|three|four|[234]|different|several|multiple)\s+(?:\w+\s+)?"
    r"(?:doses|dose regimens|dosages|dosing regimens|concentrations|strengths)\b"
    r"|\bdose[- ](?:ranging|finding|response|comparison|escalation|escalating)\b",
    re.I,
)
_ASIDE = lazy_compile(r"\([^()]{0,120}\)")
_GIVE = Cued(
    "administered|capsules|doses|drops|infus|inject|received|tablets|treated|were given",
    r"\b(?:injections?|infusions?|doses|tablets|capsules|drops)\b[^.;]{0,80}?\bof\b"
    r"|\b(?:received|were given|injected|infused|treated|administered)\b[^.;]{0,80}?\b(?:with|either)\b|\breceived\b",
    re.I,
)
_COMPARE = lazy_compile(
    r"\b(?:compar(?:e|ed|ing|ison)|versus|vs\.?|efficacy|effects?|safety|or placebo|with placebo|than placebo"
    r"|difference)(?=\W)",
    re.I,
)
_PEOPLE = lazy_compile(rf"\b(?:{PEOPLE}|trial|double-blind)\b", re.I)
_SET_APART = lazy_compile(r"\bcompar|\bthan\b|\bversus\b|\bvs\b|\bwho received\b", re.I)
_SET_AGAINST = lazy_compile(r"\bcompar(?:ison|ing|e|ed)\b", re.I)
MOST_ARMS = 9
"""More arms than this in one list are a list of something else."""


def settle_arms(matter: Matter) -> ArmTable:
    """The arms of a document. An empty table when no list of at least two arms can be found."""
    table = (
        _from_cells(matter)
        or from_lines(matter)
        or from_treated(matter)
        or _from_assignment(matter)
        or _from_given(matter)
        or _from_comparison(matter)
        or _from_doses(matter)
        or ArmTable()
    )
    return _completed(matter, table) if table.settled else table


def _from_cells(matter: Matter) -> ArmTable | None:
    """The arms of a factorial design: its groups where a sentence lists them all with sizes, else its factors."""
    factors = from_factors(matter)
    groups = _from_assignment(matter) if factors else None
    if factors is None or groups is None or len(groups.drafts) < len(factors.drafts):
        return factors
    sized = all(d.size or SIZED.match(matter.reading.text, d.end) for d in groups.drafts)
    return groups if sized else factors


def called_arms(matter: Matter, table: ArmTable) -> ArmTable:
    """The arms with what the text calls their groups, or those groups where nothing else has settled arms."""
    if table.rule == "arms.comparison" and (wider := told_by_results(matter)) and holds_arms_of(wider, table):
        table = _completed(matter, wider)
    if not table.settled and any(is_of_two_factors(said) for said in matter.said):
        return table
    named = with_calls(matter, table)
    if not named.settled:
        named = titled_arms(matter) or told_by_results(matter) or table
    return named if table.settled or not named.settled else _completed(matter, named)


def _completed(matter: Matter, table: ArmTable) -> ArmTable:
    """A settled table with what other sentences say of its arms."""
    table = name_by_brackets(matter, table)
    fill_classes(matter, table)
    fill_doses(matter, table)
    fill_strengths(matter, table)
    split_by_schedule(matter, table)
    find_background(matter, table)
    number_factors(table)
    table.groups = table.groups or label_groups(matter, table)
    table.words = own_words(matter, table) | table.words
    return table


def _from_assignment(matter: Matter) -> ArmTable | None:
    """The arms of the sentences that assign participants, the list with the most arms that has at least two.

    An empty table where such a list was read in part only: then no other sentence tells all of the arms either.
    """
    best: ArmTable | None = None
    partly = False
    top = (0, 0, 0, 0)
    in_title = {d.norm for said in matter.said if said.sentence.is_title for d in said.drugs}
    for said in matter.said:
        if said.sentence.is_title or not is_own(matter, said):
            continue
        listed, direct = _assigned(matter, said)
        if listed is not None and 2 <= len(listed.drafts) <= MOST_ARMS:
            score = (*_score(listed, in_title), int(direct), len(listed.drafts))
            if not is_whole(matter.reading.text, said, listed):
                partly = True
            elif best is None or score > top:
                best, top = _table(listed, said, "arms.assignment"), score
    return ArmTable() if partly and best is None else best


def _assigned(matter: Matter, said: Said) -> tuple[ArmList | None, bool]:
    """The list behind the words that assign participants, and whether it stands in the same sentence."""
    text, begin, finish = matter.reading.text, said.sentence.start, said.sentence.end
    headed = behind_heading(text, said.sentence) if len(said.drugs) >= 2 else None
    if headed is not None:
        listed = _listed(matter, said, headed, finish)
        return (listed, True) if len(listed.drafts) >= 2 and _is_told(text, listed) else (None, False)
    if not (_MAYBE.may_match(said.sentence.words) and _MAYBE.search(text, begin, finish)):
        return None, False
    first = _TO_RECEIVE.search(_plain(said.sentence.words))
    weak = _ASSIGN.search(text, begin, finish)
    received = _RECEIVED.search(text, begin, finish)
    sequences = in_sequences(text, said)
    if sequences:
        return sequences, True
    turns = _IN_ORDER.search(text, begin, finish)
    if turns:
        listed = read_arm_list(text, said, turns.end("lead"), turns.end(), and_parts=True)
        if 2 <= len(listed.drafts) <= MOST_ARMS:
            return listed, True
    if not (first or weak or (received and _RANDOM.search(text, begin, finish))):
        return None, False
    for match in (first, received, weak):
        after = match.end() + (begin if match is first else 0) if match else finish
        listed = with_unread(text, after, _listed(matter, said, after, finish)) if match else ArmList([])
        listed = with_levels(text, said, after, with_control(text, said, after, finish, listed))
        listed = with_schedules(text, said, listed)
        if 2 <= len(listed.drafts) <= MOST_ARMS and (match is not received or _has_control(listed)):
            return listed, True
    return _next_listed(matter, said), False


def _plain(words: str) -> str:
    """A sentence without semicolons in brackets, which end no clause: "randomised (A, n = 40; B, n = 41) to"."""
    if ";" not in words:
        return words
    return _ASIDE.sub(lambda aside: aside.group().replace(";", ","), words)


def _from_given(matter: Matter) -> ArmTable | None:
    """A list of what was given, with a control and a dose or a size for each other arm, where no one is assigned."""
    text = matter.reading.text
    for said in matter.said:
        if said.sentence.is_title or len(said.drugs) < 2 or not is_own(matter, said):
            continue
        for match in _GIVE.finditer(text, said.sentence.start, said.sentence.end):
            listed = _listed(matter, said, match.end(), said.sentence.end)
            stretch = text[match.start() : listed.drafts[-1].end] if listed.drafts else ""
            if _SET_APART.search(stretch) or any(n.kind is Kind.PERCENT for n in said.numbers):
                continue
            sized = all(d.size and any(p.dose for p in d.parts) for d in listed.drafts)
            if not 2 <= len(listed.drafts) <= MOST_ARMS:
                continue
            if sized or (_has_control(listed) and _is_told(text, listed)):
                return _table(listed, said, "arms.given")
    return None


def _from_doses(matter: Matter) -> ArmTable | None:
    """The doses of one drug that a trial sets against each other, where it says that it compares doses."""
    if not any(_DOSES.search(s.sentence.words) for s in matter.said if is_own(matter, s)):
        return None
    for said in matter.said:
        given = [d for d in said.drugs if d.norm not in CONTROLS]
        if len({d.norm for d in given}) != 1 or len(said.doses) < 2 or said.sentence.is_title:
            continue
        told = is_own(matter, said) and not any(n.kind is Kind.PERCENT for n in said.numbers)
        begin = min(given[0].start, said.doses[0].start)
        listed = read_arm_list(matter.reading.text, said, begin, said.sentence.end, and_parts=True)
        doses = [p.dose for d in listed.drafts for p in d.parts if not _is_control(d)]
        if told and all(doses) and len(doses) >= 2 and len(listed.drafts) <= MOST_ARMS:
            return _table(listed, said, "arms.given")
    return None


def _is_told(text: str, listed: ArmList) -> bool:
    """Whether each arm of a list that is no control has a dose or a size."""
    others = [d for d in listed.drafts if not _is_control(d)]
    return all(d.size or any(p.dose for p in d.parts) or SIZED.match(text, d.end) for d in others)


def _is_control(draft: Draft) -> bool:
    """Whether an arm gets only what controls get."""
    return all(norm in CONTROLS or norm.startswith("no ") for norm in draft.norms())


def _has_control(listed: ArmList) -> bool:
    """Whether one arm of a list, and not all, is a control."""
    return 0 < sum(map(_is_control, listed.drafts)) < len(listed.drafts)


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
    if len(listed.drafts) < 2:
        listed = read_arm_list(text, said, start, end, and_parts=True)
    return with_both(text, said, end, listed)


def _next_listed(matter: Matter, said: Said) -> ArmList:
    """Arms told in the next sentences: "The first group received X. The second group received placebo."."""
    unique: dict[tuple[tuple[str, float | None], ...], Draft] = {}
    shared: list[Mention] = []
    for other in matter.said[said.sentence.index + 1 : said.sentence.index + 4]:
        match = RECEIVE.search(matter.reading.text, other.sentence.start, other.sentence.end)
        shares = BACKGROUND.search(matter.reading.text, other.sentence.start, other.sentence.end)
        if match and not shares and match.start() - other.sentence.start < 60:
            listed = _listed(matter, other, match.end(), other.sentence.end)
            shared += listed.shared
            for draft in listed.drafts:
                unique.setdefault(draft.identity(), draft)
    return ArmList(list(unique.values()), shared)


def _from_comparison(matter: Matter) -> ArmTable | None:
    """The arms of the title or of a sentence that compares treatments, where people were treated."""
    if not any(_PEOPLE.search(s.sentence.words) for s in matter.said if is_own(matter, s)):
        return None
    for said in sorted(matter.said, key=lambda s: (not s.sentence.is_title, s.sentence.index)):
        words = said.sentence.words
        if len(said.drugs) < 2 or not _COMPARE.search(words) or not is_own(matter, said):
            continue
        listed = _listed(matter, said, said.sentence.start, said.sentence.end)
        if len(listed.drafts) < 2 and _SET_AGAINST.search(words):
            begin, end = said.sentence.start, said.sentence.end
            listed = read_arm_list(matter.reading.text, said, begin, end, with_parts=True)
        if 2 <= len(listed.drafts) <= 4:
            table = _table(listed, said, "arms.comparison")
            expand_by_dose(matter, table)
            return table
    return None
