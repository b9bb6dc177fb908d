"""The files of PubMed's baseline and updates: which are given, in which order they count, and their bytes, checked."""

import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator
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

LARGEST = 4 << 30
"""What a file may unpack to: PubMed's have up to half a gigabyte. An archive of a few MB may claim any size."""


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
    """A file as it lies there, and what is known of it; its bytes are never in memory all at once."""

    file: SourceFile
    size_bytes: int
    sha256: str
    is_md5_checked: bool

    def chunks(self) -> Iterator[bytes]:
        """The unpacked bytes, piece by piece.

        Raises DamagedFile: "truncated" where the archive is not whole, "too_large", "not_readable", "changed" (it is
        not the file that was checked).
        """
        found = hashlib.sha256()
        pieces = _read(Path(self.file.path), self.file.name, found.update)
        start = next(pieces, b"")
        pieces = itertools.chain([start], pieces)
        try:
            size = 0
            for chunk in _unpacked(pieces) if start.startswith(_GZIP) else pieces:
                size += len(chunk)
                if size > LARGEST:
                    told = f"{self.file.name} unpacks to more than {LARGEST >> 30} GB, which no file of PubMed does"
                    raise DamagedFile("too_large", told)
                yield chunk
        except (EOFError, igzip_lib.IsalError) as error:  # type: ignore[misc]
            told = f"{self.file.name} is no whole gzip archive ({error}): get it again"
            raise DamagedFile("truncated", told) from error
        if found.hexdigest() != self.sha256:
            raise DamagedFile("changed", f"{self.file.name} was changed while it was read: load it again")


def source_file(path: Path) -> SourceFile:
    """A file, with the number that its name gives."""
    named = _NUMBERED.search(path.name)
    year, number = (int(named[1]), int(named[2])) if named else (0, 0)
    return SourceFile(path=str(path), name=path.name, year=year, number=number)


def find_source_files(paths: Iterable[Path]) -> list[SourceFile]:
    """The files that were named and those of the folders that were named, each once, in the order in which they count.

    A file that is named is taken whatever its ending, but a `.md5` stands beside its file and is none. Raises
    FileNotFoundError for a path that does not exist, and where there is no file in any.
    """
    found: set[Path] = set()
    paths = list(paths)
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"there is no file or folder {path}")
        found.update(_below(path.absolute()) if path.is_dir() else [path.absolute()])
    taken = [source_file(path) for path in found if path.suffix != ".md5"]
    if not taken:
        raise FileNotFoundError(f"there is no {' or '.join(ENDINGS)} in {', '.join(map(str, paths))}")
    return sorted(taken, key=lambda file: file.order)


def read_source_file(file: SourceFile) -> CheckedFile:
    """What is known of a file, after its MD5 was compared where a `.md5` lies beside it.

    Raises DamagedFile: "not_readable", or "wrong_md5" (what came is not what NLM sent).
    """
    said = _said_md5(file)
    sha256, md5, size = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    for piece in _read(Path(file.path), file.name, sha256.update):
        size += len(piece)
        if said is not None:
            md5.update(piece)
    if said is not None and md5.hexdigest() != said:
        told = f"{file.name} has the MD5 {md5.hexdigest()}, and its .md5 says {said}: get both again"
        raise DamagedFile("wrong_md5", told)
    return CheckedFile(file, size, sha256.hexdigest(), said is not None)


def _below(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if name.endswith(ENDINGS) and not name.startswith(".")]
    return found


def _read(path: Path, name: str, hashed: Callable[[bytes], None]) -> Iterator[bytes]:
    """The bytes of a file, piece by piece. Raises DamagedFile ("not_readable")."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                hashed(piece)
                yield piece
    except OSError as error:
        told = f"{name} could not be read ({error.strerror}): check that it is there and readable"
        raise DamagedFile("not_readable", told) from error


def _said_md5(file: SourceFile) -> str | None:
    """The MD5 of a file by the `.md5` beside it; None where there is none."""
    beside = Path(f"{file.path}.md5")
    if not beside.is_file():
        return None
    said = _MD5.search(b"".join(_read(beside, beside.name, lambda _: None)))
    if said is None:
        raise DamagedFile("wrong_md5", f"{beside.name} holds no MD5: get it again, or remove it")
    return said[0].decode().lower()


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes that a gzip archive stands for, all its members. Raises EOFError or IsalError where it is damaged."""
    rest = next(pieces)
    while rest.startswith(_GZIP):
        unpacker = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        unpacked = unpacker.decompress(rest, _PIECE)
        while True:
            if unpacked:
                yield unpacked
            if unpacker.eof:
                break
            more = next(pieces, b"") if unpacker.needs_input else b""
            if unpacker.needs_input and not more:
                raise EOFError("it stops in the middle")
            unpacked = unpacker.decompress(more, _PIECE)
        rest = unpacker.unused_data
        # The start of the next member may lie on both sides of the end of a piece.
        while len(rest) < len(_GZIP) and (more := next(pieces, b"")):
            rest += more
    if rest.strip(b"\0") or any(piece.strip(b"\0") for piece in pieces):
        raise EOFError("more stands after its end")
