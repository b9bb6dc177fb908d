"""How many were in each arm: "(n = 66)", "112 patients to A and 230 to B", "66 to each of the four groups"."""

import itertools
import re
from collections.abc import Sequence

from trialhouse.extraction.arm_headings import behind_heading
from trialhouse.extraction.arm_leavers import ASSIGNED, LEFT_OVER, is_of_left_over, left_from
from trialhouse.extraction.arm_sums import assigned_sizes, equal_groups, heads_bracket, summed_sizes
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.bracket_sizes import take_bracket_sizes
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.cluster_sizes import take_sizes_of_places
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.line import Item, Line
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.sizes import Sizes
from trialhouse.extraction.subgroups import subgroup_of
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_MADE_UP = Cued(
    "compris|enrol|entered|included|participated|received|recruited|took part|treated",
    r"\benrol|\bparticipated\b|\btook part\b|\bincluded\b|\brecruited\b|\breceived\b|\btreated\b|\bentered\b|\bcompris",
    re.I,
)
_SET_OF = Cued(
    "analysable|analysed|analyz|assessed|cohort|evaluable|evaluated|population|sample|set",
    r"\b(?:set|population|cohort|sample)\s+(?:had|numbered|contained|consisted|was made up)\b"
    r"|\b(?:could be|were) (?:analy[sz]ed|evaluated|assessed|analy[sz]able|evaluable)\b",
    re.I,
)
_RETAINED = Cued(
    "available|complete|follow-up|followup|missing|obtained|usable",
    r"\bfollow-?up\b[^.;:\d]{0,30}\b(?:was|were)\s+(?:complete|available|obtained|possible)\b"
    r"|\b(?:data|information|results|samples|measurements|records|questionnaires)\b[^.;:\d]{0,30}\b(?:was|were)\s+"
    r"(?:available|complete|obtained|usable|missing)\b|\blost to follow-?up\b",
    re.I,
)
"""Who was still there: neither a size nor an outcome."""
_BEFORE_SIZE = lazy_compile(r"\s*(?:[\[(,;]\s*)?(?:[nN]\s*[=:]\s*)?")
_COUNTED_BEHIND = lazy_compile(
    r"(?:\s+(?:an?|the|once|twice|per|each|every|daily|weekly|alone|only|control|classes|sessions|day|week|month)\b){0,4}"
    r"\s*\(\s*(?:\d[\d,]*\s+[a-z]+(?:\s[a-z]+)?\s*[,;]\s*(?:with\s+|and\s+)?)?",
    re.I,
)
"""What stands between an arm and its people in a bracket: "A (110 participants)", "A (15 practices, 2,410 women)"."""
_DECIMALS = lazy_compile(r"\d*[.·∙]\d")
_PEOPLE_END = lazy_compile(rf"\s+{PEOPLE}\s*[),;]", re.I)
_EACH = lazy_compile(
    r"\s*(?:[\w-]+\s+){0,7}?(?:(?:to|in|per|for)\s+each\b(?: of the)?(?:\s+\w+){0,3}?\s*(?:groups?|arms?"
    r"|treatments?)?|per (?:group|arm|treatment))",
    re.I,
)
_EACH_ONE = lazy_compile(r"\s*(?:each\b|(?:per|in each) (?:group|arm|dose)\b)", re.I)
_HEAD_OF_EACH = lazy_compile(r"\(\s*(?P<ahead>each,?\s+(?:with\s+)?)?(?:[nN]\s*[=:]\s*)?\Z")
_EACH_CLOSED = lazy_compile(rf"(?:\s+{PEOPLE})?\s*(?P<behind>,?\s*(?:in\s+)?each\b)?\s*[);,]", re.I)
_RECEIVED = lazy_compile(r"V(?P<gap>[twp)]{1,8})A")
_NEXT = lazy_compile(
    rf"\s*{PEOPLE}?\s*"
    r"(?:(?:to(?:\s+receive)?|on|with|received|were given|had been given|given|assigned to)\s+)?(?:the\s+)?"
)
_ANALYSED = Cued("analysed|analyzed", r"\banaly[sz]ed\b[^.;:]{0,40}:\s*(?:\w+\W+){0,4}?\Z", re.I)
_EACH_TO = lazy_compile(
    rf"\s*{PEOPLE}?\s*each\s+(?:(?:were|was)\s+(?:\w+ly\s+)?(?:assigned|allocated|randomi[sz]ed)\s+)?"
    r"(?:to|received|on|for|in)\b",
    re.I,
)
_A_TRIAL = lazy_compile(r"\b(?:trial|study)\b", re.I)
_TREATMENT = lazy_compile(r"\b(?:received|treated|assigned|allocated|given|randomi[sz]ed)\b", re.I)
_PEOPLE = lazy_compile(rf"\s+{PEOPLE}\b", re.I)
_OF_THINGS = lazy_compile(
    rf"\s+(?:(?:daily|weekly|monthly|loading)\s+)?(?!(?:{PEOPLE}|controls|others|eyes|diabetics|groups|arms|versus)\b)[a-z-]{{4,}}s\b(?<!ss)"
)
"""What follows on a number of things and not of people: "in 15 fractions", "after 3 monthly doses"."""
_EVENT = Cued("achiev|complet|death|develop|die|discontinu|event|experienc|had|hospitali|improv|needed|occur|reach"
    "|relaps|remission|report|required|respon|show|withdr",
    r"\b(?:die[ds]?|deaths?|events?|relaps\w+|respon\w+|remission|discontinu\w+|withdr\w+|experienc\w+|report\w+|achiev\w+|had"
    r"|occur\w*|develop\w+|reach\w+|improv\w+|complet\w+|hospitali\w+|show\w+|needed|required)\b", re.I
)  # fmt: skip
_EVENT_NEXT = lazy_compile(
    r"\s*(?:showed|had|developed|experienced|reported|reached|achieved|responded|died|relapsed|discontinued|withdrew"
    r"|complained|required|needed|improved)\b",
    re.I,
)
_BECAME = lazy_compile(rf"(?:\s+{PEOPLE})?\s+(?:died|relapsed|discontinued|withdrew|dropped out|were lost)\b", re.I)
"""Behind the last of several counts that are no sizes: "12 and 11 withdrew, respectively"."""
_SHARE_NEXT = lazy_compile(r"\s*[\[(]\s*\d[\d.]*\s*%")
_EACH_BEFORE = lazy_compile(r"\beach\s+(?:of the\s+)?\Z", re.I)
_COUNTED_EVENTS = Cued(
    "adverse|common|frequent|number of |numbers of |often|side effect|side-effect",
    r"\bnumbers? of (?:patients|participants|subjects|events|cases|episodes|(?:\w+ ){0,2}events)\b"
    r"|\b(?:more|less|most|as|equally) (?:frequent|common|often)|\bside[- ]effects?\b"
    r"|\badverse (?:events?|reactions?)\b",
    re.I,
)
"""What makes "(n = 9)" beside an arm's name the number of an event and not of its people."""
_OR = lazy_compile(r"\bor\b", re.I)
_OR_NEXT = lazy_compile(
    r"(?:\s*\([^()]{0,60}\))?(?:,?\s+(?!(?:and|while|whereas)\b)[a-z-]+){0,6}?,?\s+or\b(?!\s+(?:more|less)\b)", re.I
)
"""Behind the last arm that is known: the list goes on with one that is not, "to X alone or X plus Y"."""
_AND_LAST = lazy_compile(r"[^.;:]*\b(?:and|versus|vs\.?)\s+(?:(?:to|the|matching)\s+)*", re.I)
_IN_LIST = r"(?!\b[nN]s?\s*[=:])(?:[^.;:]|\bvs\.|[.:](?=\d))"
_GOES_ON = lazy_compile(rf"(?=.*(?:,|\bor\b|\band\b|\bversus\b|\bvs\b|\bcompared with\b))(?:{_IN_LIST}){{1,90}}", re.S)
"""What stands between two arms of one list: ", or ", " once daily versus ", but no full stop and no size."""
_BEHIND_LIST = lazy_compile(rf"(?:(?!\b(?:or|and|versus|vs)\b)(?:{_IN_LIST})){{0,90}}[\[(;]?\s*")
_SEX = lazy_compile(r"\s+(?:women|men|females|males|boys|girls)\b", re.I)


