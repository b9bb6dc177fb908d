"""Citations of RIS exports: EndNote, Ovid, Scopus, PubMed, Embase, Rayyan, Zotero."""

from trialhouse.documents.citation_facts import own_identifiers
from trialhouse.documents.ris import ABSTRACTS, TITLES, publication_of, stated_ids
from trialhouse.documents.search_exports.record import Value
from trialhouse.documents.search_exports.tagged import Said, TaggedFormat
from trialhouse.documents.search_exports.values import (
    doi_of,
    doi_of_address,
    joined,
    pmid_of_address,
    registrations,
    serials,
    year_of,
)
from trialhouse.documents.tagged_lines import TaggedRecord
from trialhouse.text.tagged_records import RIS_LINE, ris_records

_JOURNALS = ("JF", "T2", "JO", "JA", "J1", "J2", "BT")
_WITH_REGISTRATIONS = ("N1", "M3", "AN", "C2", "UR")


def _read(record: TaggedRecord) -> Said:
    def words(*tags: str) -> str | None:
        return record.words(record.first(*tags)) or None

    title = record.first(*TITLES)
    own = {scheme: value for scheme, (value, _) in own_identifiers(dict(stated_ids(record))).items()}
    url = next((one for field in record.all("UR", "L2") if (one := record.words(field)).startswith("http")), None)
    doi = own.get("doi") or words("DO")
    issn, isbn = serials(record.words(one) for one in record.all("SN"))
    place = publication_of(record)
    said: dict[str, Value] = {
        "entry_type": joined([words("TY"), words("M3")]),
        "title": record.words(title) or None,
        "journal": next((record.words(one) for one in record.all(*_JOURNALS) if one is not title), None),
        "year": next((year for one in record.all("PY", "Y1", "DA") if (year := year_of(record.words(one)))), None),
        "volume": place.volume,
        "number": place.number,
        "pages": place.pages,
        "doi": doi_of(doi) if doi else doi_of_address(url or ""),
        "pmid": own.get("pmid") or pmid_of_address(url or ""),
        "pmcid": own.get("pmcid"),
        "issn": issn,
        "isbn": isbn,
        "abstract": max((record.words(one) for one in record.all(*ABSTRACTS)), key=len, default=None),
        "url": url,
        "language": words("LA"),
        "authors": [*place.authors],
        "registry_ids": registrations(record.words(one) for one in record.all(*_WITH_REGISTRATIONS)),
    }
    return words("ID", "AN"), said


RIS = TaggedFormat("RIS", RIS_LINE, ris_records, _read, first_tag="TY", last_tag="ER")
