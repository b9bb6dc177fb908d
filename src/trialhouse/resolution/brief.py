"""Readings in brief as they are stored, and opened again."""

import datetime
import sys
from collections.abc import Iterable
from typing import Any, Self

from trialhouse.model.document import Document, Receipt
from trialhouse.model.extraction import DocumentFacts, Extraction, TrialClaim
from trialhouse.model.lean import share_all_names
from trialhouse.model.record import Record
from trialhouse.resolution.in_brief import (
    HEAD,
    KEPT_OF_CLAIMS,
    KEPT_OF_DOCUMENT,
    SEVERAL_TRIALS,
    BriefClaims,
    BriefDocument,
    BriefTrial,
    Whole,
    claims_of,
    drugs_of,
    is_of_a_trial,
)
from trialhouse.resolution.mistyped_ids import MistypedId, mistyped_ids
from trialhouse.resolution.pooling import pooling_in_text
from trialhouse.resolution.stated_ids import Standing, standings


class Brief(Record):
    """A brief as it is stored: of the document and the claims, what is left out is blank."""

    document: Document
    extractions: tuple[Extraction, ...]
    heads: dict[int, str]
    slips: tuple[MistypedId, ...]
    not_stated: tuple[tuple[str, Standing], ...] = ()
    pooling: str | None = None
    drugs: tuple[tuple[str, ...], ...]
    are_of_a_trial: tuple[bool, ...]

    @classmethod
    def of(cls, document: Document, extractions: tuple[Extraction, ...]) -> Self:
        """The brief of a document and its claims."""
        starts = [one.start for one in document.registry_ids]
        own = claims_of(document, extractions)
        kept = {name: getattr(document, name) for name in KEPT_OF_DOCUMENT}
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
            extractions=tuple(_brief_claims(claims) for claims in own),
            heads={start: document.text[max(0, start - HEAD) : start] for start in starts},
            slips=tuple(mistyped_ids(document)),
            not_stated=tuple((id, how) for id, how in standings(document).items() if how is not Standing.STATED),
            pooling=pooling_in_text(document),
            drugs=tuple(tuple(sorted(drugs_of(claims))) for claims in extractions),
            are_of_a_trial=tuple(is_of_a_trial(claims) for claims in own),
        )

    def opened(self, reading: str, whole: Whole) -> tuple[BriefDocument, tuple[BriefClaims, ...]]:
        """The document and its claims, of the reading of that name, which read with `whole` what they do not have."""
        share_all_names(self)
        said = _said(self.document, (*KEPT_OF_DOCUMENT, "zones")) | {"receipt": _from(self.document.receipt.source)}
        said |= {name: value for name in ("heads", "slips", "not_stated", "pooling") if (value := getattr(self, name))}
        said |= {name: sys.intern(said[name]) for name in _OF_MANY if name in said}
        document = BriefDocument.unchecked(said | {"reading": reading, "whole": whole})
        return document, tuple(self._claims(document, at) for at in range(len(self.extractions)))

    def _claims(self, document: BriefDocument, at: int) -> BriefClaims:
        one = self.extractions[at]
        of_trial = _said(one.trial, TrialClaim.every_field)
        said = _said(one, (*KEPT_OF_CLAIMS, "candidates"))
        said |= {"trial": BriefTrial.unchecked(of_trial) if of_trial else _NO_TRIAL, "of": document}
        also = {"drugs": self.drugs[at], "is_of_a_trial": self.are_of_a_trial[at], "at": at}
        return BriefClaims.unchecked(
            said | {name: value for name, value in also.items() if value != BriefClaims.defaults[name]}
        )


_OF_MANY = ("format", "journal", "language", "license")
"""Words that many documents have in common: each is held once."""

_NO_TRIAL = BriefTrial.unchecked({})


def _said(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """The values of a record that are not blank, of some of its fields."""
    values = ((name, getattr(record, name)) for name in names)
    return {name: value for name, value in values if value != record.defaults[name]}


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
