"""The text of a document as it was received: what lies in the landing store of this machine, and in no release."""

from collections.abc import Callable

from trialhouse.model.document import UnreadableDocument
from trialhouse.releases.layout import Layout


def landed_texts(layout: Layout) -> Callable[[str], str | None]:
    """What gives the text of the bytes of a SHA-256; None where they are not here or cannot be read any more."""

    def text_of(sha256: str) -> str | None:
        # The formats' libraries take half a second to come, and a release that holds whole texts needs none of them.
        from trialhouse.documents import parse_document  # noqa: PLC0415
        from trialhouse.sources.landing import DamagedObject, LandingStore  # noqa: PLC0415
        from trialhouse.sources.landing_index import DamagedReceipts  # noqa: PLC0415

        store = LandingStore(layout.landing)
        try:
            return parse_document(store.read(sha256), store.receipt_of(sha256)).text
        except (UnreadableDocument, DamagedObject, DamagedReceipts, OSError):
            return None

    return text_of
