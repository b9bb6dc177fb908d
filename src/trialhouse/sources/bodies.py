"""Bodies of answers, read piece by piece: never more than allowed, never taken for whole when they are cut.

The limits hold for what a body becomes, not for what comes over the wire: a megabyte of gzip may stand for a gigabyte.
What is announced longer than it comes, chunks without their end, and compressed data without its end are cut bodies.
An announced length that is shorter than what is sent cannot be told from a body of that length; such a connection is
not used again.
"""

import zlib

from urllib3 import HTTPResponse

from trialhouse.sources.manners import FetchFailed

PIECE = 64 * 1024
"""Bytes that are read at once."""

BOMB_RATIO = 250
"""Times a body may grow by decompression. XML and JSON grow 5 to 20 times, a page of blanks perhaps 100; gzip's most
is 1,032, and bombs are made to reach it."""

BOMB_FLOOR = 1024 * 1024
"""Bytes that a body may have whatever its ratio: small ones do no harm."""

ACCEPT_ENCODING = "gzip, deflate"
"""What can be decompressed here, with a limit."""


def read_body(raw: HTTPResponse, max_bytes: int, where: str) -> bytes:
    """The whole decompressed body of an answer; `where` is the address for messages.

    Raises FetchFailed: `too_large` and `bomb`, which do not pass; `cut_body` and `damaged_body`, which may;
    `unknown_encoding`. What breaks on the way is raised as urllib3 raises it.
    """
    announced = raw.headers.get("content-length", "")
    _refuse_framing(raw.headers.get("transfer-encoding", ""), announced, where)
    if announced.isdecimal() and float(announced) > max_bytes:
        raise _too_large(where, max_bytes, f"announces {announced[:20]} bytes")
    body = _Body(where, max_bytes, raw.headers.get("content-encoding", ""))
    while piece := raw.read1(PIECE, decode_content=False):
        body.add(piece)
    whole = body.whole()
    if not whole and raw.status == 200 and not announced and not raw.chunked:
        # A connection that ends within the header leaves this, and nothing else says that more was to come.
        raise FetchFailed("cut_body", f"{where} answered without a body, and without saying so", may_pass=True)
    return whole


def _refuse_framing(coding: str, announced: str, where: str) -> None:
    """Raise FetchFailed where nobody can tell where a body ends: its frame would be read as its content, or a cut body
    as a whole one (RFC 9112, 6.1 and 6.3). An announced length may stand there twice.
    """
    if coding.strip().lower() not in ("", "chunked", "identity"):
        raise FetchFailed(
            "unknown_encoding",
            f"{where} answers in the transfer encoding {coding[:40]!r}, which nobody asked for: fetch it by hand and "
            "give it as a file",
        )
    lengths = {one.strip() for one in announced.split(",")} - {""}
    if not coding.strip() and lengths and not (len(lengths) == 1 and min(lengths).isdecimal()):
        raise FetchFailed(
            "damaged_body",
            f"{where} announces a body of {announced[:40]!r} bytes, so nobody can tell where it ends: ask again later",
            may_pass=True,
        )


class _Body:
    """What has been read so far, and how it is decompressed."""

    def __init__(self, where: str, max_bytes: int, encoding: str) -> None:
        self._where, self._max_bytes = where, max_bytes
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in ("", "identity", "gzip", "deflate"):
            raise FetchFailed(
                "unknown_encoding",
                f"{where} answers in the content encoding {encoding[:40]!r}, though {ACCEPT_ENCODING} were asked for: "
                "fetch it by hand and give it as a file",
            )
        self._is_packed = self._encoding in ("gzip", "deflate")
        self._unpacker: zlib._Decompress | None = None
        self._pieces: list[bytes] = []
        self._size = self._wire_size = 0

    def add(self, piece: bytes) -> None:
        """One piece as it came over the wire."""
        self._wire_size += len(piece)
        if not self._is_packed:
            self._keep(piece)
            return
        try:
            while piece:
                piece = self._unpack(piece)
        except zlib.error as error:
            raise FetchFailed(
                "damaged_body", f"the body of {self._where} cannot be decompressed ({error})", may_pass=True
            ) from error

    def _unpack(self, piece: bytes) -> bytes:
        """Decompress a part of a piece; what is left of it comes back."""
        if self._unpacker is None:
            self._unpacker = self._new_unpacker(piece)
        elif self._unpacker.eof:
            # A further member of gzip is part of the body; padding after the end is not.
            if self._encoding != "gzip" or not piece.startswith(b"\x1f"):
                return b""
            self._unpacker = self._new_unpacker(piece)
        part = self._unpacker.decompress(piece, PIECE)
        self._keep(part)
        # All may be taken in while some is still to come out.
        while len(part) == PIECE and not self._unpacker.eof and not self._unpacker.unconsumed_tail:
            part = self._unpacker.decompress(b"", PIECE)
            self._keep(part)
        return self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def _new_unpacker(self, first: bytes) -> "zlib._Decompress":
        if self._encoding == "gzip":
            return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        # "deflate" should have zlib's frame (RFC 9110, 8.4.1.2); some servers leave it out. Its first byte tells.
        has_frame = first[0] & 0x0F == 8 and first[0] >> 4 <= 7
        return zlib.decompressobj(wbits=zlib.MAX_WBITS if has_frame else -zlib.MAX_WBITS)

    def _keep(self, part: bytes) -> None:
        self._pieces.append(part)
        self._size += len(part)
        if self._size > BOMB_FLOOR and self._size > BOMB_RATIO * self._wire_size:
            raise FetchFailed(
                "bomb",
                f"the body of {self._where} grew from {self._wire_size:,} to more than {self._size:,} bytes by "
                "decompression, as no data does that is meant well: look at the address before you ask again",
            )
        if self._size > self._max_bytes:
            raise _too_large(self._where, self._max_bytes, "goes on")

    def whole(self) -> bytes:
        """All of it. Raises FetchFailed where compressed data has no end."""
        if self._is_packed and self._wire_size and not (self._unpacker and self._unpacker.eof):
            raise FetchFailed("cut_body", f"the compressed body of {self._where} has no end", may_pass=True)
        return b"".join(self._pieces)


def _too_large(where: str, max_bytes: int, does: str) -> FetchFailed:
    return FetchFailed(
        "too_large",
        f"the body of {where} {does}, more than the {max_bytes:,} bytes allowed: ask for fewer records at once, or "
        "raise the limit",
    )
