"""Marked-up records: read as prose, claimed in the file.

Sentences can be read only without tags and escapes, evidence counts in the file with them. A document that has prose is
read through a view of it, and what was read is moved to where it stands in the file. Also here: the elements of a
format that its parser has never heard of, as candidates.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from trialhouse.model.document import Document, DocumentProse
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import (
    ArmClaim,
    Candidate,
    Extraction,
    LanguageDifference,
    OutcomeClaim,
)
from trialhouse.model.ids import text_sha256

UNKNOWN_FIELD = "unknown_field"
_PARTING = (": ", " ")
"""What a parser adds between a label and the words of its section."""

_MOST_BEHIND_LABEL = 2
"""Signs of its own that a label may end with in the file ("Results: ")."""

UNKNOWN_REASON = "the format has this element or field, and its parser has never heard of it"


def prose_view(document: Document, prose: DocumentProse) -> Document:
    """The document as a plain text would be: its words, with the zones and registry ids that stand in them."""
    return document.model_copy(
        update={"text": prose.text, "zones": prose.zones, "registry_ids": prose.registry_ids, "prose": None}
    )


def in_file(document: Document, prose: DocumentProse, record: Extraction) -> Extraction:
    """A record that was read from the prose, with every span moved to the document's own text.

    A quote then holds the tags and entities that stand between its words. Pure. What a rule reads holds a letter or a
    digit, and all of those stand in the file: only line ends and the like do not.
    """
    move = _Move(document.text, prose)
    return record.model_copy(
        update={
            "text_sha256": text_sha256(document.text),
            "trial": record.trial.model_copy(update={"evidence": move.all(record.trial.evidence)}),
            "arms": tuple(move.arm(arm) for arm in record.arms),
            "outcomes": tuple(move.outcome(outcome) for outcome in record.outcomes),
            "candidates": _once([move.candidate(candidate) for candidate in record.candidates]),
            "language_differences": tuple(move.difference(one) for one in record.language_differences),
        }
    )


def with_unknown(document: Document, records: Sequence[Extraction]) -> list[Extraction]:
    """The records, the first one with the document's unknown elements as candidates."""
    found = tuple(
        Candidate(kind=UNKNOWN_FIELD, start=one.start, end=one.end, quote=one.quote, reason=_unknown(one))
        for one in document.unknown
    )
    if not found or not records:
        return list(records)
    first = records[0].model_copy(update={"candidates": _once([*records[0].candidates, *found])})
    return [first, *records[1:]]


def _unknown(one: Evidence) -> str:
    return f"{UNKNOWN_REASON}: {one.locator}" if one.locator else UNKNOWN_REASON


def _once(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates, each place, kind and reason once: two stretches of prose may be one stretch of the file."""
    return tuple({(one.start, one.end, one.kind, one.reason): one for one in candidates}.values())


class _Move:
    """From spans of the prose to spans of the text."""

    def __init__(self, text: str, prose: DocumentProse) -> None:
        self.text = text
        self.prose = prose

    @cached_property
    def _words_begin(self) -> dict[int, int]:
        """Where the words of each section begin whose label is an attribute or a heading in the file, by its start."""
        return dict(_behind_labels(self.prose))

    def proof(self, evidence: Evidence) -> Evidence:
        start, end, locator = self._in_file(evidence.start, evidence.end)
        place = {"start": start, "end": end, "quote": self.text[start:end], "locator": locator}
        return evidence.model_copy(update=place)

    def _in_file(self, start: int, end: int) -> tuple[int, int, str | None]:
        """The place of a stretch; the label before the first sentence of a section is no part of what it says."""
        words = self._words_begin.get(start, start)
        return self.prose.in_file(words if words < end else start, end)

    def all(self, evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
        return {field: self.proof(one) for field, one in evidence.items()}

    def arm(self, arm: ArmClaim) -> ArmClaim:
        interventions = tuple(one.model_copy(update={"evidence": self.all(one.evidence)}) for one in arm.interventions)
        return arm.model_copy(update={"interventions": interventions, "evidence": self.all(arm.evidence)})

    def outcome(self, outcome: OutcomeClaim) -> OutcomeClaim:
        measurements = tuple(
            one.model_copy(update={"evidence": self.proof(one.evidence)}) for one in outcome.measurements
        )
        analyses = tuple(one.model_copy(update={"evidence": self.proof(one.evidence)}) for one in outcome.analyses)
        return outcome.model_copy(
            update={"measurements": measurements, "analyses": analyses, "evidence": self.all(outcome.evidence)}
        )

    def candidate(self, candidate: Candidate) -> Candidate:
        start, end, _ = self._in_file(candidate.start, candidate.end)
        return candidate.model_copy(update={"start": start, "end": end, "quote": self.text[start:end]})

    def difference(self, one: LanguageDifference) -> LanguageDifference:
        sides = {"evidence": one.evidence, "other_evidence": one.other_evidence}
        return one.model_copy(update={name: proof and self.proof(proof) for name, proof in sides.items()})


def _behind_labels(prose: DocumentProse) -> Iterator[tuple[int, int]]:
    """The start of each section with a label that the file has elsewhere than before its words, and where these begin.

    What parts such a label from the words is in the prose only.
    """
    starts = [piece.start for piece in prose.pieces]
    for zone in prose.zones:
        first = bisect_left(starts, zone.start + len(zone.label)) if zone.label else len(starts)
        if first + 1 < len(starts) and starts[first] <= zone.start + len(zone.label or "") + _MOST_BEHIND_LABEL:
            parting, words = prose.pieces[first : first + 2]
            is_added = parting.text_start == parting.text_end
            if is_added and prose.text[parting.start : words.start] in _PARTING and words.start < zone.end:
                yield zone.start, words.start
