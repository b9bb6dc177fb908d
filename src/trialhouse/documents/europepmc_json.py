"""Europe PMC's JSON: one record of a search, core or lite, by itself or as the only one of an answer.

Field names are those of the service's REST API. Titles and abstracts are strings with HTML inside. The text of the
document is the decoded file.
"""

from collections.abc import Iterator
from typing import Any

from trialhouse.documents.authors_and_pages import authors_of
from trialhouse.documents.json_abstract import add_abstract, add_string
from trialhouse.documents.json_record import JsonRecord, load_record
from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.own_notices import RETRACTED_TYPE, of_retracted_type, own_notice
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.pubmed_facts import kind_of, span_of_dates
from trialhouse.documents.pubmed_relations import relation_of, words_of
from trialhouse.documents.record_document import NO_ABSTRACT, RecordFacts, language_of_body, record_document
from trialhouse.documents.several import several_records
from trialhouse.documents.statements import stated_license
from trialhouse.documents.written_identifiers import identifier
from trialhouse.model.citation import Publication
from trialhouse.model.dates import first_day
from trialhouse.model.document import Document, DocumentRelation, OwnNotice, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.identifiers import find_identifiers
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile

FORMAT = "europepmc_json"

_SPAN = lazy_compile(r"[A-Za-z]{3,9}\s?[-–/]|[0-9]\s?[-–]\s?[0-9]")

READ = frozenset(
    "id source pmid pmcid doi title abstractText language pubTypeList pubType journalInfo journalTitle "
    "electronicPublicationDate firstPublicationDate pubYear license commentCorrectionList authorString authorList "
    "pageInfo issue journalVolume".split()
)
"""Members that are read."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "people beside the authors": frozenset("affiliation authorIdList investigatorList".split()),
    "where it stands in its journal or book": frozenset("journalIssn bookOrReportDetails bookid patentDetails".split()),
    "index terms": frozenset(
        "meshHeadingList chemicalList keywordList subsetList geneSymbolList dataLinksTagsList".split()
    ),
    "money": frozenset(["grantsList"]),
    "where texts can be had, and what Europe PMC has beside the record": frozenset(
        "fullTextIdList fullTextUrlList isOpenAccess inEPMC inPMC hasPDF hasBook hasSuppl hasData hasReferences "
        "hasTextMinedTerms hasDbCrossReferences hasLabsLinks hasEvaluations hasTMAccessionNumbers authMan epmcAuthMan "
        "nihAuthMan manuscriptId embargoDate tmAccessionTypeList dbCrossReferenceList citedByCount "
        "hasVersion versionNumber versionList".split()
    ),
    "the record's own history": frozenset(
        "dateOfCompletion dateOfCreation dateOfRevision firstIndexDate fullTextReceivedDate publicationStatus "
        "pubModel".split()
    ),
}
"""Members that are not read, by the reason."""

KNOWN = READ | frozenset().union(*LEFT_OUT.values())

_REF_TYPES = {
    "erratumfor": "ErratumFor",
    "erratumin": "ErratumIn",
    "retractionof": "RetractionOf",
    "retractionin": "RetractionIn",
    "partialretractionof": "RetractionOf",
    "partialretractionin": "RetractionIn",
    "expressionofconcernfor": "ExpressionOfConcernFor",
    "expressionofconcernin": "ExpressionOfConcernIn",
    "commenton": "CommentOn",
    "commentin": "CommentIn",
    "correctedandrepublishedfrom": "CorrectedandRepublishedFrom",
    "correctedandrepublishedin": "CorrectedandRepublishedIn",
    "retractedandrepublishedfrom": "RetractedandRepublishedFrom",
    "retractedandrepublishedin": "RetractedandRepublishedIn",
    "republishedfrom": "RepublishedFrom",
    "republishedin": "RepublishedIn",
    "updatein": "UpdateIn",
    "updateof": "UpdateOf",
    "originalreportin": "OriginalReportIn",
    "summaryforpatientsin": "SummaryForPatientsIn",
}
"""PubMed's RefType for each type of Europe PMC, which writes the same words apart."""

