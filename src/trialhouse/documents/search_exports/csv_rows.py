"""Rows of a csv file with the line that each begins on: a quote that nobody closed costs its own row and no other.

A row whose quotes do not fit swallows the lines behind it up to the next quote. It is given by its first line alone,
and reading goes on with the second.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_FIELD = 1 << 26
"""Characters of a field at most: behind that many without a closing quote, the quote is taken for a wrong one."""


@dataclass(slots=True)
class Row:
    """One row: its first line, its cells, what is wrong with its quotes, and whether no line end stands behind it."""

    line: int
    cells: list[str]
    problem: str | None = None
    is_unended: bool = False


def rows_of(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """The rows of some lines, without blank ones. Takes time proportional to the text."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        problem = None
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cells, problem = _alone(feed.taken[0], delimiter), str(error)
            feed.give_back_all_but_first()
        if cells is None:
            return
        line, is_unended = feed.next_row()
        if cells:
            yield Row(line, cells, _in_words(problem), is_unended)


class _Feed:
    """The lines for a reader, which remembers those of the row that it reads."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self._number = 1
        self.taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> None:
        """The lines after the first are read again as rows of their own."""
        self._back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def next_row(self) -> tuple[int, bool]:
        """The number of the first line of the row that was read, and whether its last line has no end."""
        first = self._number
        is_unended = not self.taken[-1].endswith("\n")
        self._number += len(self.taken)
        self.taken.clear()
        return first, is_unended


def _alone(line: str, delimiter: str) -> list[str]:
    """The cells of one line whose quotes do not fit."""
    return next(csv.reader([line], delimiter=delimiter), [])


def _in_words(problem: str | None) -> str | None:
    if problem is None:
        return None
    if "end of data" in problem or "field larger" in problem:
        return "a quote opens in it and is never closed"
    return "its quotes do not fit"
