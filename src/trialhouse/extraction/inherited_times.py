"""The time of results whose sentence names none: that of the sentence which set the scene, else the trial's only one.

"At week 24, HbA1c fell by 1.1 % and 0.4 %. Weight fell by 2 kg and 1 kg": the weight is of week 24 too. Adverse events
are counted over the whole trial: they have the trial's length where the text gives one, and not the time of a visit.
Where a text gives several times, and none of them is said to hold, nothing is inherited: the time stays unknown.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialhouse.extraction.context import times_in
from trialhouse.extraction.declared import ADVERSE
from trialhouse.extraction.declared_times import DeclaredTime, declared_time, is_of_primary
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.outcome_rows import Row
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.refusals import is_elsewhere, reason_to_refuse
from trialhouse.extraction.terms import Mention
from trialhouse.extraction.times import WEEKS
from trialhouse.model.document import Section
from trialhouse.model.enums import OutcomeType, Statistic
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

RULE = "time_inherited"

SAME = 0.06
"""Times that differ by no more than this share are one: 24 weeks and 6 months, 12 months and 52 weeks."""
SHORTEST = 1.0
"""Weeks; a shorter time is one of sampling or dosing, and sets no scene: "on day 1", "after 2 hours"."""
OPENING = 50
"""Characters from the start of a sentence within which a time sets the scene for what follows."""

Time = tuple[float, int, int]
"""Weeks, and where they are stated."""

_LABEL = lazy_compile(r"\s*(?:[A-Z][A-Za-z ,]{3,40}[:.\-–—]\s+)?")
_SCENE = lazy_compile(
    r"(?:at|after|by|in|on|from baseline (?:to|through|until)|following|since)\b(?!\s+(?:an?\s+)?median)", re.I
)
_PERIOD = lazy_compile(r"(?:over|during|through|throughout|up to|until|within)\b(?!\s+(?:an?\s+)?median)", re.I)
_NOT_OF_TRIAL = lazy_compile(
    r"(?:at least|more than|less than|fewer than|no more than|up to|≥|≤|>|<|previous|prior|past|last|preceding|first"
    r"|every|each|within(?: the)?|aged?|maximum of|or for|median follow-up of"
    r"|followed up for a median of|history of|diagnosed|stable for|duration of|q|another|additional|further)\s*\Z",
    re.I,
)
_TITRATION = Cued(
    "escalat|increas|reduc|taper|titrat",
    r"\b(?:titrat|escalat|increas|taper|reduc)\w*\b[^.;]{0,40}?\b(?:over|for|during|every)\s+\Z",
    re.I,
)
_NOT_A_TIME = lazy_compile(
    r"[\s-]*(?:(?:\w+[\s-]){0,2}(?:wash-?out|run-in|lead-in|screening|follow-up|extension|taper|history|old"
    r"|courses?|of age|before|prior|earlier|previously|ago|apart|long-acting|post-?partum|gestation)\b"
    r"|\s+(?:or (?:until|till|to)\b|at (?:most|the most|maximum)\b|maximum\b|if\b|unless\b)"
    r"|(?:\s+of)?\s+(?:wash-?out|run-in|lead-in|screening|prednisone|steroid|gestation|age)\b)",
    re.I,
)
_AWAY = Cued(
    "wash|run-in|lead-in|extension|open-label|maintenance|part b|part 2|follow-up|long-term|day|hour|operat|deliver"
    "|birth|surg",
    r"\b(?:wash-?out|run-in|lead-in|extension|open-label|maintenance|part (?:B|2)|follow-up|long-term|days? \d"
    r"|\d hours?|post-?operative|intra-?operative|operating|operation|delivery|births?|birth ?weight|surgery)\b",
    re.I,
)
_TO_EVENT = lazy_compile(
    r"\b(?:time to|survival|duration of|days? to|until|length of (?:hospital )?stay|progression-free)\b", re.I
)
_OF_SURVIVAL = lazy_compile(r"[\s-]*(?:(?:[A-Za-z-]+\s+){0,2}?(?:survival|OS|[PDERL]FS)|rates?)\b")
"""What makes a time part of a measure's name, which says nothing of others: "12-month OS"."""
_SOME_ON = Cued(
    "ongoing|durable|responders|still",
    r"\bongoing\b|\bdurable\b|\b(?:of|among) the (?:\w+ )?responders\b|\bstill (?:in|respond)",
    re.I,
)
"""Of a sentence whose time is that of some participants."""
_MORE = lazy_compile(r"\s*,?\s*(?:and|or)\s*\d")
_TWO = lazy_compile(r"\d\s*,\s*\d")
"""A list of times of which two are read, and that goes on: "weeks 40, 44 and 48"."""
_LISTED = lazy_compile(
    r"\s*(?:,|and|,\s*and|or|then|and then|,\s*then)\s*(?:at\s+|after\s+)?(?:(?:weeks?|months?)\s*)?", re.I
)
_RECRUITED = lazy_compile(
    at_word(r"enrol\w*", r"recruit\w*", *"screened identified admitted presented collected surveyed".split())
    + r"\b[^.;]{0,160}"
    r"\b(?:over|during|in|throughout)\s+(?:an?|the|this)\s+\Z",
    re.I,
)
"""What makes a time that over which people came into the trial."""
_OF_LENGTH = Cued("during|for|last|over|through", r"\b(?:for|over|during|lasted|lasting|through)(?:\s+the)?\s+\Z", re.I)
_LONG_TRIAL = lazy_compile(
    r"-?[\s,]*(?:[\w,()/‐-]+[\s,]+){0,6}?(?:trial|study|comparison|period|results?|treatment|findings|follow-up)\b",
    re.I,
)
_ADVERSE_EVENTS = Cued("AEs|adverse|side", r"\b(?:adverse (?:events?|reactions?|effects?)|AEs|side[\s-]effects?)\b")
_RESULTS = (Section.RESULTS, Section.UNASSIGNED)
_DESIGN = (Section.METHODS, Section.OBJECTIVE)


