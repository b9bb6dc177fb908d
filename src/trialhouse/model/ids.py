"""Ids that depend on what a thing is, and on neither order, clock, process nor machine."""

import hashlib
from json.encoder import encode_basestring

ID_LENGTH = 16
"""Base-32 characters kept of a hash: 80 bits, so that a billion rows collide with a chance of 1 in 2 million."""

_ID_BYTES = ID_LENGTH * 5 // 8
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
"""Those of base 32 (RFC 4648), in lower case."""

_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_PAIR_SHIFTS = tuple(range(10 * (ID_LENGTH // 2 - 1), -1, -10))


def stable_id(prefix: str, *key: object) -> str:
    """Name a thing by its key, as `prefix-` and 16 letters and digits.

    The key's parts are hashed as a JSON list, so that ("ab", "c") and ("a", "bc") differ and None differs from "".
    """
    # Written part by part: to set up an encoder for each id would take as long as all else here.
    parts = ", ".join(["null" if part is None else encode_basestring(str(part)) for part in key])
    digest = hashlib.sha256(f"[{parts}]".encode("utf-8", "surrogatepass")).digest()
    # Two digits at once: base64.b32encode takes four times as long, and as long as all else here.
    number = int.from_bytes(digest[:_ID_BYTES], "big")
    return f"{prefix}-{''.join([_PAIRS[number >> shift & 1023] for shift in _PAIR_SHIFTS])}"


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def text_sha256(text: str) -> str:
    """The SHA-256 of a text encoded as UTF-8."""
    return sha256_hex(text.encode("utf-8", "surrogatepass"))
