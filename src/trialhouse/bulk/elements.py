"""Reading the elements of a record of PubMed: words, numbers, flags, dates. Whatever they hold, nothing is raised."""

import datetime
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from lxml import etree

from trialhouse.bulk.dates import NO_DATE, StatedDate, medline_date, stated_date
from trialhouse.bulk.structure import READ_AS, As, is_markup, path_of

SPACE = " \t\r\n"
"""White space of XML. Other spaces (no-break, thin) are words."""

_LARGEST = 12
"""Digits of the largest number that is read as one."""

_DATE = ("MedlineDate", "Year", "Month", "Day", "Season")
_YES_NO = {None: None, "Y": True, "N": False}
_FLAGS = {(first, second): (_YES_NO[first], _YES_NO[second]) for first in _YES_NO for second in _YES_NO}
_NOTHING: dict[str, As] = {}
_UNKNOWN = "unknown_element", "is not known here"
_TWICE = "repeated_element", "stands there twice"
WORDS, ELEMENTS = As.WORDS, As.ELEMENTS
_ALL_TEXT = etree.XPath("string()", smart_strings=False)

Element = etree._Element

children_of: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""The children of an element, all at once: a loop over the element itself takes twice as long."""

Row = tuple[Any, ...]
Found = dict[str, Any]
"""Children by name: words, an element, or a list of elements (`structure.READ_AS`)."""


class Reader:
    """Reads elements, and notes what is odd in them: each element that has children is to be looked into once."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        """Cause and message of what was left out."""

    def inside(self, element: Element | None) -> Found:
        """The children of an element by name. One that is not known, or is there twice, is noted."""
        found: Found = {}
        if element is None:
            return found
        read_as = READ_AS.get(element.tag, _NOTHING)
        for one in children_of(element):
            name = one.tag
            how = read_as.get(name)
            if how is WORDS and name not in found:
                # As `words` does; a record has sixty of these.
                text = self._text_with_markup(one) if len(one) else one.text
                found[name] = text.strip(SPACE) or None if text else None
            elif how is ELEMENTS:
                if name in found:
                    found[name].append(one)
                else:
                    found[name] = [one]
            elif how is None or name in found:
                self.leave_out(one, is_known=how is not None)
            else:
                found[name] = one
        return found

    def items(self, element: Element | None, name: str) -> list[Element]:
        """The elements of a list, in which nothing else may be."""
        if element is None:
            return []
        children = children_of(element)
        found = [one for one in children if one.tag == name]
        return found if len(found) == len(children) else self.inside(element).get(name, [])

    def words(self, element: Element | None) -> str | None:
        """The words of an element and of all markup in it, without white space at their ends; None for no words."""
        if element is None:
            return None
        text = self._text_with_markup(element) if len(element) else element.text
        return text.strip(SPACE) or None if text else None

    def _text_with_markup(self, element: etree._Element) -> str:
        for one in element.iterdescendants():
            if not is_markup(one):
                self.leave_out(one, is_known=False)
        return str(_ALL_TEXT(element))

    def leave_out(self, element: Element, *, is_known: bool) -> None:
        """Note an element that is not known where it stands, or is known and was there before."""
        cause, said = _TWICE if is_known else _UNKNOWN
        self.notes.append((cause, f"{path_of(element)} {said}: it was left out"))

    def number(self, name: str, said: str | None) -> int | None:
        """The number that an element of this name says; what is none is noted."""
        if said is None:
            return None
        number = digits(said)
        if number is None:
            self._bad_value(name, said, "number")
        return number

    def named(self, element: Element | None) -> tuple[str | None, str | None]:
        """Id and name of a term of MeSH."""
        if element is None:
            return None, None
        # As `said_by` and `words` do; a record has twenty of these.
        ui = element.get("UI")
        text = self._text_with_markup(element) if len(element) else element.text
        return ui.strip(SPACE) or None if ui else None, text.strip(SPACE) or None if text else None

    def flag(self, element: Element | None, name: str) -> bool | None:
        """An attribute of Y or N; what is neither is noted."""
        if element is None:
            return None
        said = element.get(name)
        if said in _YES_NO:
            return _YES_NO[said]
        self._bad_value(element.tag, f"@{name} {said}", "Y or N")
        return None

    def flags(self, element: Element | None, first: str, second: str) -> tuple[bool | None, bool | None]:
        """Two attributes of Y or N; what is neither is noted."""
        if element is None:
            return None, None
        said = element.get(first), element.get(second)
        if said in _FLAGS:
            return _FLAGS[said]
        return self.flag(element, first), self.flag(element, second)

    def day(self, element: Element | None) -> datetime.date | None:
        """A date that must be a day; what is none is noted."""
        if element is None:
            return None
        texts = self.inside(element)
        day, precision = date_of(texts)
        if precision == "day":
            return day
        self._bad_value(element.tag, date_words(texts), "day")
        return None

    def date(self, name: str, texts: Found) -> StatedDate:
        """The date that these texts of the children of an element of this name state; what is none is noted."""
        date = date_of(texts)
        if date is NO_DATE:
            self._bad_value(name, date_words(texts), "date")
        return date

    def _bad_value(self, name: str, said: str, wanted: str) -> None:
        self.notes.append(("bad_value", f"{name}: {said[:80]!r} is no {wanted}: it was left out"))


def said_by(element: Element | None, name: str) -> str | None:
    """An attribute's words; None where there are none."""
    if element is None:
        return None
    value = element.get(name)
    return value.strip(SPACE) or None if value else None


def date_of(texts: Found) -> StatedDate:
    """The date of Year, Month and Day, or of MedlineDate."""
    year = texts.get("Year")
    if year is None and (written := texts.get("MedlineDate")) is not None:
        return medline_date(written)
    return stated_date(year, texts.get("Month"), texts.get("Day"))


def date_words(texts: Found) -> str:
    """What a date is written with."""
    return " ".join([said for name in _DATE if (said := texts.get(name)) is not None])


def digits(said: str | None) -> int | None:
    """A number of ASCII digits, not too long; None for anything else."""
    return int(said) if said and said.isdecimal() and said.isascii() and len(said) <= _LARGEST else None
