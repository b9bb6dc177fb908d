"""The rows of documents: themselves, their texts, and what was read and not trusted."""

from collections.abc import Iterable, Iterator

from trialhouse.model.dates import first_day, precision_of
from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, EvidenceStatus
from trialhouse.model.tables import (
    CandidateRow,
    DocumentRow,
    DocumentTextRow,
    RowSet,
)
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE, Notices
from trialhouse.resolution.in_brief import is_of_a_trial
from trialhouse.resolution.mentioned_ids import merely_mentioned
from trialhouse.resolution.mistyped_ids import mistyped_ids
from trialhouse.resolution.proof import Proof
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.reviews import Reviews, numbers_of

NO_TRIAL = "no trial was recognised in its text"
CITED = "cited: it stands in the list of references only, and may be another trial's"
MENTIONED = "mentioned: it stands in a sentence that seems to be on another trial, and may be this one's"
MISTYPED = "mistyped: no registry numbers its trials so"
"""Why a registry id links nothing."""

MOST_MEANT = 10
"""So many ids that a mistyped one may be meant for are named; of a digit that is lacking there are dozens."""

A_NOTICE = "a notice: none of its numbers are read as results; it is about"
NOT_FOUND = "and no single paper that is here was found to be it: a person should look, first among the doubtful pairs"


def add_document(reading: Reading, notices: Notices, reviews: Reviews, rows: RowSet, proof: Proof) -> None:
    """Add a document's row, its candidates, and the evidence of what was read about the document itself."""
    document = reading.document
    review = reviews.get(document)
    published = document.published
    became = notices.statuses(document)
    rows.add(
        DocumentRow(
            document_id=document.document_id,
            source=document.receipt.source,
            kind=document.kind,
            url=document.url,
            title=document.title,
            journal=document.journal,
            published=first_day(published) if published else None,
            published_precision=precision_of(published) if published else None,
            language=document.language,
            other_languages=document.other_languages,
            pmid=document.pmid,
            pmcid=document.pmcid,
            doi=document.doi,
            is_partial=document.is_partial,
            partial_reason=document.partial_reason,
            license=document.license or document.receipt.license,
            text_mining_reservation=document.text_mining_reservation,
            fetched_at=document.receipt.fetched_at,
            sha256=document.receipt.sha256,
            problem=reviews.problem_of(review) if review else _problem(reading, notices),
            evidence_status=became[0] if became else EvidenceStatus.CURRENT,
            notices=tuple(status.value for status in became),
        )
    )
    notices.prove(document, proof)
    for claims in reading.extractions:
        mention = Mention(document, claims, reading.extractor, reading.extractor_version)
        for field, evidence in document.evidence.items():
            proof.add(mention, evidence, "documents", document.document_id, field)
    rows.extend(_not_trusted(reading, is_of_one_trial=review is None))
    if review is not None:
        rows.extend(numbers_of(document, review, reading.extractions))


def _not_trusted(reading: Reading, *, is_of_one_trial: bool) -> Iterator[CandidateRow]:
    """What the extraction did not bind, and the registry ids that the document only cites, only mentions (if it is on
    a trial of its own), or has with a slip, each at its place.
    """
    document = reading.document
    found = [
        (one.kind, one.start, one.end, one.quote, one.reason)
        for claims in reading.extractions
        for one in claims.candidates
    ]
    for cited in document.cited_registry_ids:
        found.append(("registry_id", cited.start, cited.end, document.text[cited.start : cited.end], CITED))
    if is_of_one_trial and document.kind is not DocumentKind.NOTICE:
        for one in merely_mentioned(document, reading.extractions):
            found.append(("registry_id", one.start, one.end, document.text[one.start : one.end], MENTIONED))
    for slip in mistyped_ids(document):
        meant = f"; it may be meant for {', '.join(slip.meant)}" if 0 < len(slip.meant) <= MOST_MEANT else ""
        found.append(("registry_id", slip.start, slip.end, document.text[slip.start : slip.end], MISTYPED + meant))
    for kind, start, end, quote, reason in found:
        yield CandidateRow(
            document_id=document.document_id,
            kind=kind,
            span_start=start,
            span_end=end,
            quote=quote,
            reason=reason,
        )


def _problem(reading: Reading, notices: Notices) -> str | None:
    """Why no trial was read from a document, or null."""
    document = reading.document
    is_tied = document.document_id in notices.tied
    if document.kind is DocumentKind.NOTICE or is_tied:
        about = [f"{r.scheme} {r.value}" for r in document.relations if r.relation in STATUS_OF_NOTICE]
        unnamed = "a document that it names by no identifier"
        return f"{A_NOTICE} {', '.join(about) or (unnamed if is_tied else f'{unnamed}, {NOT_FOUND}')}"
    if any(is_of_a_trial(claims) for claims in reading.extractions):
        return None
    said = [reading.document.problem, *(claims.error for claims in reading.extractions)]
    return "; ".join(dict.fromkeys(text for text in said if text)) or NO_TRIAL


def text_rows(document: Document, spans: Iterable[tuple[int, int]] | None) -> Iterator[DocumentTextRow]:
    """The rows of a document's text: the stretches of these quotes, or the whole of it (None)."""
    for start, end in [(0, len(document.text))] if spans is None else merged_spans(spans):
        yield DocumentTextRow(
            document_id=document.document_id,
            span_start=start,
            span_end=end,
            text=document.text[start:end],
            is_whole=spans is None,
        )


def merged_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch joined into one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
