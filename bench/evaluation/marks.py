"""The text of an abstract cut into stretches, each with what is to be seen of it."""

from dataclasses import dataclass

from bench.evaluation.errors import shown
from bench.evaluation.judging import Judged

ORDER = "wrong", "missed", "mistaken", "right", "unjudged", "candidate"
"""Of marks at one place the first of these gives the colour; the words of all are its tooltip."""


@dataclass(frozen=True)
class Mark:
    """One number of the text: its place, its kind (ORDER), and what the tooltip says."""

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True)
class Stretch:
    """A piece of the text; `kind` is empty of plain text, `anchor` the offset by which tables link to it."""

    text: str
    kind: str = ""
    words: str = ""
    anchor: int | None = None


def marks_of(judged: Judged) -> list[Mark]:
    """All that is to be seen in the text: said, missed, and candidates."""
    found = []
    for one in judged.said:
        if one.place is None:
            continue
        kind = "wrong" if one.verdict not in ("right", "unjudged") else one.verdict
        kind = "mistaken" if one.verdict == "right" and one.mistakes else kind
        arm = f" of {judged.said_arms[one.arm].label}" if one.arm is not None else ""
        measure = f", {judged.said_rows[one.row]}" if one.row is not None else ""
        told = "".join(f"\n  {name}: {what}" for name, what in sorted(one.mistakes.items()))
        sure = f" ({one.confidence:g})" if one.confidence is not None else ""
        words = f"{one.verdict}: {one.field} {shown(one.value)}{arm}{measure}\n  by {one.rule}{sure}{told}"
        found.append(Mark(*one.place, kind, words))
    for gold in judged.gold:
        if gold.place is not None and not gold.found:
            arm = f" of {judged.gold_arms[gold.arm].label}" if gold.arm is not None else ""
            words = f"missed: {gold.field} {shown(gold.value)}{arm}, {gold.measure}\n  {gold.reason}"
            found.append(Mark(*gold.place, "missed", words))
    for one in judged.reading.record.get("candidates") or []:
        found.append(Mark(one["start"], one["end"], "candidate", f"candidate: {one['kind']}, {one['reason']}"))
    return found


def stretches(text: str, marks: list[Mark]) -> list[Stretch]:
    """Cut a text at its marks. Marks that overlap become one, from the first start to the last end."""
    groups: list[list[Mark]] = []
    end = -1
    for mark in sorted(marks, key=lambda one: (one.start, -one.end, ORDER.index(one.kind), one.words)):
        if mark.start < end:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        end = max(end, mark.end)
    pieces = []
    at = 0
    for group in groups:
        start, stop = group[0].start, max(one.end for one in group)
        ranked = sorted(group, key=lambda one: ORDER.index(one.kind))
        words = "\n".join(dict.fromkeys(one.words for one in ranked))
        pieces += [Stretch(text[at:start]), Stretch(text[start:stop], ranked[0].kind, words, start)]
        at = stop
    return [piece for piece in [*pieces, Stretch(text[at:])] if piece.text]