FEWEST = 5
"""So few people "who received X" are no group where nobody is assigned."""


def read_sizes(
    line: Line, bounds: list[Bound], table: ArmTable, sizes: Sizes, *, parts: Sequence[tuple[int, int]] = ()
) -> list[Bound]:
    """Take the sizes of arms out of one sentence; returns the bounds that are sizes and no outcomes.

    `parts` are the places that name a part of the participants: of whom values are counted there are no arm's size.
    """
    words = line.said.sentence.words
    assigned = bool(ASSIGNED.search_words(words))
    sizes.left_from = left_from(line) if assigned else None
    planned = line.said.sentence.section in (Section.METHODS, Section.UNASSIGNED) and assigned
    listed = line.said.sentence.index in table.lines or behind_heading(line.text, line.said.sentence) is not None
    _in_order(line, sizes, randomized=assigned or planned or listed)
    _beside(line, sizes, randomized=assigned or planned or listed)
    if assigned or listed or line.said is table.source:
        take_bracket_sizes(line, table, sizes, as_formed=assigned or listed)
    _each(line, table, sizes, words)
    _equal(line, table, sizes)
    told = assigned or bool(_MADE_UP.search_words(words))
    for which, number in summed_sizes(line, table) if told else ():
        sizes.put(which, number.value, number.start, number.raw_end, randomized=assigned)
    for which, number in assigned_sizes(line, table) if assigned else ():
        sizes.put(which, number.value, number.start, number.raw_end, randomized=True)
    used = []
    events = bool(bounds) and _EVENT.search_words(words) is not None
    for bound in bounds:
        if not events and all(_is_head_count(line, cell) for _, cell in bound.pairs):
            used.append(bound)
        elif _RETAINED.search_words(words) and _is_head_count(line, bound.pairs[0][1]):
            used.append(bound)
            continue
        if _BECAME.match(line.text, bound.pairs[-1][1].numbers[0].raw_end) or is_of_left_over(line, bound):
            continue
        before = line.text[line.said.sentence.start : bound.start]
        counted = _SET_OF.search_words(words) and _is_head_count(line, bound.pairs[0][1])
        if (told or counted or _ANALYSED.search(before)) and all(
            _is_size(line.text, cell.numbers, bound.rule) and not _is_share_of_event(line, cell)
            for _, cell in bound.pairs
        ):
            told_outside = any(not _in_bracket(line, cell.numbers[0]) for _, cell in bound.pairs)
            pairs = bound.pairs if told_outside else ()
            others = [cell.numbers[0] for arm, cell in pairs if _in_bracket_of_another(line, cell, arm)]
            sizes.unplaced += others
            for arm, cell in () if others else bound.pairs:
                if arm is not None and not _is_of_other_size(table, arm, cell):
                    sizes.put(arm, cell.numbers[0].value, cell.start, cell.numbers[0].raw_end, randomized=assigned)
            if bound not in used:
                used.append(bound)
    _received(line, table, sizes, randomized=assigned)
    take_sizes_of_places(line, sizes, assigned=assigned)
    _denominators(line, bounds, sizes, parts)
    return used


