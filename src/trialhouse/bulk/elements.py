"""Reading the elements of a record of PubMed: words, numbers, flags, dates. Whatever they hold, nothing is raised."""

import datetime
from typing import Any

from lxml import etree

from trialhouse.bulk.dates import NO_DATE, StatedDate, medline_date, stated_date
from trialhouse.bulk.nodes import Node
from trialhouse.bulk.structure import CHILDREN, is_markup, path_of

SPACE = " \t\r\n"
"""White space of XML. Other spaces (no-break, thin) are words."""

_LARGEST = 12
"""Digits of the largest number that is read as one."""

_DATE = ("MedlineDate", "Year", "Month", "Day", "Season")
_YES_NO = {"Y": True, "N": False}
_ALL_TEXT = etree.XPath("string()", smart_strings=False)

Row = tuple[Any, ...]
Found = dict[str, Any]
"""Children by name: a node, or a list of them where there may be several (`structure.CHILDREN`)."""


class Reader:
    """Reads elements, and notes what is odd in them: each element that has children is to be looked into once."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        """Cause and message of what was left out."""

    def inside(self, node: Node | None) -> Found:
        """The children of an element by name. One that is not known, or is there twice, is noted."""
        found: Found = {}
        if node is None or not node[1]:
            return found
        known = CHILDREN.get(node[0], {})
        for one in node[2]:
            name = one[0]
            if name not in known:
                self._left_out("unknown_element", one[3], "is not known here")
            elif known[name]:
                if name in found:
                    found[name].append(one)
                else:
                    found[name] = [one]
            elif name not in found:
                found[name] = one
            else:
                self._left_out("repeated_element", one[3], "stands there twice")
        return found

    def texts(self, node: Node | None) -> dict[str, str | None]:
        """The words of an element's children, of which there is one of each name."""
        return {name: self.words(one) for name, one in self.inside(node).items()}

    def words(self, node: Node | None) -> str | None:
        """The words of an element and of all markup in it, without white space at their ends; None for no words."""
        if node is None:
            return None
        _, size, text, element = node
        if size:
            text = self._text_with_markup(element)
        return text.strip(SPACE) or None if text else None

    def _text_with_markup(self, element: etree._Element) -> str:
        for one in element.iterdescendants():
            if not is_markup(one):
                self._left_out("unknown_element", one, "is not known here")
        return str(_ALL_TEXT(element))

    def _left_out(self, cause: str, element: etree._Element, said: str) -> None:
        self.notes.append((cause, f"{path_of(element)} {said}: it was left out"))

    def number(self, name: str, said: str | None) -> int | None:
        """The number that an element of this name says; what is none is noted."""
        number = digits(said)
        if said is not None and number is None:
            self._bad_value(name, said, "number")
        return number

    def flag(self, node: Node | None, name: str) -> bool | None:
        """An attribute of Y or N; what is neither is noted."""
        said = node[3].get(name) if node else None
        if said is None:
            return None
        if node and said not in _YES_NO:
            self._bad_value(node[0], f"@{name} {said}", "Y or N")
        return _YES_NO.get(said)

    def day(self, node: Node | None) -> datetime.date | None:
        """A date that must be a day; what is none is noted."""
        if node is None:
            return None
        texts = self.texts(node)
        day, precision = date_of(texts)
        if precision == "day":
            return day
        self._bad_value(node[0], date_words(texts), "day")
        return None

    def date(self, name: str, texts: dict[str, str | None]) -> StatedDate:
        """The date that these texts of the children of an element of this name state; what is none is noted."""
        date = date_of(texts)
        if date is NO_DATE:
            self._bad_value(name, date_words(texts), "date")
        return date

    def _bad_value(self, name: str, said: str, wanted: str) -> None:
        self.notes.append(("bad_value", f"{name}: {said[:80]!r} is no {wanted}: it was left out"))


def said_by(node: Node | None, name: str) -> str | None:
    """An attribute's words; None where there are none."""
    value = node[3].get(name) if node else None
    return value.strip(SPACE) or None if value else None


def date_of(texts: dict[str, str | None]) -> StatedDate:
    """The date of Year, Month and Day, or of MedlineDate."""
    year, written = texts.get("Year"), texts.get("MedlineDate")
    if year is None and written is not None:
        return medline_date(written)
    return stated_date(year, texts.get("Month"), texts.get("Day"))


def date_words(texts: dict[str, str | None]) -> str:
    """What a date is written with."""
    return " ".join([said for name in _DATE if (said := texts.get(name)) is not None])


def digits(said: str | None) -> int | None:
    """A number of ASCII digits, not too long; None for anything else."""
    return int(said) if said and len(said) <= _LARGEST and said.isascii() and said.isdecimal() else None
