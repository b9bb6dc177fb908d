"""PubMed's XML: one record, as EFetch gives it or as it stands in the files of the library, with or without its set.

Element names are those of the National Library of Medicine's DTD; `pubmed_elements` names every one that is left out.
The text of the document is the decoded file. A PMID whose record was replaced by another version of itself keeps the
version in the locator of its evidence (`…/PMID[@Version="2"]`).
"""

import re

from trialhouse.documents.language import language_of
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.pubmed_facts import (
    kind_of,
    own_identifiers,
    publication_types,
    published,
    version_of,
)
from trialhouse.documents.pubmed_prose import abstract, languages, write_prose
from trialhouse.documents.pubmed_publication import publication_of
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.documents.pubmed_relations import cited, own_notices, stated_relations
from trialhouse.documents.record_document import CUT_BY_LIBRARY, ENOUGH_WORDS, RecordFacts, document_values
from trialhouse.documents.statements import stated_license
from trialhouse.model.document import Document, Receipt
from trialhouse.model.evidence import Evidence
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.xml_stretches import Stretch

FORMAT = "pubmed_xml"

NO_ABSTRACT = "PubMed has no abstract of it: nothing but its title was read; give the paper's text to read its results."
_NO_TITLE = lazy_compile(r"\[?not available\]?\.?", re.I)
_TRUNCATED = lazy_compile(r"\(ABSTRACT TRUNCATED[^)]{0,40}\)\s*\Z")


def parse_pubmed_xml(text: str, receipt: Receipt) -> Document:
    """Read one record.

    Raises UnreadableDocument: "truncated", "not_xml", "unsafe_xml", "several_records" or "no_record".
    """
    record = PubmedRecord(text, receipt.locator)
    types = publication_types(record)
    parts = abstract(record)
    own = own_identifiers(record)
    values = {scheme: value for scheme, (value, _) in own.items()}
    title, language = _title(record), _language(record, parts)
    title_words = record.words(title) if title else None
    kind, notice = kind_of(types, title_words or "", bool(parts))
    writer, registered = write_prose(record, title, parts, language)
    lines = ProseLines(writer.words, writer.lines, registered, own_words=writer.own_words)
    date = published(record)
    journal = record.first("Journal/Title", *(["Book/BookTitle"] if _is_chapter(title) else []))
    places = {"title": title, "journal": journal, "published": date[1] if date else None}
    is_cut = bool(parts) and bool(_TRUNCATED.search(record.raw(parts[-1])[-100:]))
    facts = RecordFacts(
        format=FORMAT,
        kind=kind,
        notice=notice,
        title=title_words,
        journal=record.words(journal) if journal else None,
        publication=publication_of(record),
        published=date[0] if date else None,
        types=types,
        language=language,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{values['pmid']}/" if "pmid" in values else None,
        own=values,
        relations=stated_relations(record, kind, types),
        notices=list(own_notices(record, types)),
        cited=cited(record),
        cited_registry_ids=record.references.registry_ids(),
        license=_license(record),
        partial_reason=CUT_BY_LIBRARY if is_cut else None,
        evidence=_evidence(record, places, own),
        unknown=list(record.unknown()),
        problem=None if parts else NO_ABSTRACT,
    )
    # What was read is text of the file throughout, and the date was checked: no field needs it again.
    return Document.unchecked(document_values(text, receipt, lines, facts))


def _title(record: PubmedRecord) -> Stretch | None:
    """The title in the language of the record; the original one where PubMed has no translation of it."""
    paths = ["Article/ArticleTitle", "BookDocument/ArticleTitle", "Article/VernacularTitle", "Book/BookTitle"]
    placeholder = None
    for one in record.all(*paths):
        said = record.raw(one).strip()
        if said and not _NO_TITLE.fullmatch(said):
            return one
        placeholder = placeholder or (one if said else None)
    return placeholder


def _language(record: PubmedRecord, parts: list[Stretch]) -> str | None:
    """The language of the abstract by its words; where they do not tell, that of the article."""
    words = ""
    for part in parts:
        words += record.raw(part)[:ENOUGH_WORDS] + "\n"
        if len(words) >= ENOUGH_WORDS:
            break
    return language_of(words[:ENOUGH_WORDS]) or next(iter(languages(record)), None)


def _is_chapter(title: Stretch | None) -> bool:
    """Whether a document is part of a book, which then is what it was published in."""
    return title is not None and title.node.tag != "BookTitle"


def _license(record: PubmedRecord) -> str | None:
    """The licence that the copyright line states, else the line itself: whose text it is, and nothing allowed."""
    line = record.first("Abstract/CopyrightInformation")
    if line is None:
        return None
    words = record.words(line)
    return stated_license(words) or words


def _evidence(
    record: PubmedRecord, places: dict[str, Stretch | None], own: dict[str, tuple[str, Stretch]]
) -> dict[str, Evidence]:
    """Where the record says what was read of the document itself."""
    proof = {name: record.evidence(element) for name, element in places.items() if element is not None}
    for scheme, (_, element) in own.items():
        proof[scheme] = record.evidence(element)
    if "pmid" in own and (version := version_of(own["pmid"][1])):
        locator = f'{proof["pmid"].locator}[@Version="{version}"]'
        proof["pmid"] = proof["pmid"].model_copy(update={"locator": locator})
    return proof