def _denominators(line: Line, bounds: list[Bound], sizes: Sizes, parts: Sequence[tuple[int, int]]) -> None:
    """The sizes of which values are told, but for values of a part of the participants."""
    whole = (line.said.sentence.start, line.said.sentence.end)
    for bound in bounds:
        if subgroup_of(line.text, (bound.start, bound.end), whole, list(parts)):
            continue
        for arm, cell in bound.pairs:
            one = cell.denominator
            if one is not None and arm is not None:
                sizes.put(arm, one.value, one.start, one.raw_end, randomized=False)


def _received(line: Line, table: ArmTable, sizes: Sizes, *, randomized: bool) -> None:
    """The sizes before what their people were given: "17 patients had been given A and 23 B"."""
    for match in _RECEIVED.finditer(line.symbols):
        first, ref = line.items[match.start()].cell, line.items[match.end() - 1].ref
        gap = line.between(match.start(), match.end() - 1)
        if (
            first
            and ref
            and len(first.numbers) == 1
            and _TREATMENT.search(gap)
            and (randomized or first.numbers[0].value >= FEWEST)
            and not _A_TRIAL.search(gap)
            and not _EVENT_NEXT.match(line.text, line.items[match.end() - 1].end)
            and not _is_share_of_event(line, first)
            and not _is_of_all(line, table, match.end())
            and _is_size(line.text, first.numbers, "frame.list_per_arm")
        ):
            sizes.put(ref.arms[0], first.numbers[0].value, first.start, first.numbers[0].raw_end, randomized=randomized)
            _following(line, match.end(), sizes, randomized=randomized)


