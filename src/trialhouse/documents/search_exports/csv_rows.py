"""Rows of a csv file with the line that each begins on: a quote that nobody closed costs its own row and no other.

A row whose quotes do not fit swallows the lines behind it up to the next quote. It is given by its first line alone,
and reading goes on with the second.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

LONGEST_FIELD = 1 << 26
"""Characters of a field at most: behind that many without a closing quote, the quote is taken for a wrong one."""


LINES_AT_ONCE = 5_000


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
    lines = iter(lines)
    number = 1
    rest: list[str] = []
    while block := rest + list(islice(lines, LINES_AT_ONCE)):
        is_last = len(block) - len(rest) < LINES_AT_ONCE
        read: list[list[str]] = []
        problem = None
        try:
            read.extend(csv.reader(block, delimiter=delimiter, strict=True))
        except csv.Error as error:
            problem = str(error)
        firsts, used = _places(read, len(block))
        unended = len(read) - 1 if used and not block[used - 1].endswith("\n") else None
        for place, (first, cells) in enumerate(zip(firsts, read, strict=True)):
            if cells:
                yield Row(number + first, cells, None, place == unended)
        number, rest = number + used, block[used:]
        # A row may go on in the next block; one that does not end in two of them has a wrong quote, too.
        if problem is not None and (is_last or len(rest) > LINES_AT_ONCE or "end of data" not in problem):
            break
    for row in _careful(_Feed(chain(rest, lines)), delimiter):
        yield replace(row, line=row.line + number - 1)


def _places(rows: Sequence[list[str]], lines: int) -> tuple[Sequence[int], int]:
    """The line that each row begins on, counted from 0, and the number of lines of all: one a row mostly."""
    if len(rows) == lines:
        return range(lines), lines
    firsts, used = [], 0
    for cells in rows:
        firsts.append(used)
        used += 1 + sum(cell.count("\n") for cell in cells)
    return firsts, used


def _careful(feed: "_Feed", delimiter: str) -> Iterator[Row]:
    """The rows behind one whose quotes do not fit, one by one."""
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
