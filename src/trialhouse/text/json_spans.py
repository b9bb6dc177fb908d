"""Where each value of a JSON text stands in it.

`json.loads` gives values and forgets their places; evidence needs the places. The scanner walks the text once, with
the standard library's own string scanner, and keeps no recursion, so that depth is no danger.
"""

import json.decoder
from collections.abc import Callable

from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_SPACE = lazy_compile(r"[ \t\n\r\ufeff]*")
_SCALAR = lazy_compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|NaN|-?Infinity")
_PLAIN_NAME = lazy_compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")

LONGEST_PATHS = 100_000_000
"""Characters of the paths of all values together that are kept at most: a long name, or many a nesting, stands in the
path of every value within it. The largest recorded answer, of many records, has 182,982."""


class TooManyPlaces(ValueError):
    """The paths of the values of a JSON text are longer in all than is kept."""


def child_path(path: str, name: str | int) -> str:
    """The path of a member or element below `path`: `$.a`, `$.a[0]`, `$['odd name']`."""
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if _PLAIN_NAME.match(name) else f"{path}[{json.dumps(name)}]"


class _Container:
    """An object or array that is still open, and the name of the member that is being read."""

    __slots__ = ("index", "is_object", "name", "path")

    def __init__(self, path: str, is_object: bool) -> None:
        self.path = path
        self.is_object = is_object
        self.index = 0
        self.name = ""

    def here(self) -> str:
        return child_path(self.path, self.name if self.is_object else self.index)


def scalar_spans(text: str) -> dict[str, Span]:
    """The span of every scalar of a JSON text by its path (`$.a.b[0]`), in the order of the text.

    Of a string it is what stands between the quotation marks, escapes as written. Offsets count characters.
    Raises ValueError where the text is no JSON, and TooManyPlaces. Takes time proportional to the text.
    """
    spans: dict[str, Span] = {}
    open_: list[_Container] = []
    at = _skip(text, 0)
    written = 0
    while True:
        path = open_[-1].here() if open_ else "$"
        written += len(path)
        if written > LONGEST_PATHS:
            raise TooManyPlaces(f"the paths of its values take more than {LONGEST_PATHS:,} characters")
        opened = text[at : at + 1]
        if opened in ("{", "["):
            container = _Container(path, opened == "{")
            at = _skip(text, at + 1)
            if text[at : at + 1] != ("}" if container.is_object else "]"):
                open_.append(container)
                at = _read_name(text, at, container)
                continue
            at += 1
        else:
            span, at = _read_scalar(text, at)
            spans[path] = span
        at = _close(text, at, open_)
        if not open_:
            return spans


def _close(text: str, at: int, open_: list[_Container]) -> int:
    """After a value: close what ends here, step to the next member, and return where its value starts."""
    while open_:
        at = _skip(text, at)
        mark = text[at : at + 1]
        inner = open_[-1]
        if mark == ",":
            inner.index += 1
            return _read_name(text, _skip(text, at + 1), inner)
        if mark != ("}" if inner.is_object else "]"):
            raise ValueError(f"not JSON: a comma or a closing bracket is missing at character {at}")
        open_.pop()
        at += 1
    return at


def _read_name(text: str, at: int, container: _Container) -> int:
    if not container.is_object:
        return at
    if text[at : at + 1] != '"':
        raise ValueError(f"not JSON: the name of a member is missing at character {at}")
    container.name, at = _read_string(text, at + 1)
    at = _skip(text, at)
    if text[at : at + 1] != ":":
        raise ValueError(f"not JSON: a colon is missing at character {at}")
    return _skip(text, at + 1)


def _read_scalar(text: str, at: int) -> tuple[Span, int]:
    if text[at : at + 1] == '"':
        _, end = _read_string(text, at + 1)
        return (at + 1, end - 1), end
    found = _SCALAR.match(text, at)
    if not found:
        raise ValueError(f"not JSON: a value is missing at character {at}")
    return found.span(), found.end()


def _read_string(text: str, at: int) -> tuple[str, int]:
    """The string that begins at `at` (after its quotation mark) and the offset after its end."""
    scan: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]
    return scan(text, at, False)


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
