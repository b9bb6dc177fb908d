"""The text of an export, streamed: its encoding found out from its beginning, lines in another one mended and told.

Exports are put together by hand from several databases, so that one record of a UTF-8 file may be in Windows-1252: each
line is decoded by itself.
"""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from trialhouse.documents.decode import decode, guessed_encoding, marked_encoding, wide_encoding
from trialhouse.model.document import UnreadableDocument
from trialhouse.text.json_values import REPLACEMENT
from trialhouse.text.lazy_patterns import lazy_compile

HEAD = 256 * 1024
"""Bytes at the beginning of a file that tell its format and its encoding."""

AT_ONCE = 1 << 20
PIECE = 1 << 22
"""Characters of a piece of a file that is parsed at once; a record may be longer."""

MOST_TOLD = 1000
"""Odd lines that are remembered; of more only their number is."""

_ESCAPED = lazy_compile("[\udc80-\udcff]")
_CUT_CHARACTER = lazy_compile(
    "(?:[\udcc2-\udcdf]|[\udce0-\udcef][\udc80-\udcbf]?|[\udcf0-\udcf4][\udc80-\udcbf]{0,2})\\Z"
)
_WHOLE = lazy_compile("[^\x00-\x7f\udc80-\udcff]")


class ExportText:
    """The characters of one file, without byte order marks and NULs, line ends as "\\n".

    `name` is what the file is called in messages, `head` its first characters. `odd_lines` are (line, what was done
    there), filled while the file is read; `odd_count` counts those beyond MOST_TOLD, too.
    """

    def __init__(self, path: Path, name: str) -> None:
        """Raises UnreadableDocument: "not_a_file", "unreadable", "empty" or "binary"."""
        self.path = path
        self.name = name
        self.odd_lines: list[tuple[int, str]] = []
        self.odd_count = 0
        self.consumed = 0
        data = _beginning(path, name)
        self.head = decode(data, name).lstrip("\ufeff").replace("\x00", "")
        self._encoding = _encoding(data)

    def lines(self) -> Iterator[str]:
        """The lines with their ends; of the last one it may be missing."""
        number = 1
        with self._opened() as file:
            while block := file.readlines(AT_ONCE):
                whole = "".join(block)
                self.consumed += len(whole)
                if whole.isascii() and "\x00" not in whole:
                    yield from block
                else:
                    yield from (self.mended(line, number + place) for place, line in enumerate(block))
                number += len(block)

    def chunks(self) -> Iterator[str]:
        """The text in chunks, as it is: what is cut out of them is to be `mended`."""
        with self._opened() as file:
            while chunk := file.read(AT_ONCE):
                self.consumed += len(chunk)
                yield chunk

    def pieces(self, begins: Callable[[str], object], size: int = PIECE) -> Iterator[tuple[int, str]]:
        """The text in pieces of at least `size` characters, each with the number of its first line.

        A piece ends before a line that begins a record, so that none is cut.
        """
        taken: list[str] = []
        length, first = 0, 1
        for line in self.lines():
            if length >= size and begins(line):
                yield first, "".join(taken)
                first += len(taken)
                taken, length = [], 0
            taken.append(line)
            length += len(line)
        if taken:
            yield first, "".join(taken)

    def mended(self, words: str, line: int) -> str:
        """Words that begin in a line, with all their bytes as characters; what had to be done is noted."""
        if words.isascii():
            if "\x00" not in words:
                return words
        elif "\ufeff" in words:
            words = words.replace("\ufeff", "")
        if "\x00" in words:
            self._note(line, "NUL characters were left out")
            words = words.replace("\x00", "")
        if not _ESCAPED.search(words):
            return words
        if not words.endswith("\n") and (cut := _CUT_CHARACTER.search(words)):
            self._note(line, "the text ends within a character")
            words = words[: cut.start()]
        if _WHOLE.search(words) and _ESCAPED.search(words):
            self._note(line, f"bytes that are no UTF-8 stand as {REPLACEMENT}")
            return _ESCAPED.sub(REPLACEMENT, words)
        if _ESCAPED.search(words):
            self._note(line, "it is not UTF-8 and was read as Windows-1252")
            return _western(words.encode("utf-8", "surrogateescape"))
        return words

    def _note(self, line: int, what: str) -> None:
        self.odd_count += 1
        if len(self.odd_lines) < MOST_TOLD:
            self.odd_lines.append((line, what))

    def _opened(self) -> IO[str]:
        errors = "surrogateescape" if self._encoding == "utf-8-sig" else "replace"
        return self.path.open(encoding=self._encoding, errors=errors, buffering=AT_ONCE)


def _beginning(path: Path, name: str) -> bytes:
    """The first bytes of a file. A pipe would be waited for, and cannot be read twice."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UnreadableDocument("not_a_file", f"{name} is a folder: name the files in it.")
        if not stat.S_ISREG(kind):
            raise UnreadableDocument("not_a_file", f"{name} is a pipe or device: save it as a file, and name that.")
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise UnreadableDocument("unreadable", f"{name} cannot be read ({error.strerror}): check it.") from error


def _encoding(data: bytes) -> str:
    """The encoding of a file by its beginning; UTF-8 where most lines beyond ASCII are, or it is mostly ASCII."""
    marked = marked_encoding(data) or (wide_encoding(data) if b"\x00" in data else None)
    if marked is not None:
        return marked
    lines = data.split(b"\n")
    beyond = [line for line in (lines[:-1] if len(data) == HEAD else lines) if not line.isascii()]
    whole = sum(_is_utf8(line) for line in beyond)
    return (guessed_encoding(data) if 2 * whole < len(beyond) else None) or "utf-8-sig"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
