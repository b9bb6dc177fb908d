"""Rows of a table to columns of citations: a whole column is cleaned at a time, which a million rows need."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter

from trialhouse.documents.authors_and_pages import authors_of, one_line, pages_of
from trialhouse.documents.search_exports.columns import Columns
from trialhouse.documents.search_exports.record import Batch, Value
from trialhouse.documents.search_exports.values import (
    doi_of,
    doi_of_address,
    pmcid_of,
    pmid_of,
    pmid_of_address,
    registrations,
    serials,
    year_of,
)

NOTHING = frozenset(["", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None"])
"""What programs write into a cell that holds nothing."""

Cells = Sequence[str | None]


def batch_of_rows(rows: Sequence[tuple[int, int, list[str]]], columns: Columns) -> Batch:
    """Rows (number, line, cells), each with as many cells as there are columns, as a batch."""
    table = _Table([cells for _, _, cells in rows], columns)
    url = table.words("url")
    issn, isbn = table.serials()
    said: dict[str, Sequence[Value]] = {
        name: table.words(name) for name in ("entry_type", "title", "journal", "abstract", "language")
    }
    said |= {
        "url": url,
        "year": table.made("year", year_of),
        "volume": table.made("volume", _whole_number),
        "number": table.made("number", _whole_number),
        "pages": table.pages(),
        "doi": _filled_in(table.made("doi", doi_of), url, "doi.org/", doi_of_address),
        "pmid": _filled_in(table.made("pmid", pmid_of), url, ".nih.gov/", pmid_of_address),
        "pmcid": table.made("pmcid", pmcid_of),
        "issn": issn,
        "isbn": isbn,
        "authors": table.authors(),
        "registry_ids": table.made("registry_ids", lambda words: registrations([words])),
    }
    return Batch(
        [number for number, _, _ in rows],
        [line for _, line, _ in rows],
        # An id is kept as it is: whoever reads the answer looks for it.
        list(table.given("key")),
        {name: values for name, values in said.items() if any(values)},
    )


class _Table:
    """The cells of some rows by the parts of a citation: None for what holds nothing."""

    def __init__(self, rows: Sequence[list[str]], columns: Columns) -> None:
        self._rows = rows
        self._places = columns.places
        self._nothing: list[str | None] = [None] * len(rows)

    def words(self, part: str) -> list[str | None]:
        """Cells in one line each."""
        if part not in self._places:
            return self._nothing
        return [None if words is None else _in_one_line(words) for words in self.given(part)]

    def made(self, part: str, make: Callable[[str], Value]) -> list[Value]:
        """What a function makes of each cell."""
        if part not in self._places:
            return [*self._nothing]
        return [None if words is None else make(words) for words in self.given(part)]

    def authors(self) -> list[Value]:
        return self.made("authors", authors_of)

    def pages(self) -> list[Value]:
        if not any(part in self._places for part in ("first page", "last page", "article number")):
            return [*self.words("pages")]
        parts = (self.words(part) for part in ("pages", "first page", "last page", "article number"))
        return [pages_of(*cells) for cells in zip(*parts, strict=True)]

    def serials(self) -> tuple[list[Value], list[Value]]:
        """ISSNs and ISBNs: a column of one often holds the other."""
        if "issn" not in self._places and "isbn" not in self._places:
            return [*self._nothing], [*self._nothing]
        both = [_serials(*cells) for cells in zip(self.words("issn"), self.words("isbn"), strict=True)]
        return [issn for issn, _ in both], [isbn for _, isbn in both]

    def given(self, part: str) -> Cells:
        """The cells of the first column of a part, without white space around them; where one is empty, the next's."""
        found: Cells = self._nothing
        for place in reversed(self._places.get(part, ())):
            cells = map(str.strip, map(itemgetter(place), self._rows))
            if found is self._nothing:
                found = [None if words in NOTHING else words for words in cells]
            else:
                found = [before if words in NOTHING else words for words, before in zip(cells, found, strict=True)]
        return found


@lru_cache(maxsize=4096)
def _serials(issn: str | None, isbn: str | None) -> tuple[str | None, str | None]:
    return serials(filter(None, [issn, isbn]))


def _in_one_line(words: str) -> str:
    return one_line(words) if "\n" in words or "  " in words or "\t" in words else words


def _whole_number(words: str) -> str:
    """ "19.0" is how programs write 19 in a column that has empty cells."""
    return words[:-2] if words.endswith(".0") and words[:-2].isdigit() else _in_one_line(words)


def _filled_in(
    values: list[Value], urls: Iterable[str | None], sign: str, read: Callable[[str], str | None]
) -> list[Value]:
    """Values, those that are not said read from the record's address where it has the sign of one that says it."""
    return [
        read(url) if value is None and url and sign in url else value for value, url in zip(values, urls, strict=True)
    ]
