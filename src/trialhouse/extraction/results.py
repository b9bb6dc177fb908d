"""From result sentences to outcomes: frames bind values to arms, comparisons join them, the rest are candidates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trialhouse.extraction.arm_claims import arm_keys
from trialhouse.extraction.arm_refs import Ref, controls_of, find_refs
from trialhouse.extraction.arm_sizes import read_sizes
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.baselines import baseline_of_all
from trialhouse.extraction.compared import is_difference_list
from trialhouse.extraction.comparisons import read_comparisons
from trialhouse.extraction.declared import declared_outcomes
from trialhouse.extraction.differences import Pair, pair_said, read_gaps
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.estimates import names_estimate
from trialhouse.extraction.frames.aligned import aligned, all_in_lists
from trialhouse.extraction.frames.apart import apart
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.frames.contrast import gapped, given_or_not, noun_once
from trialhouse.extraction.frames.lists import (
    arm_brackets,
    arm_says,
    extended,
    in_order,
    list_per_arm,
    respectively,
    respectively_again,
    respectively_ahead,
)
from trialhouse.extraction.frames.only_arm import only_arm
from trialhouse.extraction.frames.ordered import by_order, is_unnamed_list, lists_other_order, order_told
from trialhouse.extraction.frames.other_arm import other_arm
from trialhouse.extraction.frames.parts import parts_of_total, shares_again
from trialhouse.extraction.frames.shared_start import with_shared_start
from trialhouse.extraction.frames.single import all_arms, none_of_others, one_arm, one_arm_list, whole_trial
from trialhouse.extraction.frames.times_listed import times_listed
from trialhouse.extraction.frames.versus import versus
from trialhouse.extraction.ledger import Ledger
from trialhouse.extraction.lexer import BINDABLE, TELLING, Kind
from trialhouse.extraction.line import Line, read_line
from trialhouse.extraction.listed_measures import with_listed_names
from trialhouse.extraction.other_trials import other_trials
from trialhouse.extraction.outcomes import OutcomeBook
from trialhouse.extraction.refusals import reason_to_refuse
from trialhouse.extraction.relative import without_relative
from trialhouse.extraction.several import reports_several_trials
from trialhouse.extraction.sizes import Sizes
from trialhouse.extraction.subgroups import parts
from trialhouse.model.document import Section
from trialhouse.model.extraction import Candidate, OutcomeClaim
from trialhouse.text.lazy_patterns import lazy_compile

_RESULT_LINE = lazy_compile(r"A[:,]?[twp,:(]{0,4}V|w{1,3}:V")
_BULLET = lazy_compile(r"[•*·▪–-]\s")
MOST_NUMBERS = 80
"""A sentence with more numbers is a table or rubbish and is not read; the largest sentences of trials have 30."""
TOO_MANY = "too_many_numbers"
_WITH_SIZES = (Section.METHODS, Section.RESULTS, Section.UNASSIGNED)
_SKIPPED = {
    Section.BACKGROUND: "background",
    Section.OBJECTIVE: "objective",
    Section.METHODS: "methods",
    Section.CONCLUSIONS: "conclusions",
}


@dataclass(slots=True)
class Results:
    """What was read from a document's results."""

    outcomes: list[OutcomeClaim] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    sizes: Sizes = field(default_factory=Sizes)


@dataclass(slots=True)
class _Course:
    """What one sentence leaves for the next: orders of arms, the arm of a list, a pair of arms, a heading."""

    orders: list[tuple[int, ...]] = field(default_factory=list)
    named: tuple[int, ...] = ()
    """The order in which a sentence last named all arms with their values."""
    turned: bool = False
    """Whether a sentence gave values to the groups in another order than that of the list, without all being read."""
    lead: tuple[Ref, int] | None = None
    pair: Pair | None = None
    below: bool = False
    crossover: bool = False
    """Whether everybody gets every treatment, as the text says."""
    unsure: bool = False
    """Whether a sentence behind the last list named three arms or more in another order, without listing them."""

    def note_order(self, line: Line, arm_count: int) -> None:
        """Keep the order in which a sentence lists all arms, or that it names them in another one than was known."""
        order, listed = order_told(line, arm_count)
        if listed:
            self.named, self.unsure, self.turned = order, False, False
        elif order and order != (self.named or tuple(range(arm_count))):
            self.unsure = True


