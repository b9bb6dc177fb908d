"""Reading the elements of a record of PubMed: words, numbers, flags, dates. Whatever they hold, nothing is raised.

Words are as written: white space at their ends goes where columns are made of them (`words.column_of`).
"""

import datetime
from collections.abc import Callable, Sequence
from operator import attrgetter, itemgetter
from typing import Any

from lxml import etree

from trialhouse.bulk.dates import NO_DATE, Moment, as_written, stated_date, stated_moment
from trialhouse.bulk.structure import READ_AS, As, is_markup, path_of
from trialhouse.bulk.words import digits, trimmed

_DAY = {"Year": 0, "Month": 1, "Day": 2}
_MOMENT = {**_DAY, "Hour": 3, "Minute": 4}
_YES_NO = {None: None, "Y": True, "N": False}
"""What an attribute of Y or N says."""
_OF_HEADING = ["UI", "MajorTopicYN"]
"""The attributes of most headings: both are read at once in less time than four are looked for."""
_NOTHING: dict[str, As] = {}
_UNKNOWN = "unknown_element", "is not known here"
_TWICE = "repeated_element", "stands there twice"
WORDS, ELEMENTS = As.WORDS, As.ELEMENTS
_ALL_TEXT = etree.XPath("string()", smart_strings=False)

Element = etree._Element

_tag_of = attrgetter("tag")

children_of: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""The children of an element, all at once: a loop over the element itself takes twice as long."""

Row = tuple[Any, ...]
Found = dict[str, Any]
"""Children by name: words, an element, or a list of elements (`structure.READ_AS`)."""


class Reader:
    """Reads elements, and notes what is odd in them: each element that has children is to be looked into once."""

    def __init__(self, with_blanks: Callable[[], Element] | None = None) -> None:
        """Read a record; `with_blanks` reads it once more where its elements lack the blanks between two of them."""
        self.notes: list[tuple[str, str]] = []
        """Cause and message of what was left out."""
        self._with_blanks = with_blanks
        self._record: Element | None = None

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
                found[name] = self._text_with_markup(one) if len(one) else one.text
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

    def texts(self, element: Element | None, places: dict[str, int]) -> Sequence[str | None]:
        """The words of the children of an element, each in the place of its name.

        Places follow each other as the names do in the DTD; whatever is not read so simply is left to `inside`.
        """
        texts: list[str | None] = [None] * len(places)
        if element is None:
            return texts
        last = -1
        for one in children_of(element):
            place = places.get(one.tag, -1)
            if place <= last or len(one):
                return [*map(self.inside(element).get, places)]
            texts[place] = one.text
            last = place
        return texts

    def items(self, element: Element | None, name: str) -> list[Element]:
        """The elements of a list, in which nothing else may be."""
        if element is None:
            return []
        children = children_of(element)
        is_all = [*map(_tag_of, children)].count(name) == len(children)
        return children if is_all else self.inside(element).get(name, [])

    def words(self, element: Element | None) -> str | None:
        """The words of an element and of all markup in it."""
        if element is None:
            return None
        return self._text_with_markup(element) if len(element) else element.text

    def _text_with_markup(self, element: Element) -> str:
        """The words of an element that has others in it; such as are no markup are noted."""
        for one in element.iterdescendants():
            if not is_markup(one):
                self.leave_out(one, is_known=False)
        return str(_ALL_TEXT(element if self._with_blanks is None else self._twin(element, self._with_blanks)))

    def _twin(self, element: Element, with_blanks: Callable[[], Element]) -> Element:
        """The same element of the record with all its blanks: "<i>a</i> <b>b</b>" are two words."""
        if self._record is None:
            self._record = with_blanks()
        places = []
        while (parent := element.getparent()) is not None:
            places.append(parent.index(element))
            element = parent
        twin = self._record
        for place in reversed(places[:-1]):  # the last is the record's among those that were read together
            twin = twin[place]
        return twin

    def leave_out(self, element: Element, *, is_known: bool) -> None:
        """Note an element that is not known where it stands, or is known and was there before."""
        cause, said = _TWICE if is_known else _UNKNOWN
        self.notes.append((cause, f"{path_of(element)} {said}: it was left out"))

    def number(self, name: str, words: str | None) -> int | None:
        """The number that an element of this name says; what is none is noted."""
        number = digits(trimmed(words))
        if number is None and (said := trimmed(words)):
            self._bad_value(name, said, "number")
        return number

    def named(self, element: Element | None) -> tuple[str | None, str | None]:
        """Id and name of a term of MeSH."""
        if element is None:
            return None, None
        return element.get("UI"), self._text_with_markup(element) if len(element) else element.text

    def heading(self, element: Element) -> Row:
        """Of a descriptor or a qualifier: id, name, whether it is a main point, type, and the mark of a program."""
        words = self._text_with_markup(element) if len(element) else element.text
        if element.keys() == _OF_HEADING:
            ui, said = element.values()
            if said in _YES_NO:
                return ui, words, _YES_NO[said], None, None
        is_major_topic, is_auto_major = self.flags(element, "MajorTopicYN", "AutoHM")
        return element.get("UI"), words, is_major_topic, element.get("Type"), is_auto_major

    def flag(self, element: Element | None, name: str) -> bool | None:
        """An attribute of Y or N; what is neither is noted."""
        if element is None:
            return None
        said = element.get(name)
        if said in _YES_NO:
            return _YES_NO[said]
        self._bad_value(element.tag, f"@{name} {said}", "Y or N")
        return None

    def flags(self, element: Element, first: str, second: str) -> tuple[bool | None, bool | None]:
        """Two attributes of Y or N; what is neither is noted."""
        try:
            return _YES_NO[element.get(first)], _YES_NO[element.get(second)]
        except KeyError:
            return self.flag(element, first), self.flag(element, second)

    def day(self, element: Element | None) -> datetime.date | None:
        """A date that must be a day; what is none is noted."""
        if element is None:
            return None
        texts = self.texts(element, _DAY)
        day, precision = stated_date(*texts)
        if precision == "day":
            return day
        self._bad_value(element.tag, as_written(*texts), "day")
        return None

    def moment(self, element: Element) -> Moment:
        """A date, its precision, hour and minute; what is none is noted."""
        texts = self.texts(element, _MOMENT)
        moment = stated_moment(*texts)
        if moment is not None:
            return moment
        year, month, day, hour, minute = texts
        date = stated_date(year, month, day)
        if date is NO_DATE:
            self._bad_value(element.tag, as_written(year, month, day), "date")
        return *date, self.number("Hour", hour), self.number("Minute", minute)

    def _bad_value(self, name: str, said: str, wanted: str) -> None:
        self.notes.append(("bad_value", f"{name}: {said[:80]!r} is no {wanted}: it was left out"))


def said_by(element: Element | None, name: str) -> str | None:
    """An attribute's words; None where there is none."""
    return None if element is None else element.get(name)
