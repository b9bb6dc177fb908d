"""Bytes to Document: one file a format, chosen by what the bytes are."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialhouse.documents.parse import parse_document

__all__ = ["parse_document"]


def __getattr__(name: str) -> Any:
    """`parse_document`, imported when it is first asked for: it brings every parser, and search exports need few."""
    if name == "parse_document":
        from trialhouse.documents.parse import parse_document  # noqa: PLC0415 - see above

        return parse_document
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
