"""Rows of several tables, on their way from resolution to the build."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from trialhouse.model.lean import share_names
from trialhouse.model.tables.declaration import Row

R = TypeVar("R", bound=Row)


class RowSet:
    """Rows by table, each distinct row once. Two rows that differ under one key both stay, for a check to find."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._tables: dict[type[Row], dict[Row, None]] = {}
        self.extend(rows)

    def add(self, row: Row) -> None:
        """Add one row. It shares the names of its fields with the others of its table: there may be millions."""
        share_names(row)
        self._tables.setdefault(type(row), {})[row] = None

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows, of one table or of several."""
        for row in rows:
            self.add(row)

    def of(self, row_class: type[R]) -> list[R]:
        """The rows of one table, in the order in which they were added."""
        return [row for row in self._tables.get(row_class, {}) if isinstance(row, row_class)]

    def __iter__(self) -> Iterator[Row]:
        for rows in self._tables.values():
            yield from rows