def _is_of_other_size(table: ArmTable, arm: int, cell: Cell) -> bool:
    """Whether the list of arms gives an arm another size than a cell: "bright light (7000 lux; n = 19)"."""
    size = table.drafts[arm].size
    return size is not None and size.value != cell.numbers[0].value


def _is_share_of_event(line: Line, cell: Cell) -> bool:
    """Whether people are counted for an event and not as an arm: "an event occurred for 110 assigned to X (78.6%)"."""
    behind = next((item.end for item in line.refs if item.symbol == "A" and item.start >= cell.end), None)
    share = behind is not None and _SHARE_NEXT.match(line.text, behind)
    return bool(share) and _EVENT.search(line.text, line.said.sentence.start, cell.start) is not None


def _is_of_all(line: Line, table: ArmTable, after: int) -> bool:
    """Whether the arm before an item is the first of those that the people are divided among: "183 received A or B".

    That is a list of arms of which none has a number of its own: with "or", or of every arm with "and" or "versus".
    """
    listed = [line.items[after - 1]]
    for item in line.items[after:]:
        if item.cell and not _in_bracket(line, item.cell.numbers[0]):
            break
        if item.symbol == "A":
            listed.append(item)
    gaps = [line.text[one.end : other.start] for one, other in itertools.pairwise(listed)]
    if any(map(_OR.search, gaps)) or _OR_NEXT.match(line.text, listed[-1].end, line.said.sentence.end):
        return True
    arms = {arm for item in listed if item.ref for arm in item.ref.arms}
    return len(arms) == len(table.drafts) and bool(gaps) and _AND_LAST.fullmatch(gaps[-1]) is not None


def _following(line: Line, after: int, sizes: Sizes, *, randomized: bool) -> None:
    """The sizes that go on a list: "17 patients had been given A and 23 B"."""
    for i in range(after, len(line.items)):
        cell = line.items[i].cell
        if line.symbols[i] != "V" or cell is None:
            continue
        then = next((j for j in range(i + 1, len(line.items)) if line.symbols[j] == "A"), None)
        ref = line.items[then].ref if then is not None else None
        if then is None or ref is None or not ref.single or not _is_size(line.text, cell.numbers, "frame.list_per_arm"):
            continue
        if _NEXT.fullmatch(line.text, cell.end, line.items[then].start):
            sizes.put(ref.arms[0], cell.numbers[0].value, cell.start, cell.numbers[0].raw_end, randomized=randomized)


