"""Where numbers stand in the text, and why a number of the gold was missed.

The gold has no offsets: a number is looked for by its value among all numbers of the text, and of several places the
one that tells most is taken: where something wrong was said, then where a candidate was left, then the sentence that
shares most words with the outcome.
"""

import re
from dataclasses import dataclass

from bench.evaluation.numbers import Gold, Said, Value
from bench.evaluation.reading import Reading
from trialhouse.text.numbers import find_numbers

_PLAIN = re.compile(r"(?<![\d.])[.·]?\d+(?:[.,·]\d+)*")
_WORDS = re.compile(r"[A-Z]?[a-z]{3,}|[A-Z]{2,}[a-z]?\d*[a-z]*|[A-Za-z]+\d+\w*")

OWN_KINDS = {
    "p_value": ("p_value",),
    "ci": ("interval",),
    "effect": ("effect",),
    "dose": ("dose",),
    "arm_n": ("size", "denominator"),
    "n_total": ("count", "size"),
}
"""The lexer's types that a number of a field mostly has; results have the others."""
NO_RESULT = "name", "time", "date", "age", "level"
"""Types of numbers that no field has."""


@dataclass(frozen=True)
class Place:
    """One number of a text: its offsets and its absolute value."""

    start: int
    end: int
    value: float


def numbers_in(text: str) -> list[Place]:
    """All numbers of a text by the extractor's own finder, and the runs of digits that it takes for parts of names."""
    found = {n.start: Place(n.start, n.end, abs(n.value)) for n in find_numbers(text)}
    covered = [(one.start, one.end) for one in found.values()]
    for match in _PLAIN.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in covered):
            digits = match.group().replace(",", "").replace("·", ".")
            if digits.count(".") <= 1:
                found[match.start()] = Place(*match.span(), float(digits))
    return [one for _, one in sorted(found.items())]


def parts_of(value: Value) -> list[float]:
    """The plain numbers of a value: of a p-value its number, of an interval both ends."""
    return [part for part in value if isinstance(part, float)] if isinstance(value, tuple) else [value]


def place_said(said: list[Said], reading: Reading) -> None:
    """Find each said number within its evidence; those that say the same value share out its places in order."""
    numbers = numbers_in(reading.text)
    taken: set[int] = set()
    for one in said:
        inside = [n for n in numbers if one.start <= n.start and n.end <= one.end]
        parts = parts_of(one.value)
        first = [n for n in inside if n.value == parts[0]]
        fresh = [n for n in first if n.start not in taken] or first
        if not fresh:
            continue
        best = max(fresh, key=lambda n: (_fits(n, one.field, reading), -n.start))
        taken.add(best.start)
        one.place = (best.start, _end(best, parts, inside))


def _end(first: Place, parts: list[float], inside: list[Place]) -> int:
    """Where the last of the parts ends, close behind the first."""
    end = first.end
    for part in parts[1:]:
        end = next((n.end for n in inside if n.value == part and 0 <= n.start - end < 12), end)
    return end


def explain_missed(gold: list[Gold], said: list[Said], reading: Reading, known_arms: set[int]) -> None:
    """Give every number of the gold that was not said rightly its place and its reason.

    Reasons: `said: VERDICT by RULE`; `candidate: REASON`; `typed KIND`, what the lexer took it for; `not read` in no
    sentence that extraction reads; `not in text`; before them `no arms` of a record that has none.
    """
    numbers = numbers_in(reading.text)
    candidates = {(c["start"], c["end"]): c["reason"] for c in reading.record.get("candidates") or []}
    right = {one.place[0] for one in said if one.place and one.verdict == "right"}
    wrong = {one.place[0]: one for one in said if one.place and one.verdict not in ("right", "unjudged")}
    taken: set[int] = set()
    for one in (g for g in gold if not g.found):
        if one.said is not None and one.said.place:
            one.place = one.said.place
            one.reason = f"said: {one.said.verdict} by {one.said.rule}"
            continue
        part = parts_of(one.value)[0]
        options = [n for n in numbers if n.value == part]
        options = [n for n in options if n.start not in right] or options
        options = [n for n in options if n.start not in taken] or options
        if not options:
            one.reason = "not in text"
            continue
        ranked = {n: _reason(n, one, wrong, candidates, reading) for n in options}
        words = f"{one.measure} {one.raw}"
        best = max(
            options,
            key=lambda n: (_fits(n, one.field, reading), _rank(ranked[n]), _shared_words(words, n, reading), -n.start),
        )
        taken.add(best.start)
        one.place, one.reason = (best.start, best.end), ranked[best]
        if not (reading.record.get("arms")) and one.arm is not None:
            one.reason = f"no arms; {one.reason}"
        elif one.arm is not None and one.arm not in known_arms:
            one.reason = f"arm not found; {one.reason}"


def _reason(
    number: Place, gold: Gold, wrong: dict[int, Said], candidates: dict[tuple[int, int], str], reading: Reading
) -> str:
    """Why the number at one place was not said as the gold has it."""
    if number.start in wrong:
        return f"said: as {wrong[number.start].field} by {wrong[number.start].rule}"
    for (start, end), reason in sorted(candidates.items()):
        if start < number.end and number.start < end:
            return f"candidate: {reason}"
    kind = _kind_at(number, reading)
    if kind:
        return f"typed {kind}"
    inside = any(start <= number.start < end for start, end in reading.sentences)
    return "no number to the lexer" if inside else "not read"


def _kind_at(number: Place, reading: Reading) -> str | None:
    """The type that the lexer gave the number at a place, if it saw one there."""
    return next((reading.kinds[at] for at in range(number.start, number.end) if at in reading.kinds), None)


def _fits(number: Place, field: str, reading: Reading) -> int:
    """How well the lexer's type goes with a field: 2 is one of the field's own types, 0 one of another field's."""
    kind = _kind_at(number, reading)
    if kind in OWN_KINDS.get(field, ("value", "percent", "count")):
        return 2
    return 0 if kind in NO_RESULT or any(kind in kinds for kinds in OWN_KINDS.values()) else 1


def _rank(reason: str) -> int:
    """How much a reason tells: the number at its place is likely to be the one that the annotators meant."""
    order = "not read", "no number", "typed", "candidate", "said"
    return next((i for i, start in enumerate(order) if reason.startswith(start)), 0)


def sentence_at(reading: Reading, at: int) -> tuple[int, int]:
    """The sentence around an offset, or a stretch of the text where extraction reads none."""
    for start, end in reading.sentences:
        if start <= at < end:
            return start, end
    return max(0, at - 120), min(len(reading.text), at + 120)


def _shared_words(raw: str, number: Place, reading: Reading) -> int:
    start, end = sentence_at(reading, number.start)
    around = reading.text[start:end].lower()
    return sum(word.lower() in around for word in set(_WORDS.findall(raw)))
