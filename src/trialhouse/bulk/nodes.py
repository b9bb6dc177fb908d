"""A tree of lxml as Python's own lists: each element is looked at once.

lxml makes an object of an element each time that it is come upon. Here it is come upon once, in document order,
without a loop of Python; what walks the tree afterwards finds lists.
"""

from operator import attrgetter
from typing import Any

from lxml import etree

Node = tuple[str, int, Any, etree._Element]
"""An element: name, number of children, its children or (where there are none) its text or None, and the element."""

_name, _text = attrgetter("tag"), attrgetter("text")


def node_of(root: etree._Element) -> Node:
    """The tree of an element; comments and processing instructions must not be in it."""
    elements = [*root.iter()]
    found = list(zip(map(_name, elements), map(len, elements), map(_text, elements), elements, strict=True))
    # From behind, an element's children were all met before it: they are the last ones that were put by.
    waiting: list[Node] = []
    for name, size, text, element in reversed(found):
        if size:
            children = waiting[: -size - 1 : -1]
            del waiting[-size:]
            waiting.append((name, size, children, element))
        else:
            waiting.append((name, 0, text, element))
    return waiting[0]


def child(node: Node, name: str) -> Node | None:
    """The first child of a name."""
    return next((one for one in node[2] if one[0] == name), None) if node[1] else None
