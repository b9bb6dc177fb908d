"""What comes into this room: a document with what was read from it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from trialhouse.model.document import Document
from trialhouse.model.extraction import Extraction
from trialhouse.resolution.in_brief import claims_of, is_of_a_trial


@dataclass(frozen=True, slots=True)
class Reading:
    """One document and the claims read from it, by which extractor in which version.

    `name` tells it from every other reading: two of one name say the same. Without one nothing is kept of it.
    """

    document: Document
    extractions: tuple[Extraction, ...]
    extractor: str
    extractor_version: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One document's claims about one trial; `number` counts the trials of a page that reports several, from 1."""

    document: Document
    claims: Extraction
    extractor: str
    extractor_version: str
    number: int | None = None

    @property
    def name(self) -> str:
        """What it is called within a build: its document's id, on a page of several trials with its number."""
        return self.document.document_id if self.number is None else f"{self.document.document_id}#{self.number}"

    def without_ids(self, others: Collection[str]) -> "Mention":
        """The same without these registry ids, which are in lower case: they are of another trial."""
        trial = self.claims.trial
        own = tuple(value for value in trial.registry_ids if value.lower() not in others)
        claims = self.claims.model_copy(update={"trial": trial.model_copy(update={"registry_ids": own})})
        return replace(self, claims=claims)


def mentions_of(reading: Reading) -> list[Mention]:
    """What a document says of each trial that it reports."""
    several = len(reading.extractions) > 1
    return [
        Mention(reading.document, claims, reading.extractor, reading.extractor_version, number if several else None)
        for number, claims in enumerate(claims_of(reading.document, reading.extractions), start=1)
        if is_of_a_trial(claims)
    ]
