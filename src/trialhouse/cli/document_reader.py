"""One given document to the extraction records that `trialhouse extract` prints: what each of its workers does."""

import datetime
from pathlib import Path
from typing import Any

from trialhouse.cli.given_documents import (
    HALF_A_PAIR,
    Given,
    NotADocument,
    Printed,
    Records,
    line_content,
    printed,
    unread_record,
)
from trialhouse.model.document import Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex, text_sha256
from trialhouse.pipeline.document_reading import Derived, read_document
from trialhouse.resources import read_vocabulary
from trialhouse.sources import local_files

LINE_TYPE = "text/plain; charset=utf-8"


class DocumentReader:
    """Reads documents with one vocabulary. A document that cannot be read gives one record that says why."""

    def __init__(self, seeds: Path, max_bytes: int, indent: int | None) -> None:
        """Read the vocabulary of the folder `seeds`; documents of more than `max_bytes` are refused."""
        self._vocabulary = read_vocabulary(seeds)
        self._max_bytes = max_bytes
        self._indent = indent

    def __call__(self, given: Given) -> Printed:
        """The records of one document, one a trial, as JSON. Never raises on what is given."""
        return printed(given, self._records(given), self._indent)

    def _records(self, given: Given) -> Records:
        if given.problem:
            return [unread_record(given, given.problem)]
        try:
            if given.line is not None:
                return self._of_line(given, *line_content(given.line))
            assert given.file is not None
            data = local_files.read_bytes(given.file, self._max_bytes)
        except NotADocument as error:
            return [unread_record(given, str(error))]
        except UnreadableDocument as error:
            return [unread_record(given, f"{error.reason}: {error}")]
        return _of_derived(given, given.name, self._derived(given.name, data, None))

    def _of_line(self, given: Given, name: str, text: str) -> Records:
        """The records of a line, whose quotes are the characters of its own text."""
        # Half a pair has no UTF-8 and a line ends in one character: as many characters, so that offsets stay.
        clean = HALF_A_PAIR.sub("\ufffd", text)
        sent = clean.replace("\r\n", " \n").replace("\r", "\n")
        derived = self._derived(name, sent.encode(), LINE_TYPE)
        records = _of_derived(given, name, derived)
        if sent != text and derived.document is not None and derived.document.text == sent:
            for record in records:
                record["text_sha256"] = text_sha256(clean)
                _quote_from(text, record)
        return records

    def _derived(self, name: str, data: bytes, media_type: str | None) -> Derived:
        # What is read can be stored, so its name has no half of a pair; the printed record has the name as given.
        stored = name.encode("utf-8", "backslashreplace").decode()
        receipt = Receipt(
            source=local_files.SOURCE,
            record_id=stored,
            locator=stored,
            fetched_at=datetime.datetime.now(datetime.UTC),
            sha256=sha256_hex(data),
            size_bytes=len(data),
            media_type=media_type,
        )
        return read_document(data, receipt, self._vocabulary, self._max_bytes)


def _of_derived(given: Given, name: str, derived: Derived) -> Records:
    if derived.failure:
        return [unread_record(given, derived.failure)]
    several = len(derived.extractions) > 1
    return [
        record.to_json() | {"id": f"{name}#{number}" if several else name}
        for number, record in enumerate(derived.extractions, start=1)
    ]


def _quote_from(text: str, node: Any) -> None:
    """Set every quote below a printed record to the characters of the text at its offsets, in place."""
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            node["quote"] = text[node["start"] : node["end"]]
        for child in node.values():
            _quote_from(text, child)
    elif isinstance(node, list):
        for child in node:
            _quote_from(text, child)
