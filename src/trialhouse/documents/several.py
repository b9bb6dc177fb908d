"""What is said of several records where one is wanted."""

from trialhouse.model.document import UnreadableDocument


def several_records(where: str, count: int) -> UnreadableDocument:
    """The error for a place with many records. Files in UTF-8 were cut into their records before they come here."""
    return UnreadableDocument(
        "several_records",
        f"{where}: {count} records in one place, which were not cut apart: save the file in UTF-8, or give each record "
        "as a file of its own.",
    )
