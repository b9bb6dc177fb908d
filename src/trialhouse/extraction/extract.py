"""The way of a document through the room: sentences, design facts, arms, outcomes, and what was not trusted."""

from trialhouse.extraction.design import Facts, read_design
from trialhouse.extraction.enrollment import read_enrollment
from trialhouse.extraction.naming import read_names
from trialhouse.extraction.reading import read
from trialhouse.model.document import Document
from trialhouse.model.extraction import DocumentFacts, Extraction, TrialClaim
from trialhouse.model.ids import text_sha256
from trialhouse.model.vocabulary import Vocabulary

EXTRACTOR = "trialhouse-text"
EXTRACTOR_VERSION = "1"
"""Raised by hand whenever the same document would give other claims."""


def extract(document: Document, vocabulary: Vocabulary) -> list[Extraction]:
    """The claims of one document, a record a trial; without a trial one record with neither arms nor outcomes.

    Pure: the same document and vocabulary always give the same records. Never raises on what a text says.
    """
    if document.format == "ctgov_json":
        from trialhouse.extraction.registry_record import extract_registry_record  # noqa: PLC0415

        return [extract_registry_record(document, vocabulary)]
    reading = read(document)
    facts = Facts(document.text)
    read_design(reading, facts)
    read_enrollment(reading, facts)
    read_names(document, reading, facts)
    trial = TrialClaim(title=document.title, evidence=facts.evidence, **facts.values)
    return [
        Extraction(
            id=_name(document),
            text_sha256=text_sha256(document.text),
            document=document_facts(document),
            trial=trial,
            error=document.problem,
        )
    ]


def _name(document: Document) -> str:
    """The record's name: the last part of the record's id, which is a file's name or a line's id."""
    return document.receipt.record_id.replace("\\", "/").rsplit("/", 1)[-1]


def document_facts(document: Document) -> DocumentFacts:
    """The facts of the document, copied from the parser's."""
    return DocumentFacts(
        kind=document.kind,
        title=document.title,
        doi=document.doi,
        pmid=document.pmid,
        journal=document.journal,
        published=document.published,
        language=document.language,
        other_languages=document.other_languages,
        cites=tuple(one.value for one in document.cites),
        is_partial=document.is_partial,
    )
