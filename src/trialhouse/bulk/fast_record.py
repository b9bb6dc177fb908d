"""One record of the usual form, cut into what its rows are made of."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from trialhouse.bulk import grammar
from trialhouse.bulk.batch import Rows
from trialhouse.bulk.caches import Caches
from trialhouse.bulk.citation_rows import PARTS as ADD
from trialhouse.bulk.citation_rows import list_of
from trialhouse.bulk.columns import Odd
from trialhouse.bulk.elements import Reader
from trialhouse.bulk.plain_parser import read_trees

RARE = (
    "citation_other_abstracts",
    "citation_investigators",
    "citation_personal_subjects",
    "citation_databanks",
    "citation_supplemental_mesh",
    "citation_notes",
)
"""Tables whose rows are read by the plain parser's functions, from a tree of those parts alone."""

PARTS = ("sections", "authors", "grants", "chemicals", "headings", "keywords", "comments", "ids", "days")
"""What there is several times in a record, as FastRecord.parts has it."""

NONE: Sequence[Any] = ()
_LESS_THAN = ord("<")
"""Bytes are searched for a number five times as fast as for bytes of one."""

FLAGS = {b"": None, b"Y": True, b"N": False}


class Rare(NamedTuple):
    """What few records have: rows of the rare tables, and two columns of the citation."""

    rows: Rows
    gene_symbols: list[str]
    space_flight_missions: list[str]


class FastRecord(NamedTuple):
    """What a record's rows are made of: numbers of known blocks, and bytes."""

    key: tuple[int, int]
    citation: tuple[Any, ...]
    parts: tuple[Sequence[Any], ...]
    rare: Rare | None


def read_record(data: bytes, caches: Caches) -> FastRecord:
    """Cut a record. Raises Odd where it has not the usual form."""
    front = _next(grammar.HEAD, data, 0)
    written, version, pmid, completed, revised, article, *place_of, has_abstract = front.groups(b"")
    issn, medium, volume, issue, date, journal, title, first, last, pages, locations = place_of
    sections = authors = chemicals = headings = days = NONE
    line = b""
    place = front.end()
    if has_abstract:
        place = _end(data, b"</Abstract>", place)
        sections, line = _abstract(data[front.end() : place], caches)
    people = _next(grammar.AUTHORS, data, place)
    has_authors, all_authors = people.groups(b"")
    place = people.end()
    if has_authors:
        place = _end(data, b"</AuthorList>", place)
        authors = _all(grammar.AUTHOR, data[people.end() : place])
    middle = _next(grammar.ARTICLE, data, place)
    languages, banks, all_banks, all_grants, grants, types, vernacular, day, entry, has_chemicals = middle.groups(b"")
    place = middle.end()
    if has_chemicals:
        behind = _end(data, b"</ChemicalList>", place)
        chemicals, place = _known(data, place, behind, b"</Chemical>", caches.chemical)
    index = _next(grammar.INDEXING, data, place)
    supplemental, subsets, comments, symbols, has_mesh = index.groups(b"")
    place = index.end()
    if has_mesh:
        headings, place = _known(data, place, len(data), b"</MeshHeading>", caches.mesh_heading)
    notes = _next(grammar.NOTES, data, place)
    counted, subjects, other_ids, other_abstracts, keywords, interests, others, has_history = notes.groups(b"")
    place = notes.end()
    if has_history:
        days, place = _known(data, place, len(data), b"</PubMedPubDate>", caches.history_day)
    status, ids = _next(grammar.END, data, place).groups(b"")
    rare = supplemental + symbols + subjects + other_abstracts + others
    known = (caches.head[written], caches.day[completed], caches.day[revised], caches.pub_model[article])
    names = (caches.journal[journal], caches.issn[issn], caches.medium[medium], volume, issue, caches.pub_date[date])
    where = (caches.journal_entry[entry], caches.day[day], first, last, pages)
    lists = (caches.languages[languages], caches.subsets[subsets], line, _words(interests))
    flags = (FLAGS[all_authors], FLAGS[all_banks], FLAGS[all_grants])
    types_no = caches.publication_types[types]
    key = int(pmid), int(version)
    return FastRecord(
        key,
        (*known, _words(title), _words(vernacular), *names, *where, *lists, *flags, counted, status, types_no),
        (
            sections,
            authors,
            _all(grammar.GRANT, grants) if grants else NONE,
            chemicals,
            headings,
            _keywords(keywords, caches) if keywords else NONE,
            _all(grammar.COMMENT, comments) if comments else NONE,
            _identifiers(locations + other_ids + ids, caches),
            days,
        ),
        _rare(rare, banks) if rare or banks else None,
    )


