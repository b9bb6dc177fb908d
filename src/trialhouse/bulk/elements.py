"""Reading the elements of a record of PubMed: words, numbers, flags, dates. Whatever they hold, nothing is raised."""

import datetime
from typing import Any

from lxml import etree

from trialhouse.bulk.dates import NO_DATE, StatedDate, medline_date, stated_date

SPACE = " \t\r\n"
"""White space of XML. Other spaces (no-break, thin) are words."""

_LARGEST = 12
"""Digits of the largest number that is read as one."""

DATE = ("MedlineDate", "Year", "Month", "Day", "Season")
_YES_NO = {"Y": True, "N": False}
_ALL_TEXT = etree.XPath("string()")

Row = tuple[Any, ...]


class Notes(list[str]):
    """What could not be read in a record, in words."""

    def number(self, element: etree._Element | None) -> int | None:
        """An element's number; what is none is noted."""
        said = words(element)
        number = digits(said)
        if said is not None and number is None:
            self._note(element, said, "number")
        return number

    def flag(self, element: etree._Element | None, name: str) -> bool | None:
        """An attribute of Y or N; what is neither is noted."""
        said = element.get(name) if element is not None else None
        if said is None:
            return None
        if said not in _YES_NO:
            self._note(element, f"@{name} {said}", "Y or N")
        return _YES_NO.get(said)

    def day(self, element: etree._Element | None) -> datetime.date | None:
        """A date that must be a day; what is none is noted."""
        if element is None:
            return None
        day, precision = date_of(element)
        if precision != "day":
            self._note(element, " ".join(date_words(element)), "day")
            return None
        return day

    def date(self, element: etree._Element) -> StatedDate:
        """A date as precise as stated; what is none is noted."""
        date = date_of(element)
        if date is NO_DATE:
            self._note(element, " ".join(date_words(element)), "date")
        return date

    def _note(self, element: etree._Element | None, said: str, wanted: str) -> None:
        name = element.tag if element is not None else ""
        self.append(f"{name}: {said[:80]!r} is no {wanted}: it was left out")


def words(element: etree._Element | None) -> str | None:
    """The words of an element and of all markup in it, without white space at their ends; None where there are none."""
    if element is None:
        return None
    text = _ALL_TEXT(element) if len(element) else element.text
    return str(text).strip(SPACE) or None if text else None


def said_by(element: etree._Element | None, name: str) -> str | None:
    """An attribute's words; None where there are none."""
    value = element.get(name) if element is not None else None
    return value.strip(SPACE) or None if value else None


def date_of(element: etree._Element | None) -> StatedDate:
    """The date of an element's Year, Month and Day, or of its MedlineDate."""
    written, year, month, day, _ = texts(element, *DATE)
    return medline_date(written) if year is None and written is not None else stated_date(year, month, day)


def by_name(element: etree._Element | None) -> dict[str, etree._Element]:
    """The children of an element, the first of each name."""
    return {str(one.tag): one for one in element.iterchildren(reversed=True)} if element is not None else {}


def texts(element: etree._Element | None, *names: str) -> list[str | None]:
    """The words of the first children of these names."""
    found = by_name(element)
    return [words(found[name]) if name in found else None for name in names]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name."""
    return next(element.iterchildren(name), None) if element is not None else None


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """All children of this name."""
    return [*element.iterchildren(name)] if element is not None else []


def list_of(element: etree._Element | None, name: str) -> list[str]:
    """The words of all children of this name."""
    return [said for one in children(element, name) if (said := words(one)) is not None]


def date_words(element: etree._Element | None) -> list[str]:
    """What a date is written with."""
    return [said for said in texts(element, *DATE) if said is not None]


def digits(said: str | None) -> int | None:
    """A number of ASCII digits, not too long; None for anything else."""
    return int(said) if said and len(said) <= _LARGEST and said.isascii() and said.isdecimal() else None
