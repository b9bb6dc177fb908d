"""The words of a JATS article in reading order: title, abstracts, registrations, and the body section by section.

A section begins with its title and a colon, as a labelled abstract does. Numbers of references that are raised fall
away, since "40%<sup>12</sup>" would be read as another number; in brackets they stay. Tables, figures and boxes are
left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from trialhouse.documents.jats_elements import BLOCKS, HOLDERS, NO_ARTICLE
from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.prose_lines import Fill, ProseLines
from trialhouse.documents.section_labels import section_of
from trialhouse.documents.xml_tree import Element, XmlTree
from trialhouse.model.document import Section, ZoneKind
from trialhouse.model.identifiers import find_identifiers
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.xml_stretches import add_words

_SECTION_TYPES: dict[str, Section] = {
    "intro": Section.BACKGROUND,
    "introduction": Section.BACKGROUND,
    "background": Section.BACKGROUND,
    "objective": Section.OBJECTIVE,
    "objectives": Section.OBJECTIVE,
    "methods": Section.METHODS,
    "materials": Section.METHODS,
    "subjects": Section.METHODS,
    "results": Section.RESULTS,
    "findings": Section.RESULTS,
    "discussion": Section.CONCLUSIONS,
    "conclusion": Section.CONCLUSIONS,
    "conclusions": Section.CONCLUSIONS,
}
"""Values of sec-type that the tag suite suggests."""

_OTHER_ABSTRACTS = lazy_compile(
    r"teaser|toc|graphical|highlights?|key-?points?|summary|short|precis|plain|lay|web|video|ascii|stereochemical", re.I
)
_WORDS = lazy_compile(r">\s*[^<\s]")
"""A sign of text behind a tag; within an element there is one before its first word."""

_NUMBER = lazy_compile(r"\s*(?:[0-9]+|[IVX]+)(?:\.[0-9]+){0,4}\.?\s+")
_NOTES = lazy_compile(
    r"abbreviations?\b|(?:authors?.{0,3} )?contribution|(?:declaration of )?(?:competing|conflicts?)|disclosures?\b|"
    r"acknowledge?ment|funding\b|pre-?publication history|supplementa|supporting information|ethics|data availab",
    re.I,
)
"""Titles of sections that speak of the paper and its authors."""

_NO_REAL_LABEL = lazy_compile(r"(?:structured )?(?:abstract|summary)\Z", re.I)
_OTHERS_TRIALS = (Section.BACKGROUND, Section.CONCLUSIONS)
_RAISED = frozenset(["bibr", "fn", "table-fn", "corresp", "aff"])
_WORDLESS = frozenset("tex-math inline-graphic graphic inline-media private-char label".split())
_ELSEWHERE = NO_ARTICLE | {"body", "table-wrap-foot", "fn", "notes", "ack"}
_STATING = frozenset("fn notes custom-meta related-object ack".split())


@dataclass(frozen=True)
class _Place:
    """What the lines of a part are: their kind, section and language."""

    kind: ZoneKind
    section: Section = Section.UNASSIGNED
    language: str | None = None


def write_article(tree: XmlTree, article: Element, language: str | None) -> ProseLines:
    """Everything of an article that is read as words, line by line; `language` is that of the article."""
    lines = ProseLines(Flattening(tree.text))
    writer = _Writer(tree, lines)
    meta = article.find("front/article-meta") or article
    for group in meta.all("title-group"):
        writer.title(group, language)
    abstracts = [one for one in meta.all("abstract") if not _is_other(tree, one)]
    main = language_of_element(tree, abstracts[0]) or language if abstracts else language
    for one in abstracts:
        own = language_of_element(tree, one) or main
        writer.part(one, _Place(ZoneKind.BODY if own == main else ZoneKind.OTHER_LANGUAGE, language=own))
    writer.registrations(article)
    for one in meta.all("trans-abstract"):
        writer.part(one, _Place(ZoneKind.OTHER_LANGUAGE, language=language_of_element(tree, one)))
    for one in meta.all("abstract"):
        if _is_other(tree, one):
            writer.part(one, _Place(ZoneKind.RELATED, language=language))
    body = article.find("body")
    if body is not None:
        start = len(lines.lines)
        writer.part(body, _Place(ZoneKind.BODY, language=language))
        lines.elsewhere += [(one.start, one.end) for one in lines.lines[start:] if one.section in _OTHERS_TRIALS]
    lines.own_words_end_here()
    for one in meta.all("permissions/copyright-statement"):
        lines.add(ZoneKind.FOOTER, writer.fill(one))
    return lines


def language_of_element(tree: XmlTree, element: Element) -> str | None:
    """The language that an element states, as ISO 639-1."""
    return iso_639_1(tree.attribute(element, "xml:lang"))


def _is_other(tree: XmlTree, abstract: Element) -> bool:
    """Whether an abstract is a picture, a teaser or a summary for the public beside the abstract itself."""
    return bool(_OTHER_ABSTRACTS.search(tree.attribute(abstract, "abstract-type")))


class _Writer:
    def __init__(self, tree: XmlTree, lines: ProseLines) -> None:
        self.tree = tree
        self.lines = lines

    def fill(self, element: Element) -> Fill:
        """The words of an element, without what interrupts them."""
        without = {one.start: one.end for one in self._silent(element)}
        return partial(
            add_words, start=element.inner[0], end=element.inner[1], locator=self.tree.locator(element), without=without
        )

    def title(self, group: Element, language: str | None) -> None:
        title, subtitle = group.find("article-title"), group.find("subtitle")
        if title is None:
            return
        fills = [self.fill(title)]
        if subtitle is not None and self.tree.words(subtitle):
            fills += [lambda words: words.separate(": "), self.fill(subtitle)]
        self.lines.add(ZoneKind.TITLE, *fills, language=language)
        for other in group.below(["trans-title"]):
            code = language_of_element(self.tree, other) or language_of_element(self.tree, other.parent or other)
            self.lines.add(ZoneKind.OTHER_LANGUAGE, self.fill(other), language=code)

    def part(self, part: Element, place: _Place) -> None:
        """The lines of an abstract, a body or a section, and of the sections in it."""
        title = part.find("title") if part.name == "sec" else None
        label = self.tree.words(title) if title is not None else ""
        label = "" if _NO_REAL_LABEL.match(label) else label
        section = self._section(part, label) or place.section
        is_note = part.name == "sec" and place.kind is ZoneKind.BODY and _NOTES.match(label)
        place = _Place(ZoneKind.FOOTER if is_note else place.kind, section, place.language)
        for child in part.children:
            if child.name == "sec":
                if self.tree.attribute(child, "sec-type") != "supplementary-material":
                    self.part(child, place)
            elif child.name in HOLDERS:
                for paragraph in _paragraphs(child):
                    if self._paragraph(paragraph, place, title if label else None):
                        label = ""

    def _paragraph(self, paragraph: Element, place: _Place, title: Element | None) -> bool:
        """Add a paragraph, behind its section's title where it is the first; whether it has words."""
        before = len(self.lines.lines)
        fills: list[Fill] = [self.fill(paragraph)]
        label = None
        if title is not None and _WORDS.search(self.tree.text, paragraph.inner[0] - 1, paragraph.inner[1]):
            label = _NUMBER.sub("", self.tree.words(title), count=1).rstrip(" :.") or None
            fills = [self.fill(title), _colon, *fills]
        self.lines.add(place.kind, *fills, section=place.section, label=label, language=place.language)
        return len(self.lines.lines) > before

    def registrations(self, article: Element) -> None:
        """Add what the article states outside abstract and body and what names a registry: notes, related objects."""
        for holder in _stating(article):
            for one in list(holder.below(["p"])) or [holder]:
                self._registration(one)
        for one in article.all("back/sec/p"):
            self._registration(one)

    def _registration(self, one: Element) -> None:
        fill = self.fill(one)
        words = self.lines.words_of(fill)
        object_id = self.tree.attribute_span(one, "document-id") or self.tree.attribute_span(one, "object-id")
        if not words and object_id is not None:
            self._stated(lambda words: words.copy(*object_id, self.tree.locator(one)))
        elif any(found.scheme == "registry" for found in find_identifiers(words)):
            self._stated(fill)

    def _stated(self, fill: Fill) -> None:
        start, _ = self.lines.add(ZoneKind.CITATION, fill)
        for found in find_identifiers(self.lines.words_of(fill)):
            if found.scheme == "registry":
                place = {"start": start + found.start, "end": start + found.end}
                self.lines.registered.append(found.model_copy(update=place))

    def _section(self, part: Element, label: str) -> Section | None:
        kinds = self.tree.attribute(part, "sec-type").lower().split("|") if part.name == "sec" else []
        named = section_of(_NUMBER.sub("", label, count=1).rstrip(" :.")) if label else None
        if named in (None, Section.UNASSIGNED):
            named = next((_SECTION_TYPES[kind] for kind in kinds if kind in _SECTION_TYPES), named)
        return named

    def _silent(self, element: Element) -> Iterator[Element]:
        """What is left out of an element's words: blocks in it, pictures, TeX, raised numbers of references."""
        waiting = list(element.children)
        while waiting:
            child = waiting.pop()
            if child.name in BLOCKS or child.name in _WORDLESS or self._is_raised(child):
                yield child
            else:
                waiting.extend(child.children)

    def _is_raised(self, one: Element) -> bool:
        """Whether an element is a raised pointer: an xref within a sup, a sup of nothing but xrefs, or the reverse."""
        if one.name == "xref":
            is_pointer = self.tree.attribute(one, "ref-type") in _RAISED
            return is_pointer and any(child.name == "sup" for child in one.children)
        return (
            one.name == "sup"
            and bool(one.children)
            and all(
                child.name == "xref" and self.tree.attribute(child, "ref-type") in _RAISED for child in one.children
            )
        )


def _colon(words: Flattening) -> None:
    words.separate(": ")


def _paragraphs(block: Element) -> Iterator[Element]:
    """The paragraphs of a block, those of its lists after it."""
    waiting = [block]
    while waiting:
        one = waiting.pop()
        if one.name == "p":
            yield one
        waiting.extend(child for child in reversed(one.children) if child.name in HOLDERS)


def _stating(article: Element) -> Iterator[Element]:
    """The notes, related objects and the like that are no part of another note, of the body or of another article."""
    waiting = list(reversed(article.children))
    while waiting:
        one = waiting.pop()
        if one.name in _STATING:
            yield one
        if one.name not in _ELSEWHERE:
            waiting.extend(reversed(one.children))
