"""Reading records of PubMed with lxml: every field in plain words. It is what the fast parser is measured by.

Whatever a record holds, it gives rows or a problem, never an exception. Entities are never looked up, nothing is
fetched, and records are read without the file's DOCTYPE.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import pyarrow as pa
from lxml import etree

from trialhouse.bulk.batch import COUNTED, DELETED, Batch, Problem, Rest, Rows, deleted_table, rows_table, shown
from trialhouse.bulk.citation_rows import Key, Opened, add_rows, opened
from trialhouse.bulk.elements import Element, children_of
from trialhouse.bulk.garbage import made_without_search
from trialhouse.bulk.records import RECORD, Piece, cut
from trialhouse.bulk.rest import read_rest
from trialhouse.bulk.structure import MATHML
from trialhouse.bulk.words import column_of

BATCH_RECORDS = 5_000
BATCH_BYTES = 12 << 20
"""A batch ends with the record that reaches either. The gate of a batch has its price however small the batch is, and a
worker's memory grows with it."""

_TOGETHER = 12
"""How many records lxml reads at a time: a tree for each costs more, and that of many leaves the processor's cache."""

_OPEN = f'<PubmedArticleSet xmlns:mml="{MATHML}">'.encode()
_CLOSE = b"</PubmedArticleSet>"


def _parser(*, remove_blank_text: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=remove_blank_text,
        collect_ids=False,
        encoding="utf-8",
    )


_PARSER = _parser(remove_blank_text=False)


def parse_file(data: bytes | Iterable[bytes]) -> Iterator[Batch]:
    """The citations of a file, in batches; `data` is the unpacked file, whole or in chunks.

    Raises BrokenFile where the file is no whole set of citations; batches that came before it are then void.
    """
    return made_without_search(_batches(data))


def _batches(data: bytes | Iterable[bytes]) -> Iterator[Batch]:
    making = PlainBatch()
    parser = _parser(remove_blank_text=True)
    for group in chain.from_iterable(map(_groups, cut(data))):
        if not group[0].is_record:
            making.add_rest(group[0])
            continue
        for piece, articles in _trees(group, parser):
            if making.is_full() or making.has_any(articles):
                yield making.finish()
                making = PlainBatch()
            making.add(piece, articles)
    yield making.finish()


Articles = Sequence[Opened] | str
"""The records of a piece (one, where it is what it should be), or why there is none."""


class PlainBatch:
    """A batch in the making."""

    def __init__(self) -> None:
        self.rows: Rows = {table: [] for table in COUNTED}
        self.raw: list[tuple[int, int, bytes]] = []
        self.rest = Rest()
        self._ends = array("q", [0] * len(COUNTED))
        self._keys: set[tuple[int, int]] = set()
        self._bytes = 0

    def is_full(self) -> bool:
        """Whether it has enough records."""
        return len(self.raw) >= BATCH_RECORDS or self._bytes >= BATCH_BYTES

    def has_any(self, articles: Articles) -> bool:
        """Whether one of these versions is in it already."""
        return not self._keys.isdisjoint(keys_of(articles))

    def __len__(self) -> int:
        return len(self.raw)

    def add_rest(self, piece: Piece) -> None:
        """Take what stands between two records."""
        read_rest(piece, self.rest)

    def add(self, piece: Piece, articles: Articles) -> None:
        """Take a record's rows and problems; `articles` is a message where its XML is broken."""
        self._bytes += len(piece.data)
        if isinstance(articles, str):
            self.rest.problems.append(Problem(None, piece.offset, "not_xml", articles, shown(piece.data)))
            return
        for article in articles:
            self._add(piece, article)

    def _add(self, piece: Piece, article: Opened) -> None:
        key = article.key
        if key is None:
            told = "the record has no PMID that is a number: it was set aside"
            self.rest.problems.append(Problem(None, piece.offset, "no_pmid", told, shown(piece.data)))
            return
        self._keys.add(key)
        self.raw.append((*key, piece.data))
        add_rows(article, self.rows)
        self._ends.extend(map(len, self.rows.values()))
        for cause, told in article.reader.notes:
            self.rest.problems.append(Problem(key[0], piece.offset, cause, told))

    def finish(self) -> Batch:
        """The batch. Its rows are gone before it is used: Python's search for garbage would walk through them."""
        rows, self.rows = self.rows, {}
        keys = [column_of([record[at] for record in self.raw], pa.int64()) for at in (0, 1)]
        tables = {name: rows_table(name, rows[name], keys, self._ends[at :: len(rows)]) for at, name in enumerate(rows)}
        tables[DELETED] = deleted_table(self.rest.deleted)
        return Batch(tables, tuple(self.rest.problems), tuple(self.raw))


def keys_of(articles: Articles) -> list[Key]:
    """PMID and version of each record that has them."""
    return [] if isinstance(articles, str) else [article.key for article in articles if article.key is not None]


def _groups(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Runs of records that are read together, and single pieces that are no record."""
    begun: list[Piece] = []
    for piece in pieces:
        if begun and (not piece.is_record or len(begun) == _TOGETHER):
            yield begun
            begun = []
        if piece.is_record:
            begun.append(piece)
        else:
            yield [piece]
    if begun:
        yield begun


def _trees(group: Sequence[Piece], parser: etree.XMLParser) -> Iterator[tuple[Piece, Articles]]:
    """The trees of each of some records."""
    together = _without_blanks([piece.data for piece in group], parser)
    if len(together) == len(group):
        for piece, tree in zip(group, together, strict=True):
            yield piece, [opened(tree, partial(_with_blanks, piece.data))]
        return
    for piece in group:
        yield from read_alone(piece)


def read_alone(piece: Piece) -> Iterator[tuple[Piece, Articles]]:
    """The trees of one record. Where one without an end swallowed the next, that one is read for itself."""
    articles = read_trees(piece.data)
    starts = [found.start() for found in RECORD.finditer(piece.data)]
    if not isinstance(articles, str) or len(starts) == 1:
        yield piece, _articles(articles)
        return
    for start, end in zip(starts, [*starts[1:], len(piece.data)], strict=True):
        part = piece.data[start:end]
        yield Piece(piece.offset + start, part, True), _articles(read_trees(part))


def _articles(trees: Sequence[Element] | str) -> Articles:
    return trees if isinstance(trees, str) else [opened(tree) for tree in trees]


def _without_blanks(records: Sequence[bytes], parser: etree.XMLParser) -> Sequence[Element]:
    """The trees of some records, or none where one is broken; in an eighth less time than `read_trees` takes.

    Half of the nodes of a tree are the blanks that indent it. Those between two elements within words go, too: a record
    of which such words are read is read again. A parser that is fed is quicker, and must not be shared by threads.
    """
    try:
        parser.feed(b"".join((_OPEN, *records, _CLOSE)))
        return children_of(parser.close())
    except etree.XMLSyntaxError:
        return ()


def read_trees(*data: bytes) -> Sequence[Element] | str:
    """The trees of some elements that stand one after the other, or what is wrong with them."""
    try:
        return children_of(_set_of(*data))
    except etree.XMLSyntaxError as error:
        return f"the record is no well-formed XML: {error.msg}; it was set aside"


def _with_blanks(data: bytes) -> Element:
    """The tree of a record that is known to be well-formed."""
    return _set_of(data)[0]


def _set_of(*data: bytes) -> Element:
    return etree.fromstring(b"".join((_OPEN, *data, _CLOSE)), _PARSER)