def read_results(matter: Matter, table: ArmTable, *, crossover: bool = False, no_trial: str | None = None) -> Results:
    """Read every sentence of the body once, in order; nothing of a text for which `no_trial` gives a reason."""
    ledger = Ledger(matter.reading.text, given_doses(table))
    refused = no_trial or ("several_trials" if reports_several_trials(matter) else None)
    if refused is not None:
        for said in matter.said:
            if not said.sentence.is_title and said.sentence.section not in _SKIPPED:
                ledger.refuse(said, refused, doses=True)
        return Results([], ledger.candidates)
    book = OutcomeBook(matter, table, arm_keys(table), declared_outcomes(matter), ledger)
    sizes = Sizes()
    course = _Course(crossover=crossover)
    others = other_trials(matter)
    for said in matter.said:
        if not said.sentence.is_title:
            _read_one(said, book, sizes, course, others.get(said.sentence.index))
    for number in sizes.left():
        ledger.add(Kind.SIZE, number.start, number.raw_end, "no_frame" if table.drafts else "no_arms")
    return Results(book.claims(), ledger.candidates, sizes)


def _read_one(said: Said, book: OutcomeBook, sizes: Sizes, course: _Course, refused: str | None) -> None:
    """Read one sentence: its sizes, its values and comparisons, and a reason for every number that is neither."""
    matter, table, ledger = book.matter, book.table, book.ledger
    if len(said.numbers) > MOST_NUMBERS:
        ledger.refuse(said, TOO_MANY, doses=said.sentence.section not in _SKIPPED)
        course.lead = course.pair = None
        return
    reason = _reason(matter, said) or refused
    course.below = _below(matter, said, course.below, book)
    course.lead = _lead_in(matter, said, table, course.lead)
    if not said.numbers or (reason is not None and said.sentence.section not in _WITH_SIZES):
        ledger.refuse(said, reason or "")
        _note_order(said, book, course, reason)
        course.pair = None if said.numbers else _pair(said, book, course)
        return
    unread = "no_frame" if table.drafts else "no_arms"
    if not _tells(matter, said):
        ledger.refuse(said, reason or unread, doses=reason != "methods")
        _note_order(said, book, course, reason)
        course.pair = _pair(said, book, course) if reason is None else course.pair
        return
    line = read_line(matter.reading.text, said, find_refs(matter, said, table))
    if reason == "methods" and course.below and _RESULT_LINE.match(line.symbols):
        reason = None
    bounds = without_relative(line, bind(line, table, course, crossover=course.crossover), table)
    if not bounds and course.unsure and is_unnamed_list(line, len(table.drafts)):
        unread = "arm_order"
    size_bounds = read_sizes(line, bounds, table, sizes, parts=_parts(line, bounds, matter)) if refused is None else []
    if refused is None:
        ledger.bound.update(n.start for one in line.sizes for n in one.numbers)
    if reason is None:
        kept = [b for b in bounds if b not in size_bounds]
        course.orders += [order for b in kept if (order := _order_shown(b, len(table.drafts)))]
        course.named = next((order for b in reversed(kept) if (order := _order_named(b, table))), course.named)
        course.turned = course.turned or lists_other_order(line, kept, len(table.drafts))
        course.note_order(line, len(table.drafts))
        gaps, course.pair = read_gaps(line, kept, table, course.lead[0] if course.lead else None, course.pair)
        for at, gap in enumerate(gaps):
            book.add_gap(line, gap, _window([line.items[one.index].cell for one in gaps], at, line))
        if not gaps:
            _read_sentence(line, with_listed_names(line, kept, matter.words), table, book)
        for bound in size_bounds:
            sizes.counted += [n for _, cell in bound.pairs for n in cell.used]
            ledger.bound.update(n.start for _, cell in bound.pairs for n in cell.used)
        ledger.refuse(said, unread, doses=True)
    elif reason != "methods":
        ledger.refuse(said, reason, doses=True)


