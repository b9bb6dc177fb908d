"""Bytes to Document: one file a format, chosen by what the bytes are."""

from trialhouse.documents.parse import parse_document

__all__ = ["parse_document"]