def _next(pattern: re.Pattern[bytes], data: bytes, place: int) -> re.Match[bytes]:
    """What comes at a place (-1: nothing was found there)."""
    found = pattern.match(data, place) if place >= 0 else None
    if found is None:
        raise Odd
    return found


def _end(data: bytes, tag: bytes, place: int) -> int:
    """Where a tag is, from a place on. CPython prepares a search of more than 2,500 bytes for longer than most take."""
    found = data.find(tag, place, place + 2_400)
    return found if found >= 0 else data.find(tag, place)


def _all(pattern: re.Pattern[bytes], block: bytes) -> list[tuple[bytes, ...]]:
    """The items that a block is made of. Raises Odd where anything else is in it, and for one that says nothing."""
    found = pattern.findall(block.lstrip())
    if (b"",) * pattern.groups in found:
        raise Odd
    return found


def _known(data: bytes, place: int, last: int, end: bytes, cache: dict[bytes, int]) -> tuple[Sequence[int], int]:
    """The numbers of the known blocks between two places, each up to its end tag, and the place behind them."""
    blocks = data[place:last].split(end)
    rest = blocks.pop()
    return list(map(cache.__getitem__, blocks)), last - len(rest)


def _abstract(block: bytes, caches: Caches) -> tuple[list[tuple[int, bytes]], bytes]:
    """Sections of an abstract (number of the known start tag, words), and its copyright line."""
    line = b""
    at = block.find(b"<CopyrightInformation>")
    if at >= 0:
        line = _words(_next(grammar.COPYRIGHT, block, at)[1])
        block = block[:at]
    found = _all(grammar.SECTION, block)
    return [(caches.section[tag], _words(words)) for tag, words in found], line


def _keywords(block: bytes, caches: Caches) -> list[tuple[int, int, bytes]]:
    """Keywords: number of the list's tag and of the keyword's, words."""
    owner, keywords = _next(grammar.KEYWORDS, block, 0).groups(b"")
    owner_no = caches.owner[owner]
    found = _all(grammar.KEYWORD, keywords)
    return [(owner_no, caches.keyword[tag], _words(words)) for tag, words in found]


def _identifiers(block: bytes, caches: Caches) -> list[tuple[int, bytes]]:
    """Identifiers: number of the known start tag, words."""
    return [(caches.identifier[tag], words) for tag, _, words in _all(grammar.IDENTIFIER, block)]


def _words(value: bytes) -> bytes:
    """Words without the markup in them. Raises Odd for markup that is not known, or not closed."""
    if _LESS_THAN not in value:
        return value
    within: list[bytes] = []
    for ends, name, _, is_empty in grammar.MARKUP.findall(value):
        if ends and (not within or within.pop() != name):
            raise Odd
        if not ends and not is_empty:
            within.append(name)
    words = grammar.MARKUP.sub(b"", value)
    if within or _LESS_THAN in words:
        raise Odd
    return words


def _rare(parts: bytes, banks: bytes) -> Rare:
    """Read the parts that few records have, by the plain parser's functions."""
    inner = b"<Article>%b</Article>%b" % (banks, parts)
    trees = read_trees(b"<PubmedArticle><MedlineCitation>%b</MedlineCitation></PubmedArticle>" % inner)
    if isinstance(trees, str) or len(trees) != 1:
        raise Odd
    reader = Reader()
    in_medline = reader.inside(reader.inside(trees[0]).get("MedlineCitation"))
    rows: Rows = {table: [] for table in RARE}
    for found in (in_medline, reader.inside(in_medline.get("Article"))):
        for name, element in found.items():
            if name in ADD:
                ADD[name](element, rows, reader)
    symbols = list_of(reader.inside(in_medline.get("GeneSymbolList")).get("GeneSymbol", ()), reader)
    missions = list_of(in_medline.get("SpaceFlightMission", ()), reader)
    if reader.notes:
        raise Odd
    return Rare(rows, symbols, missions)
