"""The extraction room: a document to claims, each with the characters it was read from. Pure: no file, no network."""

from trialhouse.extraction.extract import EXTRACTOR, EXTRACTOR_VERSION, extract

__all__ = ["EXTRACTOR", "EXTRACTOR_VERSION", "extract"]
