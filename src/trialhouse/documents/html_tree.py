"""A page's markup as a tree, refused where it nests deeper than any page does."""

from bs4 import BeautifulSoup
from bs4.element import Tag

from trialhouse.model.document import UnreadableDocument

DEEPEST = 512
"""Elements within elements that are read at most: real pages nest less than a hundred deep, and many a look at a page
takes its size times its depth."""


class _TooDeep(Exception):
    """An element is opened below the deepest one that is read."""


class _Soup(BeautifulSoup):
    """A tree that stops growing at the limit, so that no time goes into what will be refused."""

    def pushTag(self, tag: Tag) -> None:
        """Open an element inside the one that is open."""
        super().pushTag(tag)
        if len(self.tagStack) > DEEPEST + 1:  # the document itself is on the stack
            raise _TooDeep


def read_tree(html: str, where: str) -> BeautifulSoup:
    """The tree of a page. Raises UnreadableDocument, "too_deep"."""
    try:
        return _Soup(html, "lxml")
    except _TooDeep:
        raise UnreadableDocument(
            "too_deep",
            f"{where}: its HTML nests more than {DEEPEST} elements in each other, which no page that is meant well "
            "does; save the page from a browser, or give its text.",
        ) from None
