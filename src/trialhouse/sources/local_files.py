"""Files on this machine as a source: what was named is what is asked for, and each is received or has a cause."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from trialhouse.model.document import UnreadableDocument
from trialhouse.model.record import Record

SOURCE = "files"


class LocalFile(Record):
    """A file to read: `record_id` names it at its source, `path` says where it lies."""

    record_id: str
    path: Path


def find_files(paths: Iterable[Path]) -> list[LocalFile]:
    """The files that were named, and those below the folders that were named, each once and sorted by path.

    The record's id is the file's whole path, so that two files of one name in two folders are two records. Hidden
    files and folders below a named folder are left out. Raises FileNotFoundError for a path that does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"there is no file or folder {path}")
        found.update(_below(path.absolute()) if path.is_dir() else [path.absolute()])
    return [LocalFile(record_id=path.as_posix(), path=path) for path in sorted(found)]


def find_corpus(folder: Path) -> list[LocalFile]:
    """The documents of the bundled corpus, named by their place in it, so that ids are the same on every machine."""
    return [
        LocalFile(record_id=path.relative_to(folder).as_posix(), path=path)
        for path in _below(folder)
        if path.name != "README.md" and not path.name.endswith(".expected.json")
    ]


def read_bytes(file: LocalFile, max_bytes: int) -> bytes:
    """The bytes of a file. Raises UnreadableDocument for one that is too large or cannot be opened."""
    try:
        size = file.path.stat().st_size
        if size > max_bytes:
            raise UnreadableDocument(
                "too_large",
                f"{file.record_id} has {size:,} bytes, more than the {max_bytes:,} allowed: "
                "cut it, or raise max_document_megabytes",
            )
        return file.path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            "not_readable", f"{file.record_id} could not be read ({error.strerror}): check its permissions"
        ) from error


def _below(folder: Path) -> Sequence[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
