"""Citations of PubMed's own export (nbib)."""

from trialhouse.documents.nbib import own_ids, publication_of
from trialhouse.documents.search_exports.record import Value
from trialhouse.documents.search_exports.tagged import Said, TaggedFormat
from trialhouse.documents.search_exports.values import doi_of, joined, registrations, serials, year_of
from trialhouse.documents.tagged_lines import TaggedRecord
from trialhouse.text.tagged_records import NBIB_LINE, nbib_records


def _read(record: TaggedRecord) -> Said:
    def words(*tags: str) -> str | None:
        return record.words(record.first(*tags)) or None

    title = record.first("TI", "BTI", "TT")
    own = {scheme: value for scheme, (value, _) in own_ids(record)}
    issn, isbn = serials(record.words(one) for one in record.all("IS", "ISBN"))
    place = publication_of(record)
    said: dict[str, Value] = {
        "entry_type": joined(record.words(one) for one in record.all("PT")),
        "title": record.words(title) or None,
        "journal": next((record.words(one) for one in record.all("JT", "TA", "BTI") if one is not title), None),
        "year": next((year for one in record.all("DP", "DEP") if (year := year_of(record.words(one)[:4]))), None),
        "volume": place.volume,
        "number": place.number,
        "pages": place.pages,
        "doi": doi_of(own["doi"]) if "doi" in own else None,
        "pmid": own.get("pmid"),
        "pmcid": own.get("pmcid"),
        "issn": issn,
        "isbn": isbn,
        "abstract": words("AB", "OAB"),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{own['pmid']}/" if "pmid" in own else None,
        "language": joined(record.words(one) for one in record.all("LA")),
        "authors": [*place.authors],
        # "ClinicalTrials.gov/NCT09990001"
        "registry_ids": registrations(record.words(one).rpartition("/")[2] for one in record.all("SI")),
    }
    return words("PMID"), said


NBIB = TaggedFormat("nbib", NBIB_LINE, nbib_records, _read, first_tag="PMID", last_tag="SO", is_indented=True)