def _note_order(said: Said, book: OutcomeBook, course: _Course, reason: str | None) -> None:
    """Keep the order in which a sentence without results names three arms or more."""
    count = len(book.table.drafts)
    if reason is None and count >= 3:
        refs = find_refs(book.matter, said, book.table)
        if refs:
            course.note_order(read_line(book.matter.reading.text, said, refs), count)


def _parts(line: Line, bounds: list[Bound], matter: Matter) -> list[tuple[int, int]]:
    """The places of a sentence that name a part of the participants, where its values say of how many they are."""
    told = any(cell.denominator is not None for bound in bounds for _, cell in bound.pairs)
    refs = [(item.start, item.end) for item in line.refs]
    return parts(matter, line.said.sentence, refs) if told else []


def given_doses(table: ArmTable) -> frozenset[tuple[float, str | None]]:
    """The doses that arms are given, each with its unit."""
    parts = [part for draft in table.drafts for part in draft.parts] + table.background
    parts += [component for part in parts for component in part.components]
    return frozenset((part.dose.value, part.dose.unit) for part in parts if part.dose)


def _order_shown(bound: Bound, arm_count: int) -> tuple[int, ...]:
    """The order in which a binding sets all arms against each other, or nothing."""
    if bound.rule not in ("frame.versus", "frame.respectively", "frame.aligned_lists"):
        return ()
    order = tuple(arm for arm, _ in bound.pairs if arm is not None)
    return order if len(order) == arm_count or bound.rule == "frame.versus" else ()


def _order_named(bound: Bound, table: ArmTable) -> tuple[int, ...]:
    """The order in which a binding names every arm beside its value, or nothing."""
    order = tuple(arm for arm, _ in bound.pairs if arm is not None)
    return order if bound.rule == "frame.list_per_arm" and len(order) == len(table.drafts) else ()


def _tells(matter: Matter, said: Said) -> bool:
    """Whether a sentence has a number that can be a result, a comparison or a size."""
    if any(n.kind in TELLING for n in said.numbers):
        return True
    return names_estimate(matter.reading.text, said.sentence.start, said.sentence.end)


def _pair(said: Said, book: OutcomeBook, course: _Course) -> Pair | None:
    """The pair of arms that differences go on to be read of behind a sentence that states none itself."""
    text = book.matter.reading.text
    if course.pair is None and not pair_said(said.sentence.words):
        return None
    refs = find_refs(book.matter, said, book.table)
    if not refs and not said.numbers:
        return course.pair
    lead = course.lead[0] if course.lead and said.numbers else None
    return read_gaps(read_line(text, said, refs), [], book.table, lead, course.pair)[1]


def _below(matter: Matter, said: Said, below: bool, book: OutcomeBook) -> bool:
    """Whether a sentence stands in the lines right below a heading of results; notes what the heading says."""
    start = said.sentence.start
    if not any(n.kind in BINDABLE for n in said.numbers) and book.note_heading(said.sentence):
        return True
    return below and "\n\n" not in re.sub(r"[ \t\r]", "", matter.reading.text[max(0, start - 12) : start])


def _reason(matter: Matter, said: Said) -> str | None:
    """Why a sentence is not read for results, or None."""
    skipped = _SKIPPED.get(said.sentence.section)
    return skipped or reason_to_refuse(said.sentence.words)


