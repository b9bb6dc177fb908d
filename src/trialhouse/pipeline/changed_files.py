"""Where the document of a file is found again that was edited: its id was made of its bytes, which are no more there.

It is known by the identifier of its paper, which every release said of it, and by its place: the file and, in a file of
several, the record. Where the place has another paper by now, it is not that one.
"""

from collections.abc import Collection, Iterator, Mapping

from trialhouse.model.ids import stable_id
from trialhouse.model.tables import DocumentRow
from trialhouse.releases.layout import Layout
from trialhouse.resolution.ties import PAPERS, Key, paper_key
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.landing_index import LandedLine
from trialhouse.sources.local_files import SOURCE
from trialhouse.store.connection import release_reader
from trialhouse.store.read import has_table

_EVER = f"""
SELECT DISTINCT document_id, {", ".join(PAPERS)} FROM documents WHERE list_contains($asked, document_id) ORDER BY ALL
"""

Became = tuple[frozenset[Key], ...]
"""Sets of keys, all of which a document has to have; the surest first."""


def became(layout: Layout, document_ids: Collection[str]) -> Mapping[str, Became]:
    """By what each of these documents is to be found that is a file's and whose file has other bytes by now."""
    asked = set(document_ids)
    moved = dict(_moved(layout, asked)) if asked else {}
    papers = _papers(layout, moved.keys()) if moved else {}
    return {document_id: tuple(_keys(papers.get(document_id, ()), place)) for document_id, place in moved.items()}


def _keys(papers: Collection[Key], place: Key) -> Iterator[frozenset[Key]]:
    if not papers:
        yield frozenset({place})
    yield from (frozenset({key, place}) for key in papers)
    yield from (frozenset({key}) for key in papers)


def _moved(layout: Layout, asked: Collection[str]) -> Iterator[tuple[str, Key]]:
    """The documents among these that are of older bytes of a record, each with the document of the newest."""
    landing = LandingStore(layout.landing)
    for line, newest in landing.replaced_lines(SOURCE):
        if (document_id := _document_id(line)) in asked:
            yield document_id, ("document", _document_id(newest))
    landing.forget()


def _document_id(line: LandedLine) -> str:
    """The id of the document of a file, as its receipt has it."""
    return stable_id("doc", line.source, line.sha256)


def _papers(layout: Layout, document_ids: Collection[str]) -> Mapping[str, tuple[Key, ...]]:
    """The identifiers of the papers that releases said documents to be records of."""
    if not layout.ledger.exists():
        return {}
    found: dict[str, dict[Key, None]] = {}
    with release_reader(layout.ledger) as ledger:
        if not has_table(ledger, DocumentRow):
            return {}
        for document_id, *values in ledger.execute(_EVER, {"asked": sorted(document_ids)}).fetchall():
            own = (paper_key(scheme, value) for scheme, value in zip(PAPERS, values, strict=True) if value)
            found.setdefault(document_id, {}).update(dict.fromkeys(own))
    return {document_id: tuple(keys) for document_id, keys in found.items()}
