"""Arrow tables of some thousand records that the fast parser cut, made column by column."""

from array import array
from collections.abc import Sequence
from itertools import accumulate, chain, islice
from typing import Any

import pyarrow as pa

from trialhouse.bulk.batch import rows_table
from trialhouse.bulk.caches import Caches
from trialhouse.bulk.columns import Interned, text_column
from trialhouse.bulk.fast_record import FLAGS, PARTS, RARE, FastRecord, Rare
from trialhouse.bulk.places import flattened, parents_and_positions
from trialhouse.bulk.tables import SCHEMAS

Columns = list[pa.Array]


def fast_tables(records: Sequence[FastRecord], caches: Caches) -> dict[str, pa.Table]:
    """All tables of one record or more. Raises Odd where one of them is not for the fast parser after all."""
    made = _Tables(records)
    made.citations(caches)
    made.parts(caches)
    made.rare()
    return made.tables


class _Tables:
    def __init__(self, records: Sequence[FastRecord]) -> None:
        keys, citations, parts, rare = zip(*records, strict=True)
        self._keys = [pa.array(numbers, pa.int64()) for numbers in zip(*keys, strict=True)]
        self._citations = list(zip(*citations, strict=True))
        self._parts = dict(zip(PARTS, zip(*parts, strict=True), strict=True))
        self._rare: Sequence[Rare | None] = rare
        self.tables: dict[str, pa.Table] = {"deleted_citations": SCHEMAS["deleted_citations"].empty_table()}

    def citations(self, caches: Caches) -> None:
        """Citations and their publication types."""
        columns = iter(self._citations)
        heads, completed, revised, models, titles, vernacular = islice(columns, 6)
        journals, issns, media, volumes, issues, dates, entries, days = islice(columns, 8)
        first, last, pages, languages, subsets, lines, interests = islice(columns, 7)
        all_authors, all_banks, all_grants, counted, status, types = columns
        few = [(one.gene_symbols, one.space_flight_missions) if one else ([], []) for one in self._rare]
        symbols, missions = zip(*few, strict=True)
        made = [
            *caches.head.columns(heads),
            *caches.day.columns(completed),
            *caches.day.columns(revised),
            *caches.pub_model.columns(models),
            text_column(titles),
            text_column(vernacular),
            *caches.journal.columns(journals),
            *caches.issn.columns(issns),
            *caches.medium.columns(media),
            text_column(volumes),
            text_column(issues),
            *caches.pub_date.columns(dates),
            *caches.journal_entry.columns(entries),
            *caches.day.columns(days),
            *map(text_column, (first, last, pages)),
            *caches.languages.columns(languages),
            *caches.subsets.columns(subsets),
            pa.array(symbols, pa.list_(pa.string())),
            pa.array(missions, pa.list_(pa.string())),
            text_column(lines),
            text_column(interests),
            *(pa.array(flags, pa.bool_()) for flags in (all_authors, all_banks, all_grants)),
            text_column(counted),
            text_column(status),
        ]
        self._add("citations", self._keys, made)
        self._add_items("citation_publication_types", self._keys, caches.publication_types.columns(types)[0])

    def parts(self, caches: Caches) -> None:
        """What there is several times in a citation."""
        self._authors(caches)
        self._headings(caches)
        keys, (tags, words) = self._columns("sections", 2)
        self._add("citation_abstract_sections", keys, [*caches.section.columns(tags), text_column(words)])
        keys, columns = self._columns("grants", 4)
        self._add("citation_grants", keys, [text_column(column) for column in columns])
        keys, numbers = self._numbers("chemicals")
        self._add("citation_chemicals", keys, caches.chemical.columns(numbers))
        keys, numbers = self._numbers("days")
        self._add("citation_history", keys, caches.history_day.columns(numbers))
        keys, (tags, words) = self._columns("ids", 2)
        element, id_type, is_valid = caches.identifier.columns(tags)
        self._add("citation_ids", keys, [element, id_type, text_column(words), is_valid])
        keys, (owners, tags, words) = self._columns("keywords", 3)
        columns = [*caches.owner.columns(owners), text_column(words), *caches.keyword.columns(tags)]
        self._add("citation_keywords", keys, columns)
        keys, (kinds, sources, versions, pmids, notes) = self._columns("comments", 5)
        pair = [text_column(column).cast(pa.int64()) for column in (pmids, versions)]
        columns = [text_column(kinds), text_column(sources), *pair, text_column(notes)]
        self._add("citation_comments_corrections", keys, columns)

    def rare(self) -> None:
        """The rows that the plain parser's functions read."""
        theirs = pa.array([number for number, rare in enumerate(self._rare) if rare], pa.int32())
        keys = [key.take(theirs) for key in self._keys]
        for table in RARE:
            rows = [rare.rows[table] for rare in self._rare if rare]
            ends = array("q", accumulate(map(len, rows), initial=0))
            self.tables[table] = rows_table(table, list(chain.from_iterable(rows)), keys, ends)

    def _authors(self, caches: Caches) -> None:
        keys, columns = self._columns("authors", 9)
        is_valid, is_equal, *names, own, addresses = columns
        flags = [pa.array([FLAGS[one] for one in column], pa.bool_()) for column in (is_valid, is_equal)]
        self._add("citation_authors", keys, [*map(text_column, names), *flags])
        affiliations, theirs = _looked_up(caches.affiliations, addresses)
        self._add_items("citation_affiliations", keys, affiliations)
        found = [_owned(keys, owned) for owned in (*_looked_up(caches.author_identifiers, own), theirs)]
        both = [pa.concat_arrays(columns) for columns in zip(*found, strict=True)]
        self._add("citation_author_identifiers", both, [])

    def _headings(self, caches: Caches) -> None:
        keys, numbers = self._numbers("headings")
        descriptors, qualifiers = caches.mesh_heading.columns(numbers)
        self._add("citation_mesh_headings", keys, caches.descriptor.columns(descriptors))
        theirs, parents, positions = flattened(qualifiers)
        keys = [*(key.take(parents) for key in keys), positions]
        self._add("citation_mesh_qualifiers", keys, caches.qualifier.columns(theirs))

    def _numbers(self, part: str) -> tuple[Columns, list[Any]]:
        """The keys of the parts of each citation, and the parts: numbers of known blocks, or tuples."""
        found = self._parts[part]
        parents, positions = parents_and_positions(map(len, found))
        return [*(key.take(parents) for key in self._keys), positions], list(chain.from_iterable(found))

    def _columns(self, part: str, width: int) -> tuple[Columns, Sequence[Sequence[Any]]]:
        """The keys of the parts of each citation, and their columns."""
        keys, rows = self._numbers(part)
        return keys, list(zip(*rows, strict=True)) or [()] * width

    def _add(self, table: str, keys: Columns, columns: Columns) -> None:
        self.tables[table] = pa.Table.from_arrays([*keys, *columns], schema=SCHEMAS[table])

    def _add_items(self, table: str, keys: Columns, lists: pa.Array) -> None:
        """A table of the items of each row's list."""
        items, parents, positions = flattened(lists)
        columns = items.flatten() if pa.types.is_struct(items.type) else [items]
        self._add(table, [*(key.take(parents) for key in keys), positions], columns)


def _looked_up(cache: Interned, blocks: Sequence[bytes]) -> Columns:
    return cache.columns([cache[block] for block in blocks])


def _owned(keys: Columns, lists: pa.Array) -> Columns:
    """The columns of identifiers: key of the author, which affiliation, which one of it, source, identifier."""
    items, parents, _ = flattened(lists)
    return [*(key.take(parents) for key in keys), *items.flatten()]
