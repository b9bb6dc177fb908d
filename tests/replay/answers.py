"""Answers that servers really give when they fail, overload, lie or attack, ready to be lined up in a ReplayServer."""

import gzip
import zlib
from dataclasses import replace

from tests.replay.server import Answer, Request

HTML = {"Content-Type": "text/html; charset=utf-8"}

CHALLENGE_PAGE = Answer(
    headers=HTML,
    body=b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and "
    b"cookies to continue</noscript><div id='challenge-form'>Checking your browser</div></body></html>",
)
"""A page of a gate keeper under status 200, where data was asked for."""

ERROR_UNDER_200 = Answer(
    headers={"Content-Type": "application/json"}, body=b'{"error": "API rate limit exceeded", "count": "11"}'
)
"""An error that says so in its body alone."""

ENTITY_BOMB = Answer(
    headers={"Content-Type": "application/xml"},
    body=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (name, b"&%c;" % (name - 1) * 10) for name in b"bcdefghi")
    + b"]><a>&i;</a>",
)
"""XML of some hundred bytes whose entities stand for a thousand million."""

WRONG_CHARSET = Answer(
    headers={"Content-Type": "text/xml; charset=us-ascii"},
    body='<?xml version="1.0" encoding="UTF-8"?><a>Ménière</a>'.encode(),
)
"""A charset in the header that is not the one of the body."""


def too_many(retry_after: str) -> Answer:
    """Status 429 that says when to come back: seconds, or a date as HTTP writes it."""
    return Answer(status=429, headers={"Retry-After": retry_after, "Content-Type": "text/plain"}, body=b"too many")


def server_error(status: int = 500) -> Answer:
    """A server that failed, with a page that says so."""
    return Answer(status=status, headers=HTML, body=b"<h1>Something went wrong</h1>")


def slow_drip(body: bytes, seconds: float) -> Answer:
    """A body that comes byte by byte with so many seconds between two."""
    return Answer(headers={"Content-Type": "text/plain"}, body=body, drip=seconds)


def cut_body(body: bytes, after: int) -> Answer:
    """A body whose whole length is announced and whose connection is closed after so many bytes."""
    return Answer(headers={"Content-Type": "text/plain"}, body=body, cut_at=after, content_length=len(body))


def cut_chunks(body: bytes, after: int) -> Answer:
    """A chunked body that ends after so many bytes without its last chunk."""
    return Answer(headers={"Content-Type": "text/plain"}, body=body, cut_at=after, chunked=True)


def redirect(to: str, status: int = 302) -> Answer:
    """Go there instead."""
    return Answer(status=status, headers={"Location": to})


def endless_redirect(request: Request) -> Answer:
    """A handler that always sends on to the next step of a walk without end."""
    step = int(request.query.get("step", ["0"])[0])
    return redirect(f"{request.path}?step={step + 1}")


def encoded(answer: Answer, encoding: str) -> Answer:
    """The same answer with its body in a content encoding: gzip, deflate (with or without zlib's frame) or br."""
    body = {
        "gzip": lambda data: gzip.compress(data, mtime=0),
        "deflate": zlib.compress,
        "raw-deflate": _raw_deflate,
        "br": _brotli_stored,
    }[encoding](answer.body)
    name = "deflate" if encoding == "raw-deflate" else encoding
    return replace(answer, body=body, headers={**answer.headers, "Content-Encoding": name})


def gzip_bomb(size: int) -> Answer:
    """Zeros in gzip: a thousandth on the wire of the bytes that they are."""
    return encoded(Answer(headers={"Content-Type": "text/plain"}, body=bytes(size)), "gzip")


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _brotli_stored(data: bytes) -> bytes:
    """Up to 65,536 bytes as one block that is stored as it is (RFC 7932, section 9.2)."""
    header = 0b1011 | (len(data) - 1) << 7 | 1 << 23
    return header.to_bytes(3, "little") + data + b"\x03"
