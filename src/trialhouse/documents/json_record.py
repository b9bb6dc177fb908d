"""A record in JSON: what it says, and where in the text of the file each value stands."""

import json
from functools import cached_property
from typing import Any

from trialhouse.model.document import UnreadableDocument
from trialhouse.model.evidence import Evidence
from trialhouse.text.json_spans import Span, TooManyPlaces, child_path, scalar_spans
from trialhouse.text.json_values import load_json
from trialhouse.text.lazy_patterns import lazy_compile

_MEMBER = lazy_compile(r"\.[A-Za-z_][A-Za-z0-9_]*|\[\"(?:[^\"\\]|\\.)*\"\]")
"""The end of a member's path behind that of its object, as `child_path` writes it."""

_CUT_MARGIN = 8
"""Characters from the end within which a fault means that the text stops there (a literal cut in half)."""


def load_record(text: str, where: str) -> Any:
    """The value of a JSON text. Raises UnreadableDocument: "truncated" or "not_json"."""
    body = text.lstrip("\ufeff")
    try:
        return load_json(body)
    except json.JSONDecodeError as fault:
        cut = fault.msg.startswith("Unterminated string") or fault.pos >= len(body.rstrip()) - _CUT_MARGIN
        reason = "truncated" if cut else "not_json"
        said = "the JSON stops in the middle" if cut else f"no valid JSON ({fault.msg}, line {fault.lineno})"
        raise UnreadableDocument(reason, f"{where}: {said}; fetch it again.") from fault
    except RecursionError as fault:
        raise UnreadableDocument("not_json", f"{where}: JSON nested too deeply to be a record.") from fault
    except ValueError as fault:
        # Python reads no integer of thousands of digits, since that takes the square of their number.
        said = "a number in the JSON has thousands of digits, which no record has; mend it at its source."
        raise UnreadableDocument("not_json", f"{where}: {said}") from fault


def places(text: str, where: str) -> dict[str, Span]:
    """The span of every scalar by its path. Raises UnreadableDocument, "too_many_values"."""
    try:
        return scalar_spans(text)
    except TooManyPlaces as fault:
        message = f"{where}: {fault}, which no record does; fetch it again, or cut it to one record."
        raise UnreadableDocument("too_many_values", message) from fault


class JsonRecord:
    """One object of a JSON text: its values by name, and their places. `root` is the path of the object."""

    def __init__(self, text: str, where: str, value: dict[str, Any], root: str) -> None:
        """Raises UnreadableDocument, "too_many_values"."""
        self.text = text
        self.value = value
        self.root = root
        self.spans = places(text, where)

    def path(self, *names: str | int) -> str:
        """The path of a value below the record: `$.message.title[0]`."""
        path = self.root
        for name in names:
            path = child_path(path, name)
        return path

    def get(self, *names: str | int) -> Any:
        """The value below some names, None where there is none: a file may hold anything anywhere."""
        value: Any = self.value
        for name in names:
            is_there = name in value if isinstance(value, dict) else isinstance(value, list) and isinstance(name, int)
            if not is_there or (isinstance(value, list) and isinstance(name, int) and name >= len(value)):
                return None
            value = value[name]
        return value

    def words(self, *names: str | int) -> str | None:
        """The string or number below some names as a string, None where there is none or it is empty."""
        value = self.get(*names)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        return str(value).strip() or None

    def items(self, *names: str | int) -> list[int]:
        """The numbers of the elements of a list."""
        value = self.get(*names)
        return list(range(len(value))) if isinstance(value, list) else []

    def span(self, *names: str | int) -> Span | None:
        """Where a scalar stands, a string without its quotation marks; None where there is none."""
        return self.spans.get(self.path(*names))

    def evidence(self, *names: str | int) -> Evidence | None:
        """A scalar as evidence."""
        span = self.span(*names)
        if span is None or span[0] == span[1]:
            return None
        return Evidence(start=span[0], end=span[1], quote=self.text[slice(*span)], locator=self.path(*names))

    def unknown(self, known: frozenset[str]) -> list[Evidence]:
        """The names of the record's own members that are not among the known ones, at their place in the file."""
        found = []
        for name in self.value:
            if name not in known and (place := self._name(name)) is not None:
                start, end = place
                found.append(Evidence(start=start, end=end, quote=self.text[start:end], locator=self.path(name)))
        return found

    def _name(self, name: str) -> Span | None:
        """Where the name of a member stands: before its value, or before the first value in it."""
        first = self._firsts.get(self.path(name))
        written = json.dumps(name, ensure_ascii=False)
        at = self.text.rfind(written, 0, first[0]) if first else self.text.find(written)
        return (at + 1, at + len(written) - 1) if at >= 0 and len(written) > 2 else first

    @cached_property
    def _firsts(self) -> dict[str, Span]:
        """The first scalar in each member of the record, by the member's path."""
        found: dict[str, Span] = {}
        for where, span in self.spans.items():
            member = _MEMBER.match(where, len(self.root)) if where.startswith(self.root) else None
            if member is not None:
                found.setdefault(where[: member.end()], span)
        return found
