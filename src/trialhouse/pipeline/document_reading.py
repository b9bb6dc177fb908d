"""What one record's bytes come to: a document and what it claims, or what went wrong."""

import logging

from pydantic_core import PydanticSerializationError

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import Document, Receipt, UnreadableDocument
from trialhouse.model.extraction import Extraction
from trialhouse.model.record import Record
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.pipeline.withdrawal import why_withdrawn

log = logging.getLogger(__name__)


class Derived(Record):
    """What one record's bytes came to. `failure` says what went wrong at `stage`; the document may still stand."""

    receipt: Receipt
    document: Document | None = None
    extractions: tuple[Extraction, ...] = ()
    stage: str | None = None
    failure: str | None = None


def read_document(data: bytes, receipt: Receipt, vocabulary: Vocabulary, max_bytes: int) -> Derived:
    """Parse and extract. No input stops a batch: what goes wrong, foreseen or not, is told in the result."""
    return read_and_written(data, receipt, vocabulary, max_bytes)[0]


def read_and_written(data: bytes, receipt: Receipt, vocabulary: Vocabulary, max_bytes: int) -> tuple[Derived, bytes]:
    """What a document came to, and that as it is stored."""
    derived = _read_document(data, receipt, vocabulary, max_bytes)
    try:
        return derived, derived.model_dump_json().encode()
    except PydanticSerializationError as error:
        # Half a character (a lone surrogate) that a parser let through can be neither stored nor shown.
        log.exception("what was read from %s cannot be stored", receipt.record_id)
        failed = Derived(receipt=receipt, stage="parse", failure=f"parser_failed: {_told(error)}")
        return failed, failed.model_dump_json().encode()


def _read_document(data: bytes, receipt: Receipt, vocabulary: Vocabulary, max_bytes: int) -> Derived:
    gone = why_withdrawn(data, receipt)
    if gone is not None:
        return Derived(receipt=receipt, stage="parse", failure=gone)
    try:
        document = parse_document(data, receipt, max_bytes)
    except UnreadableDocument as error:
        return Derived(receipt=receipt, stage="parse", failure=f"{error.reason}: {error}")
    except Exception as error:
        log.exception("the parser failed on %s", receipt.record_id)
        return Derived(receipt=receipt, stage="parse", failure=f"parser_failed: {_told(error)}")
    try:
        return Derived(receipt=receipt, document=document, extractions=tuple(extract(document, vocabulary)))
    except Exception as error:
        log.exception("the extractor failed on %s", receipt.record_id)
        failure = f"extractor_failed: {_told(error)}"
        broken = document.model_copy(update={"problem": failure})
        return Derived(receipt=receipt, document=broken, stage="extract", failure=failure)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error} (a fault of Trialhouse: report it with the document)"
