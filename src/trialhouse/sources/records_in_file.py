"""The records of a local file: what reference managers and databases export holds many, and each is one document.

A file is cut by its places, never written anew: a record keeps its exact bytes. What is not known to hold several
records is one record, the file as it is. A part that is no record, and what a file says was deleted, is told.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from trialhouse.sources.json_records import BadAnswer, JsonRecord, read_json_page
from trialhouse.sources.pubmed_records import CutSet, Damage, NotPubmedXml, cut_records
from trialhouse.text.bibtex import is_bibtex, read_entries
from trialhouse.text.tagged_records import RecordSpan, is_nbib, is_ris, nbib_records, ris_records

_PUBMED = re.compile(rb"<(?:PubmedArticleSet|PubmedBookArticleSet)[\s/>]")
_ARTICLE_SET = re.compile(rb"<pmc-articleset[\s>]")
_ARTICLE = re.compile(rb"<article(?=[\s>]).*?</article\s*>", re.S)
_ARTICLE_ID = re.compile(rb"<article-id pub-id-type=[\"']pmc(?:id)?[\"']>\s*(?:PMC)?([0-9]{1,9})\s*<")
_IS_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_HEAD = 5000
_ODD = re.compile(r"[^\w.:;()+-]+")
_LONGEST_KEY = 80

_LISTS = (("studies",), ("resultList", "result"), ("message", "items"))
"""Where the answers of ClinicalTrials.gov, Europe PMC and Crossref hold their records."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One record of a file: `suffix` is its name in the file, None where it is the whole file.

    `problem` says why there is nothing to read ("reason: message"), `is_explained` whether the file itself says so.
    """

    suffix: str | None
    data: bytes
    problem: str | None = None
    is_explained: bool = False

    def record_id(self, file: str) -> str:
        """The id of the record in a file of that name."""
        return f"{file}#{self.suffix}" if self.suffix else file


def records_in(data: bytes, name: str) -> list[FileRecord]:
    """The records of a file's bytes, at least one. `name` is that of the file, for messages.

    A record is named by its PMID, NCT id, DOI or key, else by its number; a name that comes again gets "~2". Never
    raises: what cannot be cut is one record, and the parser says what is wrong with it.
    """
    found = next((parts for cut in _CUTTERS if (parts := cut(data, name)) is not None), None)
    if found is None or not found or (len(found) == 1 and found[0].problem is None):
        return [FileRecord(None, data)]
    return list(_named_once(found))


def _pubmed(data: bytes, name: str) -> list[FileRecord] | None:
    """A set of PubMed records: EFetch's answer, or a file of the baseline or its updates."""
    if not _PUBMED.search(data[:_HEAD]):
        return None
    try:
        cut = cut_records(data)
    except NotPubmedXml:
        return None
    records = [FileRecord(_version(one.pmid, one.version), one.data) for one in cut.records]
    records += [_damaged(data, damage, name) for damage in cut.damages]
    records += [_deleted(pmid, name) for pmid in cut.deleted_pmids]
    return records + _unended(cut, name)


def _version(pmid: str, version: int) -> str:
    return pmid if version == 1 else f"{pmid}.v{version}"


def _damaged(data: bytes, damage: Damage, name: str) -> FileRecord:
    """A stretch that is no whole record: one that begins as a record is read like one, and fails with its cause."""
    part = data[damage.start : damage.end]
    suffix = damage.pmid or f"byte-{damage.start}"
    if part.startswith((b"<PubmedArticle", b"<PubmedBookArticle")):
        return FileRecord(suffix, part)
    told = f"damaged: {name} holds from byte {damage.start:,} to {damage.end:,} what is no record ({damage.problem})"
    return FileRecord(suffix, part, f"{told}: get the file again")


def _deleted(pmid: str, name: str) -> FileRecord:
    told = f"deleted: {name} says that PubMed deleted the record of PMID {pmid}; it is read no more from this file"
    return FileRecord(pmid, b"", told, is_explained=True)


def _unended(cut: CutSet, name: str) -> list[FileRecord]:
    if cut.is_whole or cut.damages:
        return []
    return [FileRecord("end", b"", f"truncated: {name} stops before the end of its set: get the file again")]


