"""Reading records of PubMed from their bytes, several times as fast as lxml, to the same rows.

Nearly all records have one form (`grammar`), and most of their bytes are blocks that were seen before (`caches`):
journals, MeSH headings, substances, dates. So a record is cut by a dozen patterns, known blocks are looked up by
their bytes, and the columns of thousands of records are made at once. lxml reads each block once. What has another
form goes to the plain parser, which is always right.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import pyarrow as pa

from trialhouse.bulk.batch import Batch
from trialhouse.bulk.caches import Caches
from trialhouse.bulk.columns import Odd
from trialhouse.bulk.fast_record import FastRecord, read_record
from trialhouse.bulk.fast_tables import fast_tables
from trialhouse.bulk.garbage import made_without_search
from trialhouse.bulk.plain_parser import BATCH_BYTES, BATCH_RECORDS, PlainBatch, keys_of, read_alone
from trialhouse.bulk.records import Piece, cut

Tables = dict[str, pa.Table]


def parse_file(data: bytes | Iterable[bytes]) -> Iterator[Batch]:
    """The citations of a file, as the plain parser's function of this name gives them.

    Within a batch, citations that were left to the plain parser come after the others.
    """
    return made_without_search(_batches(data))


def _batches(data: bytes | Iterable[bytes]) -> Iterator[Batch]:
    caches = Caches()
    making = FastBatch(caches)
    for piece in chain.from_iterable(cut(data)):
        if not piece.is_record:
            making.plain.add_rest(piece)
        elif making.is_full() or not making.add(piece):
            # The rows of one batch are gone before it is used: Python's search for garbage would walk through them.
            made, making = making.finish(), FastBatch(caches)
            yield made
            making.add(piece)
    yield making.finish()


class FastBatch:
    """A batch in the making: the records that were understood, and those that are left to the plain parser."""

    def __init__(self, caches: Caches) -> None:
        self.plain = PlainBatch()
        self._caches = caches
        self._records: list[FastRecord] = []
        self._pieces: list[Piece] = []
        self._keys: set[tuple[int, int]] = set()
        self._bytes = 0

    def is_full(self) -> bool:
        """Whether it has enough records."""
        return len(self._pieces) + len(self.plain) >= BATCH_RECORDS or self._bytes >= BATCH_BYTES

    def add(self, piece: Piece) -> bool:
        """Take a record, unless this version of it is there already."""
        try:
            record = read_record(piece.data, self._caches)
        except Odd:
            return self._leave(piece)
        if record.key in self._keys:
            return False
        self._keys.add(record.key)
        self._pieces.append(piece)
        self._records.append(record)
        self._bytes += len(piece.data)
        return True

    def _leave(self, piece: Piece) -> bool:
        """Leave a record to the plain parser."""
        found = list(read_alone(piece))
        keys = {key for _, articles in found for key in keys_of(articles)}
        if keys & self._keys:
            return False
        for part, articles in found:
            self.plain.add(part, articles)
        self._keys |= keys
        self._bytes += len(piece.data)
        return True

    def finish(self) -> Batch:
        """The batch."""
        tables: list[Tables] = []
        raw: list[tuple[int, int, bytes]] = []
        self._read(self._records, self._pieces, tables, raw)
        self._caches.end_batch()
        left = self.plain.finish()
        return Batch(
            {name: pa.concat_tables([*(some[name] for some in tables), left.tables[name]]) for name in left.tables},
            left.problems,
            (*raw, *left.raw),
        )

    def _read(
        self,
        records: Sequence[FastRecord],
        pieces: Sequence[Piece],
        tables: list[Tables],
        raw: list[tuple[int, int, bytes]],
    ) -> None:
        """Make the tables of some records. Where one of them is odd, it is looked for by halves, and left."""
        if not pieces:
            return
        try:
            tables.append(fast_tables(records, self._caches))
        except Odd:
            self._caches.forget()
        else:
            raw += [(*record.key, piece.data) for record, piece in zip(records, pieces, strict=True)]
            return
        if len(pieces) == 1:
            for part, articles in read_alone(pieces[0]):
                self.plain.add(part, articles)
            return
        middle = len(pieces) // 2
        for half in (pieces[:middle], pieces[middle:]):
            again = [read_record(piece.data, self._caches) for piece in half]
            self._read(again, half, tables, raw)