@dataclass(frozen=True, slots=True)
class Scene:
    """The time that a sentence of results names: whether the sentence opens with it, and whether it is a period."""

    time: Time
    opens: bool
    is_period: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What results have named up to a sentence, by its index: its own scene, and the one time of all, if it is one."""

    index: int
    scene: Scene | None
    agreed: Time | None


@dataclass(frozen=True, slots=True)
class TrialTimes:
    """The times of a text: its length, the only time of its design, and what each sentence of results names."""

    length: Time | None
    only: Time | None
    is_disputed: bool
    """Whether a sentence of results names another time than the only one of the design."""
    scenes: dict[int, Scene | None]
    """By the sentence's index, in order; None where it names several times, or a very short one."""
    heard: tuple[Heard, ...]


def with_inherited_times(rows: Sequence[Row], matter: Matter, primary: Mention | None = None) -> list[Row]:
    """The rows, those without a time given the one that holds for them, where the text leaves no choice.

    `primary` is the measure that the text declares as its primary outcome.
    """
    if not any(_is_silent(row) for row in rows):
        return list(rows)
    times = _trial_times(matter, min(row.sentence for row in rows))
    declared = declared_time(matter, primary)
    return [_timed(row, times, matter, declared) if _is_silent(row) else row for row in rows]


def _is_silent(row: Row) -> bool:
    """Whether a row has results and no time."""
    return row.what.weeks is None and any(not one.is_baseline for one in row.measurements)


def _timed(row: Row, times: TrialTimes, matter: Matter, declared: DeclaredTime | None) -> Row:
    """A row with the time that it inherits, if it does."""
    words = matter.reading.sentences[row.sentence].words
    if row.sentence in times.scenes or _AWAY.search_words(words) or _is_time_to_event(row):
        return row
    found = _of_whole_trial(row, times) if _is_counted(row, words) else _of_scene(row, times)
    if found is None and declared and is_of_primary(row.what, declared, matter.reading.text):
        found = declared.time
    if found is None:
        return row
    weeks, start, end = found
    frame = matter.reading.text[start:end]
    return replace(row, what=row.what._replace(weeks=weeks, time_frame=frame, time_at=(start, end)), time_rule=RULE)


def _is_time_to_event(row: Row) -> bool:
    """Whether the results are themselves times: how long until something happened."""
    in_time = any(one.unit and one.unit.rstrip("s") in WEEKS for one in row.measurements)
    return in_time or _TO_EVENT.search(row.what.measure) is not None


def _is_counted(row: Row, words: str) -> bool:
    """Whether a row counts what happened during the trial, and not how participants were at a visit."""
    if row.kind is OutcomeType.ADVERSE_EVENT or ADVERSE.search(row.what.measure) or _ADVERSE_EVENTS.search(words):
        return True
    return any(one.statistic is Statistic.RATE for one in row.measurements)


def _of_whole_trial(row: Row, times: TrialTimes) -> Time | None:
    """The time over which events were counted: the period named before, the trial's length, else its only time."""
    before = _before(row, times)
    if before and before.scene and before.scene.is_period:
        return before.scene.time
    return times.length or (None if times.is_disputed else times.only) or (before.agreed if before else None)


def _of_scene(row: Row, times: TrialTimes) -> Time | None:
    """The time of a visit: of the sentence that opened with it, else the only one that the text names."""
    before = _before(row, times)
    if not before:
        return None if times.is_disputed else times.only
    last = before.scene
    if last is None:
        return None
    known = times.only or times.length
    return last.time if last.opens or (before.agreed and (known is None or _same(known, last.time))) else None


