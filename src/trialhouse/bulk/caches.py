"""The blocks of records that come again and again, by kind, each with the function that reads it."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from trialhouse.bulk import citation_rows as rows
from trialhouse.bulk.columns import Interned, Odd
from trialhouse.bulk.elements import Element, Reader, children_of, said_by
from trialhouse.bulk.words import trimmed

LARGEST = 100_000
"""Blocks of a kind that are remembered; at 300 bytes each, 30 MB."""

TEXT, DAY, YES_NO, NUMBER = pa.string(), pa.date32(), pa.bool_(), pa.int64()
TEXTS = pa.list_(TEXT)
QUALIFIERS = pa.list_(pa.int32())
TYPE = pa.struct([("ui", TEXT), ("publication_type", TEXT)])
OWNED = pa.struct([("affiliation", NUMBER), ("position", NUMBER), ("source", TEXT), ("identifier", TEXT)])


class Headings(dict[bytes, int]):
    """MeSH headings: the same ones come again, and those that are new are made of known descriptors and qualifiers."""

    def __init__(self, descriptors: Interned, qualifiers: Interned) -> None:
        super().__init__()
        self._known = descriptors, qualifiers
        self._descriptors: list[int] = []
        self._qualifiers: list[list[int]] = []
        self._columns = _no_headings()

    def __missing__(self, block: bytes) -> int:
        descriptor, is_there, rest = block.partition(b"</DescriptorName>")
        named = rest.split(b"</QualifierName>")
        if not is_there or named.pop().strip():
            raise Odd
        descriptors, qualifiers = self._known
        self._descriptors.append(descriptors[descriptor])
        self._qualifiers.append([qualifiers[one] for one in named])
        number = self[block] = len(self)
        return number

    def columns(self, numbers: Sequence[int]) -> list[pa.Array]:
        """The descriptor of each heading, and a list of its qualifiers, as numbers of known ones."""
        if self._descriptors:
            new = pa.array(self._descriptors, pa.int32()), pa.array(self._qualifiers, QUALIFIERS)
            self._columns = [pa.concat_arrays(both) for both in zip(self._columns, new, strict=True)]
            self._descriptors, self._qualifiers = [], []
        wanted = pa.array(numbers, pa.int32())
        return [column.take(wanted) for column in self._columns]

    def forget(self) -> None:
        """Forget all headings."""
        self.clear()
        self._descriptors, self._qualifiers = [], []
        self._columns = _no_headings()


def _no_headings() -> list[pa.Array]:
    return [pa.array([], pa.int32()), pa.array([], QUALIFIERS)]


class Caches:
    """What is remembered of one file to the next record; a worker may keep it from file to file."""

    def __init__(self) -> None:
        self.head = Interned(b"<MedlineCitation%b/>", lambda one, _: rows.head(one), TEXT, TEXT, TEXT, TEXT)
        self.day = Interned(b"<DateCompleted>%b</DateCompleted>", _day, DAY)
        self.pub_model = Interned(b"<Article%b/>", lambda one, _: (said_by(one, "PubModel"),), TEXT)
        self.issn = Interned(b"<Journal>%b</Journal>", _issn, TEXT, TEXT)
        self.medium = Interned(b"<JournalIssue%b/>", lambda one, _: (said_by(one, "CitedMedium"),), TEXT)
        self.pub_date = Interned(b"<PubDate>%b</PubDate>", rows.pub_date, DAY, TEXT, TEXT)
        self.journal = Interned(b"<Journal>%b</Journal>", _journal, TEXT, TEXT)
        self.journal_entry = Interned(b"<MedlineJournalInfo>%b</MedlineJournalInfo>", rows.journal_entry, *[TEXT] * 4)
        self.languages = Interned(b"<Article>%b</Article>", _list_of("Language"), TEXTS)
        self.subsets = Interned(b"<MedlineCitation>%b</MedlineCitation>", _list_of("CitationSubset"), TEXTS)
        self.publication_types = Interned(
            b"<PublicationTypeList>%b</PublicationTypeList>",
            _publication_types,
            pa.list_(TYPE),
        )
        self.chemical = Interned(b"%b</Chemical>", rows.chemical, TEXT, TEXT, TEXT)
        self.descriptor = Interned(b"%b</DescriptorName></MeshHeading>", _descriptor, TEXT, TEXT, YES_NO, TEXT, YES_NO)
        self.qualifier = Interned(b"%b</QualifierName>", _qualifier, TEXT, TEXT, YES_NO, YES_NO)
        self.mesh_heading = Headings(self.descriptor, self.qualifier)
        self.history_day = Interned(b"%b</PubMedPubDate>", rows.history_day, TEXT, DAY, TEXT, NUMBER, NUMBER)
        self.identifier = Interned(b"<%b/>", rows.id_kind, TEXT, TEXT, YES_NO)
        self.section = Interned(b"<AbstractText%b/>", lambda one, _: rows.label(one), TEXT, TEXT)
        self.owner = Interned(b"<KeywordList%b/>", lambda one, _: (said_by(one, "Owner"),), TEXT)
        self.keyword = Interned(b"<Keyword%b/>", lambda one, reader: (reader.flag(one, "MajorTopicYN"),), YES_NO)
        self.affiliations = Interned(b"<Author>%b</Author>", _affiliations, TEXTS, pa.list_(OWNED))
        self.author_identifiers = Interned(b"<Author>%b</Author>", _author_identifiers, pa.list_(OWNED))

    def end_batch(self) -> None:
        """Forget what is not met again (addresses are those of one paper), and whatever is too much to remember."""
        if any(len(cache) > LARGEST for cache in vars(self).values()):
            self.forget()
        self.affiliations.forget()
        self.author_identifiers.forget()

    def forget(self) -> None:
        """Forget everything: there are odd blocks among what is remembered."""
        for cache in vars(self).values():
            cache.forget()


def _journal(journal: Element, reader: Reader) -> tuple[Any, ...]:
    texts = reader.inside(journal)
    return texts.get("Title"), texts.get("ISOAbbreviation")


def _issn(journal: Element, reader: Reader) -> tuple[Any, ...]:
    issn = reader.inside(journal).get("ISSN")
    return reader.words(issn), said_by(issn, "IssnType")


def _day(element: Element, reader: Reader) -> tuple[Any, ...]:
    return (reader.day(element) if len(element) else None,)


def _list_of(name: str) -> Callable[[Element, Reader], tuple[Any, ...]]:
    return lambda parent, reader: (rows.list_of(reader.inside(parent).get(name, ()), reader),)


def _publication_types(types: Element, reader: Reader) -> tuple[Any, ...]:
    found = map(reader.named, reader.inside(types).get("PublicationType", ()))
    return ([(trimmed(ui), trimmed(name)) for ui, name in found],)


def _descriptor(heading: Element, reader: Reader) -> tuple[Any, ...]:
    """The descriptor of a heading of which there is nothing else."""
    names = children_of(heading)
    if [heading.tag, *(name.tag for name in names)] != ["MeshHeading", "DescriptorName"]:
        raise Odd
    return reader.heading(names[0])


def _qualifier(element: Element, reader: Reader) -> tuple[Any, ...]:
    if element.tag != "QualifierName":
        raise Odd
    ui, words, is_major_topic, _, is_auto_major = reader.heading(element)
    return ui, words, is_major_topic, is_auto_major


def _affiliations(author: Element, reader: Reader) -> tuple[Any, ...]:
    return rows.affiliations(reader.inside(author), reader)


def _author_identifiers(author: Element, reader: Reader) -> tuple[Any, ...]:
    return (rows.affiliations(reader.inside(author), reader)[1],)
