"""The files of PubMed's baseline and updates: which are given, in which order they count, and their bytes, checked."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from isal import igzip_lib

from trialhouse.model.record import Record

ENDINGS = (".xml.gz", ".xml")
"""What is taken of a folder."""

_NUMBERED = re.compile(r"(\d{2})n(\d{4,6})\D")
_MD5 = re.compile(rb"\b[0-9a-fA-F]{32}\b")
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20


class SourceFile(Record):
    """One file: `year` and `number` are those of its name (pubmed26n1335: 26 and 1335), 0 where it has none."""

    path: str
    name: str
    year: int
    number: int

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Where it stands: NLM numbers the updates of a year on from its baseline, and begins anew with the next.

        A file without a number comes before all others, so that it never replaces what NLM's own files say.
        """
        return self.year, self.number, self.name, self.path


class DamagedFile(Exception):
    """A file that cannot be read whole. `reason` is a word for counting, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The bytes of a file as it lies there, and what is known of them."""

    name: str
    packed: bytes
    sha256: str
    is_md5_checked: bool

    def chunks(self) -> Iterator[bytes]:
        """The unpacked bytes, piece by piece. Raises DamagedFile ("truncated") where the archive is not whole."""
        if not self.packed.startswith(_GZIP):
            yield self.packed
            return
        try:
            yield from _unpacked(self.packed)
        except (EOFError, igzip_lib.IsalError) as error:  # type: ignore[misc]
            told = f"{self.name} is no whole gzip archive ({error}): get it again"
            raise DamagedFile("truncated", told) from error


def source_file(path: Path) -> SourceFile:
    """A file, with the number that its name gives."""
    named = _NUMBERED.search(path.name)
    year, number = (int(named[1]), int(named[2])) if named else (0, 0)
    return SourceFile(path=str(path), name=path.name, year=year, number=number)


def find_source_files(paths: Iterable[Path]) -> list[SourceFile]:
    """The files that were named and those of the folders that were named, each once, in the order in which they count.

    A file that is named is taken whatever its ending, but a `.md5` stands beside its file and is none. Raises
    FileNotFoundError for a path that does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"there is no file or folder {path}")
        found.update(_below(path.absolute()) if path.is_dir() else [path.absolute()])
    taken = (source_file(path) for path in found if path.suffix != ".md5")
    return sorted(taken, key=lambda file: file.order)


def read_source_file(file: SourceFile) -> CheckedFile:
    """The bytes of a file, after its MD5 was compared where a `.md5` lies beside it.

    Raises DamagedFile: "not_readable", or "wrong_md5" (what came is not what NLM sent).
    """
    packed = _bytes_of(Path(file.path), file.name)
    is_checked = _check_md5(file, packed)
    return CheckedFile(file.name, packed, hashlib.sha256(packed).hexdigest(), is_checked)


def _below(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if name.endswith(ENDINGS) and not name.startswith(".")]
    return found


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        told = f"{name} could not be read ({error.strerror}): check that it is there and readable"
        raise DamagedFile("not_readable", told) from error


def _check_md5(file: SourceFile, packed: bytes) -> bool:
    """Whether the file's MD5 is known and was found to be right."""
    beside = Path(f"{file.path}.md5")
    if not beside.is_file():
        return False
    said = _MD5.search(_bytes_of(beside, beside.name))
    if said is None:
        raise DamagedFile("wrong_md5", f"{beside.name} holds no MD5: get it again, or remove it")
    found = hashlib.md5(packed, usedforsecurity=False).hexdigest()
    if found != said[0].decode().lower():
        told = f"{file.name} has the MD5 {found}, and its .md5 says {said[0].decode().lower()}: get both again"
        raise DamagedFile("wrong_md5", told)
    return True


def _unpacked(packed: bytes) -> Iterator[bytes]:
    """The bytes that a gzip archive stands for, all its members. Raises EOFError or IsalError where it is damaged."""
    rest = packed
    while rest.startswith(_GZIP):
        unpacker = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        piece = unpacker.decompress(rest, _PIECE)
        while True:
            if piece:
                yield piece
            if unpacker.eof:
                break
            if unpacker.needs_input:
                raise EOFError("it stops in the middle")
            piece = unpacker.decompress(b"", _PIECE)
        rest = unpacker.unused_data
    if rest.strip(b"\0"):
        raise EOFError("more stands after its end")
