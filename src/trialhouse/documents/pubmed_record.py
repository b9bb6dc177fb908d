"""One PubMed record as a tree whose elements know their place in the text.

The reference list is a third of a record and more, and nothing but its identifiers is read: it is left out of the tree
as long as only references stand in it, and looked through as text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from lxml import etree
from pydantic import TypeAdapter

from trialhouse.documents.pubmed_elements import INLINE, LISTED, LOCATED, PASSED, unknown_elements
from trialhouse.documents.several import several_records
from trialhouse.model.document import Identifier, UnreadableDocument
from trialhouse.model.evidence import Evidence
from trialhouse.text.safe_xml import BrokenXml, UnsafeXml, refuse_entities, structure_parser
from trialhouse.text.xml_stretches import Misplaced, Stretch, character, locate, tag_pattern, without_hidden, words_of

RECORDS = ("PubmedArticle", "PubmedBookArticle")
_SETS = ("PubmedArticleSet", "PubmedBookArticleSet")
_DECLARATION = re.compile(r"[\ufeff\s]*<\?xml[^>]{0,300}\?>")
_PROLOG = re.compile(r"(?:\s+|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|<\?.*?\?>)*", re.S)
_ROOT = re.compile(rf"<({'|'.join(_SETS + RECORDS)})(?=[\s/>])")
_LOOK = 5000
"""Characters in which the root element must begin."""

_TAGS = tag_pattern(LOCATED)
_ANY_TAG = re.compile(r"<((?!\d)[\w:.-]+)")
_FOREIGN = re.compile(
    rf"<(?!/|ArticleId[\s>]|Reference[\s>]|Citation[\s/>]|ArticleIdList[\s/>]|ReferenceList[\s>]|Title[\s/>]"
    rf"|(?:{'|'.join(sorted(INLINE))})[\s/>]|mml:)"
)
"""A tag in a reference list that is none of those that belong there, a comment too."""

# Nearly every list has a PMID, as the only id or behind others: group 1 takes it in passing. Any other is looked into.
_ID_LIST = re.compile(
    r"<ArticleIdList>(?:\s*<ArticleId IdType=\"(?!pubmed\")[a-z]+\">[^<]*</ArticleId>)*+"
    r"\s*<ArticleId IdType=\"pubmed\">\s*0*([1-9][0-9]{0,7})\s*</ArticleId>"
    r"|<ArticleIdList[^<>]*>[^<]*(?:</?ArticleId\b[^<>]*>[^<]*)*"
)
# PubMed writes 0 for a reference that it does not know.
_CITED_PMID = re.compile(r"IdType\s*=\s*[\"']pubmed[\"'][^<>]*>\s*0*([1-9][0-9]{0,7})\s*<")
_CITED_DOI = re.compile(r"IdType\s*=\s*[\"']doi[\"'][^<>]*>\s*(10\.[^<]+?)\s*<")
_ENTITY = re.compile(r"&([^;&<]{1,32});")
_PMID = re.compile(r"0*([1-9][0-9]{0,7})")
_PMCID = re.compile(r"PMC[0-9]{1,9}")
_DOI = re.compile(r"10\.[0-9]{4,9}[0-9.]{0,20}/\S{1,250}")

_FEW = 64
"""Elements whose paths are asked of lxml, which counts the siblings on the way anew for each."""

_PARSER = structure_parser()
_IDENTIFIERS = TypeAdapter(list[Identifier])


def looks_like_pubmed(text: str) -> bool:
    """Whether a text begins as a PubMed record or a set of records does."""
    return _root(text) is not None


class PubmedRecord:
    """The tree of the one record of a file, and the places of the elements that are read, by "Parent/Name"."""

    def __init__(self, text: str, where: str) -> None:
        """Raises UnreadableDocument: "truncated", "not_xml", "unsafe_xml", "several_records", "no_record"."""
        self.text = text
        opened = _root(text)
        if opened is None:
            raise UnreadableDocument("not_xml", f"{where}: no PubMed record begins here; fetch it again.")
        self._references = self._cut = (len(text), len(text))
        bare = text[: opened.start()] + without_hidden(text[opened.start() :])
        self._cut_references(bare, opened.start())
        self._root = self._parsed(opened, where)
        self._steps: dict[etree._Element, dict[etree._Element, str]] = {}
        self.node = _single(self._root, where)
        self.is_book = self.node.tag == "PubmedBookArticle"
        self._bare = bare
        self._places: dict[str, list[Stretch]] = defaultdict(list)
        left, right = self._cut
        self._spans = ((opened.start(), left), (right, len(text)))
        # One walk for all that is read: most of what it costs is to make a node of lxml's for each element.
        nodes = [node for node in self._root.iter() if node.tag not in PASSED]
        self._listed = [node for node in nodes if node.tag in LISTED]
        self._not_located = [node for node in nodes if node.tag not in LOCATED]
        located = [node for node in nodes if node.tag in LOCATED]
        self._locate(located, where)
        has_plain_paths = len(located) <= _FEW and "xmlns" not in text
        self._tree = self._root.getroottree() if has_plain_paths else None

    def all(self, *paths: str) -> list[Stretch]:
        """The elements with these parents and names ("Journal/Title"), in the order of the paths, then of the file."""
        if len(paths) == 1:
            return self._places.get(paths[0], [])
        return [one for path in paths for one in self._places.get(path, ())]

    def first(self, *paths: str) -> Stretch | None:
        """The first element with words of the first path that has one."""
        return next((one for one in self.all(*paths) if self.words(one)), None)

    def listed(self, name: str) -> list[str]:
        """The texts of the record's elements of a name that is read without a place; "" for one with none."""
        nodes = self._listed if self.node is self._root else self.node.iter(*LISTED)
        return [node.text or "" for node in nodes if node.tag == name]

    def raw(self, element: Stretch) -> str:
        """The characters between an element's tags, markup and all."""
        return self.text[slice(*element.inner)]

    def words(self, element: Stretch) -> str:
        """The words of an element in one line: its text and that of the markup in it."""
        return words_of(self.text, *element.inner)

    def locator(self, element: Stretch) -> str:
        """The XML path of an element, as XPath finds it in the file."""
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
        raw = self.raw(element)
        start, end = end - len(raw.lstrip()), start + len(raw.rstrip())
        return Evidence(start=start, end=end, quote=self.text[start:end], locator=self.locator(element))

    def unknown(self) -> Iterator[Evidence]:
        """The names of elements that nobody has heard of, one a path, at their first place."""
        strange = dict(unknown_elements(self._not_located))
        if not strange:
            return
        tags = (tag for span in self._spans for tag in _ANY_TAG.finditer(self._bare, *span))
        for node, tag in zip(self._root.iter(etree.Element), tags, strict=True):
            if node in strange:
                start, end = tag.span(1)
                yield Evidence(start=start, end=end, quote=self.text[start:end], locator=strange[node])

    def cited(self) -> list[Identifier]:
        """One identifier of each reference of the reference list: its PMID, else its DOI; each document once."""
        once: dict[tuple[str, str], dict[str, str | int]] = {}
        for ids in _ID_LIST.finditer(self.text, *self._references):
            if ids[1]:
                scheme, value, (start, end) = "pmid", ids[1], ids.span(1)
            elif named := _named_in(ids[0]):
                scheme, value, start, end = named
                start, end = ids.start() + start, ids.start() + end
            else:
                continue
            if (scheme, value) not in once:
                once[scheme, value] = {"scheme": scheme, "value": value, "start": start, "end": end}
        return _IDENTIFIERS.validate_python(list(once.values()))

    def _cut_references(self, bare: str, start: int) -> None:
        """Leave the reference list out of the tree, unless something else stands in it."""
        opened = bare.find("<ReferenceList", start)
        closed = bare.rfind("</ReferenceList>", opened) if opened >= 0 else -1
        if closed >= 0:
            closed += len("</ReferenceList>")
            self._references = (opened, closed)
            if bare[opened:closed] == self.text[opened:closed] and not _FOREIGN.search(bare, opened, closed):
                self._cut = self._references

    def _parsed(self, opened: re.Match[str], where: str) -> etree._Element:
        start, (left, right) = opened.start(), self._cut
        try:
            # The declared encoding is that of the bytes, which are decoded already. Declarations need a bracket.
            prolog = _DECLARATION.sub("", self.text[: opened.end()], count=1).lstrip("\ufeff \t\n")
            if "[" in prolog:
                refuse_entities(f"{prolog}/>".encode())
            return etree.fromstring((self.text[start:left] + self.text[right:]).encode(), _PARSER)
        except UnsafeXml as fault:
            raise UnreadableDocument("unsafe_xml", f"{where}: {fault}.") from fault
        except (BrokenXml, etree.XMLSyntaxError) as fault:
            if not re.search(rf"</{opened[1]}\s*>\s*(?:<!--.*?-->\s*)*\Z", self.text, re.S):
                message = f"{where}: the record stops before the end of <{opened[1]}>; fetch it again."
                raise UnreadableDocument("truncated", message) from fault
            raise UnreadableDocument("not_xml", f"{where}: no well-formed XML ({fault}); fetch it again.") from fault

    def _locate(self, nodes: Sequence[etree._Element], where: str) -> None:
        try:
            stretches = locate(self._bare, self._spans, _TAGS, nodes)
        except Misplaced as fault:
            message = f"{where}: the record's elements are not those of PubMed ({fault}); fetch it again from PubMed."
            raise UnreadableDocument("not_xml", message) from fault
        for one in stretches:
            node = one.node
            parent = node.getparent()
            self._places[f"{(node if parent is None else parent).tag}/{node.tag}"].append(one)


