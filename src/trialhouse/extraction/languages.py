"""Compare the copies of a text in other languages with the main text. They are never read as results of their own.

Rule `other_language`: a copy is held against the main text in two ways, by the schedules of treatment and by the
numbers. Silence is preferred: what is said in one only, or in more than one way, is no disagreement.
"""

from collections.abc import Sequence

from trialhouse.extraction.figures import Figure, FigureIndex, figures_in
from trialhouse.extraction.other_schedules import Said, same_schedule, schedules_in
from trialhouse.extraction.times import schedule
from trialhouse.model.document import Document, ZoneKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Extraction, InterventionClaim, LanguageDifference
from trialhouse.text.numbers import find_numbers
from trialhouse.text.sentences import sentences

RULE = "other_language"
FULL_COPY = 0.7
"""The part of the main text's numbers that a copy must hold to be a full copy, in which a number can be missed."""
FEWEST_SHARED = 3
"""Numbers that both texts must have before a difference between numbers means anything."""

Span = tuple[int, int]


def with_language_differences(document: Document, record: Extraction) -> Extraction:
    """The record with what the copies of its text in other languages say otherwise."""
    found = compare_languages(document, record)
    return record.model_copy(update={"language_differences": tuple(found)}) if found else record


def compare_languages(document: Document, record: Extraction) -> list[LanguageDifference]:
    """Where the copies of a document's text in other languages contradict what its main text says of the trial.

    A copy is all zones of one other language together. The main text's schedule is that of the record's arms. Pure.
    """
    main = [(z.start, z.end) for z in document.zones if z.kind in (ZoneKind.TITLE, ZoneKind.BODY)]
    copies: dict[str, list[Span]] = {}
    for zone in document.zones:
        if zone.kind is ZoneKind.OTHER_LANGUAGE and zone.language:
            copies.setdefault(zone.language, []).append((zone.start, zone.end))
    found: list[LanguageDifference] = []
    for language, copy in sorted(copies.items()):
        found += _schedules(document.text, main, copy, language, record)
        found += _numbers(document.text, main, copy, document.language or "en", language)
    return found


def _schedules(
    text: str, main: Sequence[Span], copy: Sequence[Span], language: str, record: Extraction
) -> list[LanguageDifference]:
    """The one schedule of the arms that the copy replaces by another one, if there is exactly one of each."""
    said = [one for span in copy for one in schedules_in(text, *span, language)]
    if not said:
        return []
    known = sorted({words for span in main for words in _main_schedules(text, span)})
    given = _arm_schedules(record)
    new = _distinct([one for one in said if not any(same_schedule(one[0], words) for words in [*known, *given])])
    missing = [words for words in given if not any(same_schedule(words, one[0]) for one in said)]
    if len(new) != 1 or len(missing) != 1:
        return []
    (other, start, stop), kept = new[0], missing[0]
    return [
        LanguageDifference(
            field="frequency",
            arms=tuple(key for key, _ in given[kept]),
            language=language,
            kept=kept,
            other=other,
            evidence=given[kept][0][1].evidence.get("frequency"),
            other_evidence=_proof(text, start, stop),
        )
    ]


def _distinct(said: Sequence[Said]) -> list[Said]:
    """The schedules of a copy, each that means the same once."""
    kept: list[Said] = []
    for one in said:
        if not any(same_schedule(one[0], other[0]) for other in kept):
            kept.append(one)
    return kept


def _main_schedules(text: str, span: Span) -> list[str]:
    """Every schedule that the main text names, of whatever: one of them in the copy is nothing new."""
    found = []
    at, end = span
    while one := schedule(text, at, end):
        found.append(one[0])
        at = one[2]
    return found


def _arm_schedules(record: Extraction) -> dict[str, list[tuple[str, InterventionClaim]]]:
    """The schedules that were read for the arms, each with the arms' keys and the interventions that have it."""
    given: dict[str, list[tuple[str, InterventionClaim]]] = {}
    for arm in record.arms:
        for intervention in arm.interventions:
            if intervention.frequency and not intervention.background:
                given.setdefault(intervention.frequency, []).append((arm.key, intervention))
    return given


def _numbers(
    text: str, main: Sequence[Span], copy: Sequence[Span], main_language: str, language: str
) -> list[LanguageDifference]:
    """The numbers in which a full copy differs from the main text; nothing of a copy that tells less."""
    mine, theirs = figures_in(text, main, main_language), figures_in(text, copy, language)
    telling = [one for one in mine if one.field]
    known, copied = FigureIndex(mine), FigureIndex(theirs)
    missing = [one for one in telling if not copied.holds(one)]
    shared = len(telling) - len(missing)
    if shared < FEWEST_SHARED or shared < FULL_COPY * len(telling):
        return []
    missing = _once(missing)
    words = {number.value for span in main for number in find_numbers(text, *span) if number.word}
    new = _once([one for one in theirs if one.field and not known.holds(one) and not words.intersection(one.values)])
    found: list[LanguageDifference] = []
    for field in sorted({one.field or "" for one in [*missing, *new]}):
        left = [one for one in missing if one.field == field]
        right = [one for one in new if one.field == field]
        if len(left) == len(right):
            found += [_difference(text, language, a, b) for a, b in zip(left, right, strict=True)]
        else:
            # A whole number that one of them lacks may be spelled in words there.
            found += [_difference(text, language, one, None) for one in left if one.has_decimals or one.is_percent]
            found += [_difference(text, language, None, one) for one in right if one.has_decimals or one.is_percent]
    return found


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """The figures, those that agree with an earlier one left out."""
    kept: list[Figure] = []
    for one in figures:
        if not any(one.agrees(other) and one.field == other.field for other in kept):
            kept.append(one)
    return kept


def _difference(text: str, language: str, kept: Figure | None, other: Figure | None) -> LanguageDifference:
    one = kept or other
    return LanguageDifference(
        field=(one.field if one else None) or "number",
        language=language,
        kept=kept.text if kept else None,
        other=other.text if other else None,
        evidence=_sentence(text, kept) if kept else None,
        other_evidence=_sentence(text, other) if other else None,
    )


def _sentence(text: str, figure: Figure) -> Evidence:
    """The sentence that holds a figure: by itself a number shows nothing."""
    begin = max(text.rfind("\n", 0, figure.start) + 1, figure.start - 1000)
    line_end = text.find("\n", figure.end)
    end = min(len(text) if line_end < 0 else line_end, figure.end + 1000)
    held = next((s for s in sentences(text, begin, end) if s[0] <= figure.start and figure.end <= s[1]), None)
    return _proof(text, *(held or (figure.start, figure.end)))


def _proof(text: str, start: int, end: int) -> Evidence:
    return Evidence.of(text, start, end, rule=RULE)
