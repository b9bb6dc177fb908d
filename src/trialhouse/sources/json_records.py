"""The records of a page of JSON, each with its own bytes as they were received.

A source answers many records at once; what lands is one record at a time. It is cut out of the page by its place, never
written anew, so that a number keeps its digits and a text its escapes.
"""

import json
import json.decoder
import re
from collections.abc import Callable
from typing import Any, NamedTuple

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_SCAN_STRING: Callable[[str, int], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


class BadAnswer(Exception):
    """An answer that is not what was asked for: `reason` is a word for counting, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class JsonRecord(NamedTuple):
    """One record: what it says, and its bytes in the page."""

    value: Any
    data: bytes


class JsonPage(NamedTuple):
    """A page: what it says (without the records of a list), and its records; None where it has no place for them."""

    members: dict[str, Any]
    records: list[JsonRecord] | None


def read_json_page(body: bytes, where: str, *path: str) -> JsonPage:
    """Cut a page into its records: the elements of the list at `path`, or the one object that stands there.

    Without a path the page itself is the record. `where` says in messages where the page came from. Takes time
    proportional to the page. Raises BadAnswer: "challenge_page" (HTML in place of JSON), "wrong_charset" (not UTF-8,
    as RFC 8259 has it), "cut_body" (it stops in the middle) or "not_json".
    """
    if is_html(body):
        raise BadAnswer(
            "challenge_page",
            f"{where} answered with a web page in place of JSON, perhaps to check for a person: try again later",
        )
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadAnswer(
            "wrong_charset", f"{where} answered JSON that is not UTF-8 (byte {error.start:,}): report it to the source"
        ) from error
    try:
        members, records, end = _read(text, _skip(text, 0), path)
    except RecursionError as error:
        raise BadAnswer("not_json", f"{where} answered JSON nested too deep to be read") from error
    except (ValueError, IndexError) as error:
        raise _broken(text, where, error) from error
    if not isinstance(members, dict):
        raise BadAnswer("not_json", f"{where} answered JSON that is no object")
    if _skip(text, end) != len(text):
        raise BadAnswer("not_json", f"{where} answered more than one JSON value (from character {end:,})")
    return JsonPage(members, records)


def is_html(body: bytes) -> bool:
    """Whether bytes start as a web page does."""
    return bool(_HTML.match(body[:2000].removeprefix(b"\xef\xbb\xbf")))


def _broken(text: str, where: str, error: Exception) -> BadAnswer:
    at = getattr(error, "pos", len(text))
    if not text.strip():
        return BadAnswer("cut_body", f"{where} answered with an empty body: try again later")
    if text.lstrip().startswith("{") and (at >= len(text.rstrip()) or not text.rstrip().endswith("}")):
        return BadAnswer("cut_body", f"{where} answered JSON that stops after {len(text):,} characters: try again")
    head = " ".join(text[:80].split())
    return BadAnswer("not_json", f"{where} answered no JSON ({error}); it begins «{head}»")


def _read(text: str, at: int, path: tuple[str, ...]) -> tuple[Any, list[JsonRecord] | None, int]:
    """The value at `at` without its records, the records below `path`, and where it ends."""
    if not path and text[at] in "[{":
        if text[at] == "[":
            return [], *_read_list(text, at)
        records, end = _read_one(text, at)
        return records[0].value, records, end
    if text[at] != "{":
        value, end = _DECODER.raw_decode(text, at)
        return value, None, end
    members: dict[str, Any] = {}
    found: list[JsonRecord] | None = None
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, at = _read_name(text, at)
        if name == path[0]:
            members[name], found, at = _read(text, at, path[1:])
        else:
            members[name], at = _DECODER.raw_decode(text, at)
        at = _next_member(text, at, "}")
    return members, found, at + 1


def _read_list(text: str, at: int) -> tuple[list[JsonRecord], int]:
    records: list[JsonRecord] = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        one, at = _read_one(text, at)
        records += one
        at = _next_member(text, at, "]")
    return records, at + 1


def _read_one(text: str, at: int) -> tuple[list[JsonRecord], int]:
    value, end = _DECODER.raw_decode(text, at)
    return [JsonRecord(value, text[at:end].encode())], end


def _read_name(text: str, at: int) -> tuple[str, int]:
    if text[at] != '"':
        raise json.JSONDecodeError("the name of a member is missing", text, at)
    name, at = _SCAN_STRING(text, at + 1)
    at = _skip(text, at)
    if text[at] != ":":
        raise json.JSONDecodeError("a colon is missing", text, at)
    return name, _skip(text, at + 1)


def _next_member(text: str, at: int, closing: str) -> int:
    """After a value: the place of the next one, or of the closing bracket."""
    at = _skip(text, at)
    if text[at] == closing:
        return at
    if text[at] != ",":
        raise json.JSONDecodeError("a comma is missing", text, at)
    at = _skip(text, at + 1)
    if text[at] == closing:
        raise json.JSONDecodeError("a value is missing", text, at)
    return at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
