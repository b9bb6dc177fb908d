"""A record that its source took back: a notice is landed as its newest bytes, so that the next release leaves it out.

What was landed before stays in the landing store, as every version does, and in the history of the releases. The
notice is read like any other bytes: it gives no document, and stands in `dq.quarantine` with its reason.
"""

import datetime

from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex

MEDIA_TYPE = "text/x-withdrawal"


def withdrawal(source: str, record_id: str, why: str, locator: str, moment: datetime.datetime) -> tuple[bytes, Receipt]:
    """The notice that a record is gone, ready to be landed. `why` is 'reason: message', `moment` when it was told."""
    data = why.encode()
    return data, Receipt(
        source=source,
        record_id=record_id,
        locator=locator,
        fetched_at=moment,
        sha256=sha256_hex(data),
        size_bytes=len(data),
        media_type=MEDIA_TYPE,
    )


def why_withdrawn(data: bytes, receipt: Receipt) -> str | None:
    """Why a record is gone, where its bytes are such a notice; None for all others."""
    return data.decode() if receipt.media_type == MEDIA_TYPE else None
