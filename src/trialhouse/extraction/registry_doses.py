"""Dose, route, schedule and duration of a registry's intervention, where a field of the record states just one.

The registry has no fields for these: they stand in the arm's label and description and in the intervention's. A field
that states two different doses (a titration, a dose range, two drugs) states none for us.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from trialhouse.extraction.terms import find, lexicon
from trialhouse.extraction.times import schedule, to_weeks
from trialhouse.model.enums import Route
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]
Detail = tuple[str, Any, str, Span]
"""A field of the intervention, its value, the path of the text that says it, and the place."""

_UNITS = (
    r"mg/kg|mcg/kg|ug/kg|µg/kg|mg/m2|mg/m\^2|IU/kg|mg|mcg|µg|μg|ug|ng|g|mL|ml|IU|MIU|units?|mmol|mCi|Gy|%|"
    r"\\u00b5g|\\u03bcg"
)
DOSE = lazy_compile(rf"(?<![\w.,/-])(\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)\s?-?({_UNITS})(?![\w/^]|\s?/)")
"""A dose as registries write it: the number and its unit."""
_RANGE_BEFORE = lazy_compile(r"(?:\d\s?(?:-|–|to|or|and|,)\s?|up to |maximum (?:of )?|at least |[<>≤≥]\s?)\Z", re.I)
_FOR = lazy_compile(r"\bfor\s+(?:up to\s+)?(\d+(?:\.\d+)?)[\s-]+(days?|weeks?|months?|years?)\b", re.I)
_INERT = lazy_compile(
    r"\b(?:placebo|sham|no (?:treatment|intervention)|saline|vehicle|usual care|standard of care)\b", re.I
)


def intervention_details(
    text: str,
    span_of: Callable[[str], Span | None],
    places: list[str],
    *,
    name: str,
    members: int,
    vocabulary: Vocabulary,
) -> Iterator[Detail]:
    """What the first of `places` (paths, nearest first) that is clear says of each field.

    An arm of several interventions (`members`) says what it says of all of them, so only the intervention's own fields
    are asked then. A placebo has no dose, but a route and a schedule.
    """
    asked = places if members == 1 else places[2:]
    readable = [(path, span) for path in asked if (span := span_of(path)) is not None]
    readers: list[Callable[[str, Span, Vocabulary], list[tuple[str, Any, Span]]]] = [_route, _schedule, _duration]
    if not _INERT.search(name):
        readers.insert(0, _dose)
    for reader in readers:
        for path, span in readable:
            found = reader(text, span, vocabulary)
            if found:
                yield from ((field, value, path, part) for field, value, part in found)
                break


def _dose(text: str, span: Span, vocabulary: Vocabulary) -> list[tuple[str, Any, Span]]:
    doses = list(DOSE.finditer(text, *span))
    said = {(found[1], found[2].lower()) for found in doses}
    if len(said) != 1 or _RANGE_BEFORE.search(text[max(span[0], doses[0].start() - 20) : doses[0].start()]):
        return []
    found = doses[0]
    # A file may write the Greek letter as an escape; the span keeps it, the value does not.
    written = str(json.loads(f'"{found[2]}"'))
    unit = next((term.unit for term in vocabulary.units if term.name.lower() == written.lower()), written)
    value = float(found[1].replace(",", ""))
    part = found.span()
    return [("dose_value", value, part), ("dose_unit", unit, part), ("dose_raw", found[0], part)]


def _route(text: str, span: Span, vocabulary: Vocabulary) -> list[tuple[str, Any, Span]]:
    found = [
        (Route(one.norm), (span[0] + one.start, span[0] + one.end))
        for one in find(lexicon(vocabulary).routes, text[span[0] : span[1]])
    ]
    if len({route for route, _ in found}) != 1:
        return []
    route, part = min(found, key=lambda one: one[1])
    return [("route", route, part)]


def _schedule(text: str, span: Span, vocabulary: Vocabulary) -> list[tuple[str, Any, Span]]:
    first = schedule(text, *span)
    if first is None:
        return []
    said, start, end = first
    another = schedule(text, end, span[1])
    return [("frequency", said, (start, end))] if another is None or another[0] == said else []


def _duration(text: str, span: Span, vocabulary: Vocabulary) -> list[tuple[str, Any, Span]]:
    lengths = list(_FOR.finditer(text, *span))
    if len({(found[1], found[2].lower().rstrip("s")) for found in lengths}) != 1:
        return []
    found = lengths[0]
    return [("duration_weeks", to_weeks(float(found[1]), found[2]), found.span())]