def identifier(kind: str, written: str, start: int, end: int) -> Identifier | None:
    """An identifier of a paper ("pubmed", "doi" or "pmc") that is written by itself; None for what is none."""
    bare = _ENTITY.sub(lambda found: character(found[1]), written) if "&" in written else written
    if kind == "pubmed":
        number = _PMID.fullmatch(bare)
        return Identifier(scheme="pmid", value=number[1], start=start, end=end) if number else None
    if kind == "pmc":
        named = _PMCID.match(bare)
        return Identifier(scheme="pmcid", value=named[0], start=start, end=end) if named else None
    return Identifier(scheme="doi", value=bare, start=start, end=end) if _DOI.fullmatch(bare) else None


def _named_in(ids: str) -> tuple[str, str, int, int] | None:
    """What a reference's list of ids names, its PMID before its DOI: scheme, value, and the span in the list."""
    found = _CITED_PMID.search(ids) if "pubmed" in ids else None
    if found:
        return "pmid", found[1], *found.span(1)
    found = _CITED_DOI.search(ids) if "doi" in ids else None
    one = identifier("doi", found[1], *found.span(1)) if found else None
    return (one.scheme, one.value, one.start, one.end) if one else None


def _root(text: str) -> re.Match[str] | None:
    head = text[:_LOOK]
    declared = _DECLARATION.match(head)
    at = declared.end() if declared else len(head) - len(head.lstrip("\ufeff \t\r\n"))
    prolog = _PROLOG.match(head, at)
    return _ROOT.match(text, prolog.end() if prolog else at)


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