_TYPES = {"correction": "published erratum", "retraction": "retraction of publication"}
"""PubMed's name for publication types that Europe PMC takes from the tag suite."""

_SOURCES = {"MED": "pubmed", "PMC": "pmc"}


def parse_europepmc_json(text: str, receipt: Receipt) -> Document:
    """Read one record. Raises UnreadableDocument: "truncated", "not_json", "no_record", "several_records" or
    "too_many_values".
    """
    where = receipt.locator
    record = JsonRecord(text, where, *_single(load_record(text, where), where))
    types = _publication_types(record)
    stated = iso_639_1(record.words("language"))
    lines = ProseLines(Flattening(text))
    title = add_string(lines, record, ZoneKind.TITLE, "title", language=stated)
    has_abstract = add_abstract(lines, record, "abstractText", stated=stated)
    kind, notice = kind_of(types, title, has_abstract)
    if record.words("source") == "PPR":
        kind = DocumentKind.PREPRINT
    own = dict(_own(record))
    places: dict[str, tuple[str | int, ...]] = {scheme: (name,) for scheme, (_, name) in own.items()}
    date = _published(record)
    journal = (
        ("journalInfo", "journal", "title") if record.words("journalInfo", "journal", "title") else ("journalTitle",)
    )
    places |= {"title": ("title",), "journal": journal} | ({"published": date[1]} if date else {})
    language = language_of_body(lines, stated)
    facts = RecordFacts(
        format=FORMAT,
        kind=kind,
        notice=notice,
        title=title or None,
        journal=record.words(*journal),
        publication=_publication(record),
        published=date[0] if date else None,
        types=types,
        language=language,
        url=f"https://europepmc.org/article/{record.words('source')}/{record.words('id')}",
        own={scheme: value for scheme, (value, _) in own.items()},
        relations=list(_relations(record, kind, types)),
        notices=list(_own_notices(record, types)),
        license=_license(record),
        evidence={name: proof for name, path in places.items() if (proof := record.evidence(*path))},
        unknown=record.unknown(KNOWN),
        problem=None if has_abstract else NO_ABSTRACT,
    )
    return record_document(text, receipt, lines, facts)


def _single(loaded: Any, where: str) -> tuple[dict[str, Any], str]:
    """The one record of a loaded file and the path of its place (`$` or `$.resultList.result[0]`)."""
    records, root = [loaded], "$"
    match loaded:
        case {"resultList": {"result": list(found)}}:
            records, root = found, "$.resultList.result[0]"
        case list(found):
            records, root = found, "$[0]"
    if len(records) > 1:
        raise several_records(where, len(records))
    match records:
        case [{"id": str(), "source": str()} as record]:
            return record, root
    raise UnreadableDocument(
        "no_record", f"{where}: JSON without id and source is no record of Europe PMC; ask for it again."
    )


def _publication_types(record: JsonRecord) -> list[str]:
    said = record.get("pubTypeList", "pubType") or record.get("pubType") or []
    names = said.split(";") if isinstance(said, str) else said if isinstance(said, list) else []
    types = [name.strip().lower() for name in names if isinstance(name, str)]
    return [_TYPES.get(name, name) for name in types]


def _own(record: JsonRecord) -> Iterator[tuple[str, tuple[str, str]]]:
    """The record's own identifiers by scheme, each with the member that holds it."""
    if record.words("source") == "MED":
        yield from _named(record, "pubmed", "id")
    for kind, name in (("pubmed", "pmid"), ("pmc", "pmcid"), ("doi", "doi")):
        yield from _named(record, kind, name)


