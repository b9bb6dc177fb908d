"""A receipt for bytes that came from nowhere."""

import datetime
from collections.abc import Callable

import pytest

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt
from trialhouse.model.ids import sha256_hex

Parse = Callable[..., Document]


@pytest.fixture(scope="session")
def parse() -> Parse:
    """Parse bytes or a text as the content of a file."""

    def parse_content(content: bytes | str, media_type: str | None = None, **limits: int) -> Document:
        data = content.encode() if isinstance(content, str) else content
        receipt = Receipt(
            source="files",
            record_id="page.txt",
            locator="inbox/page.txt",
            fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            sha256=sha256_hex(data),
            size_bytes=len(data),
            media_type=media_type,
        )
        return parse_document(data, receipt, **limits)

    return parse_content
