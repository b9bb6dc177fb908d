"""Readings in brief as they are stored, and opened again."""

import datetime
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from pydantic import TypeAdapter
from pydantic_core import from_json

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
    names_of_page,
    participants_in_arms,
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
    names: tuple[str, ...] = ()
    drugs: tuple[tuple[str, ...], ...]
    in_arms: tuple[int | None, ...]
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
            names=tuple(names_of_page(document)),
            drugs=tuple(tuple(sorted(drugs_of(claims))) for claims in extractions),
            in_arms=tuple(participants_in_arms(claims) for claims in extractions),
            are_of_a_trial=tuple(is_of_a_trial(claims) for claims in own),
        )

    def written(self) -> str:
        """The brief as `open_brief` reads it, without what is blank."""
        return self.model_dump_json(exclude_defaults=True)


def open_brief(written: str, reading: str, whole: Whole) -> tuple[BriefDocument, tuple[BriefClaims, ...]]:
    """A document and its claims in brief, of the reading of that name, which read with `whole` what they do not have.

    This is done for every document every night, so pydantic is given only what JSON has no like of: a seventh of the
    time. The file that briefs come from has checksums.
    """
    # With its cache the reader of JSON would hold on to words of documents, and with each to the memory around it.
    brief = from_json(written, cache_strings="none")
    document = _opened_document(brief, reading, whole)
    return document, tuple(_opened_claims(brief, at, document) for at in range(len(brief["extractions"])))


def doi_in_brief(written: str) -> str | None:
    """The DOI of a document in brief as it is stored."""
    doi: str | None = from_json(written, cache_strings="none")["document"].get("doi")
    return doi


def _opened_document(brief: Mapping[str, Any], reading: str, whole: Whole) -> BriefDocument:
    said = _read(brief["document"], _OF_DOCUMENT) | _read(brief, _BESIDE_DOCUMENT)
    said |= {name: sys.intern(said[name]) for name in _OF_MANY if name in said}
    source = _from(sys.intern(brief["document"]["receipt"]["source"]))
    return BriefDocument.unchecked(said | {"receipt": source, "reading": reading, "whole": whole})


def _opened_claims(brief: Mapping[str, Any], at: int, document: BriefDocument) -> BriefClaims:
    """The claims at a place; what they say in the very words of the document is held once."""
    one = brief["extractions"][at]
    words = {word: word for word in document.__dict__.values() if type(word) is str}
    of_trial = _read(one["trial"], _OF_TRIAL, words) if "trial" in one else {}
    also = {"drugs": tuple(map(sys.intern, brief["drugs"][at])), "in_arms": brief["in_arms"][at], "at": at}
    also |= {"is_of_a_trial": brief["are_of_a_trial"][at]}
    said = _read(one, _OF_CLAIMS, words) | {"trial": BriefTrial.unchecked(of_trial) if of_trial else _NO_TRIAL}
    said |= {name: value for name, value in also.items() if value != BriefClaims.defaults[name]}
    return BriefClaims.unchecked(said | {"of": document})


_OF_MANY = ("format", "journal", "language", "license", "published")
"""Words that many documents have in common: each is held once."""

_NO_TRIAL = BriefTrial.unchecked({})

_Readers = Mapping[str, Callable[[Any], Any] | None]


def _readers(record: type[Record], names: Iterable[str]) -> _Readers:
    """How to read these fields of a record from JSON; None where what JSON has is what the field has."""
    return {name: _reader(record.__pydantic_fields__[name].annotation) for name in names}


def _reader(annotation: Any) -> Callable[[Any], Any] | None:
    if annotation in (str, int, bool, str | None, int | None, bool | None):
        return None
    validate = TypeAdapter(annotation).validate_python

    def read(value: Any) -> Any:
        found = validate(value)
        share_all_names(found)
        return found

    return read


_OF_DOCUMENT = _readers(Document, (*KEPT_OF_DOCUMENT, "zones"))
_BESIDE_DOCUMENT = _readers(Brief, ("heads", "slips", "not_stated", "pooling", "names"))
_OF_TRIAL = _readers(TrialClaim, TrialClaim.every_field)
_OF_CLAIMS = _readers(Extraction, (*(KEPT_OF_CLAIMS - {"trial"}), "candidates"))


def _read(values: Mapping[str, Any], readers: _Readers, words: Mapping[str, str] = {}) -> dict[str, Any]:
    """The values of these fields among those of JSON; a string that is among `words` is that one."""
    found = {}
    for name, read in readers.items():  # under the names of the fields: those of the values are strings of their own
        if name in values:
            value = values[name]
            found[name] = read(value) if read else words.get(value, value) if type(value) is str else value
    return found


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