def _named(record: JsonRecord, kind: str, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    one = identifier(kind, record.words(name) or "", 0, 0)
    if one is not None:
        yield one.scheme, (one.value, name)


def _publication(record: JsonRecord) -> Publication:
    """Authors, volume, issue and pages; a lite record has the authors as one string."""
    people = [("authorList", "author", index) for index in record.items("authorList", "author")]
    names = [record.words(*one, "fullName") or record.words(*one, "collectiveName") for one in people]
    listed = (record.words("authorString") or "").rstrip(".")
    return Publication(
        authors=tuple(name for name in names if name) or tuple(authors_of(listed) if listed else ()),
        volume=record.words("journalInfo", "volume") or record.words("journalVolume"),
        number=record.words("journalInfo", "issue") or record.words("issue"),
        pages=record.words("pageInfo"),
    )


def _published(record: JsonRecord) -> tuple[str, tuple[str, ...]] | None:
    """When it was published, as precise as stated.

    The dates that the service computes ("firstPublicationDate") name a first of the month where only a month is known:
    they are asked only where the issue states nothing.
    """
    for path in (
        ("electronicPublicationDate",),
        ("journalInfo", "dateOfPublication"),
        ("firstPublicationDate",),
        ("pubYear",),
    ):
        said = record.words(*path) or ""
        found = find_date(said)
        iso = span_of_dates(said) if _SPAN.search(said) and len(path) == 2 else found[0] if found else ""
        if path == ("firstPublicationDate",) and iso.endswith("-01"):
            iso = iso[:-3]
        if iso and _is_date(iso):
            return iso, path
    return None


def _is_date(iso: str) -> bool:
    try:
        first_day(iso)
    except ValueError:
        return False
    return True


def _relations(record: JsonRecord, kind: DocumentKind | None, types: list[str]) -> Iterator[DocumentRelation]:
    """The relations to other records, each named by its PMID or PMCID, else by the DOI in its reference."""
    seen: set[tuple[str, str, str]] = set()
    for index in record.items("commentCorrectionList", "commentCorrection"):
        path = ("commentCorrectionList", "commentCorrection", index)
        said = record.words(*path, "type") or ""
        relation, method = _relation(said, kind, types)
        named = identifier(_SOURCES.get(record.words(*path, "source") or "", ""), record.words(*path, "id") or "", 0, 0)
        place = "id"
        if named is None or record.words(*path, "source") not in _SOURCES:
            words = record.words(*path, "reference") or ""
            named, place = next((one for one in find_identifiers(words) if one.scheme == "doi"), None), "reference"
        if named is not None and (relation, named.scheme, named.value) not in seen:
            seen.add((relation, named.scheme, named.value))
            yield DocumentRelation(
                relation=relation,
                scheme=named.scheme,
                value=named.value,
                method=method,
                evidence=record.evidence(*path, place),
            )


def _relation(said: str, kind: DocumentKind | None, types: list[str]) -> tuple[Relation, str]:
    squeezed = said.replace(" ", "").lower()
    if squeezed == "preprintof":
        return Relation.PREPRINT_OF, said.lower()
    if squeezed in _REF_TYPES:
        return relation_of(_REF_TYPES[squeezed], kind, types)
    return Relation.CITES, said.lower() or "named by the record"


def _own_notices(record: JsonRecord, types: list[str]) -> Iterator[OwnNotice]:
    """What the record says became of its own document, also by notices that it names without any identifier."""
    if RETRACTED_TYPE in types:
        places: list[tuple[str | int, ...]] = [("pubType",)]
        if record.get("pubTypeList", "pubType"):
            places = [("pubTypeList", "pubType", index) for index in record.items("pubTypeList", "pubType")]
        said = next((one for one in places if RETRACTED_TYPE in (record.words(*one) or "").lower()), places[0])
        yield from of_retracted_type(record.evidence(*said))
    for index in record.items("commentCorrectionList", "commentCorrection"):
        path = ("commentCorrectionList", "commentCorrection", index)
        squeezed = (record.words(*path, "type") or "").replace(" ", "").lower()
        proof = record.evidence(*path, "id") or record.evidence(*path, "reference")
        yield from own_notice(words_of(_REF_TYPES.get(squeezed, "")), proof)


def _license(record: JsonRecord) -> str | None:
    said = record.words("license")
    return (stated_license(said) or said) if said else None
