"""What comes into this room: a document with what was read from it."""

from dataclasses import dataclass

from trialhouse.model.document import Document
from trialhouse.model.extraction import Extraction


@dataclass(frozen=True)
class Reading:
    """One document and the claims read from it, by which extractor in which version."""

    document: Document
    extractions: tuple[Extraction, ...]
    extractor: str
    extractor_version: str


@dataclass(frozen=True)
class Mention:
    """One document's claims about one trial."""

    document: Document
    claims: Extraction
    extractor: str
    extractor_version: str

    @property
    def name(self) -> str:
        """What it is called within a build: its document's id, on a page of several trials with its number."""
        _, numbered, number = self.claims.id.rpartition("#")
        return f"{self.document.document_id}#{number}" if numbered else self.document.document_id


def names_a_trial(claims: Extraction) -> bool:
    """Whether the claims are about a trial at all: a design, arms, results or a registration."""
    trial = claims.trial
    return bool(claims.arms or claims.outcomes or trial.registry_ids or trial.study_type or trial.enrollment)