def _articles(data: bytes, name: str) -> list[FileRecord] | None:
    """A set of full texts, as EFetch gives them from PubMed Central."""
    if not _ARTICLE_SET.search(data[:_HEAD]):
        return None
    found = enumerate(_ARTICLE.finditer(data), start=1)
    return [FileRecord(_article_key(one[0]) or str(number), one[0]) for number, one in found]


def _article_key(article: bytes) -> str | None:
    named = _ARTICLE_ID.search(article)
    return named[1].decode() if named else None


def _json(data: bytes, name: str) -> list[FileRecord] | None:
    """A page or list of ClinicalTrials.gov, Europe PMC or Crossref."""
    if not _IS_JSON.match(data):
        return None
    bare = data.removeprefix(b"\xef\xbb\xbf")
    try:
        loaded = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    path = next((path for path in _LISTS if isinstance(_below(loaded, path), list)), None)
    if path is None and isinstance(loaded, list) and any(_key(one) for one in loaded):
        # The list is looked at as the member of a page, which is what is cut.
        path, bare = ("records",), b'{"records":' + bare + b"}"
    if path is None:
        return None
    try:
        page = read_json_page(bare, name, *path)
    except BadAnswer:
        return None
    records = page.records or []
    return [_json_record(one, number, name) for number, one in enumerate(records, start=1)]


def _below(value: Any, path: Iterable[str]) -> Any:
    for member in path:
        value = value.get(member) if isinstance(value, dict) else None
    return value


def _json_record(one: JsonRecord, number: int, name: str) -> FileRecord:
    if isinstance(one.value, dict):
        return FileRecord(_key(one.value) or str(number), one.data)
    told = f"not_a_record: number {number} of the list in {name} is no object but {one.data[:40]!r}"
    return FileRecord(str(number), one.data, f"{told}: get the file again")


def _key(value: Any) -> str | None:
    """What a record of one of the three sources calls itself; None for other objects."""
    match value:
        case {"protocolSection": {"identificationModule": {"nctId": str(key)}}}:
            return key
        case {"DOI": str(key)}:
            return key
        case {"id": str(key), "source": str()}:
            return key
    return None


def _tagged(data: bytes, name: str) -> list[FileRecord] | None:
    """A file in PubMed's tagged format or in RIS."""
    text = data.decode("latin-1")  # a character is a byte: what is looked for is ASCII
    if is_nbib(_without_mark(text)):
        return [_span(data, one, number) for number, one in enumerate(nbib_records(text), start=1)]
    if is_ris(text):
        return [_span(data, one, number) for number, one in enumerate(ris_records(text), start=1)]
    return None


def _span(data: bytes, one: RecordSpan, number: int) -> FileRecord:
    return FileRecord(_utf8(one.key) or str(number), data[one.start : one.end])


def _bibtex(data: bytes, name: str) -> list[FileRecord] | None:
    text = data.decode("latin-1")
    if not is_bibtex(_without_mark(text)):
        return None
    entries = enumerate(read_entries(text), start=1)
    return [FileRecord(_utf8(one.key) or str(number), data[one.start : one.end].rstrip()) for number, one in entries]


def _without_mark(text: str) -> str:
    return text.removeprefix("\u00ef\u00bb\u00bf")


def _utf8(key: str | None) -> str | None:
    """A key that was cut out of bytes, as text."""
    return key.encode("latin-1").decode("utf-8", "replace") if key else None


def _named_once(records: Iterable[FileRecord]) -> Iterator[FileRecord]:
    """The records, each with a name of its own that can stand in a record's id."""
    seen: dict[str, int] = {}
    for one in records:
        key = _ODD.sub("_", one.suffix or "").strip("_")[:_LONGEST_KEY] or "record"
        seen[key] = seen.get(key, 0) + 1
        suffix = key if seen[key] == 1 else f"{key}~{seen[key]}"
        yield FileRecord(suffix, one.data, one.problem, one.is_explained)


_CUTTERS: tuple[Callable[[bytes, str], list[FileRecord] | None], ...] = (_pubmed, _articles, _json, _tagged, _bibtex)
