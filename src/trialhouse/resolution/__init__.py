"""The same paper, the same trial, the same arm, the same outcome: from claims of documents to rows of tables."""

from trialhouse.resolution.published import Published, keys_without_table
from trialhouse.resolution.resolve import Reading, resolve

__all__ = ["Published", "Reading", "keys_without_table", "resolve"]
