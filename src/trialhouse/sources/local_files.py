"""Files on this machine as a source: what was named is what is asked for, and each is received or has a cause."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.document import UnreadableDocument
from trialhouse.model.record import Record

SOURCE = "files"


class LocalFile(Record):
    """A file to read: `record_id` names it at its source, `path` says where it lies."""

    record_id: str
    path: Path


def find_files(paths: Iterable[Path]) -> list[LocalFile]:
    """The files that were named, and everything below the folders that were named, each once and sorted by path.

    What lies below a folder and cannot be read (a broken link, a pipe, a folder without permission) is asked for all
    the same, so that it is accounted for; only names that begin with a dot are left out. The record's id is the whole
    path, so that two files of one name in two folders are two records. Raises FileNotFoundError for a path that does
    not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise FileNotFoundError(f"there is no file or folder {path}")
        found.update(_below(path.absolute()) if path.is_dir() else [path.absolute()])
    return [LocalFile(record_id=printable(path), path=path) for path in sorted(found)]


def printable(path: Path) -> str:
    """A path as text that can be stored: bytes of a name that are no UTF-8 are written as \\xNN."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def find_corpus(folder: Path) -> list[LocalFile]:
    """The documents of the bundled corpus, named by their place in it, so that ids are the same on every machine."""
    return [
        LocalFile(record_id=path.relative_to(folder).as_posix(), path=path)
        for path in _below(folder)
        if path.name != "README.md" and not path.name.endswith(".expected.json")
    ]


def read_bytes(file: LocalFile, max_bytes: int) -> bytes:
    """The bytes of a file. Raises UnreadableDocument for what is no file, is too large or cannot be opened."""
    try:
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument(
                "not_a_file", f"{file.record_id} is no regular file: name the file or folder that is meant"
            )
        if status.st_size > max_bytes:
            raise UnreadableDocument(
                "too_large",
                f"{file.record_id} has {status.st_size:,} bytes, more than the {max_bytes:,} allowed: "
                "cut it, or raise max_document_megabytes",
            )
        return file.path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            "not_readable",
            f"{file.record_id} could not be read ({error.strerror}): check that it is there and readable",
        ) from error


def _below(folder: Path) -> list[Path]:
    """Everything below a folder but hidden names; a folder that cannot be listed stands for what is in it."""
    unlisted: list[Path] = []
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A link to a folder is not walked, since it may lead round in a circle: it is a record that cannot be read.
        found += [Path(place, name) for name in folders if Path(place, name).is_symlink()]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(found + unlisted)
