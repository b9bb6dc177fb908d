"""A set of PubMed records cut into its records, each the exact bytes that stood in the set.

EFetch answers with one `<PubmedArticleSet>` for many ids, and NLM's baseline and update files are such sets too. A
record is kept as it was received, so nothing is parsed and written anew: the set is walked from child to child, and
every byte between its first and last tag belongs to a record, to `<DeleteCitation>`, to white space, or is reported as
damage. A record that is damaged costs itself alone.

In well-formed XML a "<" begins markup, so a tag is found by its bytes, except within comments, CDATA sections and
processing instructions. Where a set has any, a copy in which they are blanked is searched in place of the set.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from trialhouse.text.safe_xml import BrokenXml, UnsafeXml, checking_parser, refuse_entities

_BOM = b"\xef\xbb\xbf"
_ENCODING = re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
_LESS_THAN = ord("<")
_READ_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")

_HIDDEN = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.S)
_ROOT = re.compile(
    rb"\s*(?:<\?xml\s[^<>]*\?>\s*)?(?:<!DOCTYPE\s[^<>]*>\s*)?"
    rb"<(PubmedArticleSet|PubmedBookArticleSet)(?:\s[^<>]*?)?(/?)>"
)
_SPACE = re.compile(rb"\s*")
_CHILD = re.compile(rb"<(PubmedArticle|PubmedBookArticle|DeleteCitation)(?:\s[^<>]*)?>")
_CHILDREN = (b"<PubmedArticle", b"<PubmedBookArticle", b"<DeleteCitation")
_PMID = rb"<PMID((?:\s[^<>]*)?)>\s*([1-9][0-9]*)\s*</PMID>"
_OWN_PMID = re.compile(rb"<Pubmed(?:Book)?Article[^<>]*>\s*<(?:MedlineCitation|BookDocument)(?:\s[^<>]*)?>\s*" + _PMID)
_ANY_PMID = re.compile(_PMID)
_CHECKING = checking_parser()
_VERSION = re.compile(rb"\bVersion\s*=\s*[\"'](\d+)[\"']")


class NotPubmedXml(Exception):
    """Bytes that are no set of PubMed records. `reason` is a word for counting, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CutRecord:
    """One record: its PMID, the version of the PMID, and the bytes from its first tag to its last."""

    pmid: str
    version: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a set that is no whole record: where it stands (bytes), its PMID if it says one, what is wrong."""

    start: int
    end: int
    pmid: str | None
    problem: str


@dataclass(frozen=True, slots=True)
class CutSet:
    """What a set holds, in its order. `is_whole` is False where the end of the set did not come."""

    records: tuple[CutRecord, ...]
    deleted_pmids: tuple[str, ...]
    damages: tuple[Damage, ...]
    is_whole: bool


def cut_records(data: bytes) -> CutSet:
    """Cut an answer of EFetch, or a baseline or update file that was decompressed, into its records.

    A PMID may come several times; see `newest_versions`. Records are not checked to be well-formed inside; see
    `problem_of`. Raises NotPubmedXml where the bytes are no set of PubMed records, are not UTF-8 or define entities.
    """
    _refuse_encoding(data)
    try:
        refuse_entities(data)
    except (UnsafeXml, BrokenXml) as error:
        raise NotPubmedXml("unsafe_xml" if isinstance(error, UnsafeXml) else "not_xml", str(error)) from error
    visible = _visible(data)
    root = _ROOT.match(visible, len(_BOM) if data.startswith(_BOM) else 0)
    if root is None:
        raise NotPubmedXml("not_pubmed_xml", f"no <PubmedArticleSet> at the start of {_quoted(data)}")
    if root[2]:
        return CutSet((), (), (), is_whole=True)
    return _Walk(data, visible, root.end(), b"</%b>" % root[1]).walked()


def newest_versions(records: Iterable[CutRecord]) -> dict[str, CutRecord]:
    """For each PMID the record of its highest version; of several with the same version, the last."""
    newest: dict[str, CutRecord] = {}
    for record in records:
        known = newest.get(record.pmid)
        if known is None or record.version >= known.version:
            newest[record.pmid] = record
    return newest


def problem_of(record: CutRecord) -> str | None:
    """What keeps the record from being read as XML, for people, or None."""
    try:
        etree.fromstring(record.data, _CHECKING)
    except etree.XMLSyntaxError as error:
        return f"malformed XML: {error}"
    return None


class _Walk:
    """A walk over the children of the root. `visible` is as long as `data`, so positions count in both."""

    def __init__(self, data: bytes, visible: bytes, start: int, closing_root: bytes) -> None:
        self.data = data
        self.visible = visible
        self.position = start
        # The last one: a root that closes in the middle is damage, and what follows it is still looked at.
        self.root_end = visible.rfind(closing_root, start)
        self.is_whole = self.root_end >= 0
        self.end = self.root_end if self.is_whole else len(data)
        self.after_root = self.root_end + len(closing_root)
        self._coming = dict.fromkeys(_CHILDREN, -1)
        self._is_ascii = data.isascii()
        self.records: list[CutRecord] = []
        self.deleted: list[str] = []
        self.damages: list[Damage] = []

    def walked(self) -> CutSet:
        while (start := self._skip_space(self.position)) < self.end:
            child = _CHILD.match(self.visible, start, self.end)
            if child is None:
                self._damage(start, "neither a record nor DeleteCitation")
            elif child[1] == b"DeleteCitation":
                self._take_deletions(start)
            else:
                self._take_record(start, b"</%b>" % child[1])
        if self.is_whole and self._skip_space(self.after_root) < len(self.data):
            self.damages.append(Damage(self.after_root, len(self.data), None, "more after the end of the set"))
        return CutSet(tuple(self.records), tuple(self.deleted), tuple(self.damages), self.is_whole)

    def _skip_space(self, position: int) -> int:
        space = _SPACE.match(self.visible, position)
        return space.end() if space else position

    def _take_record(self, start: int, closing: bytes) -> None:
        close = self._close_of(start, closing)
        if close < 0:
            self._damage(start, "the record does not end")
            return
        end = close + len(closing)
        own = _OWN_PMID.match(self.visible, start, end)
        if own is None:
            self._damage(start, "the record does not begin with its PMID", end)
            return
        record = self.data[start:end]
        if not self._is_ascii and not _is_utf8(record):
            self._damage(start, "not UTF-8", end)
            return
        version = _VERSION.search(own[1])
        self.records.append(CutRecord(own[2].decode(), int(version[1]) if version else 1, record))
        self.position = end

    def _close_of(self, start: int, closing: bytes) -> int:
        """Where the record at `start` ends, or -1 where the next child begins before that.

        Opening and closing tag are found by the name that they share, in one search: two take twice as long.
        """
        name = closing[2:-1]
        at = self.visible.find(name, start + 1 + len(name), self.end)
        while at >= 0 and self.visible[at - 1] != _LESS_THAN:
            if self.visible.startswith(closing, at - 2):
                is_first = all(self._next_of(kind, start) > at for kind in _CHILDREN if not kind.endswith(name))
                return at - 2 if is_first else -1
            at = self.visible.find(name, at + 1, self.end)
        return -1

    def _take_deletions(self, start: int) -> None:
        closing = b"</DeleteCitation>"
        close = self.visible.find(closing, start, self._next_child(start))
        if close < 0:
            self._damage(start, "DeleteCitation does not end")
            return
        self.deleted += [found[2].decode() for found in _ANY_PMID.finditer(self.visible, start, close)]
        self.position = close + len(closing)

    def _next_child(self, start: int) -> int:
        """Where the next child begins after the one at `start`, or the end."""
        return min(self._next_of(kind, start) for kind in _CHILDREN)

    def _next_of(self, kind: bytes, start: int) -> int:
        """Where the next child of a kind begins, or the end: each is looked for once, not anew for each child."""
        if self._coming[kind] <= start:
            found = self.visible.find(kind, start + 1, self.end)
            self._coming[kind] = found if found >= 0 else self.end
        return self._coming[kind]

    def _damage(self, start: int, problem: str, end: int | None = None) -> None:
        """Report the bytes from `start` to the next child (or to `end`) and go on from there."""
        if end is None:
            end = self._next_child(start)
        pmid = _ANY_PMID.search(self.visible, start, end)
        self.damages.append(Damage(start, end, pmid[2].decode() if pmid else None, problem))
        self.position = end


def _visible(data: bytes) -> bytes:
    """The bytes with comments, CDATA sections and processing instructions blanked, at the same positions."""
    after_declaration = len(_BOM) + len(b"<?xml")
    if _is_opened(data, b"!--") or _is_opened(data, b"![CDATA[") or _is_opened(data, b"?", after_declaration):
        return _HIDDEN.sub(_blank, data)
    return data


def _is_opened(data: bytes, sign: bytes, start: int = 0) -> bool:
    """Whether a "<" with this sign after it is in the bytes. The sign's first byte is rare, and one byte alone is found
    twenty times as fast as several.
    """
    at = data.find(sign[:1], start + 1)
    while at >= 0:
        if data[at - 1] == _LESS_THAN and data.startswith(sign, at):
            return True
        at = data.find(sign[:1], at + 1)
    return False


def _blank(hidden: re.Match[bytes]) -> bytes:
    """Spaces for what says nothing; a sign that is no space for text, and for what does not end."""
    says_nothing = hidden[0].endswith((b"-->", b"?>")) and not hidden[0].startswith(b"<![CDATA[")
    return (b" " if says_nothing else b"x") * len(hidden[0])


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refuse_encoding(data: bytes) -> None:
    """Records are cut and searched as bytes of UTF-8, as NLM sends them; in another encoding tags look different."""
    declared = _ENCODING.match(data[:200].removeprefix(_BOM))
    name = declared[1] if declared else b"utf-16 or utf-32" if b"\0" in data[:4] else b"utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = b"utf-16 or utf-32"
    if name.lower() not in _READ_ENCODINGS:
        raise NotPubmedXml(
            "wrong_encoding", f"encoded as {name.decode()}; PubMed sends UTF-8, and only that is read: convert it first"
        )


def _quoted(data: bytes) -> str:
    start = data[:80].decode("utf-8", "replace").strip()
    return f"{start!r}…" if start else "an empty body"