def _before(row: Row, times: TrialTimes) -> Heard | None:
    """What the sentences before a row named, or None where none named a time."""
    at = bisect_left(times.heard, row.sentence, key=lambda one: one.index)
    return times.heard[at - 1] if at else None


def _heard(scenes: dict[int, Scene | None]) -> tuple[Heard, ...]:
    """What results have named up to each sentence."""
    out: list[Heard] = []
    for index, scene in scenes.items():
        agreed = out[-1].agreed if out else (scene.time if scene else None)
        if agreed and not (scene and _same(agreed, scene.time)):
            agreed = None
        out.append(Heard(index, scene, agreed))
    return tuple(out)


def _same(one: Time, other: Time) -> bool:
    return abs(one[0] - other[0]) <= SAME * max(one[0], other[0])


def _trial_times(matter: Matter, first: int) -> TrialTimes:
    """Read the times of title, objective and methods, and of every sentence from the first with results on."""
    design: list[Time] = []
    lengths: list[Time] = []
    scenes: dict[int, Scene | None] = {}
    for said in matter.said:
        sentence = said.sentence
        found = _follow_up(matter.reading.text, said)
        if not found or reason_to_refuse(sentence.words) or is_elsewhere(sentence.words):
            continue
        if sentence.section in _RESULTS and _SOME_ON.search_words(sentence.words):
            continue
        if _is_design(sentence, first):
            found = [one for one in found if one[0] >= SHORTEST]
            design += found
            lengths += [one for one in found if _is_length(matter.reading.text, one)]
        elif sentence.section in _RESULTS:
            scenes[sentence.index] = _scene(matter.reading.text, said, found)
    length = _one(lengths)
    later = design + [scene.time for scene in scenes.values() if scene]
    if length and any(one[0] > length[0] and not _same(one, length) for one in later):
        length = None
    only = _one(design)
    is_disputed = only is not None and not all(_same(one, only) for one in later)
    return TrialTimes(length, only, is_disputed, scenes, _heard(scenes))


def _is_design(sentence: Sentence, first: int) -> bool:
    """Whether a sentence tells how the trial was done: by its section, or where it has none before the results."""
    return (
        sentence.is_title
        or sentence.section in _DESIGN
        or (sentence.section is Section.UNASSIGNED and sentence.index < first)
    )


def _follow_up(text: str, said: Said) -> list[Time]:
    """The times of a sentence at which, or for how long, participants were observed; of visits listed the last."""
    found = times_in(text, said.sentence.start, said.sentence.end)
    if not found:
        return []
    values = [(n.start, n.end) for n in said.numbers if n.kind in (Kind.VALUE, Kind.PERCENT, Kind.INTERVAL)]
    kept: list[Time] = []
    for one in found:
        if any(low < one[2] and one[1] < high for low, high in values):
            continue
        before = text[max(said.sentence.start, one[1] - 30) : one[1]]
        if (
            _NOT_OF_TRIAL.search(before)
            or _TITRATION.search(text, max(said.sentence.start, one[1] - 60), one[1])
            or _RECRUITED.search(text, max(said.sentence.start, one[1] - 200), one[1])
            or _NOT_A_TIME.match(text, one[2])
            or _OF_SURVIVAL.match(text, one[2])
        ):
            continue
        if kept and _LISTED.fullmatch(text[kept[-1][2] : one[1]]) and kept[-1][0] < one[0]:
            kept.pop()
        kept.append(one)
    return kept


def _scene(text: str, said: Said, found: list[Time]) -> Scene | None:
    """What a sentence of results sets for those that follow."""
    time = _one(found)
    if time is None or time[0] < SHORTEST or _goes_on(text, time):
        return None
    start = said.sentence.start
    label = _LABEL.match(text, start, said.sentence.end)
    begin = label.end() if label else start
    is_period = bool(_PERIOD.match(text, begin, said.sentence.end))
    opens = time[1] - begin <= OPENING and (is_period or bool(_SCENE.match(text, begin, said.sentence.end)))
    return Scene(time, opens, is_period and opens)


def _goes_on(text: str, time: Time) -> bool:
    """Whether a time is the second of a list of more."""
    return bool(_TWO.search(text, time[1], time[2]) and _MORE.match(text, time[2]))


def _is_length(text: str, time: Time) -> bool:
    """Whether a time is how long the trial or its treatment lasted: "a 26-week trial", "for 16 weeks"."""
    return bool(_OF_LENGTH.search(text[max(0, time[1] - 12) : time[1]])) or bool(_LONG_TRIAL.match(text, time[2]))


def _one(times: Sequence[Time]) -> Time | None:
    """The only time, where all that were named are one."""
    return times[0] if times and all(_same(times[0], one) for one in times) else None