def _in_bracket(line: Line, number: Typed) -> bool:
    """Whether a number stands in a bracket."""
    begin = line.said.sentence.start
    return line.text.rfind("(", begin, number.start) > line.text.rfind(")", begin, number.start)


def _in_bracket_of_another(line: Line, cell: Cell, arm: int | None) -> bool:
    """Whether a cell opens the bracket right behind an arm that is not its own: "160 to X (12 of them men) or Y"."""
    ends = [item for item in line.refs if item.symbol == "A" and item.end <= cell.start]
    behind = ends[-1] if ends and heads_bracket(line, cell.numbers[0]) else None
    return behind is not None and behind.ref is not None and arm not in behind.ref.arms


def _equal(line: Line, table: ArmTable, sizes: Sizes) -> None:
    """The size of each arm where people are parted equally; a part of a total is derived and told of no arm."""
    shared = equal_groups(line, table)
    for arm in range(len(table.drafts)) if shared else ():
        if shared and arm not in sizes.randomized:
            sizes.put(arm, shared.value, shared.number.start, shared.number.raw_end, randomized=True)
            if shared.is_part:
                sizes.derived.add(arm)


def _is_head_count(line: Line, cell: Cell) -> bool:
    """Whether a cell only counts people ("227 patients"), so that without an event it says who was in an arm."""
    alone = len(cell.numbers) == 1 and cell.numbers[0].kind is Kind.COUNT and cell.denominator is None
    return alone and bool(_PEOPLE.match(line.text, cell.numbers[0].raw_end))


def _is_size(text: str, numbers: tuple[Typed, ...], rule: str) -> bool:
    """Whether a cell can be the size of an arm: one whole number of people without a share."""
    one = numbers[0]
    bare = one.kind is Kind.VALUE and one.unit is None and not _OF_THINGS.match(text, one.raw_end)
    people = one.kind is Kind.COUNT or bare
    return (
        len(numbers) == 1
        and people
        and one.value == int(one.value)
        and one.value >= 2
        and not _DECIMALS.match(text, one.start)
        and rule not in ("frame.one_arm", "frame.whole_trial")
    )


def _in_order(line: Line, sizes: Sizes, *, randomized: bool) -> None:
    """Sizes in a row behind a list of as many arms: "to X or placebo (n = 151 and 149, respectively)"."""
    words = line.said.sentence.words
    of_events = not randomized and _COUNTED_EVENTS.search_words(words) is not None
    for one in line.sizes:
        arms = _arms_listed_before(line, one.start)
        if of_events or not one.closed or len(arms) != len(one.numbers):
            sizes.unplaced += one.numbers
            continue
        for arm, number in zip(arms, one.numbers, strict=True):
            sizes.put(arm, number.value, number.start, number.raw_end, randomized=randomized)


def _arms_listed_before(line: Line, start: int) -> list[int]:
    """The arms of the list that ends right before an offset, in order; [] where a place in it means several arms."""
    run: list[int] = []
    later = start
    for item in reversed([one for one in line.refs if one.end <= start]):
        gap = line.text[item.end : later]
        if not (_GOES_ON if run else _BEHIND_LIST).fullmatch(gap) or (item.ref and item.ref.arms[0] in run):
            break
        if item.ref is None or not item.ref.single:
            return []
        run.insert(0, item.ref.arms[0])
        later = item.start
    return run


