"""Readings in brief as they are stored, and opened again."""

import datetime
from typing import Self

from trialhouse.model.document import Document, Receipt
from trialhouse.model.extraction import DocumentFacts, Extraction
from trialhouse.model.lean import share_all_names
from trialhouse.model.record import Record
from trialhouse.resolution.in_brief import (
    HEAD,
    SEVERAL_TRIALS,
    BriefClaims,
    BriefDocument,
    Whole,
    drugs_of,
    is_of_a_trial,
)
from trialhouse.resolution.mistyped_ids import MistypedId, mistyped_ids

_DOCUMENT = (
    "document_id",
    "format",
    "kind",
    "title",
    "journal",
    "published",
    "publication_types",
    "language",
    "doi",
    "pmid",
    "pmcid",
    "registry_ids",
    "cites",
    "cited_registry_ids",
    "relations",
    "notices",
    "license",
    "text_mining_reservation",
)
"""What is kept of a document, beside the source of its receipt and the zones in which registry ids stand."""

_CLAIMS = ("id", "trial", "error")
"""What is kept of the claims of one trial, beside the candidates of registry ids."""


class Brief(Record):
    """A brief as it is stored: of the document and the claims, what is left out is blank."""

    document: Document
    extractions: tuple[Extraction, ...]
    heads: dict[int, str]
    slips: tuple[MistypedId, ...]
    drugs: tuple[tuple[str, ...], ...]
    are_of_a_trial: tuple[bool, ...]

    @classmethod
    def of(cls, document: Document, extractions: tuple[Extraction, ...]) -> Self:
        """The brief of a document and its claims."""
        starts = [one.start for one in document.registry_ids]
        kept = {name: getattr(document, name) for name in _DOCUMENT}
        return cls(
            document=Document(
                **kept
                | {
                    "receipt": _BLANK.model_copy(update={"source": document.receipt.source}),
                    "text": "",
                    "zones": tuple(z for z in document.zones if any(z.start <= start < z.end for start in starts)),
                    "relations": tuple(one.model_copy(update={"evidence": None}) for one in document.relations),
                }
            ),
            extractions=tuple(_brief_claims(claims) for claims in extractions),
            heads={start: document.text[max(0, start - HEAD) : start] for start in starts},
            slips=tuple(mistyped_ids(document)),
            drugs=tuple(tuple(sorted(drugs_of(claims))) for claims in extractions),
            are_of_a_trial=tuple(is_of_a_trial(claims) for claims in extractions),
        )

    def opened(self, whole: Whole) -> tuple[BriefDocument, tuple[BriefClaims, ...]]:
        """The document and its claims, which read with `whole` what they do not have."""
        share_all_names(self)
        document_id = self.document.document_id
        values = {name: getattr(self.document, name) for name in (*_DOCUMENT, "zones")}
        values |= {
            "receipt": _from(self.document.receipt.source),
            "heads": self.heads,
            "slips": self.slips,
            "whole": whole,
        }
        claims = tuple(
            BriefClaims.unchecked(
                {name: getattr(one, name) for name in (*_CLAIMS, "candidates")}
                | {"drugs": frozenset(self.drugs[at]), "is_of_a_trial": self.are_of_a_trial[at]}
                | {"document_id": document_id, "at": at, "whole": whole}
            )
            for at, one in enumerate(self.extractions)
        )
        return BriefDocument.unchecked(values), claims


_BLANK = Receipt(source="", record_id="", locator="", fetched_at=datetime.datetime.min, sha256="", size_bytes=0)
_sources: dict[str, Receipt] = {}


def _from(source: str) -> Receipt:
    """A receipt that tells the source alone, one for all documents of it."""
    return _sources.setdefault(source, Receipt.unchecked({"source": source}))


def _brief_claims(claims: Extraction) -> Extraction:
    return Extraction(
        id=claims.id,
        text_sha256="",
        document=DocumentFacts(),
        trial=claims.trial.model_copy(update={"evidence": {}}),
        candidates=tuple(one for one in claims.candidates if _is_of_an_id(one.kind, one.reason)),
        error=claims.error,
    )


def _is_of_an_id(kind: str, reason: str) -> bool:
    return kind == "registry_id" or reason == SEVERAL_TRIALS
