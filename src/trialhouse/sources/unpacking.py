"""Files that are compressed with gzip, as the library gives its baseline: unpacked, and never beyond a limit."""

import zlib

from trialhouse.model.document import UnreadableDocument

_GZIP = b"\x1f\x8b\x08"
_PIECE = 1024 * 1024


def unpacked(data: bytes, where: str, max_bytes: int) -> bytes:
    """The bytes that a gzip file stands for, all its members one after another; other bytes as they are.

    `where` names the file in errors. Raises UnreadableDocument: "too_large" before more than `max_bytes` are made, so
    that a small file cannot fill the memory, and "truncated" or "damaged" where it is no whole archive.
    """
    if not data.startswith(_GZIP):
        return data
    made, size, rest = [], 0, data
    while rest.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        while not unpacker.eof:
            piece = _next_piece(unpacker, rest, where)
            if not piece and not unpacker.unconsumed_tail and not unpacker.eof:
                raise UnreadableDocument("truncated", f"{where}: the gzip archive stops in the middle; get it again.")
            size += len(piece)
            if size > max_bytes:
                raise UnreadableDocument(
                    "too_large",
                    f"{where} has {len(data):,} bytes and more than the {max_bytes:,} allowed when it is unpacked: "
                    "cut it, or raise max_document_megabytes",
                )
            made.append(piece)
            rest = unpacker.unconsumed_tail
        rest = unpacker.unused_data
    return b"".join(made)


def _next_piece(unpacker: "zlib._Decompress", rest: bytes, where: str) -> bytes:
    try:
        return unpacker.decompress(rest, _PIECE)
    except zlib.error as error:
        raise UnreadableDocument("damaged", f"{where}: no whole gzip archive ({error}); get it again.") from error
