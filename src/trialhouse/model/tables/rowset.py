"""Rows of several tables, on their way from resolution to the build."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from trialhouse.model.tables.declaration import Row

R = TypeVar("R", bound=Row)


class RowSet:
    """Rows by table. Adding a row whose key is there already keeps the first, so that merging is idempotent."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._tables: dict[type[Row], dict[tuple[object, ...], Row]] = {}
        self.extend(rows)

    def add(self, row: Row) -> None:
        """Add one row."""
        key = tuple(getattr(row, name) for name in type(row).KEY)
        self._tables.setdefault(type(row), {}).setdefault(key, row)

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows, of one table or of several."""
        for row in rows:
            self.add(row)

    def of(self, row_class: type[R]) -> list[R]:
        """The rows of one table, in the order in which they were added."""
        return [row for row in self._tables.get(row_class, {}).values() if isinstance(row, row_class)]

    def __iter__(self) -> Iterator[Row]:
        for rows in self._tables.values():
            yield from rows.values()