def _lead_in(matter: Matter, said: Said, table: ArmTable, lead: tuple[Ref, int] | None) -> tuple[Ref, int] | None:
    """The arm that a line ending in a colon names for the list below it, as long as the list goes on."""
    words = said.sentence.words
    if words.endswith(":"):
        named = [r for r in find_refs(matter, said, table) if r.single]
        return (named[0], said.sentence.paragraph) if len({r.arms for r in named}) == 1 else None
    if lead is None:
        return None
    if _BULLET.match(words) or said.sentence.paragraph == lead[1]:
        return lead[0], said.sentence.paragraph
    return None


def bind(line: Line, table: ArmTable, course: _Course | None = None, *, crossover: bool = False) -> list[Bound]:
    """All frames over one line, the surest first; a value is bound once."""
    if "V" not in line.symbols:
        return []
    found: list[Bound] = []

    def add(bounds: list[Bound]) -> None:
        if not bounds:
            return
        taken = {cell.start for other in found for _, cell in other.pairs}
        for one in sorted(bounds, key=lambda b: b.first):
            values = {cell.start for _, cell in one.pairs}
            if taken.isdisjoint(values):
                found.append(one)
                taken |= values

    if table.settled:
        add(baseline_of_all(line, found, len(table.drafts), crossover=crossover, left_over=False))
        add(times_listed(line))
        add(respectively_ahead(line))
        add(all_in_lists(line))
        add(given_or_not(line))
        add(none_of_others(line, len(table.drafts)))
        add(noun_once(line))
        add(gapped(line))
        add(list_per_arm(line))
        add(respectively(line))
        add(shares_again(line, found))
        add(arm_brackets(line))
        add(versus(line, len(table.drafts)))
        add(apart(line))
        add(respectively_again(line, sorted(found, key=lambda b: b.first)))
        found[:] = extended(line, sorted(found, key=lambda b: b.first))
        add(in_order(line))
        add(arm_says(line))
        add(aligned(line, found))
        add(respectively_again(line, sorted(found, key=lambda b: b.first)))
        add(other_arm(line, len(table.drafts)))
        add(all_arms(line, len(table.drafts)))
        add(one_arm(line, found))
        add(one_arm_list(line, found))
        shown = course or _Course()
        count = len(table.drafts)
        if not shown.unsure:
            add(by_order(line, found, shown.orders, count, shown.named, as_listed=not shown.turned))
        add(baseline_of_all(line, found, len(table.drafts), crossover=crossover, left_over=True))
    if table.is_single:
        add(only_arm(line))
    add(whole_trial(line))
    found = parts_of_total(line, sorted(found, key=lambda b: b.first))
    return with_shared_start(line, found, len(table.drafts))


def _read_sentence(line: Line, bounds: list[Bound], table: ArmTable, book: OutcomeBook) -> None:
    """Put the numbers of one sentence into the book of outcomes."""
    comparisons = read_comparisons(line, bounds, table)
    spans = [(b.start, b.end) for b in bounds]
    for at, bound in enumerate(bounds):
        low = spans[at - 1][1] if at else line.said.sentence.start
        high = spans[at + 1][0] if at + 1 < len(spans) else line.said.sentence.end
        if bound.time:
            low, high = line.said.sentence.start, line.said.sentence.end
        mine = [c for c in comparisons if c.bound is bound]
        if is_difference_list(line, bound, table):
            control = controls_of(table)[0]
            book.add_differences(line, bound, control, mine, (low, high))
        else:
            book.add_bound(line, bound, mine, (low, high))
    book.add_comparisons(line, [c for c in comparisons if c.bound is None])


def _window(cells: Sequence[object], at: int, line: Line) -> tuple[int, int]:
    """The stretch between the neighbouring values."""
    low = getattr(cells[at - 1], "end", line.said.sentence.start) if at else line.said.sentence.start
    high = getattr(cells[at + 1], "start", line.said.sentence.end) if at + 1 < len(cells) else line.said.sentence.end
    return low, high
