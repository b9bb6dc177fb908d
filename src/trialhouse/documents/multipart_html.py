"""An article on several pages: every page is read as a page, and their texts become one.

The pages keep their own zones, since a page that begins anew with its menu cannot be read on from where the last one
stopped. Offsets count in the joined text. What the document is (title, journal, date, kind) is what its first page
says; a later page only fills what the first leaves open.
"""

from collections.abc import Sequence

from trialhouse.documents.decode import decode
from trialhouse.documents.html import is_cut, parse_html
from trialhouse.documents.plain_text import parse_plain_text
from trialhouse.documents.references import cited_only
from trialhouse.documents.signs import looks_like_html
from trialhouse.documents.statements import FILE_CUT, PAGE_OF_SEVERAL
from trialhouse.model.document import (
    Document,
    DocumentRelation,
    Identifier,
    Receipt,
    UnreadableDocument,
    Zone,
    ZoneKind,
)
from trialhouse.model.evidence import Evidence
from trialhouse.model.joined_pages import ArticlePage, unpack_pages

FORMAT = "multipart_html"
_BETWEEN = "\n\n"


def parse_joined_pages(text: str, receipt: Receipt) -> Document:
    """Read the pages of a container and join them into one document.

    Raises UnreadableDocument: "truncated" for a container that is not whole, and what a page itself raises when no
    page can be read. A page that did not come, or cannot be read, makes the document partial and says so.
    """
    where = receipt.locator or receipt.record_id
    try:
        pages = unpack_pages(text)
    except ValueError as error:
        raise UnreadableDocument("truncated", f"{where}: {error}; fetch it again.") from error
    read: list[Document] = []
    missing: list[str] = []
    failure: UnreadableDocument | None = None
    for number, page in enumerate(pages, start=1):
        try:
            if page.missing is None:
                read.append(_read(page, receipt))
                continue
            reason = page.missing
        except UnreadableDocument as error:
            failure, reason = error, error.reason
        missing.append(f"page {number} of {len(pages)} is missing ({reason})")
    if not read:
        raise failure or UnreadableDocument("empty", f"{where}: none of its pages came; fetch it again.")
    return _joined(read, receipt, "; ".join(missing) or _partial_reason(read))


def _read(page: ArticlePage, receipt: Receipt) -> Document:
    """One page as a document of its own: its address and character set are its own, the rest is the record's."""
    text = decode(page.body, page.address, page.content_type)
    own = receipt.model_copy(
        update={
            "locator": page.address,
            "media_type": page.content_type,
            "headers": {**receipt.headers, "content-type": page.content_type},
        }
    )
    document = parse_html(text, own) if looks_like_html(text) else parse_plain_text(text, own)
    return document.model_copy(update={"partial_reason": FILE_CUT}) if is_cut(text) else document


def _partial_reason(pages: Sequence[Document]) -> str | None:
    """What tells that the text is not all although every page came: a page cut short, or what the last page says.

    That a page is one of several, or stops in the middle of a sentence that the next one ends, is no loss.
    """
    if any(page.partial_reason == FILE_CUT for page in pages):
        return FILE_CUT
    last = pages[-1].partial_reason
    return last if last != PAGE_OF_SEVERAL else None


def _joined(pages: Sequence[Document], receipt: Receipt, partial: str | None) -> Document:
    first, starts, text = pages[0], [], ""
    for page in pages:
        text += _BETWEEN if text else ""
        starts.append(len(text))
        text += page.text
    placed = list(zip(pages, starts, strict=True))
    facts = {
        name: next((value for page in pages if (value := getattr(page, name)) is not None), None)
        for name in ("kind", "title", "journal", "published", "language", "doi", "pmid", "pmcid", "license")
    }
    own = {(scheme, str(facts[scheme])) for scheme in ("doi", "pmid", "pmcid")}
    reserved = next((page for page in pages if page.text_mining_reservation), first)
    return first.model_copy(
        update={
            **facts,
            "receipt": receipt,
            "format": FORMAT,
            "text": text,
            "zones": tuple(_shifted_zone(zone, at, page is first) for page, at in placed for zone in page.zones),
            "other_languages": tuple(sorted({one for page in pages for one in page.other_languages})),
            "registry_ids": tuple(_shifted(one, at) for page, at in placed for one in page.registry_ids),
            "cites": _each_once([_shifted(one, at) for page, at in placed for one in page.cites], own),
            "cited_registry_ids": cited_only(
                (_shifted(one, at) for page, at in placed for one in page.cited_registry_ids),
                (one for page in pages for one in page.registry_ids),
            ),
            "relations": _relations(placed, own),
            "is_partial": partial is not None,
            "partial_reason": partial,
            "text_mining_reservation": reserved.text_mining_reservation,
            "evidence": _evidence(placed, facts, reserved),
            "problem": first.problem if all(page.problem for page in pages) else None,
        }
    )


def _shifted_zone(zone: Zone, at: int, is_first: bool) -> Zone:
    """A zone in the joined text. The title is the first page's; where a later page repeats it, it is a heading."""
    kind = ZoneKind.MENU if zone.kind is ZoneKind.TITLE and not is_first else zone.kind
    return zone.model_copy(update={"kind": kind, "start": zone.start + at, "end": zone.end + at})


def _shifted(one: Identifier, at: int) -> Identifier:
    return one.model_copy(update={"start": one.start + at, "end": one.end + at})


def _each_once(found: Sequence[Identifier], own: set[tuple[str, str]]) -> tuple[Identifier, ...]:
    """What is cited, at its first place: references may stand under every page, and no article cites itself."""
    first: dict[tuple[str, str], Identifier] = {}
    for one in found:
        if (one.scheme, one.value) not in own:
            first.setdefault((one.scheme, one.value), one)
    return tuple(first.values())


def _relations(placed: Sequence[tuple[Document, int]], own: set[tuple[str, str]]) -> tuple[DocumentRelation, ...]:
    first: dict[tuple[str, str, str], DocumentRelation] = {}
    for page, at in placed:
        for one in page.relations:
            if (one.scheme, one.value) in own:
                continue
            moved = _moved(one.evidence, at) if one.evidence is not None else None
            first.setdefault((one.relation, one.scheme, one.value), one.model_copy(update={"evidence": moved}))
    return tuple(first.values())


def _evidence(
    placed: Sequence[tuple[Document, int]], facts: dict[str, object], reserved: Document
) -> dict[str, Evidence]:
    """Where each fact was read: on the first page that gives it, and nowhere where that page tells it by its head."""
    proof: dict[str, Evidence] = {}
    for name in [*facts, "text_mining_reservation"]:
        for page, at in placed:
            gives = page is reserved if name not in facts else getattr(page, name) is not None
            if gives:
                if name in page.evidence:
                    proof[name] = _moved(page.evidence[name], at)
                break
    return proof


def _moved(evidence: Evidence, at: int) -> Evidence:
    return evidence.model_copy(update={"start": evidence.start + at, "end": evidence.end + at})
