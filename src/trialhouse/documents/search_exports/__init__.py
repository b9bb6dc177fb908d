"""Files that databases and screening tools export, to citations: one file a format, chosen by content."""

from trialhouse.documents.search_exports.read import Damaged, Exports, ReadFile, read_exports

__all__ = ["Damaged", "Exports", "ReadFile", "read_exports"]