def _beside(line: Line, sizes: Sizes, *, randomized: bool) -> None:
    """Sizes in a bracket behind an arm's name ("(n = 66)"), or behind several ("each X group, n = 42")."""
    places = [item for item in line.refs if (item.symbol == "A" or _is_each(line, item))]
    words = line.said.sentence.words
    if not randomized and _COUNTED_EVENTS.search_words(words):
        return
    for number in line.said.numbers if randomized else ():
        for item in places:
            counted = number.unit == "participants" and _COUNTED_BEHIND.fullmatch(line.text, item.end, number.start)
            if counted and item.ref and item.ref.single and _PEOPLE_END.match(line.text, number.raw_end):
                sizes.put(item.ref.arms[0], number.value, number.start, number.raw_end, randomized=True)
    in_a_row = [n for one in line.sizes for n in one.numbers]
    of_each = _each_in_list(line, sizes, randomized=randomized)
    for number in line.said.numbers:
        alone = number.kind is Kind.SIZE and number not in in_a_row and number not in of_each
        before = [item for item in places if item.end <= number.start] if alone else []
        if not before:
            continue
        opened = line.text.rfind("(", line.said.sentence.start, number.start)
        inside = [item for item in before if item.end > opened >= 0]
        shared = len(inside) >= 2 and _EACH_ONE.match(line.text, number.raw_end, line.said.sentence.end)
        gap = line.text[before[-1].end : number.start]
        close = _BEFORE_SIZE.fullmatch(gap) or (
            len(gap) < 60 and not re.search(r"[;.]|\d\s*%|\bor\b|\bvs\b|\bas\b", gap) and gap.count("(") <= 2
        )
        for item in inside if shared else before[-1:] if close else ():
            for arm in item.ref.arms if item.ref else ():
                formed = randomized and not LEFT_OVER.match(line.text, number.raw_end)
                sizes.put(arm, number.value, number.start, number.raw_end, randomized=formed)


def _each_in_list(line: Line, sizes: Sizes, *, randomized: bool) -> list[Typed]:
    """The sizes in a bracket that are of each arm of the list before it: "to X or Y (n = 86 each)", "(86 each)"."""
    found = []
    for number in line.said.numbers:
        if number.kind not in (Kind.SIZE, Kind.VALUE, Kind.COUNT) or number.unit not in (None, "participants"):
            continue
        opened = line.text.rfind("(", line.said.sentence.start, number.start)
        head = _HEAD_OF_EACH.match(line.text, opened, number.start) if opened >= 0 else None
        close = _EACH_CLOSED.match(line.text, number.raw_end, line.said.sentence.end)
        if head is None or close is None or not (head["ahead"] or close["behind"]):
            continue
        found.append(number)
        arms = _arms_listed_before(line, opened)
        if len(arms) < 2:
            sizes.unplaced.append(number)
        for arm in arms if len(arms) > 1 else ():
            sizes.put(arm, number.value, number.start, number.raw_end, randomized=randomized)
    return found


def _is_each(line: Line, item: Item) -> bool:
    """Whether a place that means several arms means each of them: "each X group"."""
    return item.symbol == "G" and _EACH_BEFORE.search(line.text[max(0, item.start - 16) : item.start]) is not None


def _each(line: Line, table: ArmTable, sizes: Sizes, words: str) -> None:
    """One size for all arms: "66 were assigned to each of the four groups"."""
    if not (ASSIGNED.search_words(words) or "each" in words or " per " in words) or table.factors:
        return
    for number in line.said.numbers:
        if (
            number.kind not in (Kind.COUNT, Kind.VALUE, Kind.SIZE)
            or number.unit not in (None, "participants")
            or number.value < 3
        ):
            continue
        if _SEX.match(line.text, number.raw_end) and _in_bracket(line, number):
            continue
        if _EACH_TO.match(line.text, number.raw_end, line.said.sentence.end):
            later = [i.ref for i in line.refs if i.symbol == "A" and i.ref and i.start > number.end and i.ref.single]
            for ref in later:
                sizes.put(ref.arms[0], number.value, number.start, number.raw_end, randomized=True)
        elif _EACH.match(line.text, number.raw_end, line.said.sentence.end):
            for arm in range(len(table.drafts)):
                sizes.put(arm, number.value, number.start, number.raw_end, randomized=True)
