"""What a refresh will ask for: batches of files, slices of the network's sources, and batches of their records."""

from collections.abc import Sequence
from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.settings import Settings
from trialhouse.sources import local_files
from trialhouse.sources.local_files import LocalFile
from trialhouse.sources.slices import OpenedSlice

CORPUS = "corpus"


class FileBatch(Record):
    """Files of this machine that one task handles."""

    source: str
    topic: str
    number: int
    files: tuple[LocalFile, ...]

    @property
    def label(self) -> str:
        """The batch in a few words."""
        return f"{self.source} {self.number + 1}"


class RecordBatch(Record):
    """Records of one open slice of a source that one task handles."""

    opened: OpenedSlice
    number: int
    record_ids: tuple[str, ...]

    @property
    def source(self) -> str:
        """The source's name."""
        return self.opened.slice.source

    @property
    def topic(self) -> str:
        """The topic's name."""
        return self.opened.slice.question.topic

    @property
    def label(self) -> str:
        """The batch in a few words."""
        return f"{self.source} {self.topic} {self.opened.slice.name} {self.number + 1}"


Batch = FileBatch | RecordBatch


def plan_files(settings: Settings, files: Sequence[Path]) -> tuple[FileBatch, ...]:
    """The batches of the files that were given, else of the bundled corpus where the profile has it.

    Raises FileNotFoundError for a file or folder that is not there.
    """
    if files:
        return _split(local_files.SOURCE, local_files.find_files(files), settings.batch_size)
    if settings.include_corpus:
        corpus = settings.root / "seeds" / "corpus"
        return _split(CORPUS, local_files.find_corpus(corpus), settings.batch_size)
    return ()


def record_batches(opened: OpenedSlice, size: int) -> list[RecordBatch]:
    """The batches of an open slice."""
    ids = opened.listing.record_ids
    return [
        RecordBatch(opened=opened.without_ids(), number=number, record_ids=tuple(ids[start : start + size]))
        for number, start in enumerate(range(0, len(ids), size))
    ]


def _split(source: str, files: Sequence[LocalFile], size: int) -> tuple[FileBatch, ...]:
    return tuple(
        FileBatch(source=source, topic=source, number=number, files=tuple(files[start : start + size]))
        for number, start in enumerate(range(0, len(files), size))
    )
