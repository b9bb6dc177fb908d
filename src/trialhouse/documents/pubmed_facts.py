"""What a PubMed record says of its document: its kind, its own identifiers, its date, and its place of publication."""

import functools
import re

from lxml import etree

from trialhouse.documents.document_kind import notice_relation
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.documents.written_identifiers import scheme_and_value
from trialhouse.model.dates import first_day
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.identifiers import normalise_doi
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.xml_stretches import Stretch

# Publication types of the Medical Subject Headings; "Retraction Notice" is the newer name.
NOTICES: dict[str, Relation] = {
    "retraction of publication": Relation.RETRACTION_OF,
    "retraction notice": Relation.RETRACTION_OF,
    "expression of concern": Relation.CONCERN_ABOUT,
    "published erratum": Relation.ERRATUM_FOR,
}
"""What a document of this type does to another one; the gravest first."""

_OWN_KINDS = {"pubmed": "pmid", "pmc": "pmcid", "doi": "doi"}
"""The types of PubMed's ids that name papers, and their schemes here."""

_HOLDERS = ("PubmedData", "PubmedBookData", "BookDocument")
"""What holds the list of a document's own ids."""

_PREPRINT = "preprint"
_OTHER_TYPES = frozenset(["editorial", "comment", "letter", "news", "newspaper article", "interview"])
_YEAR = lazy_compile(r"(?:19|20)[0-9]{2}")
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTHS = {said: f"-{n:02}" for n, name in enumerate(_NAMES, start=1) for said in (name, str(n), f"{n:02}")}
_DAYS = {said: f"-{n:02}" for n in range(1, 32) for said in (str(n), f"{n:02}")} | {"": ""}
_TRIAL = lazy_compile(r"\btrial\b")
_DATES = ("Article/ArticleDate", "BookDocument/ContributionDate", "JournalIssue/PubDate", "Book/PubDate")
"""The day a paper was out comes before the issue it was put in later."""


def publication_types(record: PubmedRecord) -> list[str]:
    """The publication types in lower case."""
    return [words.lower() for said in record.listed("PublicationType") if (words := said.strip())]


def kind_of(types: list[str], title: str, has_abstract: bool) -> tuple[DocumentKind | None, Relation | None]:
    """The kind of a document by its publication types, and what it does as a notice.

    None for letters and editorials, and without an abstract. What has none and is typed as a plain article is a notice
    where its title says so.
    """
    notice = next((relation for name, relation in NOTICES.items() if name in types), None)
    notice = notice or (None if has_abstract else notice_relation(title, ""))
    if notice is not None:
        return DocumentKind.NOTICE, notice
    if _PREPRINT in types:
        return DocumentKind.PREPRINT, None
    is_other = bool(_OTHER_TYPES.intersection(types)) and not any(_TRIAL.search(name) for name in types)
    return (DocumentKind.ABSTRACT if has_abstract and not is_other else None), None


def own_identifiers(record: PubmedRecord) -> dict[str, tuple[str, Stretch]]:
    """The document's own identifiers by scheme, each with its element; those of references are never among them."""
    found: dict[str, tuple[str, Stretch]] = {}
    for one in record.all("MedlineCitation/PMID", "BookDocument/PMID"):
        _keep(found, "pubmed", record, one)
    for one in record.all("ArticleIdList/ArticleId"):
        kind = one.node.get("IdType")
        if kind in _OWN_KINDS and _holder(one) in _HOLDERS:
            _keep(found, kind, record, one)
    for one in record.all("Article/ELocationID", "BookDocument/ELocationID"):
        kind = one.node.get("EIdType")
        if kind in _OWN_KINDS and one.node.get("ValidYN", "Y") == "Y":
            _keep(found, kind, record, one)
    return found


def _keep(found: dict[str, tuple[str, Stretch]], kind: str, record: PubmedRecord, one: Stretch) -> None:
    if _OWN_KINDS[kind] in found:
        return
    written = record.words(one)
    named = scheme_and_value(kind, written)
    if named is None and kind == "doi" and (doi := normalise_doi(written)):
        named = "doi", doi
    if named is not None:
        found[named[0]] = named[1], one


def _holder(one: Stretch) -> str | None:
    """The name of what holds an element's list: ids of references have lists of the same name."""
    holder = one.parent.getparent()
    return str(holder.tag) if holder is not None else None


def version_of(element: Stretch) -> str | None:
    """The version of a record where it is not the first (some journals replace a record by a second version)."""
    version = element.node.get("Version")
    return version if version not in (None, "", "1") else None


def published(record: PubmedRecord) -> tuple[str, Stretch] | None:
    """When the document was published, as precise as stated: an ISO date that may stop at its month or year."""
    for element in record.all(*_DATES):
        date = _date(element.node)
        if date:
            return date, element
    return None


def _date(node: etree._Element) -> str | None:
    """The date of year, month and day elements, or of MedlineDate; seasons and spans of months state a year only."""
    said = {child.tag: (child.text or "").strip() for child in node}
    return _real_date(said.get("Year", ""), said.get("Month", ""), said.get("Day", ""), said.get("MedlineDate", ""))


@functools.lru_cache(maxsize=4096)
def _real_date(year: str, month: str, day: str, span: str) -> str | None:
    """The date that the words of four elements state. Papers of a few years have the same days again and again."""
    iso = _stated_date(year, month, day) if year else span_of_dates(span)
    while iso:
        try:
            first_day(iso)
            return iso
        except ValueError:
            iso = iso.rpartition("-")[0]  # a thirtieth of February: what is left still is a month
    return None


def _stated_date(year: str, month: str, day: str) -> str:
    """The date that three elements state, the last two perhaps empty; "" where they state none."""
    # What nearly every record writes is looked up; the pattern of dates is for the others.
    if month in _MONTHS and day in _DAYS and _YEAR.fullmatch(year):
        return year + _MONTHS[month] + _DAYS[day]
    numeric = "-".join(part.zfill(2) for part in (year, month, day) if part)
    found = find_date(numeric if month.isdigit() else f"{year} {month} {day}")
    return found[0] if found else ""


def span_of_dates(span: str) -> str:
    """The month or year that a span of dates lies in ("2000 Nov 20-27" a month, "1998 Dec-1999 Jan" its first year)."""
    found = find_date(span)
    if found is None:
        return ""
    one_month = len(re.findall(r"[A-Za-z]+", span)) == 1 and len(re.findall(r"[0-9]{4}", span)) == 1
    return found[0][:7] if one_month else found[0][:4]
