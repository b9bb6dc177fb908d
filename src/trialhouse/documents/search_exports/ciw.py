"""Citations of Web of Science's own tagged export (ciw, "plain text")."""

from trialhouse.documents.authors_and_pages import pages_of
from trialhouse.documents.search_exports.record import Value
from trialhouse.documents.search_exports.tagged import Said, TaggedFormat
from trialhouse.documents.search_exports.values import doi_of, joined, pmid_of, serials, year_of
from trialhouse.documents.tagged_lines import Field, TaggedRecord
from trialhouse.text.tagged_records import CIW_LINE, ciw_records


def _read(record: TaggedRecord) -> Said:
    def words(*tags: str) -> str | None:
        return record.words(record.first(*tags)) or None

    title, doi, pmid = record.first("TI", "BT"), words("DI", "D2"), words("PM")
    issn, isbn = serials(record.words(one) for one in record.all("SN", "EI", "BN"))
    names = [record.first("AF", "AU", "BF", "BA"), record.first("CA", "GP")]
    said: dict[str, Value] = {
        "entry_type": joined(record.words(one) for one in record.all("DT")) or words("PT"),
        "title": record.words(title) or None,
        "journal": words("SO", "SE", "CT"),
        "year": next((year for one in record.all("PY", "EY", "EA") if (year := year_of(record.words(one)))), None),
        "volume": words("VL"),
        "number": words("IS"),
        "pages": pages_of(None, words("BP"), words("EP"), words("AR")),
        "doi": doi_of(doi) if doi else None,
        "pmid": pmid_of(pmid) if pmid else None,
        "issn": issn,
        "isbn": isbn,
        "abstract": words("AB"),
        "language": words("LA"),
        "authors": [name for one in names if one for name in _lines(record, one)],
    }
    return words("UT"), said


def _lines(record: TaggedRecord, field: Field) -> list[str]:
    """One author a line."""
    return [record.text[start:end] for start, end in field.parts]


CIW = TaggedFormat(
    "ciw",
    CIW_LINE,
    ciw_records,
    _read,
    first_tag="PT",
    last_tag="ER",
    header_tags=frozenset(["FN", "VR", "EF"]),
    is_indented=True,
)
