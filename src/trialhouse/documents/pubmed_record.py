"""One PubMed record as a tree whose elements know their place in the text.

The reference list is left out of the tree as long as only references stand in it (see `pubmed_references`), and so are
the lists of which nothing is read (see `pubmed_lists`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from trialhouse.documents.pubmed_elements import LISTED, LOCATED, PASSED, unknown_elements
from trialhouse.documents.pubmed_lists import unread_lists
from trialhouse.documents.pubmed_references import ReferenceList
from trialhouse.documents.several import several_records
from trialhouse.documents.signs import DECLARATION, RECORDS, pubmed_root
from trialhouse.model.document import UnreadableDocument
from trialhouse.model.evidence import Evidence
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.safe_xml import BrokenXml, UnsafeXml, refuse_entities, structure_parser
from trialhouse.text.xml_stretches import Misplaced, Stretch, check_tags, locate, without_hidden, words_of

_ANY_TAG = lazy_compile(r"<((?!\d)[\w:.-]+)")

_FEW = 64
"""Elements whose paths are asked of lxml, which counts the siblings on the way anew for each."""

_PARSER = structure_parser()


class PubmedRecord:
    """The tree of the one record of a file, and the places of the elements that are read, by "Parent/Name"."""

    def __init__(self, text: str, where: str) -> None:
        """Raises UnreadableDocument: "truncated", "not_xml", "unsafe_xml", "several_records", "no_record"."""
        self.text = text
        opened = pubmed_root(text)
        if opened is None:
            raise UnreadableDocument("not_xml", f"{where}: no PubMed record begins here; fetch it again.")
        start = opened.start()
        self.bare = without_hidden(text, start)
        """The text, with other characters for what stands in comments and the like."""
        self.references = ReferenceList(text, self.bare, start)
        left, right = self.references.left_out
        self._spans = ((start, left), (right, len(text)))
        """What is read for what it says: all but the references."""
        unread = unread_lists(text, start, left) if self.bare is text else []
        self._in_tree = _without(self._spans, unread) if unread else self._spans
        self._root = self._parsed(opened, where)
        located, has_namespaces = self._walked()
        if has_namespaces and unread:  # then names alone say nothing of what an element is
            self._in_tree = self._spans
            self._root = self._parsed(opened, where)
            located, has_namespaces = self._walked()
        self.node = _single(self._root, where)
        self.is_book = self.node.tag == "PubmedBookArticle"
        self._places: dict[str, list[Stretch]] = {}
        for one in self._located(located, has_namespaces, where):
            self._places.setdefault(f"{one.parent.tag}/{one.node.tag}", []).append(one)
        self._tree = self._root.getroottree() if len(located) <= _FEW and not has_namespaces else None
        self._paths: dict[int, str] = {}
        self._steps: dict[etree._Element, dict[etree._Element, str]] = {}

    def _walked(self) -> tuple[list[etree._Element], bool]:
        """The elements whose place is kept, and whether there are namespaces; the rest that is read is noted.

        One walk for all that is read: most of what it costs is to make a node of lxml's for each element.
        """
        nodes = [(node, tag) for node in self._root.iter() if (tag := node.tag) not in PASSED]
        self._not_located = [node for node, tag in nodes if tag not in LOCATED]
        has_namespaces = any(str(node.tag).startswith("{") for node in self._not_located)
        return [node for node, tag in nodes if tag in LOCATED], has_namespaces

    def all(self, *paths: str) -> list[Stretch]:
        """The elements with these parents and names ("Journal/Title"), in the order of the paths, then of the file."""
        if len(paths) == 1:
            return self._places.get(paths[0], [])
        found: list[Stretch] = []
        for path in paths:
            found += self._places.get(path, ())
        return found

    def first(self, *paths: str) -> Stretch | None:
        """The first element with words of the first path that has one."""
        for one in self.all(*paths):
            if self.words(one):
                return one
        return None

    def listed(self, name: str) -> list[str]:
        """The texts of the record's elements of a name that is read without a place; "" for one with none."""
        nodes = self._not_located if self.node is self._root else self.node.iter(*LISTED)
        return [node.text or "" for node in nodes if node.tag == name]

    def where_listed(self, name: str, words: str) -> Evidence | None:
        """Where the first element of a name that is read without a place says these words, in any case.

        It is searched for anew: that is for words that few records have.
        """
        nodes = [node for node in self._not_located if node.tag == name]
        pattern = re.compile(rf"<{name}(?=[\s/>])[^>]*>")
        tags = (tag for span in self._spans for tag in pattern.finditer(self.bare, *span))
        for node, tag in zip(nodes, tags, strict=False):
            said = node.text or ""
            if said.strip().lower() == words:
                start = tag.end() + len(said) - len(said.lstrip())
                end = start + len(words)
                locator = node.getroottree().getpath(node)
                return Evidence(start=start, end=end, quote=self.text[start:end], locator=locator)
        return None

    def raw(self, element: Stretch) -> str:
        """The characters between an element's tags, markup and all."""
        return self.text[slice(*element.inner)]

    def words(self, element: Stretch) -> str:
        """The words of an element in one line: its text and that of the markup in it."""
        return words_of(self.text, *element.inner)

    def locator(self, element: Stretch) -> str:
        """The XML path of an element, as XPath finds it in the file."""
        path = self._paths.get(element.start)
        if path is None:
            path = self._paths[element.start] = self._path(element)
        return path

    def _path(self, element: Stretch) -> str:
        if self._tree is not None:
            return self._tree.getpath(element.node)
        parts = []
        node: etree._Element | None = element.node
        while node is not None:
            parts.append(self._step(node))
            node = node.getparent()
        return "/" + "/".join(reversed(parts))

    def _step(self, node: etree._Element) -> str:
        """The name of an element, with its number where it has siblings of its name.

        All children of a parent are counted at once: lxml's own path counts them anew for each.
        """
        parent = node.getparent()
        if parent is None:
            return str(node.tag)
        if parent not in self._steps:
            counts = Counter(child.tag for child in parent.iterchildren(etree.Element))
            seen: Counter[str] = Counter()
            steps = self._steps[parent] = {}
            for child in parent.iterchildren(etree.Element):
                seen[child.tag] += 1
                steps[child] = f"{child.tag}[{seen[child.tag]}]" if counts[child.tag] > 1 else str(child.tag)
        return self._steps[parent][node]

    def evidence(self, element: Stretch) -> Evidence:
        """The characters between an element's tags."""
        start, end = element.inner
        quote = raw = self.text[start:end]
        if raw[:1].isspace() or raw[-1:].isspace():  # few are
            start, end = end - len(raw.lstrip()), start + len(raw.rstrip())
            quote = self.text[start:end]
        locator = self.locator(element)
        return Evidence.unchecked(
            {"start": start, "end": end, "quote": quote, "locator": locator, "rule": None, "confidence": None}
        )

    def unknown(self) -> Iterator[Evidence]:
        """The names of elements that nobody has heard of, one a path, at their first place."""
        strange = dict(unknown_elements(self._not_located))
        if not strange:
            return
        tags = (tag for span in self._in_tree for tag in _ANY_TAG.finditer(self.bare, *span))
        for node, tag in zip(self._root.iter(etree.Element), tags, strict=True):
            if node in strange:
                start, end = tag.span(1)
                yield Evidence(start=start, end=end, quote=self.text[start:end], locator=strange[node])

    def _parsed(self, opened: re.Match[str], where: str) -> etree._Element:
        text = self.text
        try:
            # Declarations need a bracket.
            if "[" in text[: opened.end()]:
                prolog = DECLARATION.sub("", text[: opened.end()], count=1).lstrip("\ufeff \t\n")
                if "[" in prolog:
                    refuse_entities(f"{prolog}/>".encode())
            # The declared encoding, before the root, is that of the bytes, which are decoded already.
            return etree.fromstring("".join([text[start:end] for start, end in self._in_tree]).encode(), _PARSER)
        except UnsafeXml as fault:
            raise UnreadableDocument("unsafe_xml", f"{where}: {fault}.") from fault
        except (BrokenXml, etree.XMLSyntaxError) as fault:
            if self._in_tree is not self._spans:
                # Where it is broken is told by lines, which are counted with the lists.
                self._in_tree = self._spans
                return self._parsed(opened, where)
            if not re.search(rf"</{opened[1]}\s*>\s*(?:<!--.*?-->\s*)*\Z", self.text, re.S):
                message = f"{where}: the record stops before the end of <{opened[1]}>; fetch it again."
                raise UnreadableDocument("truncated", message) from fault
            raise UnreadableDocument("not_xml", f"{where}: no well-formed XML ({fault}); fetch it again.") from fault

    def _located(self, nodes: Sequence[etree._Element], has_namespaces: bool, where: str) -> list[Stretch]:
        try:
            if has_namespaces:
                check_tags(self.bare, self._spans, LOCATED, nodes)
            return locate(self.bare, self._spans, nodes)
        except Misplaced as fault:
            message = f"{where}: the record's elements are not those of PubMed ({fault}); fetch it again from PubMed."
            raise UnreadableDocument("not_xml", message) from fault


def _without(spans: tuple[tuple[int, int], ...], unread: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans of the record without stretches that all lie in the first of them."""
    (start, left), *rest = spans
    edges = [start, *(edge for span in unread for edge in span), left]
    return (*zip(edges[::2], edges[1::2], strict=True), *rest)


def _single(root: etree._Element, where: str) -> etree._Element:
    """The one record of a file."""
    records = [root] if root.tag in RECORDS else [node for node in root if node.tag in RECORDS]
    if len(records) > 1:
        raise several_records(where, len(records))
    if not records or next(records[0].iterchildren("MedlineCitation", "BookDocument"), None) is None:
        raise UnreadableDocument(
            "no_record", f"{where}: PubMed's answer holds no record; look whether the PMID exists, or was deleted."
        )
    return records[0]
