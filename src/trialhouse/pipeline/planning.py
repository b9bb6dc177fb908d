"""What a refresh will ask for: batches of records by source."""

from collections.abc import Sequence
from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.settings import Settings
from trialhouse.sources import local_files
from trialhouse.sources.local_files import LocalFile

CORPUS = "corpus"


class Batch(Record):
    """Records of one source and topic that one task handles."""

    source: str
    topic: str
    number: int
    files: tuple[LocalFile, ...]

    @property
    def label(self) -> str:
        """The batch in a few words."""
        return f"{self.source} {self.number + 1}"


def plan(settings: Settings, files: Sequence[Path]) -> tuple[Batch, ...]:
    """The batches of a refresh: the files that were given, else the bundled corpus where the profile has it.

    Raises FileNotFoundError for a file or folder that is not there.
    """
    if files:
        return _split(local_files.SOURCE, local_files.find_files(files), settings.batch_size)
    if settings.include_corpus:
        corpus = settings.root / "seeds" / "corpus"
        return _split(CORPUS, local_files.find_corpus(corpus), settings.batch_size)
    return ()


def _split(source: str, files: Sequence[LocalFile], size: int) -> tuple[Batch, ...]:
    return tuple(
        Batch(source=source, topic=source, number=number, files=tuple(files[start : start + size]))
        for number, start in enumerate(range(0, len(files), size))
    )
